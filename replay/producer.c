/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/producer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "broker/partitioner.h"
#include "replay/layout.h"
#include "replay/schedule.h"
#include "replay/stamp.h"
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
  struct producer_setup setup;
  struct sender *sender; /* by topic */
  struct schedule schedule;
  struct pace pace;
  bool paced; /* it has begun, with row `first_paced` */
  uint64_t first_paced;
  struct batch batch;
  size_t row;            /* within the batch: the next one to send */
  _Atomic uint64_t rows; /* sent; another thread may look */
  uint64_t rounds;       /* of the dataset, begun */
  bool row_ready;        /* due_ns is its due time, it is counted as generated */
  int64_t due_ns, intended_ns;
  _Atomic int64_t next_ns; /* when the next row was meant to be sent; ROLE_DONE: none is left */
  int64_t late_ns, last_late_ns; /* of the rows so far: at most, and of the last one */
  bool ended;
  size_t next_topic; /* of that row */
  bool encoded;      /* the message for next_topic stands in `message` */
  /* Of the message that the broker had no room for; another thread may look. */
  _Atomic(const struct topic *) blocked;
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

static bool is_at_limit(const struct producer *p)
{
  return p->setup.limit != 0 && p->rows == p->setup.limit;
}

/* The next rows of the dataset, from its start again if it is to be repeated. */
static bool next_batch(struct producer *p, struct error *err)
{
  bool good = dataset_next(p->setup.dataset, &p->batch, err);
  if (good && p->batch.rows == 0 && p->rows != 0 && p->rounds != p->setup.rounds) {
    p->rounds++;
    schedule_break(&p->schedule);
    if (p->setup.sent != NULL)
      sent_times_restart(p->setup.sent);
    good = dataset_rewind(p->setup.dataset, err) && dataset_next(p->setup.dataset, &p->batch, err);
  }
  p->row = 0;
  return good;
}

static int64_t schedule_row(struct producer *p)
{
  char digits[NUMBER_DOUBLE_BYTES];
  bool null;
  const struct column *column = &p->batch.column[p->setup.pipeline->schedule.group_by];
  struct slice group = cell_text(column, p->row, digits, &null);
  return schedule_next(&p->schedule, group, null);
}

/* The record of the row for a topic but for what it says. */
static struct broker_record address(const struct producer *p, size_t topic, char *digits)
{
  const struct sender *sender = &p->sender[topic];
  struct broker_record record = {0};
  bool null = true;
  if (sender->topic->key >= 0)
    record.key = cell_text(&p->batch.column[sender->topic->key], p->row, digits, &null);
  record.keyed = !null;
  record.partition = record.keyed ? partition_of_key(record.key, sender->partitions)
                                  : partition_of_number(p->rows, sender->partitions);
  return record;
}

/* Whether the topic has the row from an earlier run that this one goes on with. */
static bool is_there(const struct producer *p, size_t topic)
{
  char digits[NUMBER_DOUBLE_BYTES];
  uint64_t number = p->setup.first_row + p->rows;
  return p->setup.have != NULL &&
         number < p->setup.have[topic][address(p, topic, digits).partition];
}

static bool is_row_there(const struct producer *p)
{
  size_t topic = 0;
  while (topic < p->setup.pipeline->topics && is_there(p, topic))
    topic++;
  return topic == p->setup.pipeline->topics;
}

/* The pace begins with the first row that is sent. */
static void time_row(struct producer *p, int64_t scheduled_ns, int64_t now_ns)
{
  if (!p->paced) {
    pace_start(&p->pace, &p->setup.pace, scheduled_ns, p->pace.anchor_ns);
    p->first_paced = p->rows;
    p->paced = true;
  }
  p->due_ns = pace_due(&p->pace, p->rows - p->first_paced, scheduled_ns, now_ns, &p->intended_ns);
  bool unpaced = p->setup.pace.kind == PACE_MAX;
  int64_t since_ns = (unpaced ? now_ns : p->intended_ns) - p->pace.anchor_ns;
  p->ended = p->setup.duration_ns != 0 && since_ns >= p->setup.duration_ns;
}

/* Goes to the next row of the dataset; p->ended if there is none. */
static bool find_row(struct producer *p, struct error *err)
{
  p->ended = is_at_limit(p);
  if (p->ended || p->row < p->batch.rows)
    return true;
  if (!next_batch(p, err))
    return false;
  p->ended = p->batch.rows == 0;
  return true;
}

/* The next row and when it is due; false at an error, row_ready stays false at the end. */
static bool take_row(struct producer *p, int64_t now_ns, struct error *err)
{
  int64_t scheduled_ns;
  for (;; p->row++, p->rows++) {
    if (!find_row(p, err))
      return false;
    if (p->ended)
      return true;
    scheduled_ns = schedule_row(p);
    if (!is_row_there(p))
      break;
  }
  time_row(p, scheduled_ns, now_ns);
  if (p->ended)
    return true;
  p->next_ns = p->intended_ns;
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

/* What the broker says to a record; p->blocked if it has no room. */
static bool hear(struct producer *p, enum broker_answer answer, struct flight_entry *entry,
                 const struct error *why, struct error *err)
{
  if (answer == BROKER_FULL) {
    p->blocked = p->sender[p->next_topic].topic;
    return true;
  }
  p->setup.account[p->next_topic].sent++;
  if (answer == BROKER_REFUSED)
    return error_set(err, ERR_BROKER, "row %" PRIu64 " of the dataset: %s", entry->row, why->text);
  if (answer == BROKER_ACKED)
    entry->acked_ns = entry->sent_ns;
  flight_launch(p->setup.flight);
  return true;
}

/* Offers the row's message for next_topic to the broker. */
static bool offer(struct producer *p, struct broker_record *record, int64_t now_ns,
                  struct error *err)
{
  struct error why = {0};
  struct flight_entry *entry = flight_begin(p->setup.flight, &record->tag);
  uint64_t most = p->setup.in_flight;
  if (entry == NULL || (most != 0 && flight_count(p->setup.flight) >= most)) {
    p->blocked = p->sender[p->next_topic].topic;
    return true;
  }
  entry->topic = (uint32_t)p->next_topic;
  entry->row = p->setup.first_row + p->rows;
  entry->due_ns = p->intended_ns;
  entry->sent_ns = now_ns;
  stamp_put((struct stamp){entry->row, entry->due_ns, now_ns}, &p->headers);
  record->headers = (struct slice){p->headers.p, p->headers.n};
  record->value = (struct slice){p->message.p, p->message.n};
  record->timestamp_ms = now_ns / NS_PER_MS;
  enum broker_answer answer =
      p->setup.broker->ops->produce(p->setup.broker, entry->topic, record, &why);
  return hear(p, answer, entry, &why, err);
}

/* The row's message for next_topic; p->blocked if it has to wait. */
static bool send(struct producer *p, int64_t now_ns, struct error *err)
{
  char digits[NUMBER_DOUBLE_BYTES];
  struct broker_record record = address(p, p->next_topic, digits);
  p->blocked = NULL;
  if (!p->encoded && is_there(p, p->next_topic)) {
    p->next_topic++;
    return true;
  }
  if (!p->encoded) {
    p->setup.account[p->next_topic].generated++;
    encode(p, &p->sender[p->next_topic]);
  }
  p->encoded = true;
  if (!offer(p, &record, now_ns, err))
    return false;
  if (p->blocked != NULL)
    return true;
  p->encoded = false;
  p->next_topic++;
  return true;
}

static void note_time(struct producer *p, int64_t now_ns)
{
  if (p->sent_time_ns / NS_PER_SECOND != now_ns / NS_PER_SECOND)
    clock_time_of_day(now_ns, p->sent_text);
  p->sent_time_ns = now_ns;
}

/* The messages of the row that is due, as far as there is room. */
static bool send_row(struct producer *p, int64_t now_ns, bool *progress, struct error *err)
{
  note_time(p, now_ns);
  while (p->next_topic < p->setup.pipeline->topics) {
    if (!send(p, now_ns, err))
      return false;
    if (p->blocked != NULL) {
      p->role.deadline_ns = now_ns + RETRY_NS;
      return true;
    }
    *progress = true;
  }
  latency_record(p->setup.latency, LATENCY_SCHEDULE_LAG, p->intended_ns, p->intended_ns, now_ns);
  if (p->setup.sent != NULL)
    sent_times_add(p->setup.sent, p->intended_ns, now_ns);
  p->last_late_ns = now_ns - p->intended_ns;
  if (p->last_late_ns > p->late_ns)
    p->late_ns = p->last_late_ns;
  p->row_ready = false;
  p->row++;
  p->rows++;
  return true;
}

static void end(struct producer *p)
{
  p->role.deadline_ns = ROLE_DONE;
  p->next_ns = ROLE_DONE;
  acks_end(p->setup.acks);
}

static bool advance(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  struct producer *p = (struct producer *)role;
  for (int i = 0; i < ROWS_PER_TURN; i++) {
    int64_t now_ns = clock_now(clock);
    if (!p->row_ready && !take_row(p, now_ns, err))
      return false;
    if (p->ended) {
      end(p);
      return true;
    }
    role->deadline_ns = p->due_ns;
    if (p->due_ns > now_ns)
      return true;
    if (!send_row(p, now_ns, progress, err))
      return false;
    if (p->blocked != NULL)
      return true;
  }
  return true;
}

static void make_sender(struct producer *p, size_t i)
{
  const struct topic *topic = &p->setup.pipeline->topic[i];
  p->sender[i] = (struct sender){
      .topic = topic,
      .layout = layout_new(topic, layout_kinds(p->setup.pipeline, topic, &p->arena)),
      .value = arena_zero(&p->arena, topic->fields, sizeof(struct message_value)),
      .partitions = p->setup.partitions[i],
  };
}

struct producer *producer_new(const struct producer_setup *setup, int64_t start_ns)
{
  struct producer *p = mem_new(1, sizeof *p);
  p->role = (struct role){.deadline_ns = start_ns, .advance = advance};
  p->setup = *setup;
  p->rounds = 1;
  p->next_ns = start_ns;
  p->sent_time_ns = -NS_PER_SECOND;
  schedule_start(&p->schedule, 0, setup->pipeline->schedule.every_ns);
  pace_start(&p->pace, &setup->pace, 0, start_ns);
  p->sender = arena_take(&p->arena, setup->pipeline->topics, sizeof *p->sender);
  for (size_t i = 0; i < setup->pipeline->topics; i++)
    make_sender(p, i);
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

int64_t producer_next_ns(const struct producer *p)
{
  return p->next_ns;
}

int64_t producer_late_ns(const struct producer *p)
{
  return p->late_ns;
}

int64_t producer_last_late_ns(const struct producer *p)
{
  return p->last_late_ns;
}

const struct topic *producer_blocked(const struct producer *p)
{
  return p->blocked;
}

void producer_free(struct producer *p)
{
  if (p == NULL)
    return;
  for (size_t i = 0; i < p->setup.pipeline->topics; i++)
    message_layout_free(p->sender[i].layout);
  schedule_free(&p->schedule);
  buffer_free(&p->message);
  buffer_free(&p->headers);
  dataset_close(p->setup.dataset);
  arena_free(&p->arena);
  free(p);
}
