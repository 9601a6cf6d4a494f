/* SPDX-License-Identifier: Apache-2.0 */
/* flight.h - the messages that were handed to the broker and whose end is not known: a ring between
 * the role that sends and the one that takes acknowledgements, which may run in two threads.
 *
 * The sender begins an entry, hands the record to the broker with the entry's tag, and launches it
 * if the broker took it. The other side lands entries by their tags, in any order, and takes them
 * out in the order in which they were sent. Times are in nanoseconds of the run's clock.
 */
#ifndef RETRIAL_REPLAY_ROLES_FLIGHT_H
#define RETRIAL_REPLAY_ROLES_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

struct flight_entry {
  uint32_t topic;
  uint64_t row;
  int64_t due_ns, sent_ns;
  _Atomic int64_t acked_ns; /* 0: not yet */
};

struct flight;

struct flight *flight_new(void);

/* NULL is allowed. */
void flight_free(struct flight *flight);

/* How many were launched and not taken out. */
uint64_t flight_count(const struct flight *flight);

/* The sender's side. Begins an entry with acked_ns 0 and gives its tag; NULL if the ring is full.
 */
struct flight_entry *flight_begin(struct flight *flight, uint64_t *tag);
void flight_launch(struct flight *flight);

/* The other side. The entry of a tag, to set acked_ns in. */
struct flight_entry *flight_entry(struct flight *flight, uint64_t tag);

/* The first entry that is left, if it has landed; else NULL. */
struct flight_entry *flight_landed(struct flight *flight);
void flight_take_out(struct flight *flight);

#endif
