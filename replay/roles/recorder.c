/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/recorder.h"

#include <stdlib.h>

#include "replay/roles/interrupt.h"
#include "replay/roles/silence.h"
#include "replay/time/sleeper.h"

enum {
  FETCH_RECORDS = 512,   /* of a partition, at once */
  TURN_RECORDS = 1 << 13 /* between two looks at the clock */
};

static const struct slice GROUP = {"retrial-record", 14};

/* A partition, and what was fetched of it and is not written. */
struct lane {
  uint32_t topic, reader, partition;
  int64_t next; /* the offset to fetch next */
  int64_t end;  /* what lies below was there at the start */
  struct broker_record *record;
  size_t at, count;
};

struct recorder {
  struct recorder_setup setup;
  struct recorded *topic;
  size_t lanes, room;
  struct lane *lane;
  uint64_t expects, records;
  struct sleeper sleeper;
  int64_t start_ns, heard_ns; /* by the machine: when the run began, and when a record came last */
  int64_t asked_ns;           /* when it was last known that the broker is there */
  struct arena arena;
};

/* --- before --- */

static bool add_lane(struct recorder *r, uint32_t topic, uint32_t partition, struct error *err)
{
  int64_t start, end;
  if (!r->setup.broker->ops->range(r->setup.broker, topic, partition, &start, &end, err))
    return false;
  if (r->lanes == r->room) {
    r->room = r->room != 0 ? 2 * r->room : 16;
    r->lane = mem_resize(r->lane, r->room, sizeof *r->lane);
  }
  r->lane[r->lanes++] = (struct lane){
      .topic = topic,
      .partition = partition,
      .next = r->setup.from_end ? end : start,
      .end = end,
      .record = arena_take(&r->arena, FETCH_RECORDS, sizeof(struct broker_record)),
  };
  r->expects += r->setup.from_end ? 0 : (uint64_t)(end - start);
  return true;
}

static bool add_topic(struct recorder *r, size_t i, struct error *err)
{
  struct broker *broker = r->setup.broker;
  struct recorded *t = &r->topic[i];
  struct topic_spec spec = {
      .name = slice_of(r->setup.topic[i]),
      .partitions = 1,
      .has = &t->partitions,
      .must_exist = true,
  };
  uint32_t topic, reader;
  size_t first = r->lanes;
  t->name = spec.name;
  if (!broker->ops->open_topic(broker, &spec, &topic, err))
    return false;
  for (uint32_t p = 0; p < t->partitions; p++)
    if (!add_lane(r, topic, p, err))
      return false;
  int64_t *start = arena_take(&r->arena, t->partitions, sizeof *start);
  for (uint32_t p = 0; p < t->partitions; p++)
    start[p] = r->lane[first + p].next;
  if (!broker->ops->subscribe(broker, GROUP, topic, start, &reader, err))
    return false;
  for (uint32_t p = 0; p < t->partitions; p++)
    r->lane[first + p].reader = reader;
  return true;
}

struct recorder *recorder_new(const struct recorder_setup *setup, struct error *err)
{
  struct recorder *r = mem_new(1, sizeof *r);
  r->setup = *setup;
  r->topic = arena_zero(&r->arena, setup->topics, sizeof *r->topic);
  for (size_t i = 0; i < setup->topics; i++)
    if (!add_topic(r, i, err)) {
      recorder_free(r);
      return NULL;
    }
  return r;
}

/* --- lanes --- */

static bool has_record(const struct recorder *r, const struct lane *lane)
{
  return lane->at < lane->count && (r->setup.follows || lane->record[lane->at].offset < lane->end);
}

/* Whether a record that was there at the start has not come yet. */
static bool is_behind(const struct recorder *r, const struct lane *lane)
{
  const struct broker_ops *ops = r->setup.broker->ops;
  if (lane->at < lane->count || lane->next >= lane->end)
    return false;
  return ops->position == NULL ||
         ops->position(r->setup.broker, lane->reader, lane->partition) < lane->end;
}

static bool fetch(struct recorder *r, struct lane *lane, struct error *err)
{
  struct broker *broker = r->setup.broker;
  if (lane->at < lane->count || (!r->setup.follows && !is_behind(r, lane)))
    return true;
  lane->at = lane->count = 0;
  if (!broker->ops->fetch(broker, lane->reader, lane->partition, lane->next, FETCH_RECORDS,
                          lane->record, &lane->count, err))
    return false;
  if (lane->count == 0)
    return true;
  lane->next = lane->record[lane->count - 1].offset + 1;
  r->heard_ns = r->asked_ns = sleeper_now();
  return true;
}

/* The lane whose record is next; NULL if none has any, or if one that is behind may have it. */
static struct lane *choose(struct recorder *r)
{
  struct lane *best = NULL;
  for (struct lane *lane = r->lane; lane < r->lane + r->lanes; lane++) {
    if (is_behind(r, lane))
      return NULL;
    if (has_record(r, lane) &&
        (best == NULL || lane->record[lane->at].timestamp_ms < best->record[best->at].timestamp_ms))
      best = lane;
  }
  return best;
}

/* --- the run --- */

static bool write_next(struct recorder *r, struct lane *lane, struct capture_writer *writer,
                       struct error *err)
{
  const struct broker_record *record = &lane->record[lane->at];
  struct capture_record line = {
      .topic = r->topic[lane->topic].name,
      .record = *record,
      .time = record->log_time ? CAPTURE_LOG_APPEND : CAPTURE_CREATE,
      .broker = CAPTURE_UNKNOWN,
  };
  if (record->timestamp_ms < 0)
    line.time = CAPTURE_NO_TIME;
  if (!capture_write(writer, &line, err))
    return false;
  lane->at++;
  r->topic[lane->topic].records++;
  r->records++;
  return true;
}

static bool is_at_limit(const struct recorder *r)
{
  return r->setup.limit != 0 && r->records == r->setup.limit;
}

/* What can be written now, or a good piece of it. */
static bool write_some(struct recorder *r, struct capture_writer *writer, bool *progress,
                       struct error *err)
{
  struct lane *lane;
  for (size_t i = 0; i < r->lanes; i++)
    if (!fetch(r, &r->lane[i], err))
      return false;
  for (int i = 0; i < TURN_RECORDS && !is_at_limit(r) && (lane = choose(r)) != NULL; i++) {
    if (!write_next(r, lane, writer, err) || !fetch(r, lane, err))
      return false;
    *progress = true;
  }
  return true;
}

static bool is_all_behind_us(const struct recorder *r)
{
  for (size_t i = 0; i < r->lanes; i++)
    if (has_record(r, &r->lane[i]) || is_behind(r, &r->lane[i]))
      return false;
  return true;
}

static bool is_over(const struct recorder *r)
{
  int64_t now_ns = sleeper_now();
  return is_at_limit(r) || (!r->setup.follows && is_all_behind_us(r)) ||
         (r->setup.duration_ns != 0 && now_ns - r->start_ns >= r->setup.duration_ns) ||
         (r->setup.idle_ns != 0 && now_ns - r->heard_ns >= r->setup.idle_ns);
}

/* A broker that says nothing may have nothing to say: it is asked for an offset. */
static bool is_patient(struct recorder *r, struct error *err)
{
  struct broker *broker = r->setup.broker;
  int64_t start, end;
  if (silence_is_short(r->asked_ns, r->setup.patience_ns))
    return true;
  if (!broker->ops->range(broker, r->lane[0].topic, r->lane[0].partition, &start, &end, err))
    return false;
  r->asked_ns = sleeper_now();
  return (r->setup.follows && is_all_behind_us(r)) ||
         silence_fail(broker, r->setup.patience_ns, "there are records", err);
}

bool recorder_run(struct recorder *r, struct capture_writer *writer, struct error *err)
{
  struct broker *broker = r->setup.broker;
  sleeper_start(&r->sleeper, false);
  r->start_ns = r->heard_ns = r->asked_ns = sleeper_now();
  while (interrupt_check(err)) {
    bool progress = false;
    int wake_fd = broker->ops->wake != NULL ? broker->ops->wake(broker, err) : -1;
    if ((wake_fd < 0 && broker->ops->wake != NULL) || !write_some(r, writer, &progress, err))
      return false;
    r->setup.tell(r->setup.argument, "recording", r->records);
    if (is_over(r))
      return true;
    if (progress)
      continue;
    if (!is_patient(r, err))
      return false;
    sleeper_wait(&r->sleeper, sleeper_now() + SLEEPER_NAP_NS, wake_fd);
  }
  return false;
}

/* --- after --- */

uint64_t recorder_expects(const struct recorder *r)
{
  return r->expects;
}

const struct recorded *recorder_topics(const struct recorder *r)
{
  return r->topic;
}

uint64_t recorder_records(const struct recorder *r)
{
  return r->records;
}

void recorder_free(struct recorder *r)
{
  if (r == NULL)
    return;
  free(r->lane);
  arena_free(&r->arena);
  free(r);
}
