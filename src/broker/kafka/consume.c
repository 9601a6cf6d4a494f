/* SPDX-License-Identifier: Apache-2.0 */
/* consume.c - records out of the cluster: each partition has a queue of its own, from which they
 * are taken without a copy. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "broker/headers.h"
#include "broker/kafka/internal.h"

static struct kafka_group *group_of(struct kafka_broker *k, struct slice name, struct error *err)
{
  for (uint32_t i = 0; i < k->groups; i++)
    if (slice_equal(k->group[i]->name, name))
      return k->group[i];
  struct kafka_group *group = arena_zero(&k->arena, 1, sizeof *group);
  char *text = arena_copy(&k->arena, name.p, name.n);
  *group = (struct kafka_group){.kafka = k, .name = {text, name.n}};
  group->client = kafka_client(k, RD_KAFKA_CONSUMER, text, err);
  if (group->client == NULL)
    return NULL;
  kafka_learn_limits(group);
  k->group = mem_resize(k->group, k->groups + 1, sizeof(struct kafka_group *));
  return k->group[k->groups++] = group;
}

/* Left alone, librdkafka looks for the leaders of what it is to read once a second. */
static bool find_leaders(struct kafka_broker *k, struct kafka_reader *r, struct error *err)
{
  const struct rd_kafka_metadata *metadata;
  const char *topic = k->topic[r->topic].text;
  r->handle = rd_kafka_topic_new(r->group->client, topic, NULL);
  rd_kafka_resp_err_t code =
      r->handle == NULL
          ? rd_kafka_last_error()
          : rd_kafka_metadata(r->group->client, 0, r->handle, &metadata, k->options.timeout_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
    return kafka_fail(k, rd_kafka_err2str(code), err, "topic '%s' cannot be found by a consumer",
                      topic);
  rd_kafka_metadata_destroy(metadata);
  return true;
}

bool kafka_subscribe(struct broker *broker, struct slice group, uint32_t topic,
                     const int64_t *start, uint32_t *reader, struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  assert(topic < k->topics);
  uint32_t partitions = k->topic[topic].partitions;
  struct kafka_reader *r = arena_zero(&k->arena, 1, sizeof *r);
  r->group = group_of(k, group, err);
  r->topic = topic;
  r->source = arena_zero(&k->arena, partitions, sizeof *r->source);
  if (r->group == NULL)
    return false;
  assert(!r->group->started);
  for (uint32_t i = 0; i < partitions; i++) {
    int64_t first, end;
    if (start == NULL && !kafka_range(broker, topic, i, &first, &end, err))
      return false;
    r->source[i].start = start != NULL ? start[i] : first;
    r->source[i].committed = r->source[i].next = r->source[i].position = r->source[i].start;
  }
  k->reader = mem_resize(k->reader, k->readers + 1, sizeof(struct kafka_reader *));
  k->reader[k->readers] = r;
  *reader = k->readers++;
  return find_leaders(k, r, err);
}

/* --- partitions that come and go --- */

/* A partition's records go to a queue of their own, whatever the group's queue would have. */
static void open_source(struct kafka_broker *k, struct kafka_group *group, const char *topic,
                        uint32_t partition, struct source *source)
{
  source->queue = rd_kafka_queue_get_partition(group->client, topic, (int32_t)partition);
  rd_kafka_queue_forward(source->queue, NULL);
  source->stale = 0;
  kafka_wake_by(k, source->queue);
}

static void release(struct source *source)
{
  for (size_t i = 0; i < source->messages; i++)
    rd_kafka_message_destroy(source->message[i]);
  source->messages = 0;
}

static void close_source(struct source *source)
{
  release(source);
  if (source->queue != NULL)
    rd_kafka_queue_destroy(source->queue);
  source->queue = NULL;
}

static struct source *find_source(struct kafka_group *group, const char *topic, int32_t partition)
{
  struct kafka_broker *k = group->kafka;
  for (uint32_t i = 0; i < k->readers; i++)
    if (k->reader[i]->group == group && strcmp(k->topic[k->reader[i]->topic].text, topic) == 0)
      return &k->reader[i]->source[partition];
  return NULL;
}

/* All partitions of the group's topics, each from where it starts. */
static bool assign_all(struct kafka_group *group, struct error *err)
{
  struct kafka_broker *k = group->kafka;
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(16);
  for (uint32_t i = 0; i < k->readers; i++) {
    struct kafka_reader *r = k->reader[i];
    if (r->group != group)
      continue;
    const struct kafka_topic *t = &k->topic[r->topic];
    for (uint32_t p = 0; p < t->partitions; p++) {
      open_source(k, group, t->text, p, &r->source[p]);
      rd_kafka_topic_partition_list_add(list, t->text, (int32_t)p)->offset = r->source[p].start;
    }
  }
  rd_kafka_resp_err_t code = rd_kafka_assign(group->client, list);
  rd_kafka_topic_partition_list_destroy(list);
  return code == RD_KAFKA_RESP_ERR_NO_ERROR ||
         kafka_fail(k, rd_kafka_err2str(code), err, "group '%.*s' cannot be given its partitions",
                    SLICE_PRINT(group->name));
}

static bool subscribe_all(struct kafka_group *group, struct error *err)
{
  struct kafka_broker *k = group->kafka;
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(16);
  for (uint32_t i = 0; i < k->readers; i++)
    if (k->reader[i]->group == group)
      rd_kafka_topic_partition_list_add(list, k->topic[k->reader[i]->topic].text,
                                        RD_KAFKA_PARTITION_UA);
  rd_kafka_resp_err_t code = rd_kafka_subscribe(group->client, list);
  rd_kafka_topic_partition_list_destroy(list);
  return code == RD_KAFKA_RESP_ERR_NO_ERROR ||
         kafka_fail(k, rd_kafka_err2str(code), err, "group '%.*s' cannot subscribe",
                    SLICE_PRINT(group->name));
}

static bool start_group(struct kafka_group *group, struct error *err)
{
  group->started = true;
  rd_kafka_poll_set_consumer(group->client);
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(group->client);
  kafka_wake_by(group->kafka, queue);
  rd_kafka_queue_destroy(queue);
  return group->kafka->options.grouped ? subscribe_all(group, err) : assign_all(group, err);
}

/* Where a partition starts is the reader's business: it asks for an offset when it is assigned. */
void kafka_rebalance(rd_kafka_t *client, rd_kafka_resp_err_t what,
                     rd_kafka_topic_partition_list_t *list, void *opaque)
{
  struct kafka_broker *k = opaque;
  struct kafka_group *group = NULL;
  for (uint32_t i = 0; i < k->groups; i++)
    if (k->group[i]->client == client)
      group = k->group[i];
  bool assigned = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
  for (int i = 0; group != NULL && i < list->cnt; i++) {
    rd_kafka_topic_partition_t *p = &list->elems[i];
    struct source *source = find_source(group, p->topic, p->partition);
    if (source == NULL)
      continue;
    if (assigned) {
      open_source(k, group, p->topic, (uint32_t)p->partition, source);
      source->next = source->position = p->offset = source->start;
    } else {
      close_source(source);
    }
  }
  rd_kafka_assign(client, assigned ? list : NULL);
}

/* Rebalances and the group's errors. A record that comes this way was fetched before its partition
 * had a queue; it is fetched again. */
static void serve_group(struct kafka_group *group)
{
  rd_kafka_message_t *message = rd_kafka_consumer_poll(group->client, 0);
  if (message == NULL)
    return;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    struct source *source =
        find_source(group, rd_kafka_topic_name(message->rkt), message->partition);
    if (source != NULL)
      source->next = RD_KAFKA_OFFSET_INVALID;
  }
  rd_kafka_message_destroy(message);
}

/* --- records --- */

/* A partition that was just assigned is not fetched yet and cannot be moved: `next` stays unknown,
 * and it is asked again at the next fetch. */
static bool seek(struct kafka_broker *k, struct kafka_reader *r, uint32_t partition, int64_t offset,
                 struct error *err)
{
  const char *topic = k->topic[r->topic].text;
  struct source *source = &r->source[partition];
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(list, topic, (int32_t)partition)->offset = offset;
  rd_kafka_error_t *error = rd_kafka_seek_partitions(r->group->client, list, k->options.timeout_ms);
  bool moved = list->elems[0].err == RD_KAFKA_RESP_ERR_NO_ERROR;
  rd_kafka_topic_partition_list_destroy(list);
  source->position = offset;
  source->stale = moved ? 0 : source->stale; /* the queue is empty then */
  source->next = moved ? offset : RD_KAFKA_OFFSET_INVALID;
  if (error == NULL)
    return true;
  kafka_fail(k, rd_kafka_error_string(error), err,
             "%s: partition %u cannot be read from offset %lld", topic, partition,
             (long long)offset);
  rd_kafka_error_destroy(error);
  return false;
}

static void keep_header(struct source *source, struct slice name, const void *value, size_t size)
{
  if (value != NULL)
    headers_add(&source->headers, name, (struct slice){value, size});
  else
    headers_add_null(&source->headers, name);
}

static void keep_headers(struct source *source, rd_kafka_message_t *message)
{
  rd_kafka_headers_t *list;
  const char *name;
  const void *value;
  size_t size;
  if (rd_kafka_message_headers(message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR)
    return;
  for (size_t i = 0;
       rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; i++)
    keep_header(source, slice_of(name), value, size);
}

/* The record but for its headers, whose length it has. */
static struct broker_record record_of(struct source *source, rd_kafka_message_t *message)
{
  rd_kafka_timestamp_type_t type;
  size_t before = source->headers.n;
  keep_headers(source, message);
  int64_t timestamp_ms = rd_kafka_message_timestamp(message, &type);
  return (struct broker_record){
      .key = {message->key, message->key_len},
      .keyed = message->key != NULL,
      .tombstone = message->payload == NULL,
      .headers = {NULL, source->headers.n - before},
      .value = {message->payload, message->len},
      .timestamp_ms = timestamp_ms,
      .log_time = type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME,
      .partition = (uint32_t)message->partition,
      .offset = message->offset,
  };
}

static bool fail_offset(struct kafka_broker *k, struct kafka_reader *r, uint32_t partition,
                        struct error *err)
{
  int64_t start, end;
  const char *topic = k->topic[r->topic].text;
  long long next = r->source[partition].next;
  if (!kafka_range(&k->broker, r->topic, partition, &start, &end, err))
    return false;
  return kafka_fail(k, next < start ? "what was not read yet was deleted (retention.ms?)" : "", err,
                    "%s: partition %u has no offset %lld, only %lld up to %lld", topic, partition,
                    next, (long long)start, (long long)end);
}

/* What comes in a queue beside records. Whatever librdkafka tries again by itself is no error. */
static bool check_event(struct kafka_broker *k, struct kafka_reader *r, uint32_t partition,
                        const rd_kafka_message_t *message, struct error *err)
{
  switch (message->err) {
  case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
  case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    return fail_offset(k, r, partition, err);
  case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
  case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
  case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
  case RD_KAFKA_RESP_ERR__FATAL:
    return kafka_fail(k, rd_kafka_message_errstr(message), err, "%s: partition %u cannot be read",
                      k->topic[r->topic].text, partition);
  default:
    return true;
  }
}

/* Offsets of the mock cluster have no gaps; a cluster's have some, where transactions end and
 * where a log was compacted. */
static bool check_gap(struct kafka_broker *k, struct kafka_reader *r, uint32_t partition,
                      int64_t offset, struct error *err)
{
  int64_t next = r->source[partition].next;
  if (offset == next || (k->options.servers != NULL && offset > next))
    return true;
  return kafka_fail(k, "", err, "%s: partition %u: offset %lld follows where %lld was due",
                    k->topic[r->topic].text, partition, (long long)offset, (long long)next);
}

static bool take(struct kafka_broker *k, struct kafka_reader *r, uint32_t partition,
                 struct broker_record *record, size_t *count, struct error *err)
{
  struct source *source = &r->source[partition];
  size_t n = 0;
  bool good = true;
  source->headers.n = 0;
  source->fetched_bytes = 0;
  for (size_t i = 0; good && i < source->messages; i++) {
    rd_kafka_message_t *message = source->message[i];
    bool fresh = source->stale == 0;
    source->stale -= !fresh;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF && message->offset > source->position)
      source->position = message->offset;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      good = check_event(k, r, partition, message, err);
      continue;
    }
    if (fresh)
      kafka_is_well(k);
    good = check_gap(k, r, partition, message->offset, err);
    record[n] = record_of(source, message);
    source->fetched_bytes += record[n].key.n + record[n].headers.n + record[n].value.n;
    source->next = source->position = record[n++].offset + 1;
  }
  const char *headers = source->headers.p;
  for (size_t i = 0; i < n; headers += record[i++].headers.n)
    record[i].headers.p = headers;
  *count = n;
  return good;
}

bool kafka_fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                 size_t max, struct broker_record *record, size_t *count, struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  assert(reader < k->readers);
  struct kafka_reader *r = k->reader[reader];
  struct source *source = &r->source[partition];
  *count = 0;
  if (!r->group->started && !start_group(r->group, err))
    return false;
  serve_group(r->group);
  if (source->queue == NULL) { /* if it comes to us, it is read from there */
    source->start = offset;
    return true;
  }
  bool known = source->next != RD_KAFKA_OFFSET_INVALID;
  if (known && offset > source->next && offset <= source->position) /* no record is in between */
    source->next = offset;
  if (offset != source->next && !seek(k, r, partition, offset, err))
    return false;
  if (offset != source->next)
    return true;
  if (source->room < max) {
    source->message = mem_resize(source->message, max, sizeof(rd_kafka_message_t *));
    source->room = max;
  }
  /* An end that was reached is an event of its own; a record may be behind it. */
  bool good = true;
  do {
    release(source);
    ssize_t n = rd_kafka_consume_batch_queue(source->queue, 0, source->message, max);
    source->messages = n > 0 ? (size_t)n : 0;
    good = take(k, r, partition, record, count, err);
  } while (good && *count == 0 && source->messages != 0);
  if (good && *count != 0)
    kafka_refill(r, partition);
  return good;
}

int64_t kafka_position(struct broker *broker, uint32_t reader, uint32_t partition)
{
  return kafka_of(broker)->reader[reader]->source[partition].position;
}

bool kafka_owns(struct broker *broker, uint32_t reader, uint32_t partition)
{
  const struct kafka_broker *k = kafka_of(broker);
  return !k->options.grouped || k->reader[reader]->source[partition].queue != NULL;
}

bool kafka_commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  struct error *err)
{
  (void)err;
  struct kafka_broker *k = kafka_of(broker);
  struct kafka_reader *r = k->reader[reader];
  struct source *source = &r->source[partition];
  struct backlog *backlog = &k->topic[r->topic].backlog[partition];
  uint64_t records = (uint64_t)(offset - source->committed);
  atomic_fetch_add(&backlog->freed, records);
  atomic_fetch_add(&backlog->freed_bytes, source->fetched_bytes + records * RECORD_OVERHEAD_BYTES);
  source->fetched_bytes = 0;
  source->committed = offset;
  if (k->options.grouped && source->queue != NULL) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, k->topic[r->topic].text, (int32_t)partition)->offset =
        offset;
    rd_kafka_offsets_store(r->group->client, list); /* a lost one is read again, and known */
    rd_kafka_topic_partition_list_destroy(list);
  }
  return true;
}

bool kafka_committed(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                     struct error *err)
{
  (void)err;
  *offset = kafka_of(broker)->reader[reader]->source[partition].committed;
  return true;
}

void kafka_mark_stale(struct kafka_broker *k)
{
  for (uint32_t i = 0; i < k->readers; i++)
    for (uint32_t p = 0; p < k->topic[k->reader[i]->topic].partitions; p++) {
      struct source *source = &k->reader[i]->source[p];
      source->stale = source->queue != NULL ? rd_kafka_queue_length(source->queue) : 0;
    }
}

void kafka_stop_reading(struct kafka_broker *k)
{
  for (uint32_t i = 0; i < k->readers; i++) {
    struct kafka_reader *r = k->reader[i];
    for (uint32_t p = 0; p < k->topic[r->topic].partitions; p++) {
      close_source(&r->source[p]);
      free(r->source[p].message);
      buffer_free(&r->source[p].headers);
    }
    if (r->handle != NULL)
      rd_kafka_topic_destroy(r->handle);
  }
  for (uint32_t i = 0; i < k->groups; i++) {
    if (k->options.grouped)
      rd_kafka_consumer_close(k->group[i]->client); /* what is stored is committed */
    rd_kafka_destroy_flags(k->group[i]->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  }
  free(k->reader);
  free(k->group);
  k->readers = k->groups = 0; /* complaints may still come, of the producer */
}
