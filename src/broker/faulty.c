/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/faulty.h"

#include <stdlib.h>

#include "base/memory.h"

struct faulty_broker {
  struct broker broker;
  struct broker *inner;
  struct fault fault;
  uint32_t readers;
  uint32_t *topic_of;           /* by reader */
  uint64_t produced, delivered; /* records of the fault's topic so far */
  unsigned offers;              /* of the record to hold, so far */
  bool placed;                  /* the record to deliver wrongly is known: */
  uint32_t partition;
  int64_t offset;
};

static struct faulty_broker *self(struct broker *broker)
{
  return (struct faulty_broker *)broker;
}

static bool open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                       struct error *err)
{
  struct broker *inner = self(broker)->inner;
  return inner->ops->open_topic(inner, spec, topic, err);
}

static bool subscribe(struct broker *broker, struct slice group, uint32_t topic,
                      const int64_t *start, uint32_t *reader, struct error *err)
{
  struct faulty_broker *f = self(broker);
  if (!f->inner->ops->subscribe(f->inner, group, topic, start, reader, err))
    return false;
  f->topic_of = mem_resize(f->topic_of, ++f->readers, sizeof *f->topic_of);
  f->topic_of[*reader] = topic;
  return true;
}

static enum broker_answer produce(struct broker *broker, uint32_t topic,
                                  const struct broker_record *record, struct error *err)
{
  struct faulty_broker *f = self(broker);
  struct broker *inner = f->inner;
  bool hit = topic == f->fault.topic && f->produced == f->fault.record;
  enum broker_answer answer = BROKER_ACKED;
  if (hit && f->fault.kind == FAULT_REFUSE) {
    error_set(err, ERR_BROKER, "the broker refused a record on purpose");
    answer = BROKER_REFUSED;
  } else if (hit && f->fault.kind == FAULT_HOLD && ++f->offers < 3) {
    answer = BROKER_FULL;
  } else if (!hit || f->fault.kind != FAULT_LOSE) {
    answer = inner->ops->produce(inner, topic, record, err);
    if (hit && f->fault.kind == FAULT_DOUBLE && answer != BROKER_FULL)
      answer = inner->ops->produce(inner, topic, record, err);
  }
  f->produced += topic == f->fault.topic && answer != BROKER_FULL;
  return answer;
}

static bool poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                 struct error *err)
{
  struct broker *inner = self(broker)->inner;
  return inner->ops->poll(inner, max, ack, count, err);
}

/* The place of the faulty record among those that are about to be delivered, or count. */
static size_t find(struct faulty_broker *f, const struct broker_record *record, size_t count)
{
  if (!f->placed && f->fault.record - f->delivered < count) {
    const struct broker_record *hit = &record[f->fault.record - f->delivered];
    f->partition = hit->partition;
    f->offset = hit->offset;
    f->placed = true;
  }
  f->delivered += count;
  for (size_t i = 0; f->placed && i < count; i++)
    if (record[i].partition == f->partition && record[i].offset == f->offset)
      return i;
  return count;
}

static bool fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  size_t max, struct broker_record *record, size_t *count, struct error *err)
{
  struct faulty_broker *f = self(broker);
  enum fault_kind kind = f->fault.kind;
  if (kind == FAULT_REPEAT && max > 1)
    max--;
  if (!f->inner->ops->fetch(f->inner, reader, partition, offset, max, record, count, err))
    return false;
  if (f->topic_of[reader] != f->fault.topic || kind < FAULT_SKIP)
    return true;
  size_t n = *count, hit = find(f, record, n);
  if (hit == n)
    return true;
  if (kind == FAULT_SKIP) {
    memmove(&record[hit], &record[hit + 1], (n - hit - 1) * sizeof *record);
    --*count;
    if (*count == 0)
      return fetch(broker, reader, partition, offset + 1, max, record, count, err);
  } else if (kind == FAULT_REPEAT) {
    memmove(&record[hit + 1], &record[hit], (n - hit) * sizeof *record);
    ++*count;
  } else {
    record[hit].value.n /= 2;
  }
  return true;
}

static bool commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                   struct error *err)
{
  struct broker *inner = self(broker)->inner;
  return inner->ops->commit(inner, reader, partition, offset, err);
}

static bool committed(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                      struct error *err)
{
  struct broker *inner = self(broker)->inner;
  return inner->ops->committed(inner, reader, partition, offset, err);
}

static bool range(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                  int64_t *end, struct error *err)
{
  struct broker *inner = self(broker)->inner;
  return inner->ops->range(inner, topic, partition, start, end, err);
}

static void close_faulty(struct broker *broker)
{
  struct faulty_broker *f = self(broker);
  broker_close(f->inner);
  free(f->topic_of);
  free(f);
}

static const struct broker_ops OPERATIONS = {
    .open_topic = open_topic,
    .subscribe = subscribe,
    .produce = produce,
    .poll = poll,
    .fetch = fetch,
    .commit = commit,
    .committed = committed,
    .range = range,
    .close = close_faulty,
};

struct broker *faulty_broker_new(struct broker *inner, struct fault fault)
{
  struct faulty_broker *f = mem_new(1, sizeof *f);
  f->broker.ops = &OPERATIONS;
  f->inner = inner;
  f->fault = fault;
  return &f->broker;
}
