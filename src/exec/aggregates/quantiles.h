/* SPDX-License-Identifier: Apache-2.0 */
/* quantiles.h - a summary of many numbers that answers quantiles within a relative error.
 *
 * Greenwald and Khanna's, with the buffer of Spark's QuantileSummaries.scala: the same numbers in
 * the same order give the same answers.
 */
#ifndef RETRIAL_EXEC_AGGREGATES_QUANTILES_H
#define RETRIAL_EXEC_AGGREGATES_QUANTILES_H

#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sample {
  double value;
  int64_t g, delta; /* rows since the sample before; how far its rank is uncertain */
};

/* The samples are in the caller's arena. */
struct quantiles {
  double error;
  int64_t count; /* numbers summed up */
  size_t samples;
  struct sample *sample;
};

/* The summary of the numbers, compressed. Their order is changed. */
struct quantiles quantiles_of(double *number, size_t count, double error, struct arena *arena);

struct quantiles quantiles_merge(const struct quantiles *a, const struct quantiles *b,
                                 struct arena *arena);

/* The answer for each fraction; q->count is not 0. */
void quantiles_query(const struct quantiles *q, const double *fraction, size_t fractions,
                     double *out, struct arena *arena);

#endif
