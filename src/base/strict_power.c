/* SPDX-License-Identifier: Apache-2.0 */
/* Powers and roots (fdlibm: e_pow, s_cbrt, e_hypot). */
#include <math.h>

#include "base/strict_math.h"

/* A number as the sum of two: the high one has 21 bits less, so that products of it are exact. */
struct pair {
  double high, low;
};

static struct pair pair_of(double high, double low)
{
  double sum = double_cut(high + low);
  return (struct pair){sum, low - (sum - high)};
}

/* log2(x) of x > 0 near to 1, where only a huge power matters. */
static struct pair log2_near_one(double x)
{
  double t = x - 1;
  double w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  return pair_of(0x1.715476p0 * t, t * 0x1.4ae0bf85ddf44p-26 - w * 0x1.71547652b82fep0);
}

/* log2(x) of x > 0 to about 70 bits: x = 2^n m, m near to 1 or 1.5. */
static struct pair log2_of(double x)
{
  static const double base[] = {1, 1.5}, log_high[] = {0, 0x1.2b8034p-1},
                      log_low[] = {0, 0x1.cfdeb43cfd006p-27};
  int n = 0, k = 0;
  if (double_high(x) < 0x00100000) {
    x *= 0x1p53;
    n = -53;
  }
  n += (double_high(x) >> 20) - 0x3ff;
  int32_t mantissa = double_high(x) & 0xfffff, high = mantissa | 0x3ff00000;
  if (mantissa > 0x3988e && mantissa < 0xbb67a)
    k = 1;
  if (mantissa >= 0xbb67a) {
    n++;
    high -= 0x00100000;
  }
  x = double_with_high(x, high);
  double u = x - base[k], v = 1 / (x + base[k]), s = u * v, s_high = double_cut(s);
  double t_high =
      double_with_high(0, ((high >> 1) | 0x20000000) + 0x00080000 + (int32_t)((unsigned)k << 18));
  double t_low = x - (t_high - base[k]);
  double s_low = v * ((u - s_high * t_high) - s_high * t_low), s2 = s * s;
  double r = s2 * s2 *
             (0x1.3333333333303p-1 +
              s2 * (0x1.b6db6db6fabffp-2 +
                    s2 * (0x1.55555518f264dp-2 +
                          s2 * (0x1.17460a91d4101p-2 +
                                s2 * (0x1.d864a93c9db65p-3 + s2 * 0x1.a7e284a454eefp-3)))));
  r += s_low * (s_high + s);
  s2 = s_high * s_high;
  t_high = double_cut(3 + s2 + r);
  t_low = r - ((t_high - 3) - s2);
  struct pair p = pair_of(s_high * t_high, s_low * t_high + t_low * s);
  double z_high = 0x1.ec709ep-1 * p.high; /* 2 / (3 ln 2) */
  double z_low = -0x1.e2fe0145b01f5p-28 * p.high + p.low * 0x1.ec709dc3a03fdp-1 + log_low[k];
  double sum = double_cut(((z_high + z_low) + log_high[k]) + n);
  return (struct pair){sum, z_low - (((sum - n) - log_high[k]) - z_high)};
}

/* 2^(p.high + p.low) of a sum z that neither overflows nor underflows. */
static double exp2_of(struct pair p, double z)
{
  int32_t high = double_high(z), size = high & 0x7fffffff, k = (size >> 20) - 0x3ff, n = 0;
  if (size > 0x3fe00000) { /* |z| > 0.5: n is z rounded */
    n = high + (0x00100000 >> (k + 1));
    k = ((n & 0x7fffffff) >> 20) - 0x3ff;
    double t = double_with_high(0, n & ~(0x000fffff >> k));
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
    n = high < 0 ? -n : n;
    p.high -= t;
  }
  double t = double_cut(p.low + p.high);
  double u = t * 0x1.62e43p-1;
  double v = (p.low - (t - p.high)) * 0x1.62e42fefa39efp-1 + t * -0x1.05c610ca86c39p-29;
  z = u + v;
  double w = v - (z - u);
  t = z * z;
  double t1 = z - t * (0x1.555555555553ep-3 +
                       t * (-0x1.6c16c16bebd93p-9 +
                            t * (0x1.1566aaf25de2cp-14 +
                                 t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4d0p-25))));
  double r = (z * t1) / (t1 - 2) - (w + z * w);
  z = 1 - (r - z);
  return (double_high(z) >> 20) + n <= 0 ? scalbn(z, n) : double_raise(z, n);
}

static double power_of_positive(double x, double y)
{
  int32_t high_x = double_high(x), size_y = double_high(y) & 0x7fffffff;
  bool huge = size_y > 0x41e00000; /* |y| > 2^31 */
  if (huge && (size_y > 0x43f00000 ? high_x <= 0x3fefffff : high_x < 0x3fefffff))
    return y < 0 ? INFINITY : 0;
  if (huge && (size_y > 0x43f00000 ? high_x >= 0x3ff00000 : high_x > 0x3ff00000))
    return y > 0 ? INFINITY : 0;
  struct pair log = huge ? log2_near_one(x) : log2_of(x);
  double y_high = double_cut(y);
  struct pair p = {y_high * log.high, (y - y_high) * log.high + y * log.low};
  double z = p.low + p.high;
  const double rounding = 8.0085662595372944372e-17; /* -(1024 - log2(ovfl + 0.5 ulp)) */
  if (z > 1024 || (z == 1024 && p.low + rounding > z - p.high))
    return INFINITY;
  if (z < -1075 || (z == -1075 && p.low <= z - p.high))
    return 0;
  return exp2_of(p, z);
}

double strict_pow(double x, double y)
{
  if (y == 0)
    return 1;
  if (x != x || y != y)
    return (double)NAN;
  if (y == 1)
    return x;
  if (y == 2)
    return x * x;
  double size = fabs(x);
  if (isinf(y))
    return size == 1 ? (double)NAN : (size > 1) == (y > 0) ? INFINITY : 0;
  bool whole = y == trunc(y), odd = whole && fmod(y, 2) != 0;
  if (y == 0.5 && x >= 0)
    return sqrt(x + 0.0);
  if (size == 0 || size == 1 || isinf(size)) {
    double z = y < 0 ? 1 / size : size;
    if (x == -1 && !whole)
      return (double)NAN;
    return odd && signbit(x) ? -z : z;
  }
  if (x < 0 && !whole)
    return (double)NAN;
  if (y == -1)
    return 1 / x;
  double z = power_of_positive(size, y);
  return x < 0 && odd ? -z : z;
}

double strict_cbrt(double x)
{
  double size = fabs(x);
  if (x == 0 || x != x || isinf(x))
    return x;
  int32_t third = double_high(size) < 0x00100000 ? double_high(size * 0x1p54) / 3 + 696219795
                                                 : double_high(size) / 3 + 715094163;
  double t = double_with_high(0, third);
  double r = t * t / size, s = 0x1.15f15f15f15f1p-1 + r * t;
  t *= 0x1.6db6db6db6db7p-2 +
       0x1.9b6db6db6db6ep0 / (s + 0x1.6a0ea0ea0ea0fp0 + -0x1.691de2532c834p-1 / s);
  t = double_with_high(0, double_high(t) + 1);
  s = t * t;
  r = size / s;
  r = (r - t) / (t + t + r);
  t = t + t * r;
  return x < 0 ? -t : t;
}

double strict_hypot(double x, double y)
{
  double a = fabs(x), b = fabs(y);
  if (isinf(a) || isinf(b))
    return INFINITY;
  if (a != a || b != b)
    return (double)NAN;
  if (double_high(b) > double_high(a)) {
    double swap = a;
    a = b, b = swap;
  }
  if (double_high(a) - double_high(b) > 0x3c00000) /* a / b > 2^60 */
    return a + b;
  int k = 0;
  if (double_high(a) > 0x5f300000) { /* a > 2^500 */
    a = double_raise(a, -600), b = double_raise(b, -600);
    k = 600;
  }
  if (double_high(b) < 0x20b00000) { /* b < 2^-500 */
    if (b == 0)
      return a;
    bool tiny = double_high(b) <= 0x000fffff;
    a = tiny ? a * 0x1p1022 : double_raise(a, 600);
    b = tiny ? b * 0x1p1022 : double_raise(b, 600);
    k -= tiny ? 1022 : 600;
  }
  double w = a - b;
  if (w > b) {
    double t1 = double_cut(a), t2 = a - t1;
    w = sqrt(t1 * t1 - (b * (-b) - t2 * (a + t1)));
  } else {
    double y1 = double_cut(b), y2 = b - y1;
    double t1 = double_with_high(0, double_high(a) + 0x00100000);
    a = a + a;
    double t2 = a - t1;
    w = sqrt(t1 * y1 - (w * (-w) - (t1 * y2 + t2 * b)));
  }
  return k != 0 ? double_raise(1, k) * w : w;
}
