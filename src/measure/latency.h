/* SPDX-License-Identifier: Apache-2.0 */
/* latency.h - what one run measures: four durations, as a whole and second by second.
 *
 * A duration counts from the time for which its event was intended: a sender that falls behind
 * makes everybody wait, and that is time, too (coordinated omission). The same from the time at
 * which it was really sent is kept beside, uncorrected. All times are ns since 1970.
 *
 * The caller owns what latency_new() returns. Threads record into an object each and merge them in
 * the end; what comes out does not depend on the order.
 */
#ifndef RETRIAL_MEASURE_LATENCY_H
#define RETRIAL_MEASURE_LATENCY_H

#include "measure/histogram.h"
#include "measure/seconds.h"

enum latency_metric {
  LATENCY_SCHEDULE_LAG,       /* intended -> sent; has no uncorrected side */
  LATENCY_PRODUCE_TO_ACK,     /* -> acknowledged by the broker */
  LATENCY_PRODUCE_TO_CONSUME, /* -> decoded by a consumer */
  LATENCY_EVENT_TO_ALERT,     /* -> in a job's output */
  LATENCY_METRICS,
};

/* "schedule-lag" and so on. */
const char *latency_name(enum latency_metric metric);

/* All histograms: any duration, to less than 0.1 %. */
#define LATENCY_HIGHEST_NS INT64_MAX
enum { LATENCY_DIGITS = 3 };

struct latency;

/* 5 MB of address space, of which a run touches some hundred KB, and then about a byte or two for
 * every bucket of every second. */
struct latency *latency_new(int64_t start_ns);

/* Another start, before anything was recorded. */
void latency_restart(struct latency *l, int64_t start_ns);

void latency_free(struct latency *l);

/* Something that was intended, then sent, is now done. It belongs to the second in which it was
 * done; it is cheap (no memory, two counts) as long as that is the second of the one before. */
void latency_record(struct latency *l, enum latency_metric metric, int64_t intended_ns,
                    int64_t sent_ns, int64_t done_ns);

/* Adds all that `from` holds; both have the same start. `from` stays as it is. */
void latency_merge(struct latency *into, struct latency *from);

uint64_t latency_count(const struct latency *l, enum latency_metric metric);

int64_t latency_start(const struct latency *l);

/* What was recorded until now; valid until the next call that takes `l`. The uncorrected side is
 * NULL for a metric that has none. */
const struct hist *latency_corrected(struct latency *l, enum latency_metric metric);
const struct hist *latency_uncorrected(struct latency *l, enum latency_metric metric);
const struct seconds *latency_seconds(struct latency *l, enum latency_metric metric);

#endif
