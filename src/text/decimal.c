/* SPDX-License-Identifier: Apache-2.0 */
#include "text/decimal.h"

#include "text/decimal_scale.h"

/* Arithmetic first tries 128 bits, in which nearly all of it fits; when it does not, magnitudes of
 * 256 bits take over. */
struct uint256 {
  uint128 high, low;
};

static struct uint256 widen(uint128 x)
{
  return (struct uint256){0, x};
}

static int order(struct uint256 a, struct uint256 b)
{
  if (a.high != b.high)
    return a.high > b.high ? 1 : -1;
  return (a.low > b.low) - (a.low < b.low);
}

static struct uint256 add(struct uint256 a, struct uint256 b)
{
  uint128 low = a.low + b.low;
  return (struct uint256){a.high + b.high + (low < a.low), low};
}

static struct uint256 subtract(struct uint256 a, struct uint256 b)
{
  return (struct uint256){a.high - b.high - (a.low < b.low), a.low - b.low};
}

static struct uint256 multiply(uint128 a, uint128 b)
{
  uint128 a0 = (uint64_t)a, a1 = a >> 64, b0 = (uint64_t)b, b1 = b >> 64;
  uint128 low = a0 * b0, cross = a1 * b0 + (low >> 64), other = a0 * b1 + (uint64_t)cross;
  return (struct uint256){a1 * b1 + (cross >> 64) + (other >> 64), other << 64 | (uint64_t)low};
}

/* x * 10^digits; false beyond 256 bits. */
static bool scale_up(struct uint256 *x, int digits)
{
  for (int step; digits > 0; digits -= step) {
    step = digits < DECIMAL_MAX_DIGITS ? digits : DECIMAL_MAX_DIGITS;
    struct uint256 low = multiply(x->low, decimal_power(step));
    struct uint256 high = multiply(x->high, decimal_power(step));
    if (high.high != 0 || high.low + low.high < high.low)
      return false;
    *x = (struct uint256){high.low + low.high, low.low};
  }
  return true;
}

/* x / divisor, long division limb by limb. */
static struct uint256 divide_short(struct uint256 x, uint64_t divisor)
{
  uint64_t limb[4] = {(uint64_t)(x.high >> 64), (uint64_t)x.high, (uint64_t)(x.low >> 64),
                      (uint64_t)x.low};
  uint64_t rest = 0;
  for (int i = 0; i < 4; i++) {
    uint128 part = (uint128)rest << 64 | limb[i];
    limb[i] = (uint64_t)(part / divisor);
    rest = (uint64_t)(part % divisor);
  }
  return (struct uint256){(uint128)limb[0] << 64 | limb[1], (uint128)limb[2] << 64 | limb[3]};
}

/* Bit by bit: rarely needed. */
static struct uint256 divide(struct uint256 x, struct uint256 divisor, struct uint256 *rest)
{
  struct uint256 quotient = {0, 0};
  *rest = quotient;
  if (x.high == 0 && divisor.high == 0) {
    rest->low = x.low % divisor.low;
    return widen(x.low / divisor.low);
  }
  for (int bit = 255; bit >= 0; bit--) {
    uint128 half = bit >= 128 ? x.high : x.low;
    rest->high = rest->high << 1 | rest->low >> 127;
    rest->low = rest->low << 1 | (half >> (bit & 127) & 1);
    quotient.high = quotient.high << 1 | quotient.low >> 127;
    quotient.low <<= 1;
    if (order(*rest, divisor) >= 0) {
      *rest = subtract(*rest, divisor);
      quotient.low |= 1;
    }
  }
  return quotient;
}

/* x / 10^digits without the fraction. */
static struct uint256 scale_down(struct uint256 x, int digits)
{
  enum { STEP = 19 };
  for (; digits > STEP; digits -= STEP)
    x = divide_short(x, (uint64_t)decimal_power(STEP));
  return divide_short(x, (uint64_t)decimal_power(digits));
}

/* x / 10^digits, digits above 0, halves up: the first digit cut off decides. */
static struct uint256 round_down(struct uint256 x, int digits)
{
  struct uint256 tenths = scale_down(x, digits - 1);
  struct uint256 result = divide_short(tenths, 10);
  bool up = (uint64_t)tenths.low - 10 * (uint64_t)result.low >= 5;
  return add(result, widen(up));
}

/* The magnitude at `from` digits behind the point as an unscaled value at `to`. */
static bool settle(struct uint256 x, bool negative, int from, int precision, int to, int128 *out)
{
  if (to < from)
    x = round_down(x, from - to);
  else if (!scale_up(&x, to - from))
    return false;
  if (x.high != 0 || x.low >= decimal_power(precision))
    return false;
  *out = negative ? -(int128)x.low : (int128)x.low;
  return true;
}

bool decimal_fits(int128 unscaled, int precision)
{
  return decimal_magnitude(unscaled) < decimal_power(precision);
}

bool decimal_rescale(struct decimal x, int precision, int scale, int128 *out)
{
  int128 up;
  if (scale >= x.scale &&
      !__builtin_mul_overflow(x.unscaled, (int128)decimal_power(scale - x.scale), &up)) {
    *out = up;
    return decimal_fits(up, precision);
  }
  return settle(widen(decimal_magnitude(x.unscaled)), x.unscaled < 0, x.scale, precision, scale,
                out);
}

/* Both magnitudes at the larger one of the scales: below 10^76, so 256 bits hold them. */
static int align(struct decimal a, struct decimal b, struct uint256 *x, struct uint256 *y)
{
  int scale = a.scale > b.scale ? a.scale : b.scale;
  *x = multiply(decimal_magnitude(a.unscaled), decimal_power(scale - a.scale));
  *y = multiply(decimal_magnitude(b.unscaled), decimal_power(scale - b.scale));
  return scale;
}

/* The same in 128 bits; false if they are too few. */
static bool align_short(struct decimal a, struct decimal b, int128 *x, int128 *y)
{
  int scale = a.scale > b.scale ? a.scale : b.scale;
  return !__builtin_mul_overflow(a.unscaled, (int128)decimal_power(scale - a.scale), x) &&
         !__builtin_mul_overflow(b.unscaled, (int128)decimal_power(scale - b.scale), y);
}

bool decimal_add(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  int128 x, y, sum;
  struct uint256 u, v;
  int common = a.scale > b.scale ? a.scale : b.scale;
  if (align_short(a, b, &x, &y) && !__builtin_add_overflow(x, y, &sum))
    return decimal_rescale((struct decimal){sum, common}, precision, scale, out);
  align(a, b, &u, &v);
  if ((a.unscaled < 0) == (b.unscaled < 0))
    return settle(add(u, v), a.unscaled < 0, common, precision, scale, out);
  if (order(u, v) >= 0)
    return settle(subtract(u, v), a.unscaled < 0, common, precision, scale, out);
  return settle(subtract(v, u), b.unscaled < 0, common, precision, scale, out);
}

bool decimal_subtract(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  return decimal_add(a, (struct decimal){-b.unscaled, b.scale}, precision, scale, out);
}

bool decimal_multiply(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  struct uint256 product = multiply(decimal_magnitude(a.unscaled), decimal_magnitude(b.unscaled));
  return settle(product, (a.unscaled < 0) != (b.unscaled < 0), a.scale + b.scale, precision, scale,
                out);
}

bool decimal_divide(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  struct uint256 x = widen(decimal_magnitude(a.unscaled)), rest;
  int digits = scale + b.scale - a.scale + 1; /* one more, to round by */
  if (b.unscaled == 0)
    return false;
  if (!scale_up(&x, digits)) /* the quotient would have more than 128 bits */
    return false;
  x = divide(x, widen(decimal_magnitude(b.unscaled)), &rest);
  return settle(x, (a.unscaled < 0) != (b.unscaled < 0), digits < 0 ? 1 - digits : 1, precision, 0,
                out);
}

bool decimal_remainder(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  struct uint256 x, y, rest;
  if (b.unscaled == 0)
    return false;
  int common = align(a, b, &x, &y);
  divide(x, y, &rest);
  return settle(rest, a.unscaled < 0, common, precision, scale, out);
}

bool decimal_quotient(struct decimal a, struct decimal b, int64_t *out)
{
  struct uint256 x, y, rest;
  if (b.unscaled == 0)
    return false;
  align(a, b, &x, &y);
  uint64_t low = (uint64_t)divide(x, y, &rest).low;
  *out = (int64_t)((a.unscaled < 0) != (b.unscaled < 0) ? -low : low);
  return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
  int128 x, y;
  struct uint256 u, v;
  if (align_short(a, b, &x, &y))
    return (x > y) - (x < y);
  if ((a.unscaled < 0) != (b.unscaled < 0))
    return a.unscaled < 0 ? -1 : 1;
  align(a, b, &u, &v);
  return a.unscaled < 0 ? order(v, u) : order(u, v);
}

/* Whether what is cut off adds one to the magnitude of the rest; `twice` compares twice what is cut
 * with one unit of the rest. */
static bool rounds_away(int twice, bool is_zero, bool odd, bool negative, enum rounding mode)
{
  switch (mode) {
  case ROUND_HALF_UP:
    return twice >= 0;
  case ROUND_HALF_EVEN:
    return twice > 0 || (twice == 0 && odd);
  case ROUND_CEILING:
    return !is_zero && !negative;
  case ROUND_FLOOR:
    return !is_zero && negative;
  }
  return false;
}

bool decimal_round(struct decimal x, int digits, enum rounding mode, int precision, int scale,
                   int128 *out)
{
  int cut = x.scale - digits;
  if (cut <= 0)
    return decimal_rescale(x, precision, scale, out);
  uint128 size = decimal_magnitude(x.unscaled), quotient = 0, rest = size;
  int twice = -1;
  if (cut <= DECIMAL_MAX_DIGITS) {
    uint128 power = decimal_power(cut);
    quotient = size / power;
    rest = size % power;
    twice = (2 * rest > power) - (2 * rest < power);
  }
  quotient += rounds_away(twice, rest == 0, quotient & 1, x.unscaled < 0, mode);
  /* Left of the point the result is a multiple of 10^-digits. */
  if (quotient == 0)
    digits = scale;
  return settle(widen(quotient), x.unscaled < 0, digits, precision, scale, out);
}

int128 decimal_floor(struct decimal x)
{
  int128 power = (int128)decimal_power(x.scale);
  return x.unscaled / power - (x.unscaled % power < 0);
}

int128 decimal_ceiling(struct decimal x)
{
  int128 power = (int128)decimal_power(x.scale);
  return x.unscaled / power + (x.unscaled % power > 0);
}
