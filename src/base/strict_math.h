/* SPDX-License-Identifier: Apache-2.0 */
/* strict_math.h - java.lang.StrictMath: functions of DOUBLE whose last bit is the same everywhere.
 *
 * Java promises the results of fdlibm (Sun Microsystems 1993); the C library's are nearer to the
 * truth, and so differ from Java's in one result of ten to a thousand. The reductions, polynomials
 * and the order of operations here are fdlibm's: none may be "simplified".
 */
#ifndef RETRIAL_BASE_STRICT_MATH_H
#define RETRIAL_BASE_STRICT_MATH_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

double strict_exp(double x);
double strict_expm1(double x);
double strict_log(double x);
double strict_log10(double x);
double strict_log1p(double x);
double strict_pow(double x, double y);
double strict_cbrt(double x);
double strict_hypot(double x, double y);
double strict_asin(double x);
double strict_acos(double x);
double strict_atan(double x);
double strict_atan2(double y, double x);
double strict_sinh(double x);
double strict_cosh(double x);
double strict_tanh(double x);

/* The two halves of a double's bits. */
static inline uint64_t double_bits(double x)
{
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double double_of(uint64_t bits)
{
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline int32_t double_high(double x)
{
  return (int32_t)(double_bits(x) >> 32);
}

static inline uint32_t double_low(double x)
{
  return (uint32_t)double_bits(x);
}

static inline double double_with_high(double x, int32_t high)
{
  return double_of((uint64_t)(uint32_t)high << 32 | double_low(x));
}

/* The upper half alone: the lower one zero. */
static inline double double_cut(double x)
{
  return double_of(double_bits(x) & 0xffffffff00000000u);
}

/* x times 2^n by adding to the exponent, which must not leave its range. */
static inline double double_raise(double x, int32_t n)
{
  return double_of(double_bits(x) + ((uint64_t)(uint32_t)n << 52));
}

#endif
