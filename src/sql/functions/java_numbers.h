/* SPDX-License-Identifier: Apache-2.0 */
/* java_numbers.h - integers as Java has them: their widths, and what a double becomes. */
#ifndef RETRIAL_SQL_FUNCTIONS_JAVA_NUMBERS_H
#define RETRIAL_SQL_FUNCTIONS_JAVA_NUMBERS_H

#include "table/column.h"

/* (int) and (long) of a double: NaN is 0, a fraction is cut, the rest clipped. */
static inline int32_t java_int(double x)
{
  if (x != x)
    return 0;
  return x >= 2147483647.0 ? INT32_MAX : x <= -2147483648.0 ? INT32_MIN : (int32_t)x;
}

static inline int64_t java_long(double x)
{
  if (x != x)
    return 0;
  return x >= 0x1p63 ? INT64_MAX : x <= -0x1p63 ? INT64_MIN : (int64_t)x;
}

/* long arithmetic wraps. */
static inline int64_t java_add(int64_t a, int64_t b)
{
  return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t java_subtract(int64_t a, int64_t b)
{
  return (int64_t)((uint64_t)a - (uint64_t)b);
}

static inline int64_t java_multiply(int64_t a, int64_t b)
{
  return (int64_t)((uint64_t)a * (uint64_t)b);
}

static inline int java_bits(struct type integer)
{
  switch (integer.kind) {
  case TYPE_TINYINT:
    return 8;
  case TYPE_SMALLINT:
    return 16;
  case TYPE_INT:
    return 32;
  default:
    return 64;
  }
}

/* Cuts an int32_t column down to the width of its type. */
static inline void java_narrow(struct column *c, size_t rows)
{
  if (c->type.kind == TYPE_TINYINT)
    for (size_t i = 0; i < rows; i++)
      c->i32[i] = (int8_t)c->i32[i];
  else if (c->type.kind == TYPE_SMALLINT)
    for (size_t i = 0; i < rows; i++)
      c->i32[i] = (int16_t)c->i32[i];
}

#endif
