/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the time of a run: a value that jumps from deadline to deadline, or the machine's.
 *
 * The virtual clock starts at 2025-01-01 00:00:00 UTC, whenever and wherever the replay runs. The
 * real one starts at the time of day and goes on with the machine's monotonic clock, so that a time
 * of day that is set meanwhile moves nothing. Times are in nanoseconds since 1970-01-01 00:00:00
 * UTC.
 */
#ifndef RETRIAL_REPLAY_TIME_CLOCK_H
#define RETRIAL_REPLAY_TIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/nanoseconds.h"

#define CLOCK_START_NS INT64_C(1735689600000000000)

struct clock {
  bool real;
  int64_t start_ns;
  int64_t now_ns;    /* of the virtual clock */
  int64_t behind_ns; /* of the real one: what the monotonic clock lacks */
};

void clock_start(struct clock *clock, bool real);

/* What time it is. */
int64_t clock_now(const struct clock *clock);

/* The virtual clock: to a deadline in the future. */
void clock_jump(struct clock *clock, int64_t deadline_ns);

/* The real one: the deadline as CLOCK_MONOTONIC has it. */
static inline int64_t clock_monotonic(const struct clock *clock, int64_t deadline_ns)
{
  return deadline_ns - clock->behind_ns;
}

enum { CLOCK_TIME_BYTES = 8, CLOCK_TEXT_BYTES = 80 };

/* "HH:MM:SS" of an instant, in UTC. */
void clock_time_of_day(int64_t now_ns, char out[CLOCK_TIME_BYTES]);

/* "2025-01-01T00:00:00Z" of an instant, ended by NUL. */
void clock_text(int64_t now_ns, char out[CLOCK_TEXT_BYTES]);

#endif
