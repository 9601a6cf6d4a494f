/* SPDX-License-Identifier: Apache-2.0 */
/* interval.h - lengths of time as text: Spark's intervals, and durations in pipeline.yaml. */
#ifndef RETRIAL_TEXT_INTERVAL_H
#define RETRIAL_TEXT_INTERVAL_H

#include "base/error.h"
#include "base/slice.h"

/* Months have no fixed length and days none in every zone, so the three stay apart. */
struct interval {
  int32_t months;
  int32_t days;
  int64_t micros;
};

/* "30 seconds", "1 hour 30 minutes", "-1.5 seconds", "INTERVAL 90 MINUTES", "1 week", "2 years";
 * units with or without s, from microseconds to years (IntervalUtils.stringToInterval). ERR_SYNTAX
 * with what was not understood. Whether a length may be zero, negative or in months is the
 * caller's to decide. */
bool interval_parse(struct slice text, struct interval *out, struct error *err);

/* Days and microseconds together, a day being 24 hours, as window() counts them; ERR_RANGE if the
 * interval has months or does not fit. */
bool interval_micros(const struct interval *interval, int64_t *micros, struct error *err);

/* A duration in pipeline.yaml or on a command line, in nanoseconds: "30s", "1.5 s", "500ms",
 * "5 min", "2h", "250us", "1d"; also the words ("5 minutes"). Never negative. ERR_SYNTAX without a
 * unit or with an unknown one. */
bool duration_parse(struct slice text, int64_t *ns, struct error *err);

#endif
