/* SPDX-License-Identifier: Apache-2.0 */
/* latency.h - what latency.json says of a run: how long things took, in nanoseconds. */
#ifndef RETRIAL_REPLAY_REPORT_LATENCY_H
#define RETRIAL_REPLAY_REPORT_LATENCY_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

#define LATENCY_FILE "latency.json"

struct latency_step {
  const char *percent;     /* "99.9" */
  double fraction;         /* of 100 */
  json_int_t value, count; /* `count` durations are at most `value` */
};

struct latency_summary {
  json_int_t count, min, mean, p50, p90, p99, p99_9, p99_99, max;
  size_t steps;
  struct latency_step *step; /* from the least value to the greatest */
};

struct latency_second {
  json_int_t second, count, p50, p99, max;
};

struct latency_metric {
  const char *name;
  struct latency_summary corrected, uncorrected;
  bool has_uncorrected;
  size_t seconds;
  struct latency_second *second; /* ascending; those without events are left out */
};

struct latency {
  bool measured; /* the file is there */
  size_t metrics;
  struct latency_metric *metric;
  json_t *json;
  struct arena arena;
};

/* Reads DIRECTORY/latency.json if there is one; ERR_DATA with the place if it is not as it should
 * be. Whether it succeeds or not, the caller releases *latency with latency_close(). */
bool latency_open(struct latency *latency, const char *directory, struct error *err);

void latency_close(struct latency *latency);

/* The metric of that name, or NULL. */
const struct latency_metric *latency_find(const struct latency *latency, const char *name);

#endif
