/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/kafka.h"

#include <stdlib.h>
#include <unistd.h>

#include "broker/kafka/internal.h"
#include "broker/wake_pipe.h"
/* After rdkafka.h, which it needs. */
#include <librdkafka/rdkafka_mock.h>

enum { FLUSH_MS = 100 };

bool kafka_is_built_in(void)
{
  return true;
}

static int wake(struct broker *broker, struct error *err)
{
  (void)err;
  char bytes[256];
  struct kafka_broker *k = kafka_of(broker);
  while (read(k->wake[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes)
    ;
  return k->wake[0];
}

static const char *trouble(struct broker *broker)
{
  return kafka_of(broker)->problem;
}

static void close_kafka(struct broker *broker)
{
  struct kafka_broker *k = kafka_of(broker);
  kafka_stop_reading(k);
  for (uint32_t i = 0; i < k->topics; i++)
    rd_kafka_topic_destroy(k->topic[i].handle);
  if (k->client != NULL) {
    rd_kafka_purge(k->client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(k->client, FLUSH_MS);
    rd_kafka_destroy(k->client);
  }
  wake_pipe_close(k->wake);
  free(k->topic);
  free(k->ack);
  arena_free(&k->arena);
  free(k);
}

static const struct broker_ops OPERATIONS = {
    .open_topic = kafka_open_topic,
    .subscribe = kafka_subscribe,
    .produce = kafka_produce,
    .poll = kafka_poll,
    .fetch = kafka_fetch,
    .position = kafka_position,
    .owns = kafka_owns,
    .commit = kafka_commit,
    .committed = kafka_committed,
    .range = kafka_range,
    .wake = wake,
    .trouble = trouble,
    .close = close_kafka,
};

static bool open_client(struct kafka_broker *k, struct error *err)
{
  k->client = kafka_client(k, RD_KAFKA_PRODUCER, NULL, err);
  if (k->client == NULL)
    return false;
  if (k->servers == NULL)
    k->servers = arena_printf(
        &k->arena, "%s", rd_kafka_mock_cluster_bootstraps(rd_kafka_handle_mock_cluster(k->client)));
  rd_kafka_queue_t *queue = rd_kafka_queue_get_main(k->client);
  kafka_wake_by(k, queue);
  rd_kafka_queue_destroy(queue);
  return kafka_connect(k, err);
}

struct broker *kafka_broker_new(const struct kafka_options *options, struct error *err)
{
  struct kafka_broker *k = mem_new(1, sizeof *k);
  k->broker.ops = &OPERATIONS;
  k->options = *options;
  k->servers = options->servers;
  k->wake[0] = k->wake[1] = -1;
  if (wake_pipe_open(k->wake, err) && open_client(k, err))
    return &k->broker;
  close_kafka(&k->broker);
  return NULL;
}
