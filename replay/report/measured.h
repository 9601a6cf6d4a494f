/* SPDX-License-Identifier: Apache-2.0 */
/* measured.h - what latency.json says of a run: how long things took, in nanoseconds. */
#ifndef RETRIAL_REPLAY_REPORT_MEASURED_H
#define RETRIAL_REPLAY_REPORT_MEASURED_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

#define MEASURED_FILE "latency.json"

struct measured_step {
  const char *percent;     /* "99.9" */
  double fraction;         /* of 100 */
  json_int_t value, count; /* `count` durations are at most `value` */
};

struct measured_summary {
  json_int_t count, min, mean, p50, p90, p99, p99_9, p99_99, max;
  size_t steps;
  struct measured_step *step; /* from the least value to the greatest */
};

struct measured_second {
  json_int_t second, count, p50, p99, max;
};

struct measured_metric {
  const char *name;
  struct measured_summary corrected, uncorrected;
  bool has_uncorrected;
  size_t seconds;
  struct measured_second *second; /* ascending; those without events are left out */
};

struct measured {
  bool is_there; /* the file is there */
  size_t metrics;
  struct measured_metric *metric;
  json_t *json;
  struct arena arena;
};

/* Reads DIRECTORY/latency.json if there is one; ERR_DATA with the place if it is not as it should
 * be. Whether it succeeds or not, the caller releases *measured with measured_close(). */
bool measured_open(struct measured *measured, const char *directory, struct error *err);

void measured_close(struct measured *measured);

/* The metric of that name, or NULL. */
const struct measured_metric *measured_find(const struct measured *measured, const char *name);

#endif
