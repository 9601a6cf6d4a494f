/* SPDX-License-Identifier: Apache-2.0 */
/* doubles.h - percentiles are computed as doubles, whatever their type. */
#ifndef RETRIAL_EXEC_AGGREGATES_DOUBLES_H
#define RETRIAL_EXEC_AGGREGATES_DOUBLES_H

#include "sql/plan.h"

/* A number, time or interval. */
double value_as_double(const struct column *c, size_t row);

/* out: result[i] of the aggregate's type or, for a list, result[i * fractions ...]; null where
 * null[i] is 1. */
void doubles_as_result(const struct aggregate *g, const double *result, const uint8_t *null,
                       size_t count, struct column *out, struct arena *arena);

#endif
