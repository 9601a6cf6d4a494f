/* SPDX-License-Identifier: Apache-2.0 */
/* timings.h - what latency.json says of a run: how long things took, in nanoseconds. */
#ifndef RETRIAL_REPLAY_REPORT_TIMINGS_H
#define RETRIAL_REPLAY_REPORT_TIMINGS_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

#define LATENCY_FILE "latency.json"

struct timing_step {
  const char *percent;     /* "99.9" */
  double fraction;         /* of 100 */
  json_int_t value, count; /* `count` durations are at most `value` */
};

struct timing_summary {
  json_int_t count, min, mean, p50, p90, p99, p99_9, p99_99, max;
  size_t steps;
  struct timing_step *step; /* from the least value to the greatest */
};

struct timing_second {
  json_int_t second, count, p50, p99, max;
};

struct timing_metric {
  const char *name;
  struct timing_summary corrected, uncorrected;
  bool has_uncorrected;
  size_t seconds;
  struct timing_second *second; /* ascending; those without events are left out */
};

struct timings {
  bool measured; /* the file is there */
  size_t metrics;
  struct timing_metric *metric;
  json_t *json;
  struct arena arena;
};

/* Reads DIRECTORY/latency.json if there is one; ERR_DATA with the place if it is not as it should
 * be. Whether it succeeds or not, the caller releases *latency with timings_close(). */
bool timings_open(struct timings *latency, const char *directory, struct error *err);

void timings_close(struct timings *latency);

/* The metric of that name, or NULL. */
const struct timing_metric *timings_find(const struct timings *latency, const char *name);

#endif
