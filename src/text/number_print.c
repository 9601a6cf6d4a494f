/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "text/decimal_digits.h"
#include "text/hundredths.h"
#include "text/number.h"
#include "text/shortest.h"
#include "text/two_digits.h"

/* Where a number is printed with an exponent, and how. */
struct notation {
  int plain_from, plain_to; /* of the first digit's exponent: plain_from <= e < plain_to is plain */
  char letter;
  bool point;  /* "1.0E7" rather than "1e7" */
  bool python; /* "e+16", "e-05" rather than "E16", "E-5" */
  enum shortest_rule rule;
};

static const struct notation java = {-3, 7, 'E', true, false, SHORTEST_TWO_DIGITS};
static const struct notation json = {-4, 16, 'e', false, true, SHORTEST_ONE_DIGIT};

static size_t put(char *out, const char *text, size_t n)
{
  memcpy(out, text, n);
  return n;
}

static size_t put_exponent(int exponent, const struct notation *n, char *out)
{
  char *p = out;
  unsigned size = exponent < 0 ? (unsigned)-exponent : (unsigned)exponent;
  *p++ = n->letter;
  if (exponent < 0)
    *p++ = '-';
  else if (n->python)
    *p++ = '+';
  if (n->python && size < 10)
    *p++ = '0';
  return (size_t)(p - out) + digits_put(size, p);
}

/* d[.ddd]E[-]n */
static size_t put_scientific(const char *digit, size_t count, int exponent,
                             const struct notation *n, char *out)
{
  char *p = out;
  *p++ = digit[0];
  if (count > 1 || n->point) {
    *p++ = '.';
    p += count > 1 ? put(p, digit + 1, count - 1) : put(p, "0", 1);
  }
  return (size_t)(p - out) + put_exponent(exponent, n, p);
}

/* Digits with a point among, before or behind them, and always one digit on each side of it. */
static size_t put_plain(const char *digit, size_t count, int exponent, char *out)
{
  static const char zeros[] = "0000000000000000";
  char *p = out;
  if (exponent < 0) {
    p += put(p, "0.", 2);
    p += put(p, zeros, (size_t)(-exponent - 1));
    p += put(p, digit, count);
    return (size_t)(p - out);
  }
  size_t whole = (size_t)exponent + 1;
  if (count <= whole) {
    p += put(p, digit, count);
    p += put(p, zeros, whole - count);
    p += put(p, ".0", 2);
    return (size_t)(p - out);
  }
  p += put(p, digit, whole);
  *p++ = '.';
  p += put(p, digit + whole, count - whole);
  return (size_t)(p - out);
}

static size_t put_shortest(struct shortest x, const struct notation *n, char *out)
{
  char digit[DIGITS_BYTES];
  size_t count = digits_put(x.value, digit);
  int exponent = x.exponent + (int)count - 1;
  if (exponent >= n->plain_from && exponent < n->plain_to)
    return put_plain(digit, count, exponent, out);
  return put_scientific(digit, count, exponent, n, out);
}

/* The digits behind the point, left-aligned in eight, without zeros at the end but for the first.
 */
static inline size_t put_fraction(uint32_t eight, char *out)
{
  uint64_t digit = digits_eight(eight);
  digits_store(digit | DIGITS_ZEROS, out);
  return 8 - (unsigned)__builtin_clzll(digit | 1) / 8;
}

/* value / 10^decimals, of less than 10^7, plain. */
static inline size_t put_fixed(uint64_t value, int decimals, char *out)
{
  static const uint32_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  uint32_t unit = power[decimals];
  size_t n = put_whole((uint32_t)(value / unit), out);
  out[n++] = '.';
  return n + put_fraction((uint32_t)(value % unit) * power[8 - decimals], out + n);
}

static size_t put_scaled(uint64_t value, int digits, char *out)
{
  switch (digits) { /* so that each has its own divisions by constants */
  case 0:
    return put_fixed(value, 0, out);
  case 1:
    return put_fixed(value, 1, out);
  case 2:
    return put_hundredths((uint32_t)value, out);
  case 3:
    return put_fixed(value, 3, out);
  case 4:
    return put_fixed(value, 4, out);
  case 5:
    return put_fixed(value, 5, out);
  default:
    return put_fixed(value, 6, out);
  }
}

/* The same for a float, which has at most 6 digits to be sure. */
static inline bool is_scaled_float(float x, uint64_t *value)
{
  if (!(x < 9999))
    return false;
  int32_t n = (int32_t)(x * 100 + 0.5F);
  *value = (uint64_t)n;
  return (float)n / 100 == x;
}

static size_t put_special(bool nan, bool negative, char *out)
{
  if (nan)
    return put(out, "NaN", 3);
  return negative ? put(out, "-Infinity", 9) : put(out, "Infinity", 8);
}

static inline size_t print_double(double x, const struct notation *n, char *out)
{
  double size = __builtin_fabs(x);
  uint64_t value;
  size_t sign = __builtin_signbit(x) != 0;
  *out = '-';
  if (is_scaled(size, 100, &value))
    return sign + put_hundredths((uint32_t)value, out + sign);
  if (is_scaled(size, 1e6, &value) && value >= 1000)
    return sign + put_fixed(value, 6, out + sign);
  if (!(size <= 1.7976931348623157e308))
    return put_special(x != x, sign, out);
  return sign + put_shortest(shortest_double(size, n->rule), n, out + sign);
}

static inline size_t print_float(float x, const struct notation *n, char *out)
{
  float size = __builtin_fabsf(x);
  uint64_t value;
  size_t sign = __builtin_signbit(x) != 0;
  *out = '-';
  if (is_scaled_float(size, &value))
    return sign + put_hundredths((uint32_t)value, out + sign);
  if (!(size <= 3.4028234663852886e38F))
    return put_special(x != x, sign, out);
  return sign + put_shortest(shortest_float(size, n->rule), n, out + sign);
}

size_t number_print_double(double x, char *out)
{
  return print_double(x, &java, out);
}

size_t number_print_float(float x, char *out)
{
  return print_float(x, &java, out);
}

size_t number_print_json(double x, char *out)
{
  return print_double(x, &json, out);
}

size_t number_print_json_float(float x, char *out)
{
  return print_float(x, &json, out);
}

size_t number_print_scaled(int64_t value, int digits, char *out)
{
  static const double unit[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  static const uint64_t plain_to[] = {10000000,     100000000,     1000000000,    10000000000,
                                      100000000000, 1000000000000, 10000000000000};
  static const uint64_t plain_from[] = {1, 1, 1, 1, 10, 100, 1000};
  size_t sign = value < 0;
  uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
  *out = '-';
  if (size >= plain_to[digits] || (size < plain_from[digits] && size != 0))
    return number_print_double((double)value / unit[digits], out);
  return sign + put_scaled(size, digits, out + sign);
}

size_t number_print_int(int64_t x, char *out)
{
  *out = '-';
  return x < 0 ? 1 + digits_put(-(uint64_t)x, out + 1) : digits_put((uint64_t)x, out);
}

const char *number_print_grouped(uint64_t x, char out[NUMBER_GROUPED_BYTES])
{
  char *p = out + NUMBER_GROUPED_BYTES - 1;
  int digits = 0;
  *p = '\0';
  do {
    if (digits != 0 && digits % 3 == 0)
      *--p = ',';
    *--p = (char)('0' + x % 10);
    digits++;
  } while ((x /= 10) != 0);
  return p;
}
