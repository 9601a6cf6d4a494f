/* SPDX-License-Identifier: Apache-2.0 */
/* number_fields.h - fields of the number_*.tsv files below tests/data/. */
#ifndef RETRIAL_TESTS_SUPPORT_NUMBER_FIELDS_H
#define RETRIAL_TESTS_SUPPORT_NUMBER_FIELDS_H

#include "base/slice.h"

/* Hexadecimal digits, perhaps behind a '-'. */
static inline __int128 field_hex(struct slice field)
{
  bool negative = field.p[0] == '-';
  __int128 value = 0;
  for (size_t i = negative; i < field.n; i++)
    value = value * 16 + (field.p[i] <= '9' ? field.p[i] - '0' : field.p[i] - 'a' + 10);
  return negative ? -value : value;
}

static inline double field_double(struct slice field)
{
  uint64_t bits = (uint64_t)field_hex(field);
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline float field_float(struct slice field)
{
  uint32_t bits = (uint32_t)field_hex(field);
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* The same bits, or both NaN. */
static inline bool same_double(double a, double b)
{
  return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

static inline bool same_float(float a, float b)
{
  return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

#endif
