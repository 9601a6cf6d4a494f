/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/consumer.h"

#include <stdlib.h>

#include "base/xxhash64.h"
#include "replay/layout.h"
#include "replay/roles/journal.h"
#include "replay/roles/reorder.h"
#include "replay/roles/stamp.h"
#include "replay/roles/stored.h"

enum { FETCH_RECORDS = 512 };

/* How much longer than its own broker a member bears with another one: until the group misses it.
 */
#define OTHERS_NS (60 * NS_PER_SECOND)
/* How often it looks what others have taken. */
#define LOOK_NS (250 * NS_PER_MS)

/* A partition of a topic. */
struct source {
  int64_t offset;          /* of the next record to take */
  const char *path;        /* of its journal */
  struct journal *journal; /* NULL: not ours, or none is kept */
  uint64_t last;           /* hash of the record before `offset` */
  bool unproven;           /* that record was not yet found in the topic */
};

/* One topic of the group. */
struct subscription {
  struct consumer_role *consumer;
  const struct topic *topic;
  uint32_t index; /* of the topic */
  uint32_t reader, partitions;
  struct source *source; /* by partition */
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
  int64_t seen;    /* offsets in all, when all was silent the last time; -1: it never was */
  int64_t seen_ns; /* since when it is so many */
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

/* Of a record that comes out of a journal: when it came is forgotten. */
#define NO_TIME INT64_MIN

static bool take_record(struct consumer_role *c, struct subscription *s,
                        const struct broker_record *record, int64_t now_ns, struct error *err)
{
  struct stamp stamp;
  struct error reason;
  bool ours = stamp_find(record->headers, &stamp);
  s->account->fetched++;
  s->account->strangers += !ours;
  if (ours && now_ns != NO_TIME)
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

/* --- journals --- */

static uint64_t hash_record(const struct broker_record *r)
{
  uint64_t hash = xxhash64_of_bytes(r->key, (uint64_t)r->timestamp_ms);
  return xxhash64_of_bytes(r->value, xxhash64_of_bytes(r->headers, hash));
}

static bool take_again(void *argument, const struct broker_record *record, struct error *err)
{
  struct subscription *s = argument;
  struct source *source = &s->source[record->partition];
  source->offset = record->offset + 1;
  source->last = hash_record(record);
  bool good = take_record(s->consumer, s, record, NO_TIME, err);
  arena_reset(&s->consumer->decoded);
  return good;
}

static bool is_anothers(const struct subscription *s, const struct source *source,
                        struct error *err)
{
  return error_at(err, ERR_DATA, source->path, 0, 0,
                  "is of an earlier topic '%.*s', which was deleted and made anew; take another "
                  "directory",
                  SLICE_PRINT(s->topic->name));
}

/* A topic that was made anew counts from 0 again: its journal is another one's. It is the topic's
 * if its last record is there, which is asked for once more where it is kept. */
static bool go_on(struct subscription *s, uint32_t partition, int64_t next, struct error *err)
{
  struct broker *broker = s->consumer->setup.broker;
  struct source *source = &s->source[partition];
  int64_t start, end;
  if (next < 0)
    return true;
  if (!broker->ops->range(broker, s->index, partition, &start, &end, err))
    return false;
  if (next > end)
    return is_anothers(s, source, err);
  source->unproven = next == source->offset && next > start;
  if (next > source->offset)
    source->offset = next;
  return true;
}

/* Where reading goes on. */
static int64_t reads_from(const struct source *source)
{
  return source->unproven ? source->offset - 1 : source->offset;
}

/* The first records after a journal was opened: *known of them are in it. */
static bool prove(const struct subscription *s, struct source *source,
                  const struct broker_record *first, size_t *known, struct error *err)
{
  *known = source->unproven && first->offset < source->offset ? 1 : 0;
  source->unproven = false;
  return *known == 0 || hash_record(first) == source->last || is_anothers(s, source, err);
}

/* Goes on where the journal of the partition ends. Another member of the group that has lost the
 * partition may not have let go of it yet. */
static bool open_journal(struct subscription *s, uint32_t partition, struct error *err)
{
  struct source *source = &s->source[partition];
  int64_t next;
  enum journal_opened opened =
      journal_open(source->path, source->offset, take_again, s, &next, &source->journal, err);
  if (opened == JOURNAL_OPEN)
    return go_on(s, partition, next, err);
  source->journal = NULL;
  return opened == JOURNAL_LOCKED;
}

/* Whether the partition can be read now. */
static bool prepare(struct consumer_role *c, struct subscription *s, uint32_t partition,
                    bool *ready, struct error *err)
{
  struct broker *broker = c->setup.broker;
  struct source *source = &s->source[partition];
  bool owns = broker->ops->owns == NULL || broker->ops->owns(broker, s->reader, partition);
  *ready = true;
  if (c->setup.journals == NULL)
    return true;
  if (!owns && source->journal != NULL) {
    journal_close(source->journal);
    source->journal = NULL;
    source->unproven = false;
  }
  if (owns && source->journal == NULL && !open_journal(s, partition, err))
    return false;
  *ready = source->journal != NULL || !owns; /* who asks may come to own it */
  return true;
}

/* What others have written into the journals of partitions that are not ours. */
static bool read_others(struct consumer_role *c, struct error *err)
{
  int64_t next;
  for (size_t i = 0; i < c->subscriptions; i++) {
    struct subscription *s = &c->subscription[i];
    for (uint32_t k = 0; k < s->partitions; k++) {
      struct source *source = &s->source[k];
      if (source->journal != NULL)
        continue;
      if (!journal_visit(source->path, source->offset, take_again, s, &next, err))
        return false;
      if (next > source->offset)
        source->offset = next;
    }
  }
  return true;
}

/* --- records --- */

/* Nothing comes: behind what was taken there may be marks that are no records. */
static bool pass_marks(struct consumer_role *c, struct subscription *s, uint32_t partition,
                       struct error *err)
{
  struct broker *broker = c->setup.broker;
  struct source *source = &s->source[partition];
  if (source->journal == NULL || broker->ops->position == NULL)
    return true;
  int64_t position = broker->ops->position(broker, s->reader, partition);
  if (position >= source->offset)
    source->unproven = false; /* its last record is not kept */
  if (position <= source->offset)
    return true;
  source->offset = position;
  return journal_skip(source->journal, position, err);
}

static bool take_records(struct consumer_role *c, struct subscription *s, struct source *source,
                         size_t count, int64_t now_ns, struct error *err)
{
  size_t known;
  if (!prove(s, source, c->record, &known, err))
    return false;
  if (source->journal != NULL &&
      !journal_append(source->journal, c->record + known, count - known, err))
    return false;
  for (size_t i = known; i < count; i++)
    if (!take_record(c, s, &c->record[i], now_ns, err))
      return false;
  arena_reset(&c->decoded);
  source->offset = c->record[count - 1].offset + 1;
  source->last = hash_record(&c->record[count - 1]);
  return true;
}

static bool read_partition(struct consumer_role *c, struct subscription *s, uint32_t partition,
                           const struct clock *clock, bool *progress, struct error *err)
{
  struct broker *broker = c->setup.broker;
  struct source *source = &s->source[partition];
  size_t count, max = 1 + random_below(&c->random, FETCH_RECORDS);
  bool ready;
  if (!prepare(c, s, partition, &ready, err))
    return false;
  if (!ready)
    return true;
  if (!broker->ops->fetch(broker, s->reader, partition, reads_from(source), max, c->record, &count,
                          err))
    return false;
  if (count == 0)
    return pass_marks(c, s, partition, err);
  if (c->setup.journals != NULL && source->journal == NULL) /* it came to us just now: next time */
    return true;
  if (!take_records(c, s, source, count, clock_now(clock), err))
    return false;
  *progress = true;
  return broker->ops->commit(broker, s->reader, partition, source->offset, err);
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
  for (size_t i = 0; i < c->subscriptions; i++) {
    struct subscription *s = &c->subscription[i];
    if (!reorder_finish(s->reorder, err))
      return false;
    s->account->doubled = reorder_doubled(s->reorder);
    s->account->missing = reorder_missing(s->reorder, &s->account->first_missing);
  }
  c->role.deadline_ns = ROLE_DONE;
  return true;
}

/* A partition that has records which nobody has taken yet. */
struct laggard {
  const struct subscription *subscription; /* NULL: there is none */
  uint32_t partition;
  bool ours;
  int64_t end;
};

/* What the topics have that was not taken, here or by others; *seen counts what was. */
static bool find_laggard(struct consumer_role *c, struct laggard *laggard, int64_t *seen,
                         struct error *err)
{
  struct broker *broker = c->setup.broker;
  *laggard = (struct laggard){0};
  *seen = 0;
  if (c->setup.journals != NULL && !read_others(c, err))
    return false;
  for (size_t i = 0; i < c->subscriptions; i++) {
    const struct subscription *s = &c->subscription[i];
    for (uint32_t k = 0; k < s->partitions; k++) {
      const struct source *source = &s->source[k];
      int64_t start, end;
      if (!broker->ops->range(broker, s->index, k, &start, &end, err))
        return false;
      *seen += reads_from(source);
      if (reads_from(source) < end && !laggard->ours)
        *laggard =
            (struct laggard){s, k, c->setup.journals == NULL || source->journal != NULL, end};
    }
  }
  return true;
}

/* Whether its records may still come, after so long a silence. */
static bool bear_with(const struct consumer_role *c, const struct laggard *laggard,
                      int64_t silent_ns, struct error *err)
{
  int64_t patience_ns = c->setup.patience_ns + (laggard->ours ? 0 : OTHERS_NS);
  const struct subscription *s = laggard->subscription;
  return silent_ns < patience_ns ||
         error_set(err, ERR_BROKER,
                   "topic '%.*s': partition %u has records up to offset %lld, but for %g s %s from "
                   "offset %lld on (see --timeout)",
                   SLICE_PRINT(s->topic->name), laggard->partition, (long long)laggard->end - 1,
                   (double)patience_ns / NS_PER_SECOND,
                   laggard->ours ? "none has come" : "no member has taken one",
                   (long long)s->source[laggard->partition].offset);
}

/* A consumer on its own has only silence to go by. A broker that is down is silent, too, so its
 * word is asked for: while records are left, with it or with other members, they are waited for.
 * What other members have taken since the last look was no silence. */
static bool end_by_silence(struct consumer_role *c, int64_t now_ns, struct error *err)
{
  struct laggard laggard;
  int64_t seen;
  if (!find_laggard(c, &laggard, &seen, err))
    return false;
  bool silent = seen == c->seen;
  if (laggard.subscription == NULL && (silent || c->setup.journals == NULL))
    return finish(c, err);
  if (!silent)
    c->seen_ns = now_ns;
  c->seen = seen;
  c->role.deadline_ns =
      now_ns + (silent && LOOK_NS < c->setup.idle_timeout_ns ? LOOK_NS : c->setup.idle_timeout_ns);
  return laggard.subscription == NULL || bear_with(c, &laggard, now_ns - c->seen_ns, err);
}

/* Nothing has come just now. */
static bool be_idle(struct consumer_role *c, int64_t now_ns, struct error *err)
{
  enum outlook outlook = OUTLOOK_UNKNOWN;
  if (c->setup.look_out != NULL)
    outlook = c->setup.look_out(c->setup.argument, now_ns);
  if (outlook == OUTLOOK_MORE)
    c->role.deadline_ns = now_ns + c->setup.idle_timeout_ns;
  if (outlook != OUTLOOK_OVER && now_ns < c->role.deadline_ns)
    return true;
  return c->setup.alone ? end_by_silence(c, now_ns, err) : finish(c, err);
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
    struct stored *stored = stored_open(path, c->setup.growing[i], table, s->kind, err);
    if (stored == NULL)
      return false;
    s->stored[s->tables] = stored;
    s->stored_account[s->tables++] = &c->setup.table[i];
  }
  return true;
}

/* Where each partition begins: behind its journal, or where the setup says. */
static bool find_starts(struct consumer_role *c, struct subscription *s, struct error *err)
{
  struct broker *broker = c->setup.broker;
  s->source = arena_zero(&c->arena, s->partitions, sizeof *s->source);
  for (uint32_t i = 0; i < s->partitions; i++) {
    struct source *source = &s->source[i];
    int64_t end;
    if (c->setup.start != NULL)
      source->offset = c->setup.start[s->index][i];
    else if (!broker->ops->range(broker, s->index, i, &source->offset, &end, err))
      return false;
    if (c->setup.journals != NULL)
      source->path = arena_printf(&c->arena, "%s/%.*s-%u.journal", c->setup.journals,
                                  SLICE_PRINT(s->topic->name), i);
  }
  return true;
}

static bool subscribe(struct consumer_role *c, struct subscription *s, struct error *err)
{
  struct broker *broker = c->setup.broker;
  int64_t *start = arena_take(&c->arena, s->partitions, sizeof *start);
  for (uint32_t i = 0; i < s->partitions; i++)
    start[i] = reads_from(&s->source[i]);
  return broker->ops->subscribe(broker, c->setup.consumer->name, s->index, start, &s->reader, err);
}

static bool open_topic(struct consumer_role *c, size_t i, struct error *err)
{
  const struct pipeline *p = c->setup.pipeline;
  size_t topic = c->setup.consumer->topic[i];
  struct subscription *s = &c->subscription[i];
  s->consumer = c;
  s->topic = &p->topic[topic];
  s->index = (uint32_t)topic;
  s->account = &c->setup.reader[i];
  s->partitions = c->setup.partitions[topic];
  s->kind = layout_kinds(p, s->topic, &c->arena);
  s->layout = layout_new(s->topic, s->kind);
  s->value = arena_zero(&c->arena, s->topic->fields, sizeof *s->value);
  s->reorder = reorder_new(s->topic->fields, s->kind, store, s);
  return open_tables(c, s, topic, err) && find_starts(c, s, err) && subscribe(c, s, err);
}

struct consumer_role *consumer_new(const struct consumer_setup *setup, struct error *err)
{
  struct consumer_role *c = mem_new(1, sizeof *c);
  c->role =
      (struct role){.deadline_ns = setup->start_ns + setup->idle_timeout_ns, .advance = advance};
  c->setup = *setup;
  c->seen = -1;
  random_seed(&c->random, setup->seed);
  c->subscriptions = setup->consumer->topics;
  c->subscription = arena_zero(&c->arena, c->subscriptions, sizeof *c->subscription);
  for (size_t i = 0; i < c->subscriptions; i++) {
    if (!open_topic(c, i, err)) {
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
    for (uint32_t k = 0; s->source != NULL && k < s->partitions; k++)
      journal_close(s->source[k].journal);
    reorder_free(s->reorder);
    message_layout_free(s->layout);
  }
  arena_free(&c->decoded);
  arena_free(&c->arena);
  free(c);
}
