/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c - what the loop and the consumers ask about the whole. */
#include "replay/driver/internal.h"

bool driver_is_reading(const struct driver *d, size_t consumer)
{
  return d->consumer[consumer] != NULL &&
         consumer_role(d->consumer[consumer])->deadline_ns != ROLE_DONE;
}

/* Whether anything was sent that was not acknowledged, or acknowledged and not fetched by a
 * consumer that still reads. */
static bool in_transit(const struct driver *d)
{
  const struct account_reader *reader = d->result->account.reader;
  if (flight_count(d->flight) != 0)
    return true;
  for (size_t i = 0; i < d->pipeline->consumers; i++) {
    const struct consumer *consumer = &d->pipeline->consumer[i];
    for (size_t k = 0; k < consumer->topics; k++, reader++)
      if (driver_is_reading(d, i) &&
          d->result->account.topic[reader->topic].acked > reader->fetched)
        return true;
  }
  return false;
}

/* The same, and *heard: answers and records that have come so far. */
bool driver_awaits(void *argument, uint64_t *heard)
{
  const struct driver *d = argument;
  const struct account *a = &d->result->account;
  *heard = 0;
  for (size_t i = 0; i < a->topics; i++)
    *heard += a->topic[i].acked;
  for (size_t i = 0; i < a->readers; i++)
    *heard += a->reader[i].fetched;
  return in_transit(d);
}

/* The producer may run ahead of a broker outside of the process as long as that decides nothing: no
 * consumer would have given up meanwhile. */
bool driver_may_jump(void *argument, int64_t deadline_ns)
{
  const struct driver *d = argument;
  if (!in_transit(d))
    return true;
  bool ahead = producer_role(d->producer)->deadline_ns == deadline_ns;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    ahead = ahead && consumer_role(d->consumer[i])->deadline_ns > deadline_ns;
  return ahead && producer_blocked(d->producer) == NULL;
}

/* What a consumer under the real clock may expect. While the producer is late, no time passes. */
enum outlook driver_look_out(void *argument, int64_t now_ns)
{
  struct driver *d = argument;
  int64_t next_ns = producer_next_ns(d->producer); /* before looking what is in transit */
  if (in_transit(d) || next_ns <= now_ns)
    return OUTLOOK_MORE;
  return next_ns == ROLE_DONE ? OUTLOOK_OVER : OUTLOOK_UNKNOWN;
}

/* A full topic whose consumer has stopped stays full. */
bool driver_can_go_on(void *argument, struct error *err)
{
  struct driver *d = argument;
  if (!driver_plays(d, REPLAY_PRODUCE))
    return true;
  if (d->model != NULL && producer_next_ns(d->producer) == ROLE_DONE)
    model_end(d->model);
  const struct slice *full = producer_blocked(d->producer);
  bool good = full == NULL || flight_count(d->flight) != 0;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    good = good || driver_is_reading(d, i);
  return good || error_set(err, ERR_BROKER,
                           "topic '%.*s' is full and its consumer has stopped; give it a longer "
                           "idle_timeout",
                           SLICE_PRINT(*full));
}
