/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/producer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"

/* Rows sent at one call, so that other roles have their turn within a large group. */
enum { ROWS_PER_TURN = 128 };

/* How long a full broker is left alone before it is asked again. */
#define RETRY_NS NS_PER_MS

struct producer {
  struct role role;
  struct producer_setup setup;
  struct source *source;
  struct pace pace;
  bool paced; /* it has begun, with row `first_paced` */
  uint64_t first_paced;
  _Atomic uint64_t rows; /* sent; another thread may look */
  bool row_ready;        /* due_ns is its due time */
  int64_t due_ns, intended_ns;
  _Atomic int64_t next_ns; /* when the next row was meant to be sent; ROLE_DONE: none is left */
  int64_t late_ns, last_late_ns; /* of the rows so far: at most, and of the last one */
  bool ended;
  bool has_message; /* topic and record are the row's next message: it is counted as generated */
  uint32_t topic;
  struct broker_record record;
  /* The topic of the message that the broker had no room for; another thread may look. */
  _Atomic(const struct slice *) blocked;
};

/* The pace begins with the first row that is sent. */
static void time_row(struct producer *p, int64_t scheduled_ns, int64_t now_ns)
{
  uint64_t row = p->source->row;
  if (!p->paced) {
    pace_start(&p->pace, &p->setup.pace, scheduled_ns, p->pace.anchor_ns);
    p->first_paced = row;
    p->paced = true;
  }
  p->due_ns = pace_due(&p->pace, row - p->first_paced, scheduled_ns, now_ns, &p->intended_ns);
  bool unpaced = p->setup.pace.kind == PACE_MAX;
  int64_t since_ns = (unpaced ? now_ns : p->intended_ns) - p->pace.anchor_ns;
  p->ended = p->setup.duration_ns != 0 && since_ns >= p->setup.duration_ns;
}

/* The next row and when it is due; false at an error, row_ready stays false at the end. */
static bool take_row(struct producer *p, int64_t now_ns, struct error *err)
{
  int64_t scheduled_ns;
  if (!p->source->ops->find(p->source, &scheduled_ns, &p->ended, err))
    return false;
  if (!p->ended)
    time_row(p, scheduled_ns, now_ns);
  if (p->ended)
    return true;
  p->next_ns = p->intended_ns;
  p->row_ready = true;
  return true;
}

static bool take_message(struct producer *p, int64_t now_ns)
{
  if (p->has_message)
    return true;
  p->has_message = p->source->ops->message(p->source, now_ns, &p->topic, &p->record);
  p->setup.account[p->topic].generated += p->has_message;
  return p->has_message;
}

/* What the broker says to a record; p->blocked if it has no room. */
static bool hear(struct producer *p, enum broker_answer answer, struct flight_entry *entry,
                 const struct error *why, struct error *err)
{
  struct account_topic *account = &p->setup.account[p->topic];
  if (answer == BROKER_FULL) {
    p->blocked = &account->name;
    return true;
  }
  account->sent++;
  if (answer == BROKER_REFUSED)
    return error_set(err, ERR_BROKER, "row %" PRIu64 " of the %s: %s", entry->row, p->source->name,
                     why->text);
  if (answer == BROKER_ACKED)
    entry->acked_ns = entry->sent_ns;
  flight_launch(p->setup.flight);
  p->has_message = false;
  return true;
}

/* Offers the message to the broker; p->blocked if it has to wait. */
static bool offer(struct producer *p, int64_t now_ns, struct error *err)
{
  struct error why = {0};
  struct flight_entry *entry = flight_begin(p->setup.flight, &p->record.tag);
  uint64_t most = p->setup.in_flight;
  p->blocked = NULL;
  if (entry == NULL || (most != 0 && flight_count(p->setup.flight) >= most)) {
    p->blocked = &p->setup.account[p->topic].name;
    return true;
  }
  entry->topic = p->topic;
  entry->row = p->source->first_row + p->source->row;
  entry->due_ns = p->intended_ns;
  entry->sent_ns = now_ns;
  if (p->source->ops->stamp != NULL)
    p->source->ops->stamp(p->source, p->intended_ns, now_ns, &p->record);
  enum broker_answer answer =
      p->setup.broker->ops->produce(p->setup.broker, p->topic, &p->record, &why);
  return hear(p, answer, entry, &why, err);
}

static void note_sent(struct producer *p, int64_t now_ns)
{
  latency_record(p->setup.latency, LATENCY_SCHEDULE_LAG, p->intended_ns, p->intended_ns, now_ns);
  p->last_late_ns = now_ns - p->intended_ns;
  if (p->last_late_ns > p->late_ns)
    p->late_ns = p->last_late_ns;
  p->source->ops->sent(p->source, p->intended_ns, now_ns);
  p->rows = p->source->row;
  p->row_ready = false;
}

/* The messages of the row that is due, as far as there is room. */
static bool send_row(struct producer *p, int64_t now_ns, bool *progress, struct error *err)
{
  while (take_message(p, now_ns)) {
    if (!offer(p, now_ns, err))
      return false;
    if (p->blocked != NULL) {
      p->role.deadline_ns = now_ns + RETRY_NS;
      return true;
    }
    *progress = true;
  }
  note_sent(p, now_ns);
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

struct producer *producer_new(const struct producer_setup *setup, int64_t start_ns)
{
  struct producer *p = mem_new(1, sizeof *p);
  p->role = (struct role){.deadline_ns = start_ns, .advance = advance};
  p->setup = *setup;
  p->source = setup->source;
  p->next_ns = start_ns;
  pace_start(&p->pace, &setup->pace, 0, start_ns);
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

const struct slice *producer_blocked(const struct producer *p)
{
  return p->blocked;
}

void producer_free(struct producer *p)
{
  if (p == NULL)
    return;
  source_close(p->source);
  free(p);
}
