/* SPDX-License-Identifier: Apache-2.0 */
/* topics.c - topics made or found, and the offsets that their partitions have. */
#include <assert.h>
#include <stdio.h>

#include "broker/kafka/internal.h"
/* After rdkafka.h, which it needs. */
#include <librdkafka/rdkafka_mock.h>

enum { RETRY_MS = 50 };

/* A topic as the cluster has it. */
struct found {
  bool exists, ready; /* ready: every partition has a leader */
  uint32_t partitions;
};

/* All topics are listed: to ask for one by its name would make it, where the cluster is so
 * configured. */
static bool look_up(struct kafka_broker *k, const char *name, struct found *found,
                    struct error *err)
{
  const struct rd_kafka_metadata *all;
  rd_kafka_resp_err_t code = rd_kafka_metadata(k->client, 1, NULL, &all, k->options.timeout_ms);
  *found = (struct found){0};
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return kafka_fail(k, rd_kafka_err2str(code), err, "topics cannot be listed");
  for (int i = 0; i < all->topic_cnt; i++) {
    const struct rd_kafka_metadata_topic *t = &all->topics[i];
    if (strcmp(t->topic, name) != 0)
      continue;
    found->exists = t->err == RD_KAFKA_RESP_ERR_NO_ERROR && t->partition_cnt > 0;
    found->partitions = (uint32_t)t->partition_cnt;
    found->ready = found->exists;
    for (int p = 0; p < t->partition_cnt; p++)
      found->ready = found->ready && t->partitions[p].leader >= 0;
  }
  rd_kafka_metadata_destroy(all);
  return true;
}

static rd_kafka_NewTopic_t *new_topic(struct kafka_broker *k, const char *name,
                                      const struct topic_spec *spec)
{
  int replication = spec->replication != 0 ? (int)spec->replication : -1;
  rd_kafka_NewTopic_t *topic =
      rd_kafka_NewTopic_new(name, (int)spec->partitions, replication, NULL, 0);
  for (size_t i = 0; topic != NULL && i < spec->settings; i++) {
    const struct broker_setting *s = &spec->setting[i];
    rd_kafka_NewTopic_set_config(topic, arena_copy(&k->arena, s->name.p, s->name.n),
                                 arena_copy(&k->arena, s->value.p, s->value.n));
  }
  return topic;
}

/* What the cluster says of the one topic that it was asked to make. */
static bool read_answer(struct kafka_broker *k, const char *name, rd_kafka_event_t *event,
                        struct error *err)
{
  if (event == NULL)
    return kafka_fail(k, k->problem, err, "topic '%s' cannot be made: no answer within %g s", name,
                      k->options.timeout_ms / 1000.0);
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return kafka_fail(k, rd_kafka_event_error_string(event), err, "topic '%s' cannot be made",
                      name);
  size_t n;
  const rd_kafka_topic_result_t **result =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &n);
  rd_kafka_resp_err_t code = rd_kafka_topic_result_error(result[0]);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
    return true;
  if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
    return kafka_fail(k, "this user may neither see nor make it", err, "topic '%s'", name);
  const char *why = rd_kafka_topic_result_error_string(result[0]);
  return kafka_fail(k, why != NULL ? why : rd_kafka_err2str(code), err, "topic '%s' cannot be made",
                    name);
}

static bool create(struct kafka_broker *k, const char *name, const struct topic_spec *spec,
                   struct error *err)
{
  if (k->options.servers == NULL) {
    rd_kafka_mock_cluster_t *cluster = rd_kafka_handle_mock_cluster(k->client);
    rd_kafka_resp_err_t code = rd_kafka_mock_topic_create(cluster, name, (int)spec->partitions, 1);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ||
           kafka_fail(k, rd_kafka_err2str(code), err, "topic '%s' cannot be made", name);
  }
  rd_kafka_NewTopic_t *topic = new_topic(k, name, spec);
  if (topic == NULL)
    return kafka_fail(k, "", err, "'%s' cannot be a topic's name", name);
  rd_kafka_queue_t *queue = rd_kafka_queue_new(k->client);
  rd_kafka_AdminOptions_t *options =
      rd_kafka_AdminOptions_new(k->client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_AdminOptions_set_request_timeout(options, k->options.timeout_ms, NULL, 0);
  rd_kafka_CreateTopics(k->client, &topic, 1, options, queue);
  rd_kafka_event_t *event = rd_kafka_queue_poll(queue, k->options.timeout_ms);
  bool good = read_answer(k, name, event, err);
  if (event != NULL)
    rd_kafka_event_destroy(event);
  rd_kafka_AdminOptions_destroy(options);
  rd_kafka_queue_destroy(queue);
  rd_kafka_NewTopic_destroy(topic);
  return good;
}

/* Finds the topic, or makes it and waits until its partitions have leaders. One that must exist may
 * be about to be made. */
static bool find_or_create(struct kafka_broker *k, const char *name, const struct topic_spec *spec,
                           struct found *found, struct error *err)
{
  if (!look_up(k, name, found, err) ||
      (!found->exists && !spec->must_exist && !create(k, name, spec, err)))
    return false;
  for (int left = k->options.timeout_ms; !found->ready; left -= RETRY_MS) {
    if (left <= 0 && !found->exists && spec->must_exist)
      return kafka_fail(
          k, "", err,
          "there is no topic '%s', nor has it come within %g s; 'retrial produce' makes it, or "
          "kafka-topics.sh",
          name, k->options.timeout_ms / 1000.0);
    if (left <= 0)
      return kafka_fail(k, "", err, "topic '%s' has no leader for each of its partitions", name);
    rd_kafka_poll(k->client, RETRY_MS);
    if (!look_up(k, name, found, err))
      return false;
  }
  return true;
}

bool kafka_open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                      struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  struct found found;
  char *name = arena_copy(&k->arena, spec->name.p, spec->name.n);
  if (!find_or_create(k, name, spec, &found, err))
    return false;
  if (spec->has != NULL)
    *spec->has = found.partitions;
  else if (found.partitions != spec->partitions)
    return kafka_fail(
        k, "", err,
        "topic '%s' has %u partition%s, not %u; give the number with --partitions, or "
        "delete the topic",
        name, found.partitions, found.partitions != 1 ? "s" : "", spec->partitions);
  rd_kafka_topic_t *handle = rd_kafka_topic_new(k->client, name, NULL);
  if (handle == NULL)
    return kafka_fail(k, rd_kafka_err2str(rd_kafka_last_error()), err,
                      "topic '%s' cannot be opened", name);
  k->topic = mem_resize(k->topic, k->topics + 1, sizeof *k->topic);
  k->topic[k->topics] = (struct kafka_topic){
      .name = {name, spec->name.n},
      .text = name,
      .handle = handle,
      .partitions = found.partitions,
      .backlog = arena_zero(&k->arena, found.partitions, sizeof(struct backlog)),
  };
  *topic = k->topics++;
  return true;
}

/* What a broker that is being restarted may answer. */
static bool is_passing(rd_kafka_resp_err_t code)
{
  return code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__WAIT_COORD ||
         code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ||
         code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE ||
         code == RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION ||
         code == RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE;
}

bool kafka_range(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                 int64_t *end, struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  assert(topic < k->topics && partition < k->topic[topic].partitions);
  const char *name = k->topic[topic].text;
  rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR__TRANSPORT;
  for (int left = k->options.timeout_ms; left > 0 && is_passing(code); left -= RETRY_MS) {
    if (left != k->options.timeout_ms)
      rd_kafka_poll(k->client, RETRY_MS);
    code = rd_kafka_query_watermark_offsets(k->client, name, (int32_t)partition, start, end,
                                            k->options.timeout_ms);
  }
  return code == RD_KAFKA_RESP_ERR_NO_ERROR ||
         kafka_fail(k, rd_kafka_err2str(code), err, "%s: partition %u does not tell its offsets",
                    name, partition);
}
