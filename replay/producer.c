/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/producer.h"

#include <stdlib.h>

#include "broker/headers.h"
#include "broker/partitioner.h"
#include "replay/clock.h"
#include "replay/layout.h"
#include "replay/schedule.h"
#include "text/number.h"

/* Rows sent at one call, so that other roles have their turn within a large group. */
enum { ROWS_PER_TURN = 128 };

/* How long a full broker is left alone before it is asked again. */
#define RETRY_NS NS_PER_MS

struct sender {
  const struct topic *topic;
  struct message_layout *layout;
  struct message_value *value; /* by field */
  uint32_t partitions;
};

struct producer {
  struct role role;
  const struct pipeline *pipeline;
  struct dataset *dataset;
  struct broker *broker;
  struct account_topic *account;
  struct sender *sender; /* by topic */
  struct schedule schedule;
  struct batch batch;
  size_t row; /* within the batch: the next one to send */
  uint64_t rows;
  bool row_ready; /* due_ns is its due time, it is counted as generated */
  int64_t due_ns;
  bool ended;
  size_t next_topic;    /* of that row */
  bool encoded;         /* the message for next_topic stands in `message` */
  bool blocked;         /* the broker had no room for it */
  int64_t sent_time_ns; /* the instant of sent_text */
  char sent_text[CLOCK_TIME_BYTES];
  struct buffer message, headers;
  struct arena arena;
};

void producer_wants(const struct pipeline *pipeline, bool *wanted)
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

/* The next row and when it is due; false at an error, row_ready stays false at the end. */
static bool take_row(struct producer *p, struct error *err)
{
  if (p->row == p->batch.rows) {
    if (!dataset_next(p->dataset, &p->batch, err))
      return false;
    p->row = 0;
    p->ended = p->batch.rows == 0;
    if (p->ended)
      return true;
  }
  char digits[NUMBER_DOUBLE_BYTES];
  bool null;
  struct slice group =
      cell_text(&p->batch.column[p->pipeline->schedule.group_by], p->row, digits, &null);
  p->due_ns = schedule_next(&p->schedule, group, null);
  for (size_t i = 0; i < p->pipeline->topics; i++)
    p->account[i].generated++;
  header_number_put(p->headers.p + p->headers.n - HEADER_NUMBER_BYTES, p->rows);
  p->next_topic = 0;
  p->row_ready = true;
  return true;
}

static void encode(struct producer *p, const struct sender *sender)
{
  for (size_t i = 0; i < sender->topic->fields; i++) {
    const struct message_field *field = &sender->topic->field[i];
    if (field->is_sent)
      sender->value[i] = (struct message_value){.text = {p->sent_text, CLOCK_TIME_BYTES}};
    else
      sender->value[i] = dataset_value(&p->batch.column[field->column], p->row);
  }
  p->message.n = 0;
  message_encode(sender->layout, sender->value, &p->message);
}

/* Offers the row's message for next_topic to the broker. */
static void send(struct producer *p, int64_t now_ns)
{
  const struct sender *sender = &p->sender[p->next_topic];
  struct account_topic *account = &p->account[p->next_topic];
  char digits[NUMBER_DOUBLE_BYTES];
  if (!p->encoded)
    encode(p, sender);
  p->encoded = true;
  struct broker_record record = {
      .headers = {p->headers.p, p->headers.n},
      .value = {p->message.p, p->message.n},
      .timestamp_ms = now_ns / NS_PER_MS,
  };
  bool null = true;
  if (sender->topic->key >= 0)
    record.key = cell_text(&p->batch.column[sender->topic->key], p->row, digits, &null);
  record.keyed = !null;
  record.partition = record.keyed ? partition_of_key(record.key, sender->partitions)
                                  : partition_of_number(p->rows, sender->partitions);
  /* Why a record was refused does not matter here: it is missing in the account. */
  enum broker_answer answer =
      p->broker->ops->produce(p->broker, (uint32_t)p->next_topic, &record, NULL);
  p->blocked = answer == BROKER_FULL;
  if (p->blocked)
    return;
  account->sent++;
  account->acked += answer == BROKER_ACKED;
  p->encoded = false;
  p->next_topic++;
}

static bool advance(struct role *role, int64_t now_ns, bool *progress, struct error *err)
{
  struct producer *p = (struct producer *)role;
  if (p->sent_time_ns != now_ns) {
    p->sent_time_ns = now_ns;
    clock_time_of_day(now_ns, p->sent_text);
  }
  for (int i = 0; i < ROWS_PER_TURN; i++) {
    if (!p->row_ready && !take_row(p, err))
      return false;
    if (p->ended) {
      role->deadline_ns = ROLE_DONE;
      return true;
    }
    role->deadline_ns = p->due_ns;
    if (p->due_ns > now_ns)
      return true;
    while (p->next_topic < p->pipeline->topics) {
      send(p, now_ns);
      if (p->blocked) {
        role->deadline_ns = now_ns + RETRY_NS;
        return true;
      }
      *progress = true;
    }
    p->row_ready = false;
    p->row++;
    p->rows++;
  }
  return true;
}

static void make_sender(struct producer *p, size_t i, uint32_t partitions)
{
  const struct topic *topic = &p->pipeline->topic[i];
  p->sender[i] = (struct sender){
      .topic = topic,
      .layout = layout_new(topic, layout_kinds(p->pipeline, topic, &p->arena)),
      .value = arena_zero(&p->arena, topic->fields, sizeof(struct message_value)),
      .partitions = partitions,
  };
}

struct producer *producer_new(const struct pipeline *pipeline, struct dataset *dataset,
                              struct broker *broker, const uint32_t *partitions,
                              struct account_topic *account, int64_t start_ns)
{
  struct producer *p = mem_new(1, sizeof *p);
  p->role = (struct role){.deadline_ns = start_ns, .advance = advance};
  p->pipeline = pipeline;
  p->dataset = dataset;
  p->broker = broker;
  p->account = account;
  p->sent_time_ns = -1;
  schedule_start(&p->schedule, start_ns, pipeline->schedule.every_ns);
  p->sender = arena_take(&p->arena, pipeline->topics, sizeof *p->sender);
  for (size_t i = 0; i < pipeline->topics; i++)
    make_sender(p, i, partitions[i]);
  char number[HEADER_NUMBER_BYTES] = {0};
  headers_add(&p->headers, SLICE(HEADER_ROW), (struct slice){number, sizeof number});
  return p;
}

struct role *producer_role(struct producer *p)
{
  return &p->role;
}

uint64_t producer_rows(const struct producer *p)
{
  return p->rows;
}

const struct topic *producer_blocked(const struct producer *p)
{
  return p->blocked ? p->sender[p->next_topic].topic : NULL;
}

void producer_free(struct producer *p)
{
  if (p == NULL)
    return;
  for (size_t i = 0; i < p->pipeline->topics; i++)
    message_layout_free(p->sender[i].layout);
  schedule_free(&p->schedule);
  buffer_free(&p->message);
  buffer_free(&p->headers);
  dataset_close(p->dataset);
  arena_free(&p->arena);
  free(p);
}
