/* SPDX-License-Identifier: Apache-2.0 */
/* hundredths.h - the numbers that most samples are, printed in line. */
#ifndef RETRIAL_TEXT_HUNDREDTHS_H
#define RETRIAL_TEXT_HUNDREDTHS_H

#include "text/decimal_digits.h"
#include "text/number.h"
#include "text/two_digits.h"

/* Below 10^7. Most samples have two digits: they come from a table. */
static inline size_t put_whole(uint32_t value, char *out)
{
  if (value >= 100)
    return digits_put_short(value, out);
  size_t skip = value < 10;
  memcpy(out, digit_pairs + 2 * value + skip, 2);
  return 2 - skip;
}

/* value / 100, of less than 10^7, plain: most numbers have two decimals. */
static inline size_t put_hundredths(uint32_t value, char *out)
{
  uint32_t rest = value % 100;
  size_t n = put_whole(value / 100, out);
  out[n] = '.';
  put_two(out + n + 1, rest);
  return n + 2 + (digit_pairs[2 * rest + 1] != '0');
}

/* Whether a number of at least 1e-3 and below 1e7 in both notations has at most two, or six,
 * digits behind the point; then *value is the number without the point. As it has at most 15
 * digits, no other decimal so short reads back as the same double. */
static inline bool is_scaled(double x, double unit, uint64_t *value)
{
  if (!(x < 1e7))
    return false;
  int64_t n = (int64_t)(x * unit + 0.5);
  *value = (uint64_t)n;
  return (double)n / unit == x;
}

/* number_print_double() with its fast path in line. */
static inline size_t number_write_double(double x, char *out)
{
  uint64_t value;
  if (__builtin_signbit(x) || !is_scaled(x, 100, &value))
    return number_print_double(x, out);
  return put_hundredths((uint32_t)value, out);
}

#endif
