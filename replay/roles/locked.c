/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/locked.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "broker/wake_pipe.h"

struct locked_broker {
  struct broker broker;
  struct broker *inner;
  pthread_mutex_t mutex;
  int pipe[2]; /* -1 before anybody wants to be woken */
  bool woken;  /* a byte is in it */
};

/* The broker behind the door, which is open until leave(). */
static struct broker *enter(struct broker *broker)
{
  struct locked_broker *l = (struct locked_broker *)broker;
  pthread_mutex_lock(&l->mutex);
  return l->inner;
}

static void leave(struct broker *broker)
{
  pthread_mutex_unlock(&((struct locked_broker *)broker)->mutex);
}

static bool open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                       struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->open_topic(inner, spec, topic, err);
  leave(broker);
  return good;
}

static bool subscribe(struct broker *broker, struct slice group, uint32_t topic,
                      const int64_t *start, uint32_t *reader, struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->subscribe(inner, group, topic, start, reader, err);
  leave(broker);
  return good;
}

static void wake_up(struct locked_broker *l)
{
  if (!l->woken && l->pipe[1] >= 0)
    l->woken = write(l->pipe[1], "", 1) == 1;
}

static enum broker_answer produce(struct broker *broker, uint32_t topic,
                                  const struct broker_record *record, struct error *err)
{
  struct broker *inner = enter(broker);
  enum broker_answer answer = inner->ops->produce(inner, topic, record, err);
  if (answer == BROKER_ACKED || answer == BROKER_QUEUED)
    wake_up((struct locked_broker *)broker);
  leave(broker);
  return answer;
}

static bool poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                 struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->poll(inner, max, ack, count, err);
  leave(broker);
  return good;
}

static bool fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  size_t max, struct broker_record *record, size_t *count, struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->fetch(inner, reader, partition, offset, max, record, count, err);
  leave(broker);
  return good;
}

static bool commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                   struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->commit(inner, reader, partition, offset, err);
  leave(broker);
  return good;
}

static bool committed(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                      struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->committed(inner, reader, partition, offset, err);
  leave(broker);
  return good;
}

static bool range(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                  int64_t *end, struct error *err)
{
  struct broker *inner = enter(broker);
  bool good = inner->ops->range(inner, topic, partition, start, end, err);
  leave(broker);
  return good;
}

static int wake(struct broker *broker, struct error *err)
{
  struct locked_broker *l = (struct locked_broker *)broker;
  char byte;
  enter(broker);
  bool good = l->pipe[0] >= 0 || wake_pipe_open(l->pipe, err);
  if (good && l->woken)
    l->woken = read(l->pipe[0], &byte, 1) != 1;
  leave(broker);
  return good ? l->pipe[0] : -1;
}

static void close_locked(struct broker *broker)
{
  struct locked_broker *l = (struct locked_broker *)broker;
  broker_close(l->inner);
  wake_pipe_close(l->pipe);
  pthread_mutex_destroy(&l->mutex);
  free(l);
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
    .wake = wake,
    .close = close_locked,
};

struct broker *locked_broker_new(struct broker *inner)
{
  struct locked_broker *l = mem_new(1, sizeof *l);
  l->broker.ops = &OPERATIONS;
  l->inner = inner;
  l->pipe[0] = l->pipe[1] = -1;
  pthread_mutex_init(&l->mutex, NULL);
  return &l->broker;
}
