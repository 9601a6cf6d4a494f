/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/capture_rows.h"

#include <stdlib.h>

#include "broker/partitioner.h"
#include "capture/capture.h"
#include "replay/time/clock.h"

/* No gap is longer: 146 years. */
#define LONGEST_NS (INT64_MAX / 2)

/* The earliest time that librdkafka sends: 0 is the present to it, below is none at all. */
enum { EARLIEST_MS = 1 };

struct capture_rows {
  struct source source;
  struct capture_rows_setup setup;
  struct capture_reader *reader;
  uint64_t rounds, read; /* begun; records of this one */
  bool is_timed;         /* first_ms is the time of the first record of this round that has one */
  int64_t first_ms;
  int64_t round_ns;     /* when the round began, and the present record is due, by the capture's */
  int64_t scheduled_ns; /* time, which begins with 0 */
  int64_t since_round_ns; /* of the present record, which may be earlier than one before it */
  bool is_given;          /* it was handed out */
  struct capture_record record;
};

static bool fail_changed(const struct capture_rows *r, struct error *err)
{
  return error_at(err, ERR_DATA, r->setup.topics->path, 0, 0,
                  "the capture has changed while it was sent");
}

static bool next_round(struct capture_rows *r, struct error *err)
{
  r->rounds++;
  r->read = 0;
  r->is_timed = false;
  r->round_ns = r->scheduled_ns;
  capture_close(r->reader);
  r->reader = capture_open(r->setup.topics->path, err);
  return r->reader != NULL;
}

static int64_t clamp(__int128 ns)
{
  return ns > LONGEST_NS ? LONGEST_NS : ns < -LONGEST_NS ? -LONGEST_NS : (int64_t)ns;
}

/* Kafka has -1 where there is no time. */
static bool has_time(const struct capture_rows *r)
{
  return r->record.time != CAPTURE_NO_TIME && r->record.record.timestamp_ms >= 0;
}

static void schedule(struct capture_rows *r)
{
  if (!has_time(r))
    return;
  int64_t ms = r->record.record.timestamp_ms;
  if (!r->is_timed)
    r->first_ms = ms;
  r->is_timed = true;
  r->since_round_ns = clamp(((__int128)ms - r->first_ms) * NS_PER_MS);
  int64_t due_ns = clamp((__int128)r->round_ns + r->since_round_ns);
  if (due_ns > r->scheduled_ns)
    r->scheduled_ns = due_ns;
}

/* The next record is there, or there is none left: the topics say how many there are. */
static bool find(struct source *source, int64_t *scheduled_ns, bool *end, struct error *err)
{
  struct capture_rows *r = (struct capture_rows *)source;
  uint64_t records = r->setup.topics->records;
  bool at_limit = r->setup.limit != 0 && source->row == r->setup.limit;
  *end = at_limit || records == 0 || (r->read == records && r->rounds == r->setup.rounds);
  if (*end)
    return true;
  bool over = false;
  if ((r->read == records && !next_round(r, err)) ||
      !capture_next(r->reader, &r->record, &over, err))
    return false;
  if (over)
    return fail_changed(r, err);
  r->read++;
  r->is_given = false;
  schedule(r);
  *scheduled_ns = r->scheduled_ns;
  uint32_t topic;
  return capture_topics_find(r->setup.topics, r->record.topic, &topic) || fail_changed(r, err);
}

static int64_t shifted_ms(const struct capture_rows *r)
{
  const struct decimal_ratio *speed = &r->setup.speed;
  __int128 ns = ((__int128)r->round_ns + r->since_round_ns) * speed->below / speed->above;
  int64_t ms = clamp(r->setup.start_ns + ns) / NS_PER_MS;
  return ms > EARLIEST_MS ? ms : EARLIEST_MS;
}

static uint32_t partition_for(const struct capture_rows *r, const struct broker_record *record,
                              uint32_t partitions)
{
  if (!r->setup.repartitions)
    return record->partition;
  return record->keyed ? partition_of_key(record->key, partitions)
                       : partition_of_number(r->source.row, partitions);
}

static bool message(struct source *source, int64_t now_ns, uint32_t *topic,
                    struct broker_record *record)
{
  struct capture_rows *r = (struct capture_rows *)source;
  (void)now_ns;
  if (r->is_given || !capture_topics_find(r->setup.topics, r->record.topic, topic))
    return false;
  r->is_given = true;
  *record = r->record.record;
  record->partition = partition_for(r, record, r->setup.partitions[*topic]);
  if (r->setup.shifts && has_time(r))
    record->timestamp_ms = shifted_ms(r);
  return true;
}

static void sent(struct source *source, int64_t intended_ns, int64_t now_ns)
{
  (void)intended_ns, (void)now_ns;
  source->row++;
}

static void close_capture(struct source *source)
{
  struct capture_rows *r = (struct capture_rows *)source;
  capture_close(r->reader);
  free(r);
}

static const struct source_ops OPERATIONS = {
    .find = find,
    .message = message,
    .sent = sent,
    .close = close_capture,
};

struct source *capture_rows_new(const struct capture_rows_setup *setup, struct error *err)
{
  struct capture_reader *reader = capture_open(setup->topics->path, err);
  if (reader == NULL)
    return NULL;
  struct capture_rows *r = mem_new(1, sizeof *r);
  r->source = (struct source){.ops = &OPERATIONS, .name = "capture"};
  r->setup = *setup;
  r->reader = reader;
  r->rounds = 1;
  return &r->source;
}
