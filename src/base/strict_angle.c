/* SPDX-License-Identifier: Apache-2.0 */
/* Angles of a ratio (fdlibm: e_asin, e_acos, s_atan, e_atan2). */
#include <math.h>

#include "base/strict_math.h"

#define HALF_PI 0x1.921fb54442d18p0
#define HALF_PI_LOW 0x1.1a62633145c07p-54
#define QUARTER_PI 0x1.921fb54442d18p-1
#define PI 0x1.921fb54442d18p1
#define PI_LOW 0x1.1a62633145c07p-53

/* (asin(sqrt(t)) / sqrt(t) - 1) for t <= 0.25 */
static double arc(double t)
{
  double p = t * (0x1.5555555555555p-3 +
                  t * (-0x1.4d61203eb6f7dp-2 +
                       t * (0x1.9c1550e884455p-3 +
                            t * (-0x1.48228b5688f3bp-5 +
                                 t * (0x1.9efe07501b288p-11 + t * 0x1.23de10dfdf709p-15)))));
  double q =
      1 + t * (-0x1.33a271c8a2d4bp1 +
               t * (0x1.02ae59c598ac8p1 + t * (-0x1.6066c1b8d0159p-1 + t * 0x1.3b8c5b12e9282p-4)));
  return p / q;
}

double strict_asin(double x)
{
  double size = fabs(x);
  if (!(size <= 1))
    return (double)NAN;
  if (size == 1)
    return x * HALF_PI + x * HALF_PI_LOW;
  if (size < 0x1p-27)
    return x;
  if (size < 0.5)
    return x + x * arc(x * x);
  double t = (1 - size) * 0.5, s = sqrt(t), r = arc(t);
  if (double_high(size) >= 0x3fef3333) { /* 0.975 */
    t = HALF_PI - (2 * (s + s * r) - HALF_PI_LOW);
  } else {
    double w = double_cut(s), c = (t - w * w) / (s + w);
    double p = 2 * s * r - (HALF_PI_LOW - 2 * c), q = QUARTER_PI - 2 * w;
    t = QUARTER_PI - (p - q);
  }
  return x > 0 ? t : -t;
}

double strict_acos(double x)
{
  double size = fabs(x);
  if (!(size <= 1))
    return (double)NAN;
  if (size == 1)
    return x > 0 ? 0 : PI + 2 * HALF_PI_LOW;
  if (size < 0.5) {
    if (double_high(size) <= 0x3c600000)
      return HALF_PI + HALF_PI_LOW;
    return HALF_PI - (x - (HALF_PI_LOW - x * arc(x * x)));
  }
  double z = (1 - size) * 0.5, s = sqrt(z);
  if (x < 0)
    return PI - 2 * (s + (arc(z) * s - HALF_PI_LOW));
  double high = double_cut(s), c = (z - high * high) / (s + high);
  return 2 * (high + (arc(z) * s + c));
}

double strict_atan(double x)
{
  static const double high[] = {0x1.dac670561bb4fp-2, QUARTER_PI, 0x1.f730bd281f69bp-1, HALF_PI};
  static const double low[] = {0x1.a2b7f222f65e2p-56, 0x1.1a62633145c07p-55, 0x1.007887af0cbbdp-56,
                               HALF_PI_LOW};
  double size = fabs(x), t = size;
  int part = -1;
  if (x != x)
    return x;
  if (double_high(size) >= 0x44100000) /* 2^66 */
    return x > 0 ? HALF_PI + HALF_PI_LOW : -HALF_PI - HALF_PI_LOW;
  if (size < 0x1p-29)
    return x;
  if (size < 0.4375)
    t = x;
  else if (size < 0.6875)
    part = 0, t = (2 * size - 1) / (2 + size);
  else if (size < 1.1875)
    part = 1, t = (size - 1) / (size + 1);
  else if (size < 2.4375)
    part = 2, t = (size - 1.5) / (1 + 1.5 * size);
  else
    part = 3, t = -1 / size;
  double z = t * t, w = z * z;
  double odd = z * (0x1.555555555550dp-2 +
                    w * (0x1.24924920083ffp-3 +
                         w * (0x1.745cdc54c206ep-4 +
                              w * (0x1.10d66a0d03d51p-4 +
                                   w * (0x1.97b4b24760debp-5 + w * 0x1.0ad3ae322da11p-6)))));
  double even =
      w *
      (-0x1.999999998ebc4p-3 +
       w * (-0x1.c71c6fe231671p-4 +
            w * (-0x1.3b0f2af749a6dp-4 + w * (-0x1.dde2d52defd9ap-5 + w * -0x1.2b4442c6a6c2fp-5))));
  if (part < 0)
    return t - t * (odd + even);
  z = high[part] - ((t * (odd + even) - low[part]) - t);
  return x < 0 ? -z : z;
}

/* The angle of a point on an axis, or at the end of one. */
static double angle_on_axis(double y, double x)
{
  double angle = x > 0 || (x == 0 && !signbit(x)) ? 0 : PI;
  if (isinf(y))
    angle = isinf(x) ? (x > 0 ? QUARTER_PI : 3 * QUARTER_PI) : HALF_PI;
  else if (x == 0 && y != 0)
    angle = HALF_PI;
  return signbit(y) ? -angle : angle;
}

double strict_atan2(double y, double x)
{
  if (x != x || y != y)
    return (double)NAN;
  if (x == 1)
    return strict_atan(y);
  if (y == 0 || x == 0 || isinf(x) || isinf(y))
    return angle_on_axis(y, x);
  int32_t k = ((double_high(y) & 0x7fffffff) - (double_high(x) & 0x7fffffff)) >> 20;
  double z = k > 60 ? HALF_PI + 0.5 * PI_LOW : x < 0 && k < -60 ? 0 : strict_atan(fabs(y / x));
  if (x > 0)
    return y < 0 ? -z : z;
  return y < 0 ? (z - PI_LOW) - PI : PI - (z - PI_LOW);
}
