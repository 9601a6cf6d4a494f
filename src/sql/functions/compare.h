/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - the order of single values, for kernels that take a column of any type. */
#ifndef RETRIAL_SQL_FUNCTIONS_COMPARE_H
#define RETRIAL_SQL_FUNCTIONS_COMPARE_H

#include "table/column.h"

/* Below, equal or above zero. NaN is the greatest number and equals itself, -0.0 equals 0.0; inside
 * of structs and arrays a null comes first. Neither value is null; the types are the same. */
int compare_values(const struct column *a, size_t i, const struct column *b, size_t k);

static inline int compare_doubles(double x, double y)
{
  return ((x > y) | ((x != x) & (y == y))) - ((x < y) | ((y != y) & (x == x)));
}

#endif
