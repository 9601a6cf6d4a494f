/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/consumer.h"

#include <stdlib.h>

#include "replay/layout.h"
#include "replay/reorder.h"
#include "replay/stamp.h"
#include "replay/stored.h"

enum { FETCH_RECORDS = 512 };

/* One topic of the group. */
struct subscription {
  const struct topic *topic;
  uint32_t reader, partitions;
  int64_t *offset; /* by partition: the next record to read */
  enum message_kind *kind;
  struct message_layout *layout;
  struct message_value *value; /* of one message */
  struct reorder *reorder;
  size_t tables;
  struct stored **stored;
  struct account_table **stored_account;
  struct account_reader *account;
};

struct consumer_role {
  struct role role;
  struct consumer_setup setup;
  struct random random;
  size_t subscriptions;
  struct subscription *subscription;
  struct broker_record record[FETCH_RECORDS];
  struct arena arena;   /* what lives as long as the consumer */
  struct arena decoded; /* texts of the messages of one fetch */
};

/* The sink of reorder: a row in its turn. */
static bool store(void *argument, const struct message_value *value, struct error *err)
{
  struct subscription *s = argument;
  for (size_t i = 0; i < s->tables; i++) {
    if (!stored_add(s->stored[i], value, err))
      return false;
    s->stored_account[i]->stored++;
  }
  return true;
}

static bool take_record(struct consumer_role *c, struct subscription *s,
                        const struct broker_record *record, int64_t now_ns, struct error *err)
{
  struct stamp stamp;
  struct error reason;
  bool ours = stamp_find(record->headers, &stamp);
  s->account->fetched++;
  s->account->strangers += !ours;
  if (ours)
    latency_record(c->setup.latency, LATENCY_PRODUCE_TO_CONSUME, stamp.due_ns, stamp.sent_ns,
                   now_ns);
  if (message_decode(s->layout, record->value, s->value, &c->decoded, &reason)) {
    s->account->decoded++;
    return ours ? reorder_add(s->reorder, stamp.row, s->value, err)
                : reorder_stranger(s->reorder, record, s->value, err);
  }
  s->account->rejected++;
  rejects_add(c->setup.rejects, s->topic->name, record, ours ? &stamp.row : NULL, reason.text);
  return !ours || reorder_add(s->reorder, stamp.row, NULL, err);
}

static bool read_partition(struct consumer_role *c, struct subscription *s, uint32_t partition,
                           const struct clock *clock, bool *progress, struct error *err)
{
  struct broker *broker = c->setup.broker;
  size_t count, max = 1 + random_below(&c->random, FETCH_RECORDS);
  if (!broker->ops->fetch(broker, s->reader, partition, s->offset[partition], max, c->record,
                          &count, err))
    return false;
  if (count == 0)
    return true;
  int64_t now_ns = clock_now(clock);
  for (size_t i = 0; i < count; i++)
    if (!take_record(c, s, &c->record[i], now_ns, err))
      return false;
  arena_reset(&c->decoded);
  *progress = true;
  s->offset[partition] = c->record[count - 1].offset + 1;
  return broker->ops->commit(broker, s->reader, partition, s->offset[partition], err);
}

static bool read_topic(struct consumer_role *c, struct subscription *s, const struct clock *clock,
                       bool *progress, struct error *err)
{
  uint32_t first = (uint32_t)random_below(&c->random, s->partitions);
  for (uint32_t i = 0; i < s->partitions; i++)
    if (!read_partition(c, s, (first + i) % s->partitions, clock, progress, err))
      return false;
  return true;
}

static bool finish(struct consumer_role *c, struct error *err)
{
  for (size_t i = 0; i < c->subscriptions; i++)
    if (!reorder_finish(c->subscription[i].reorder, err))
      return false;
  c->role.deadline_ns = ROLE_DONE;
  return true;
}

/* Nothing has come just now. */
static bool be_idle(struct consumer_role *c, int64_t now_ns, struct error *err)
{
  enum outlook outlook = OUTLOOK_UNKNOWN;
  if (c->setup.look_out != NULL)
    outlook = c->setup.look_out(c->setup.argument, now_ns);
  if (outlook == OUTLOOK_MORE)
    c->role.deadline_ns = now_ns + c->setup.idle_timeout_ns;
  bool over = outlook == OUTLOOK_OVER || now_ns >= c->role.deadline_ns;
  return !over || finish(c, err);
}

static bool advance(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  struct consumer_role *c = (struct consumer_role *)role;
  bool received = false;
  size_t first = random_below(&c->random, c->subscriptions);
  for (size_t i = 0; i < c->subscriptions; i++)
    if (!read_topic(c, &c->subscription[(first + i) % c->subscriptions], clock, &received, err))
      return false;
  int64_t now_ns = clock_now(clock);
  if (received) {
    role->deadline_ns = now_ns + c->setup.idle_timeout_ns;
    *progress = true;
    return true;
  }
  return be_idle(c, now_ns, err);
}

static bool open_tables(struct consumer_role *c, struct subscription *s, size_t topic,
                        struct error *err)
{
  const struct pipeline *p = c->setup.pipeline;
  s->stored = arena_take(&c->arena, p->tables, sizeof(struct stored *));
  s->stored_account = arena_take(&c->arena, p->tables, sizeof(struct account_table *));
  for (size_t i = 0; i < p->tables; i++) {
    const struct stored_table *table = &p->table[i];
    if (table->topic != topic)
      continue;
    const char *path =
        arena_printf(&c->arena, "%s/%.*s", c->setup.directory, SLICE_PRINT(table->file));
    struct stored *stored = stored_open(path, table, s->kind, err);
    if (stored == NULL)
      return false;
    s->stored[s->tables] = stored;
    s->stored_account[s->tables++] = &c->setup.table[i];
  }
  return true;
}

static bool subscribe(struct consumer_role *c, size_t i, struct error *err)
{
  const struct pipeline *p = c->setup.pipeline;
  struct broker *broker = c->setup.broker;
  size_t topic = c->setup.consumer->topic[i];
  struct subscription *s = &c->subscription[i];
  s->topic = &p->topic[topic];
  s->account = &c->setup.reader[i];
  s->partitions = c->setup.partitions[topic];
  s->kind = layout_kinds(p, s->topic, &c->arena);
  s->layout = layout_new(s->topic, s->kind);
  s->value = arena_zero(&c->arena, s->topic->fields, sizeof *s->value);
  s->reorder = reorder_new(s->topic->fields, s->kind, store, s);
  s->offset = arena_take(&c->arena, s->partitions, sizeof *s->offset);
  const int64_t *start = c->setup.start != NULL ? c->setup.start[topic] : NULL;
  if (!broker->ops->subscribe(broker, c->setup.consumer->name, (uint32_t)topic, start, &s->reader,
                              err))
    return false;
  for (uint32_t k = 0; k < s->partitions; k++)
    if (!broker->ops->committed(broker, s->reader, k, &s->offset[k], err))
      return false;
  return open_tables(c, s, topic, err);
}

struct consumer_role *consumer_new(const struct consumer_setup *setup, struct error *err)
{
  struct consumer_role *c = mem_new(1, sizeof *c);
  c->role =
      (struct role){.deadline_ns = setup->start_ns + setup->idle_timeout_ns, .advance = advance};
  c->setup = *setup;
  random_seed(&c->random, setup->seed);
  c->subscriptions = setup->consumer->topics;
  c->subscription = arena_zero(&c->arena, c->subscriptions, sizeof *c->subscription);
  for (size_t i = 0; i < c->subscriptions; i++) {
    if (!subscribe(c, i, err)) {
      consumer_free(c);
      return NULL;
    }
  }
  return c;
}

struct role *consumer_role(struct consumer_role *c)
{
  return &c->role;
}

bool consumer_commit(struct consumer_role *c, struct error *err)
{
  for (size_t i = 0; i < c->subscriptions; i++) {
    struct subscription *s = &c->subscription[i];
    while (s->tables != 0)
      if (!stored_commit(s->stored[--s->tables], err))
        return false;
  }
  return true;
}

void consumer_free(struct consumer_role *c)
{
  if (c == NULL)
    return;
  for (size_t i = 0; i < c->subscriptions; i++) {
    struct subscription *s = &c->subscription[i];
    for (size_t k = 0; k < s->tables; k++)
      stored_discard(s->stored[k]);
    reorder_free(s->reorder);
    message_layout_free(s->layout);
  }
  arena_free(&c->decoded);
  arena_free(&c->arena);
  free(c);
}
