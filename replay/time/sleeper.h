/* SPDX-License-Identifier: Apache-2.0 */
/* sleeper.h - waits for deadlines on the machine's monotonic clock, whose nanoseconds these are.
 *
 * One sleeper belongs to one thread.
 */
#ifndef RETRIAL_REPLAY_TIME_SLEEPER_H
#define RETRIAL_REPLAY_TIME_SLEEPER_H

#include "base/nanoseconds.h"
#include "replay/time/clock_watch.h"
#include "replay/time/spin.h"

#define SLEEPER_SPIN_NS INT64_C(60000) /* of each deadline that is spun for */

/* Who waits for more than a deadline sleeps no longer at once: a signal may have come just before
 * the sleep, or a role in another thread have ended. */
#define SLEEPER_NAP_NS (20 * NS_PER_MS)

struct sleeper {
  bool precise;
  struct spin spin;         /* of a precise one */
  struct clock_watch watch; /* of the time of day */
};

/* The present thread's timers are no longer put off to be handled together (on Linux, where that
 * is 50 us otherwise). A precise sleeper spins before deadlines as long as that pays. */
void sleeper_start(struct sleeper *sleeper, bool precise);

int64_t sleeper_now(void);

/* Waits until the deadline and returns true, at once if it has passed; or returns false earlier,
 * because wake_fd (-1: none) is readable or a signal came. While it spins it sees neither. */
bool sleeper_wait(struct sleeper *sleeper, int64_t deadline_ns, int wake_fd);

/* Whether the time of day jumped since this was asked last. */
bool sleeper_watch(struct sleeper *sleeper);

#endif
