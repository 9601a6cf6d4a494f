/* SPDX-License-Identifier: Apache-2.0 */
/* pace.h - when each row is due: from the schedule's time to the run's.
 *
 * Every deadline is computed from the anchor, the instant at which the first row is due, and
 * rounded down to a nanosecond once: after a thousand million rows a rate of 3 a second is still
 * one of 3 a second. The intended time of a row never moves; it is what latency is measured from.
 *
 * A run that has fallen behind catches up at a bounded rate: the time that rows really become due
 * at then runs `catch_up` times as fast as the intended one, but for PACE_SLACK_NS, which rows may
 * be ahead of that so that a sleeper's own lateness does not slow it down. In any length of time t
 * no more rows come due than the asked pace has within catch_up * (t + PACE_SLACK_NS), and one.
 */
#ifndef RETRIAL_REPLAY_TIME_PACE_H
#define RETRIAL_REPLAY_TIME_PACE_H

#include "base/error.h"
#include "base/nanoseconds.h"
#include "base/slice.h"

enum pace_kind {
  PACE_SPEED,   /* as the schedule says, so many times as fast */
  PACE_RATE,    /* so many rows a second */
  PACE_POISSON, /* so many in the mean: gaps are exponential, each by itself */
  PACE_MAX,     /* every row is due at the anchor */
};

/* A positive number with decimals, exactly: above / below; below is a power of ten up to 10^9,
 * above at most 10^18. */
struct decimal_ratio {
  uint64_t above, below;
};

struct pace_options {
  enum pace_kind kind;
  struct decimal_ratio factor;   /* of the schedule's speed, or rows a second */
  struct decimal_ratio catch_up; /* at least 1; above = 0: without bound */
  uint64_t seed;                 /* of the gaps of PACE_POISSON */
};

#define PACE_SLACK_NS NS_PER_MS

/* No row is due later: some 292 years after 1970, where 64 bits end; a deadline beyond them is this
 * one, and one less than the instant that never comes (ROLE_DONE). */
#define PACE_LATEST_NS (INT64_MAX - 1)

struct pace {
  struct pace_options options;
  int64_t start_ns, anchor_ns;
  uint64_t row;        /* the last one asked for */
  int64_t intended_ns; /* of it */
  uint64_t gaps;       /* PACE_POISSON: the gaps up to it add up to gaps + part / 2^32 mean ones */
  uint32_t part;
  __int128 earliest; /* when it could have come due, catching up, but for the slack: in
                        nanoseconds / catch_up.above */
};

/* What --speed, --rate and --catch-up say, each NULL where it was not given, and --poisson:
 * "1000", "0.5" or "max"; "99991.7" or "99991.7/s"; "2" or "max". Without any of them: speed 1,
 * catching up twice as fast. ERR_USAGE with what is wrong; seed stays as it is. */
bool pace_parse(const char *speed, const char *rate, bool poisson, const char *catch_up,
                struct pace_options *options, struct error *err);

/* The schedule begins at start_ns, the run at anchor_ns. */
void pace_start(struct pace *pace, const struct pace_options *options, int64_t start_ns,
                int64_t anchor_ns);

/* When `row` may go, at the earliest; *intended_ns: when it was meant to. Asked for rows in
 * ascending order (from 0, not every one has to come), each at now_ns when the one before it has
 * gone; scheduled_ns is the schedule's time of the row, which never goes back. */
int64_t pace_due(struct pace *pace, uint64_t row, int64_t scheduled_ns, int64_t now_ns,
                 int64_t *intended_ns);

#endif
