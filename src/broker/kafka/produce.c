/* SPDX-License-Identifier: Apache-2.0 */
/* produce.c - records on their way to the cluster, and what became of them. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "broker/headers.h"
#include "broker/kafka/internal.h"

/* Of the mock cluster's 5 MiB and 100,000 batches a partition. A batch counts whole until its last
 * record was read, and may have 1 MB. */
enum {
  MOCK_LIMIT_BYTES = 3 * 1024 * 1024,
  MOCK_LIMIT_RECORDS = 50000,
};

static bool mock_is_full(const struct backlog *b)
{
  return b->sent_bytes - atomic_load(&b->freed_bytes) > MOCK_LIMIT_BYTES ||
         b->sent - atomic_load(&b->freed) > MOCK_LIMIT_RECORDS;
}

static rd_kafka_vu_t bytes(rd_kafka_vtype_t type, struct slice s)
{
  rd_kafka_vu_t unit = {.vtype = type};
  unit.u.mem.ptr = (void *)s.p;
  unit.u.mem.size = s.n;
  return unit;
}

/* NULL if there are none. */
static rd_kafka_headers_t *headers_of(const struct broker_record *record)
{
  rd_kafka_headers_t *list = record->headers.n != 0 ? rd_kafka_headers_new(8) : NULL;
  struct header header;
  for (size_t at = 0; headers_next(record->headers, &at, &header);)
    rd_kafka_header_add(list, header.name.p, (ssize_t)header.name.n,
                        header.null ? NULL : header.value.p, (ssize_t)header.value.n);
  return list;
}

/* The record as librdkafka takes it, which owns the headers then if it takes it. */
static size_t describe(const struct kafka_topic *topic, const struct broker_record *record,
                       rd_kafka_headers_t *headers, rd_kafka_vu_t *unit)
{
  size_t n = 0;
  unit[n++] = (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_RKT, .u.rkt = topic->handle};
  unit[n++] =
      (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_PARTITION, .u.i32 = (int32_t)record->partition};
  unit[n++] = (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY};
  unit[n++] = (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = record->timestamp_ms};
  unit[n++] =
      (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = (void *)(uintptr_t)record->tag};
  if (record->keyed) /* an empty key is not none: NULL would be */
    unit[n++] = bytes(RD_KAFKA_VTYPE_KEY, record->key.n != 0 ? record->key : SLICE(""));
  if (!record->tombstone)
    unit[n++] = bytes(RD_KAFKA_VTYPE_VALUE, record->value.n != 0 ? record->value : SLICE(""));
  if (headers != NULL)
    unit[n++] = (rd_kafka_vu_t){.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers};
  return n;
}

static enum broker_answer answer_of(rd_kafka_error_t *error, const struct kafka_topic *topic,
                                    const struct broker_record *record, struct error *err)
{
  rd_kafka_resp_err_t code = error != NULL ? rd_kafka_error_code(error) : 0;
  enum broker_answer answer = BROKER_QUEUED;
  if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL)
    answer = BROKER_FULL;
  else if (error != NULL)
    answer = BROKER_REFUSED;
  if (answer == BROKER_REFUSED)
    error_set(err, ERR_BROKER, "topic '%s': a record of %zu bytes is refused: %s%s", topic->text,
              record->value.n, rd_kafka_err2str(code),
              code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE
                  ? "; message.max.bytes (-X) is the client's limit"
                  : "");
  if (error != NULL)
    rd_kafka_error_destroy(error);
  return answer;
}

enum broker_answer kafka_produce(struct broker *broker, uint32_t topic,
                                 const struct broker_record *record, struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  assert(topic < k->topics && record->partition < k->topic[topic].partitions);
  struct kafka_topic *t = &k->topic[topic];
  struct backlog *backlog = &t->backlog[record->partition];
  bool mock = k->options.servers == NULL;
  if (mock && mock_is_full(backlog))
    return BROKER_FULL;
  rd_kafka_vu_t unit[8];
  rd_kafka_headers_t *headers = headers_of(record);
  size_t units = describe(t, record, headers, unit);
  enum broker_answer answer = answer_of(rd_kafka_produceva(k->client, unit, units), t, record, err);
  if (headers != NULL && answer != BROKER_QUEUED)
    rd_kafka_headers_destroy(headers);
  if (mock && answer == BROKER_QUEUED) {
    backlog->sent++;
    backlog->sent_bytes +=
        record->key.n + record->headers.n + record->value.n + RECORD_OVERHEAD_BYTES;
  }
  return answer;
}

/* Why a record is not in the log, and what decides it. */
static const char *refusal_of(rd_kafka_resp_err_t code)
{
  switch (code) {
  case RD_KAFKA_RESP_ERR_NO_ERROR:
    return NULL;
  case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    return "no broker has taken it within message.timeout.ms (-X)";
  case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    return "Broker: Message size too large; the topic's max.message.bytes holds for a whole batch "
           "(-X batch.size)";
  default:
    return rd_kafka_err2str(code);
  }
}

void kafka_delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque)
{
  (void)client;
  struct kafka_broker *k = opaque;
  if (k->acks == k->acks_room) {
    k->acks_room = k->acks_room != 0 ? 2 * k->acks_room : 1024;
    k->ack = mem_resize(k->ack, k->acks_room, sizeof *k->ack);
  }
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
    kafka_is_well(k);
  k->ack[k->acks++] = (struct broker_ack){
      .tag = (uintptr_t)message->_private,
      .refusal = refusal_of(message->err),
  };
}

bool kafka_poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                struct error *err)
{
  struct kafka_broker *k = kafka_of(broker);
  char why[256];
  if (k->acks_taken == k->acks) {
    k->acks = k->acks_taken = 0;
    rd_kafka_poll(k->client, 0);
    if (rd_kafka_fatal_error(k->client, why, sizeof why) != RD_KAFKA_RESP_ERR_NO_ERROR)
      return kafka_fail(k, why, err, "the producer cannot go on");
  }
  size_t n = k->acks - k->acks_taken;
  *count = n < max ? n : max;
  if (*count != 0)
    memcpy(ack, k->ack + k->acks_taken, *count * sizeof *ack);
  k->acks_taken += *count;
  return true;
}
