/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/modelled.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"

#define NEVER INT64_MAX

enum { NOWHERE = SIZE_MAX }; /* not among the events */

/* A record that waits for its service or is served. */
struct waiting {
  struct waiting *next;
  int64_t service_ns, delivery_ns;
  size_t bytes; /* of all this */
  struct broker_record record;
  char data[];
};

/* Records below offset `end` can be fetched from at_ns on. */
struct delivery {
  struct delivery *next;
  int64_t end, at_ns;
};

/* One partition. */
struct server {
  uint32_t topic, partition;
  uint64_t key;     /* of what is drawn for it */
  uint64_t arrived; /* records so far */
  struct waiting *first, *last;
  int64_t end_ns; /* of the service of the first one */
  bool blocked;   /* it has ended, and the inner broker is full */
  struct server *next_blocked;
  struct delivery *on_its_way, *last_on_its_way;
  int64_t visible; /* the first offset that cannot be fetched yet */
  size_t event;    /* its place among the events */
};

struct topic {
  uint32_t partitions;
  struct modelled_times times;
  struct server *server; /* by partition; NULL: no times, the inner broker's own */
};

struct modelled_broker {
  struct broker broker;
  struct broker *inner;
  struct modelled_options options;
  int64_t now_ns;
  uint32_t topics, readers;
  struct topic *topic;
  uint32_t *topic_of; /* by reader */
  size_t bytes;       /* of the records that wait */
  uint64_t waiting;
  size_t events,
      servers; /* a heap of servers to which something happens by itself, soonest first */
  struct server **event;
  struct server *blocked; /* in the order of time and place */
  size_t acks, polled, ack_capacity;
  struct broker_ack *ack;
  struct arena arena; /* times and texts of refusals */
};

static struct modelled_broker *self(struct broker *broker)
{
  return (struct modelled_broker *)broker;
}

/* --- the events --- */

static int64_t next_event(const struct server *s)
{
  int64_t end = s->first != NULL && !s->blocked ? s->end_ns : NEVER;
  int64_t delivered = s->on_its_way != NULL ? s->on_its_way->at_ns : NEVER;
  return end < delivered ? end : delivered;
}

static bool is_before(int64_t a_ns, const struct server *a, int64_t b_ns, const struct server *b)
{
  if (a_ns != b_ns)
    return a_ns < b_ns;
  return a->topic != b->topic ? a->topic < b->topic : a->partition < b->partition;
}

static bool is_sooner(const struct server *a, const struct server *b)
{
  return is_before(next_event(a), a, next_event(b), b);
}

static void place(struct modelled_broker *m, size_t i, struct server *s)
{
  m->event[i] = s;
  s->event = i;
}

static void move_up(struct modelled_broker *m, struct server *s)
{
  size_t i = s->event;
  for (; i > 0 && is_sooner(s, m->event[(i - 1) / 2]); i = (i - 1) / 2)
    place(m, i, m->event[(i - 1) / 2]);
  place(m, i, s);
}

static void move_down(struct modelled_broker *m, struct server *s)
{
  size_t i = s->event;
  for (size_t child; (child = 2 * i + 1) < m->events; i = child) {
    if (child + 1 < m->events && is_sooner(m->event[child + 1], m->event[child]))
      child++;
    if (!is_sooner(m->event[child], s))
      break;
    place(m, i, m->event[child]);
  }
  place(m, i, s);
}

/* After anything changed that next_event() looks at. */
static void reschedule(struct modelled_broker *m, struct server *s)
{
  if (s->event == NOWHERE && next_event(s) != NEVER)
    place(m, m->events++, s);
  if (s->event == NOWHERE)
    return;
  if (next_event(s) != NEVER) {
    move_up(m, s);
    move_down(m, s);
    return;
  }
  struct server *last = m->event[--m->events];
  size_t hole = s->event;
  s->event = NOWHERE;
  if (last != s) {
    place(m, hole, last);
    move_up(m, last);
    move_down(m, last);
  }
}

/* --- service and delivery --- */

/* Later by a length of time; before NEVER, whatever was drawn. */
static int64_t later(int64_t ns, int64_t length_ns)
{
  return length_ns < NEVER - 1 - ns ? ns + length_ns : NEVER - 1;
}

static void make_room_for_ack(struct modelled_broker *m)
{
  if (m->polled > m->acks / 2) {
    memmove(m->ack, m->ack + m->polled, (m->acks - m->polled) * sizeof *m->ack);
    m->acks -= m->polled;
    m->polled = 0;
    return;
  }
  m->ack_capacity = 2 * m->ack_capacity + 64;
  m->ack = mem_resize(m->ack, m->ack_capacity, sizeof *m->ack);
}

static void acknowledge(struct modelled_broker *m, uint64_t tag, const char *refusal)
{
  if (m->acks == m->ack_capacity)
    make_room_for_ack(m);
  m->ack[m->acks++] = (struct broker_ack){.tag = tag, .refusal = refusal};
}

/* One that is on its way for a shorter time than the one before it arrives right behind it. */
static void send_on_its_way(struct server *s, int64_t end, int64_t at_ns)
{
  struct delivery *d = mem_new(1, sizeof *d);
  *d = (struct delivery){.end = end, .at_ns = at_ns};
  if (s->on_its_way == NULL)
    s->on_its_way = d;
  else
    s->last_on_its_way->next = d;
  s->last_on_its_way = d;
}

/* The log's new end comes from the inner broker, which may lose or double records on purpose. */
static void deliver_later(struct modelled_broker *m, struct server *s, int64_t from_ns,
                          int64_t delivery_ns)
{
  int64_t start, end = s->visible;
  m->inner->ops->range(m->inner, s->topic, s->partition, &start, &end, NULL);
  if (delivery_ns == 0 && s->on_its_way == NULL)
    s->visible = end;
  else
    send_on_its_way(s, end, later(from_ns, delivery_ns));
}

static void deliver(struct server *s)
{
  struct delivery *d = s->on_its_way;
  s->on_its_way = d->next;
  s->visible = d->end;
  free(d);
}

static void block(struct modelled_broker *m, struct server *s)
{
  struct server **at = &m->blocked;
  s->blocked = true;
  while (*at != NULL && is_before((*at)->end_ns, *at, s->end_ns, s))
    at = &(*at)->next_blocked;
  s->next_blocked = *at;
  *at = s;
}

/* The first record leaves its server at ns, and the next one's service begins. */
static void leave(struct modelled_broker *m, struct server *s, int64_t ns)
{
  struct waiting *w = s->first;
  s->first = w->next;
  m->bytes -= w->bytes;
  m->waiting--;
  free(w);
  if (s->first != NULL)
    s->end_ns = later(ns, s->first->service_ns);
}

/* Offers the first record to the inner broker at ns, when it was served; false if that is full. */
static bool append(struct modelled_broker *m, struct server *s, int64_t ns)
{
  struct waiting *w = s->first;
  struct error err = {0};
  enum broker_answer answer = m->inner->ops->produce(m->inner, s->topic, &w->record, &err);
  assert(answer != BROKER_QUEUED);
  if (answer == BROKER_FULL)
    return false;
  if (answer == BROKER_ACKED)
    deliver_later(m, s, ns, w->delivery_ns);
  acknowledge(m, w->record.tag,
              answer == BROKER_ACKED ? NULL : arena_copy(&m->arena, err.text, strlen(err.text)));
  leave(m, s, ns);
  return true;
}

/* All that happens until now, in the order of time. */
static void run(struct modelled_broker *m)
{
  while (m->events != 0 && next_event(m->event[0]) <= m->now_ns) {
    struct server *s = m->event[0];
    if (s->on_its_way != NULL && s->on_its_way->at_ns == next_event(s))
      deliver(s);
    else if (!append(m, s, s->end_ns))
      block(m, s);
    reschedule(m, s);
  }
}

/* The inner broker may have room again. */
static void retry(struct modelled_broker *m)
{
  for (struct server **at = &m->blocked; *at != NULL;) {
    struct server *s = *at;
    if (!append(m, s, m->now_ns)) {
      at = &s->next_blocked;
      continue;
    }
    *at = s->next_blocked;
    s->blocked = false;
    reschedule(m, s);
  }
  run(m);
}

int64_t modelled_broker_advance(struct broker *broker, int64_t now_ns)
{
  struct modelled_broker *m = self(broker);
  assert(now_ns >= m->now_ns);
  m->now_ns = now_ns;
  run(m);
  retry(m);
  return m->events != 0 ? next_event(m->event[0]) : NEVER;
}

uint64_t modelled_broker_waiting(const struct broker *broker)
{
  return ((const struct modelled_broker *)broker)->waiting;
}

/* --- the operations --- */

/* What the inner log has already can be fetched. */
static bool make_servers(struct modelled_broker *m, uint32_t topic, struct error *err)
{
  struct topic *t = &m->topic[topic];
  t->server = mem_new(t->partitions, sizeof *t->server);
  m->servers += t->partitions;
  m->event = mem_resize(m->event, m->servers, sizeof(struct server *));
  for (uint32_t i = 0; i < t->partitions; i++) {
    uint64_t key = hash_combine(hash_combine(m->options.seed, topic), i);
    int64_t start;
    t->server[i] = (struct server){.topic = topic, .partition = i, .key = key, .event = NOWHERE};
    if (!m->inner->ops->range(m->inner, topic, i, &start, &t->server[i].visible, err))
      return false;
  }
  return true;
}

static bool open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                       struct error *err)
{
  struct modelled_broker *m = self(broker);
  if (!m->inner->ops->open_topic(m->inner, spec, topic, err))
    return false;
  assert(*topic == m->topics);
  m->topic = mem_resize(m->topic, m->topics + 1, sizeof *m->topic);
  struct topic *t = &m->topic[m->topics++];
  *t = (struct topic){.partitions = spec->partitions};
  if (*topic < m->options.topics)
    t->times = m->options.times[*topic];
  return (!distribution_takes_time(&t->times.service) &&
          !distribution_takes_time(&t->times.delivery)) ||
         make_servers(m, *topic, err);
}

static bool subscribe(struct broker *broker, struct slice group, uint32_t topic,
                      const int64_t *start, uint32_t *reader, struct error *err)
{
  struct modelled_broker *m = self(broker);
  if (!m->inner->ops->subscribe(m->inner, group, topic, start, reader, err))
    return false;
  m->topic_of = mem_resize(m->topic_of, ++m->readers, sizeof *m->topic_of);
  m->topic_of[*reader] = topic;
  return true;
}

static struct slice keep(char **out, struct slice text)
{
  struct slice kept = {*out, text.n};
  if (text.n != 0)
    memcpy(*out, text.p, text.n);
  *out += text.n;
  return kept;
}

static struct waiting *copy_of(const struct broker_record *record, size_t bytes)
{
  struct waiting *w = mem_new(1, bytes);
  char *out = w->data;
  w->bytes = bytes;
  w->record = *record;
  w->record.key = keep(&out, record->key);
  w->record.headers = keep(&out, record->headers);
  w->record.value = keep(&out, record->value);
  return w;
}

static void arrive(struct modelled_broker *m, struct server *s, struct waiting *w)
{
  const struct modelled_times *times = &m->topic[s->topic].times;
  uint64_t key = hash_combine(s->key, s->arrived++);
  w->service_ns = distribution_draw(&times->service, hash_combine(key, 0));
  w->delivery_ns = distribution_draw(&times->delivery, hash_combine(key, 1));
  if (s->first == NULL) {
    s->first = w;
    s->end_ns = later(m->now_ns, w->service_ns);
  } else {
    s->last->next = w;
  }
  s->last = w;
  m->bytes += w->bytes;
  m->waiting++;
  reschedule(m, s);
}

static enum broker_answer produce(struct broker *broker, uint32_t topic,
                                  const struct broker_record *record, struct error *err)
{
  struct modelled_broker *m = self(broker);
  assert(topic < m->topics && record->partition < m->topic[topic].partitions);
  if (m->topic[topic].server == NULL)
    return m->inner->ops->produce(m->inner, topic, record, err);
  size_t bytes = sizeof(struct waiting) + record->key.n + record->headers.n + record->value.n;
  if (m->waiting != 0 && m->bytes + bytes > m->options.limit)
    return BROKER_FULL;
  arrive(m, &m->topic[topic].server[record->partition], copy_of(record, bytes));
  run(m);
  return BROKER_QUEUED;
}

static bool poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                 struct error *err)
{
  (void)err;
  struct modelled_broker *m = self(broker);
  size_t left = m->acks - m->polled, n = left < max ? left : max;
  if (n != 0)
    memcpy(ack, m->ack + m->polled, n * sizeof *ack);
  m->polled += n;
  if (m->polled == m->acks)
    m->polled = m->acks = 0;
  *count = n;
  return true;
}

/* Of max records from `offset` on, those that are visible; the inner broker checks the offset. */
static size_t visible(const struct server *s, int64_t offset, size_t max)
{
  uint64_t there = offset < s->visible ? (uint64_t)s->visible - (uint64_t)offset : 0;
  return there < max ? (size_t)there : max;
}

static bool fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  size_t max, struct broker_record *record, size_t *count, struct error *err)
{
  struct modelled_broker *m = self(broker);
  assert(reader < m->readers);
  const struct topic *t = &m->topic[m->topic_of[reader]];
  assert(partition < t->partitions);
  if (t->server != NULL)
    max = visible(&t->server[partition], offset, max);
  return m->inner->ops->fetch(m->inner, reader, partition, offset, max, record, count, err);
}

static bool commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                   struct error *err)
{
  struct modelled_broker *m = self(broker);
  if (!m->inner->ops->commit(m->inner, reader, partition, offset, err))
    return false;
  retry(m);
  return true;
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

static void free_server(struct server *s)
{
  while (s->first != NULL) {
    struct waiting *next = s->first->next;
    free(s->first);
    s->first = next;
  }
  while (s->on_its_way != NULL)
    deliver(s);
}

static void close_modelled(struct broker *broker)
{
  struct modelled_broker *m = self(broker);
  broker_close(m->inner);
  for (uint32_t i = 0; i < m->topics; i++) {
    for (uint32_t k = 0; m->topic[i].server != NULL && k < m->topic[i].partitions; k++)
      free_server(&m->topic[i].server[k]);
    free(m->topic[i].server);
  }
  free(m->topic);
  free(m->topic_of);
  free(m->event);
  free(m->ack);
  arena_free(&m->arena);
  free(m);
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
    .close = close_modelled,
};

struct broker *modelled_broker_new(struct broker *inner, const struct modelled_options *options)
{
  struct modelled_broker *m = mem_new(1, sizeof *m);
  m->broker.ops = &OPERATIONS;
  m->inner = inner;
  m->options = *options;
  m->now_ns = options->start_ns;
  struct modelled_times *times = arena_take(&m->arena, options->topics, sizeof *times);
  if (options->topics != 0)
    memcpy(times, options->times, options->topics * sizeof *times);
  m->options.times = times;
  return &m->broker;
}
