/* SPDX-License-Identifier: Apache-2.0 */
/* Exponentials and logarithms (fdlibm: e_exp, s_expm1, e_log, e_log10, s_log1p), and what is built
 * of them (e_sinh, e_cosh, s_tanh). */
#include <math.h>

#include "base/strict_math.h"

#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define LN2_INVERSE 0x1.71547652b82fep0
#define EXP_OVERFLOW 0x1.62e42fefa39efp9
#define EXP_UNDERFLOW (-0x1.74910d52d3051p9)

enum {
  HIGH_ONE = 0x3ff00000,
  HIGH_INFINITE = 0x7ff00000,
  HIGH_MANTISSA = 0x000fffff,
  HIGH_HALF_LN2 = 0x3fd62e42,
  HIGH_3_HALVES_LN2 = 0x3ff0a2b2,
  HIGH_709 = 0x40862e42, /* log of the greatest double */
  HIGH_22 = 0x40360000,
};

/* x = k ln 2 + high - low, |high - low| <= ln 2 / 2 */
struct reduced {
  int k;
  double high, low;
};

static struct reduced reduce(double x, int32_t high_word)
{
  struct reduced r = {0, x, 0};
  if (high_word <= HIGH_HALF_LN2)
    return r;
  r.k = high_word < HIGH_3_HALVES_LN2 ? (x < 0 ? -1 : 1)
                                      : (int)(LN2_INVERSE * x + (x < 0 ? -0.5 : 0.5));
  r.high = x - r.k * LN2_HIGH;
  r.low = r.k * LN2_LOW;
  return r;
}

double strict_exp(double x)
{
  int32_t high = double_high(x) & 0x7fffffff;
  if (x != x)
    return x;
  if (x > EXP_OVERFLOW)
    return INFINITY;
  if (x < EXP_UNDERFLOW)
    return 0;
  if (high < 0x3e300000) /* 2^-28 */
    return 1 + x;
  struct reduced r = reduce(x, high);
  x = r.high - r.low;
  double t = x * x;
  double c = x - t * (0x1.555555555553ep-3 +
                      t * (-0x1.6c16c16bebd93p-9 +
                           t * (0x1.1566aaf25de2cp-14 +
                                t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4d0p-25))));
  if (r.k == 0)
    return 1 - ((x * c) / (c - 2) - x);
  double y = 1 - ((r.low - (x * c) / (2 - c)) - r.high);
  if (r.k == 1024)
    return y * 2 * 0x1p1023;
  return r.k >= -1021 ? double_raise(y, r.k) : double_raise(y, r.k + 1000) * 0x1p-1000;
}

/* The last step of expm1(): 2^k (1 + x - e) - 1 with x - e small. */
static double scale_expm1(int k, double x, double e)
{
  if (k == -1)
    return 0.5 * (x - e) - 0.5;
  if (k == 1)
    return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  if (k <= -2 || k > 56)
    return double_raise(1 - (e - x), k) - 1;
  if (k < 20) {
    double t = double_with_high(1, HIGH_ONE - (0x200000 >> k));
    return double_raise(t - (e - x), k);
  }
  double t = double_with_high(1, (0x3ff - k) << 20);
  return double_raise(x - (e + t) + 1, k);
}

double strict_expm1(double x)
{
  int32_t high = double_high(x) & 0x7fffffff;
  if (x != x)
    return x;
  if (x > EXP_OVERFLOW)
    return INFINITY;
  if (x < 0 && high >= 0x4043687a) /* 56 ln 2 */
    return -1;
  if (high < 0x3c900000) /* 2^-54 */
    return x;
  struct reduced r = reduce(x, high);
  x = r.high - r.low;
  double c = (r.high - x) - r.low, half = 0.5 * x, square = x * half;
  double r1 = 1 + square * (-0x1.11111111110f4p-5 +
                            square * (0x1.a01a019fe5585p-10 +
                                      square * (-0x1.4ce199eaadbb7p-14 +
                                                square * (0x1.0cfca86e65239p-18 +
                                                          square * -0x1.afdb76e09c32dp-23))));
  double t = 3 - r1 * half;
  double e = square * ((r1 - t) / (6 - x * t));
  if (r.k == 0)
    return x - (x * e - square);
  return scale_expm1(r.k, x, (x * (e - c) - c) - square);
}

#define LOG_1 0x1.5555555555593p-1
#define LOG_2 0x1.999999997fa04p-2
#define LOG_3 0x1.2492494229359p-2
#define LOG_4 0x1.c71c51d8e78afp-3
#define LOG_5 0x1.7466496cb03dep-3
#define LOG_6 0x1.39a09d078c69fp-3
#define LOG_7 0x1.2f112df3e5244p-3

/* log(1 + f) + k ln 2 with f in sqrt(2)/2 - 1 .. sqrt(2) - 1; `mantissa` tells f's range. */
static double log_of_parts(double f, int k, int32_t mantissa)
{
  if ((HIGH_MANTISSA & (2 + mantissa)) < 3) { /* |f| < 2^-20 */
    if (f == 0)
      return k == 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    double r = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - r : k * LN2_HIGH - ((r - k * LN2_LOW) - f);
  }
  double s = f / (2 + f), z = s * s, w = z * z;
  double even = w * (LOG_2 + w * (LOG_4 + w * LOG_6));
  double odd = z * (LOG_1 + w * (LOG_3 + w * (LOG_5 + w * LOG_7)));
  double r = odd + even;
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    double half = 0.5 * f * f;
    return k == 0 ? f - (half - s * (half + r))
                  : k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f);
  }
  return k == 0 ? f - s * (f - r) : k * LN2_HIGH - ((s * (f - r) - k * LN2_LOW) - f);
}

double strict_log(double x)
{
  int k = 0;
  if (x == 0)
    return -INFINITY;
  if (x < 0)
    return (double)NAN;
  if (double_high(x) >= HIGH_INFINITE || x != x)
    return x;
  if (double_high(x) <= HIGH_MANTISSA) {
    k = -54;
    x *= 0x1p54;
  }
  k += (double_high(x) >> 20) - 1023;
  int32_t mantissa = double_high(x) & HIGH_MANTISSA;
  int32_t above = (mantissa + 0x95f64) & 0x100000; /* of sqrt(2) */
  x = double_with_high(x, mantissa | (above ^ HIGH_ONE));
  return log_of_parts(x - 1, k + (above >> 20), mantissa);
}

double strict_log10(double x)
{
  int k = 0;
  if (x == 0)
    return -INFINITY;
  if (x < 0)
    return (double)NAN;
  if (double_high(x) >= HIGH_INFINITE || x != x)
    return x;
  if (double_high(x) <= HIGH_MANTISSA) {
    k = -54;
    x *= 0x1p54;
  }
  k += (double_high(x) >> 20) - 1023;
  int negative = k < 0;
  double y = k + negative;
  x = double_with_high(x, (double_high(x) & HIGH_MANTISSA) | ((0x3ff - negative) << 20));
  double z = y * 0x1.9fef311f12b36p-42 + 0x1.bcb7b1526e50ep-2 * strict_log(x);
  return z + y * 0x1.34413509f6p-2;
}

/* log1p() of the sum u = 1 + x: its exponent k, what is left f, and c, what rounding took. */
static double log1p_of_parts(double f, int k, double c, bool exact)
{
  double half = 0.5 * f * f;
  if (exact) { /* |f| < 2^-20 */
    if (f == 0)
      return k == 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    double r = half * (1 - 0.66666666666666666 * f);
    return k == 0 ? f - r : k * LN2_HIGH - ((r - (k * LN2_LOW + c)) - f);
  }
  double s = f / (2 + f), z = s * s;
  double r =
      z * (LOG_1 + z * (LOG_2 + z * (LOG_3 + z * (LOG_4 + z * (LOG_5 + z * (LOG_6 + z * LOG_7))))));
  return k == 0 ? f - (half - s * (half + r))
                : k * LN2_HIGH - ((half - (s * (half + r) + (k * LN2_LOW + c))) - f);
}

double strict_log1p(double x)
{
  int32_t high = double_high(x), size = high & 0x7fffffff;
  if (x <= -1 || x != x)
    return x == -1 ? -INFINITY : (double)NAN;
  if (high >= HIGH_INFINITE)
    return x;
  if (size < 0x3e200000) /* 2^-29 */
    return size < 0x3c900000 ? x : x - x * x * 0.5;
  if (high < 0x3fda827a && (high > 0 || high <= (int32_t)0xbfd2bec3)) /* near 0 */
    return log1p_of_parts(x, 0, 0, false);
  double u = high < 0x43400000 ? 1 + x : x, c = 0;
  int k = (double_high(u) >> 20) - 1023;
  if (high < 0x43400000)
    c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
  int32_t mantissa = double_high(u) & HIGH_MANTISSA;
  if (mantissa < 0x6a09e) {
    u = double_with_high(u, mantissa | HIGH_ONE);
  } else {
    k++;
    u = double_with_high(u, mantissa | 0x3fe00000);
    mantissa = (0x00100000 - mantissa) >> 2;
  }
  return log1p_of_parts(u - 1, k, c, mantissa == 0);
}

/* ---- hyperbolic functions ---- */

/* exp(|x|) / 2 where exp(|x|) itself is too large; sign in `half`. */
static double half_exp(double x, double half)
{
  double size = fabs(x);
  if (double_high(size) < HIGH_709)
    return half * strict_exp(size);
  if (size > 0x1.633ce8fb9f87dp9)
    return half * INFINITY;
  double w = strict_exp(0.5 * size);
  return half * w * w;
}

double strict_sinh(double x)
{
  int32_t high = double_high(x) & 0x7fffffff;
  double half = x < 0 ? -0.5 : 0.5;
  if (high >= HIGH_INFINITE || high < 0x3e300000)
    return x;
  if (high >= HIGH_22)
    return half_exp(x, half);
  double t = strict_expm1(fabs(x));
  return high < HIGH_ONE ? half * (2 * t - t * t / (t + 1)) : half * (t + t / (t + 1));
}

double strict_cosh(double x)
{
  int32_t high = double_high(x) & 0x7fffffff;
  if (high >= HIGH_INFINITE)
    return x * x;
  if (high >= HIGH_22)
    return half_exp(x, 0.5);
  if (high < 0x3fd62e43) {
    double t = strict_expm1(fabs(x)), w = 1 + t;
    return high < 0x3c800000 ? w : 1 + (t * t) / (w + w);
  }
  double t = strict_exp(fabs(x));
  return 0.5 * t + 0.5 / t;
}

double strict_tanh(double x)
{
  int32_t high = double_high(x) & 0x7fffffff;
  if (x != x)
    return x;
  double z = 1;
  if (high < 0x3c800000)
    return x * (1 + x);
  if (high < HIGH_22 && high >= HIGH_ONE) {
    double t = strict_expm1(2 * fabs(x));
    z = 1 - 2 / (t + 2);
  } else if (high < HIGH_22) {
    double t = strict_expm1(-2 * fabs(x));
    z = -t / (t + 2);
  }
  return x < 0 ? -z : z;
}
