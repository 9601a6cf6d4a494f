/* SPDX-License-Identifier: Apache-2.0 */
/* Why one division settles most roundings. Let x >= 0, n = floor(x * 10^d) and m = (2n + 1) / (2 *
 * 10^d), the decimal half-way between two results. Both parts of that fraction are exact doubles,
 * so dividing them gives M, the double nearest to m. m ends in 5 and has at most 15 digits as long
 * as n < 10^14; no other decimal so short has the same double, so m is the shortest text of M. And
 * as reading is monotone, the shortest text of x is above, at or below m exactly as x is above, at
 * or below M. If the product was rounded up to n, x is so near to n that n is the result, and
 * comparing with the next half gives just that. The result n / 10^d is a division of exact doubles
 * again, hence what BigDecimal.doubleValue() gives. */
#include "text/round.h"

#include <string.h>

#include "text/number.h"
#include "text/shortest.h"
#include "text/to_binary.h"

typedef __int128 int128;

static const double settled = 1e14;

enum { MAX_SETTLED_DIGITS = 22, LONGEST_VALUE = 18 };

/* Whether a quotient is rounded up, by what was cut off: less than, just or more than a half. */
static bool goes_up(int half, bool odd, enum rounding mode)
{
  return half > 0 || (half == 0 && (mode == ROUND_HALF_UP || odd));
}

/* round(x) * power as an integer, for x >= 0 and x * power < settled. */
static inline int64_t round_settled(double x, double power, enum rounding mode)
{
  int64_t n = (int64_t)(x * power);
  double half = (double)(2 * n + 1) / (2 * power);
  return n + (mode == ROUND_HALF_UP ? x >= half : x > half || (x == half && (n & 1)));
}

uint64_t round_digits(uint64_t value, int64_t cut, enum rounding mode)
{
  uint64_t power = 1;
  if (cut <= 0)
    return value;
  if (cut > LONGEST_VALUE)
    return 0;
  for (; cut > 0; cut--)
    power *= 10;
  uint64_t quotient = value / power, rest = value % power;
  int half = (rest > power / 2) - (rest < power / 2);
  return quotient + goes_up(half, quotient & 1, mode);
}

/* What round_settled() does not settle, on the digits themselves; x is finite and above zero. */
static double round_text(double x, int digits, enum rounding mode)
{
  struct shortest text = shortest_double(x, SHORTEST_TWO_DIGITS);
  int64_t cut = -(int64_t)digits - text.exponent;
  if (cut <= 0)
    return x;
  return double_of_scaled(round_digits(text.value, cut, mode), -(int64_t)digits);
}

static bool is_finite(double x)
{
  return x - x == 0;
}

static double round_other(double x, int digits, enum rounding mode)
{
  double size = __builtin_fabs(x);
  if (!is_finite(x) || size == 0)
    return x + 0.0;
  size = round_text(size, digits, mode);
  return (x < 0 ? -size : size) + 0.0;
}

/* power is 10^digits, or an infinity if digits is not within 0 .. MAX_SETTLED_DIGITS. Adding 0.0
 * makes -0.0 to 0.0: a BigDecimal has no such sign. */
static inline double round_one(double x, int digits, double power, enum rounding mode)
{
  double size = __builtin_fabs(x);
  if (!(size * power < settled))
    return round_other(x, digits, mode);
  size = (double)round_settled(size, power, mode) / power;
  return __builtin_copysign(size, x) + 0.0;
}

static double power_of(int digits)
{
  if (digits < 0 || digits > MAX_SETTLED_DIGITS)
    return __builtin_inf();
  return number_exact_power[digits];
}

double round_double(double x, int digits, enum rounding mode)
{
  return round_one(x, digits, power_of(digits), mode);
}

/* x narrowed, unless x lies half-way between two floats or below the normal ones: as x may itself
 * be a rounded value, the text must decide then (BigDecimal.floatValue rounds once). */
static inline bool narrow(double x, float *out)
{
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  *out = (float)x;
  return (bits & 0x1fffffff) != 0x10000000 &&
         (__builtin_fabs(x) >= 1.1754943508222875e-38 || x == 0);
}

static float round_float_text(float x, int digits, enum rounding mode)
{
  double size = __builtin_fabs((double)x);
  struct shortest text = shortest_double(size, SHORTEST_TWO_DIGITS);
  int64_t cut = -(int64_t)digits - text.exponent;
  if (cut <= 0)
    return x;
  float result = float_of_scaled(round_digits(text.value, cut, mode), -(int64_t)digits);
  return (x < 0 ? -result : result) + 0.0F;
}

static inline float round_one_float(float x, int digits, double power, enum rounding mode)
{
  float result;
  if (narrow(round_one((double)x, digits, power, mode), &result) || !is_finite((double)x))
    return result;
  return round_float_text(x, digits, mode);
}

float round_float(float x, int digits, enum rounding mode)
{
  return round_one_float(x, digits, power_of(digits), mode);
}

void round_doubles(const double *x, size_t n, int digits, enum rounding mode, double *out)
{
  double power = power_of(digits);
  if (mode == ROUND_HALF_UP)
    for (size_t i = 0; i < n; i++)
      out[i] = round_one(x[i], digits, power, ROUND_HALF_UP);
  else
    for (size_t i = 0; i < n; i++)
      out[i] = round_one(x[i], digits, power, ROUND_HALF_EVEN);
}

void round_floats(const float *x, size_t n, int digits, enum rounding mode, float *out)
{
  double power = power_of(digits);
  for (size_t i = 0; i < n; i++)
    out[i] = round_one_float(x[i], digits, power, mode);
}

bool round_to_scaled(double x, int digits, enum rounding mode, int64_t *out)
{
  double size = __builtin_fabs(x);
  if (!(size * number_exact_power[digits] < settled))
    return false;
  int64_t n = round_settled(size, number_exact_power[digits], mode);
  *out = x < 0 ? -n : n;
  return true;
}

/* The low bits of x, with their sign. */
static int64_t wrap(int128 x, int bits)
{
  switch (bits) {
  case 8:
    return (int8_t)x;
  case 16:
    return (int16_t)x;
  case 32:
    return (int32_t)x;
  default:
    return (int64_t)x;
  }
}

int64_t round_int(int64_t x, int digits, enum rounding mode, int bits)
{
  int128 power = 1;
  if (digits >= 0)
    return x;
  if (digits < -19)
    return 0; /* |x| < 10^19 / 2 */
  for (int i = digits; i < 0; i++)
    power *= 10;
  int128 size = x < 0 ? -(int128)x : x;
  int128 quotient = size / power, rest = size % power;
  int half = (2 * rest > power) - (2 * rest < power);
  size = (quotient + goes_up(half, quotient & 1, mode)) * power;
  return wrap(x < 0 ? -size : size, bits);
}
