/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/rows.h"

#include <stdlib.h>

#include "broker/partitioner.h"
#include "replay/layout.h"
#include "replay/roles/stamp.h"
#include "replay/time/clock.h"
#include "replay/time/schedule.h"
#include "text/number.h"

struct sender {
  const struct topic *topic;
  struct message_layout *layout;
  struct message_value *value; /* by field */
  uint32_t partitions;
};

struct rows {
  struct source source;
  struct rows_setup setup;
  struct sender *sender; /* by topic */
  struct schedule schedule;
  struct batch batch;
  size_t row;           /* within the batch: the next one to send */
  uint64_t rounds;      /* of the dataset, begun */
  size_t next_topic;    /* of that row */
  int64_t sent_time_ns; /* the instant of sent_text */
  char sent_text[CLOCK_TIME_BYTES];
  char digits[NUMBER_DOUBLE_BYTES]; /* of the message's key */
  struct buffer message, headers;
  struct arena arena;
};

void rows_want(const struct pipeline *pipeline, bool *wanted)
{
  wanted[pipeline->schedule.group_by] = true;
  for (size_t i = 0; i < pipeline->topics; i++) {
    const struct topic *topic = &pipeline->topic[i];
    if (topic->key >= 0)
      wanted[topic->key] = true;
    for (size_t k = 0; k < topic->fields; k++)
      if (!topic->field[k].is_sent)
        wanted[topic->field[k].column] = true;
  }
}

/* A value as text, for keys and groups: numbers as in messages, digits[] gives them room. */
static struct slice cell_text(const struct column *column, size_t row, char *digits, bool *null)
{
  struct message_value value = dataset_value(column, row);
  *null = value.null;
  if (value.null)
    return (struct slice){NULL, 0};
  switch (column->type.kind) {
  case TYPE_STRING:
    return value.text;
  case TYPE_DOUBLE:
    return (struct slice){digits, number_print_json(value.number, digits)};
  case TYPE_BIGINT:
    return (struct slice){digits, number_print_int(value.integer, digits)};
  default:
    return value.boolean ? SLICE("true") : SLICE("false");
  }
}

static bool is_at_limit(const struct rows *r)
{
  return r->setup.limit != 0 && r->source.row == r->setup.limit;
}

/* The next rows of the dataset, from its start again if it is to be repeated. */
static bool next_batch(struct rows *r, struct error *err)
{
  bool good = dataset_next(r->setup.dataset, &r->batch, err);
  if (good && r->batch.rows == 0 && r->source.row != 0 && r->rounds != r->setup.rounds) {
    r->rounds++;
    schedule_break(&r->schedule);
    if (r->setup.sent != NULL)
      sent_times_restart(r->setup.sent);
    good = dataset_rewind(r->setup.dataset, err) && dataset_next(r->setup.dataset, &r->batch, err);
  }
  r->row = 0;
  return good;
}

static int64_t schedule_row(struct rows *r)
{
  char digits[NUMBER_DOUBLE_BYTES];
  bool null;
  const struct column *column = &r->batch.column[r->setup.pipeline->schedule.group_by];
  struct slice group = cell_text(column, r->row, digits, &null);
  return schedule_next(&r->schedule, group, null);
}

/* The record of the row for a topic but for what it says. */
static struct broker_record address(const struct rows *r, size_t topic, char *digits)
{
  const struct sender *sender = &r->sender[topic];
  struct broker_record record = {0};
  bool null = true;
  if (sender->topic->key >= 0)
    record.key = cell_text(&r->batch.column[sender->topic->key], r->row, digits, &null);
  record.keyed = !null;
  record.partition = record.keyed ? partition_of_key(record.key, sender->partitions)
                                  : partition_of_number(r->source.row, sender->partitions);
  return record;
}

/* Whether the topic has the row from an earlier run that this one goes on with. */
static bool is_there(const struct rows *r, size_t topic)
{
  char digits[NUMBER_DOUBLE_BYTES];
  uint64_t number = r->source.first_row + r->source.row;
  return r->setup.have != NULL &&
         number < r->setup.have[topic][address(r, topic, digits).partition];
}

static bool is_row_there(const struct rows *r)
{
  size_t topic = 0;
  while (topic < r->setup.pipeline->topics && is_there(r, topic))
    topic++;
  return topic == r->setup.pipeline->topics;
}

static void pass(struct rows *r)
{
  r->row++;
  r->source.row++;
  r->next_topic = 0;
}

static bool find(struct source *source, int64_t *scheduled_ns, bool *end, struct error *err)
{
  struct rows *r = (struct rows *)source;
  for (;; pass(r)) {
    *end = is_at_limit(r);
    if (*end)
      return true;
    if (r->row == r->batch.rows && !next_batch(r, err))
      return false;
    *end = r->batch.rows == 0;
    if (*end)
      return true;
    *scheduled_ns = schedule_row(r);
    if (!is_row_there(r))
      return true;
  }
}

static void note_time(struct rows *r, int64_t now_ns)
{
  if (r->sent_time_ns / NS_PER_SECOND != now_ns / NS_PER_SECOND)
    clock_time_of_day(now_ns, r->sent_text);
  r->sent_time_ns = now_ns;
}

static void encode(struct rows *r, const struct sender *sender)
{
  for (size_t i = 0; i < sender->topic->fields; i++) {
    const struct message_field *field = &sender->topic->field[i];
    if (field->is_sent)
      sender->value[i] = (struct message_value){.text = {r->sent_text, CLOCK_TIME_BYTES}};
    else
      sender->value[i] = dataset_value(&r->batch.column[field->column], r->row);
  }
  r->message.n = 0;
  message_encode(sender->layout, sender->value, &r->message);
}

static bool message(struct source *source, int64_t now_ns, uint32_t *topic,
                    struct broker_record *record)
{
  struct rows *r = (struct rows *)source;
  size_t topics = r->setup.pipeline->topics;
  while (r->next_topic < topics && is_there(r, r->next_topic))
    r->next_topic++;
  if (r->next_topic == topics)
    return false;
  *topic = (uint32_t)r->next_topic++;
  *record = address(r, *topic, r->digits);
  note_time(r, now_ns);
  encode(r, &r->sender[*topic]);
  record->value = (struct slice){r->message.p, r->message.n};
  return true;
}

static void stamp(struct source *source, int64_t intended_ns, int64_t now_ns,
                  struct broker_record *record)
{
  struct rows *r = (struct rows *)source;
  stamp_put((struct stamp){source->first_row + source->row, intended_ns, now_ns}, &r->headers);
  record->headers = (struct slice){r->headers.p, r->headers.n};
  record->timestamp_ms = now_ns / NS_PER_MS;
}

static void sent(struct source *source, int64_t intended_ns, int64_t now_ns)
{
  struct rows *r = (struct rows *)source;
  if (r->setup.sent != NULL)
    sent_times_add(r->setup.sent, intended_ns, now_ns);
  pass(r);
}

static void make_sender(struct rows *r, size_t i)
{
  const struct topic *topic = &r->setup.pipeline->topic[i];
  r->sender[i] = (struct sender){
      .topic = topic,
      .layout = layout_new(topic, layout_kinds(r->setup.pipeline, topic, &r->arena)),
      .value = arena_zero(&r->arena, topic->fields, sizeof(struct message_value)),
      .partitions = r->setup.partitions[i],
  };
}

static void close_rows(struct source *source)
{
  struct rows *r = (struct rows *)source;
  for (size_t i = 0; i < r->setup.pipeline->topics; i++)
    message_layout_free(r->sender[i].layout);
  schedule_free(&r->schedule);
  buffer_free(&r->message);
  buffer_free(&r->headers);
  dataset_close(r->setup.dataset);
  arena_free(&r->arena);
  free(r);
}

static const struct source_ops OPERATIONS = {
    .find = find,
    .message = message,
    .stamp = stamp,
    .sent = sent,
    .close = close_rows,
};

struct source *rows_new(const struct rows_setup *setup)
{
  struct rows *r = mem_new(1, sizeof *r);
  r->source = (struct source){.ops = &OPERATIONS, .name = "dataset", .first_row = setup->first_row};
  r->setup = *setup;
  r->rounds = 1;
  r->sent_time_ns = -NS_PER_SECOND;
  schedule_start(&r->schedule, 0, setup->pipeline->schedule.every_ns);
  r->sender = arena_take(&r->arena, setup->pipeline->topics, sizeof *r->sender);
  for (size_t i = 0; i < setup->pipeline->topics; i++)
    make_sender(r, i);
  return &r->source;
}
