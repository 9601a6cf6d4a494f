/* SPDX-License-Identifier: Apache-2.0 */
/* clock_watch.h - whether the time of day jumped: somebody set the clock, or the machine slept.
 *
 * Deadlines follow the monotonic clock, which neither touches; times that are compared with those
 * of other machines do not. What is watched is the difference of the two clocks from one look to
 * the next, so that a clock that is slewed slowly counts as going right.
 */
#ifndef RETRIAL_REPLAY_TIME_CLOCK_WATCH_H
#define RETRIAL_REPLAY_TIME_CLOCK_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_WATCH_LIMIT_NS INT64_C(100000000)

/* A zeroed struct has seen nothing yet. */
struct clock_watch {
  bool begun;
  int64_t difference_ns; /* real time less monotonic time, at the last look */
  uint64_t jumps;        /* by more than the limit */
  int64_t greatest_ns;   /* of them, the furthest, forward or (below zero) back */
};

/* Both clocks at one instant; whether real time jumped since the last look. */
bool clock_watch_look(struct clock_watch *watch, int64_t real_ns, int64_t monotonic_ns);

#endif
