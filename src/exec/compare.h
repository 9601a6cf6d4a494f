/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - one order of values for sorting, grouping, joining, min and max.
 *
 * NaN equals itself and is above every number, -0.0 equals 0.0, strings go by their unsigned
 * bytes, structs field by field (SQLOrderingUtil.scala, PhysicalDataType ordering).
 */
#ifndef RETRIAL_EXEC_COMPARE_H
#define RETRIAL_EXEC_COMPARE_H

#include "base/buffer.h"
#include "table/column.h"

/* Below, equal or above zero; a null is below every value and equal to a null. */
int value_compare(const struct column *a, size_t i, const struct column *b, size_t j);

/* Appends bytes that are the same for equal values and differ for others, nulls included. */
void value_encode(const struct column *c, size_t row, struct buffer *out);

#endif
