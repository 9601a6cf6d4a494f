/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the virtual clock: time as a value that jumps from deadline to deadline.
 *
 * It starts at 2025-01-01 00:00:00 UTC, whenever and wherever the replay runs. Times are in
 * nanoseconds since 1970-01-01 00:00:00 UTC.
 */
#ifndef RETRIAL_REPLAY_CLOCK_H
#define RETRIAL_REPLAY_CLOCK_H

#include <stdint.h>

#define CLOCK_START_NS INT64_C(1735689600000000000)
#define CLOCK_START_TEXT "2025-01-01T00:00:00Z"

#define NS_PER_SECOND INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

struct clock {
  int64_t now_ns;
};

void clock_start(struct clock *clock);

/* To a deadline in the future. */
void clock_jump(struct clock *clock, int64_t deadline_ns);

enum { CLOCK_TIME_BYTES = 8 };

/* "HH:MM:SS" of an instant, in UTC. */
void clock_time_of_day(int64_t now_ns, char out[CLOCK_TIME_BYTES]);

#endif
