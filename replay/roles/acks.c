/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/acks.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

enum { ACKS_PER_TURN = 256 };

struct acks {
  struct role role;
  struct broker *broker;
  struct flight *flight;
  struct account_topic *account; /* by topic */
  struct latency *latency;
  const char *source;
  atomic_bool ended;
};

static bool land(struct acks *a, const struct broker_ack *ack, int64_t now_ns, struct error *err)
{
  struct flight_entry *entry = flight_entry(a->flight, ack->tag);
  if (ack->refusal != NULL)
    return error_set(err, ERR_BROKER, "topic '%.*s': row %" PRIu64 " of the %s is refused: %s",
                     SLICE_PRINT(a->account[entry->topic].name), entry->row, a->source,
                     ack->refusal);
  atomic_store_explicit(&entry->acked_ns, now_ns, memory_order_release);
  return true;
}

static bool take_answers(struct acks *a, int64_t now_ns, bool *progress, struct error *err)
{
  struct broker_ack ack[ACKS_PER_TURN];
  size_t count;
  if (!a->broker->ops->poll(a->broker, ACKS_PER_TURN, ack, &count, err))
    return false;
  *progress = *progress || count != 0;
  for (size_t i = 0; i < count; i++)
    if (!land(a, &ack[i], now_ns, err))
      return false;
  return true;
}

static bool advance(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  struct acks *a = (struct acks *)role;
  struct flight_entry *entry;
  bool ended = atomic_load(&a->ended); /* before looking whether anything is left */
  if (!take_answers(a, clock_now(clock), progress, err))
    return false;
  while ((entry = flight_landed(a->flight)) != NULL) {
    int64_t acked_ns = atomic_load_explicit(&entry->acked_ns, memory_order_relaxed);
    a->account[entry->topic].acked++;
    latency_record(a->latency, LATENCY_PRODUCE_TO_ACK, entry->due_ns, entry->sent_ns, acked_ns);
    flight_take_out(a->flight);
    *progress = true;
  }
  role->deadline_ns = ended && flight_count(a->flight) == 0 ? ROLE_DONE : ROLE_WAITS;
  return true;
}

struct acks *acks_new(struct broker *broker, struct flight *flight, struct account_topic *account,
                      struct latency *latency, const char *source)
{
  struct acks *a = mem_new(1, sizeof *a);
  a->role = (struct role){.deadline_ns = ROLE_WAITS, .advance = advance};
  a->broker = broker;
  a->flight = flight;
  a->account = account;
  a->latency = latency;
  a->source = source;
  return a;
}

struct role *acks_role(struct acks *a)
{
  return &a->role;
}

void acks_end(struct acks *a)
{
  atomic_store(&a->ended, true);
}

void acks_free(struct acks *a)
{
  free(a);
}
