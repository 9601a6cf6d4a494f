/* SPDX-License-Identifier: Apache-2.0 */
#include "base/distribution.h"

#include <assert.h>
#include <math.h>

#include "base/hash.h"
#include "base/strict_math.h"

enum { TERMS = 8 };

/* A quotient of two polynomials, the coefficients of the highest powers first. */
struct quotient {
  double above[TERMS], below[TERMS];
};

/* AS 241: around the median, in 0.425^2 - (p - 1/2)^2; */
static const struct quotient MIDDLE = {
    {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608},
    {5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1},
};

/* in sqrt(-log(tail)) - 1.6; */
static const struct quotient TAIL = {
    {7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177,
     1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
     1.42343711074968357734},
    {1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966,
     .14810397642748007459, .68976733498510000455, 1.6763848301838038494, 2.05319162663775882187,
     1},
};

/* and beyond 5 in sqrt(-log(tail)) - 5. */
static const struct quotient FAR_TAIL = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386,
     .026532189526576123093, .29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
     6.6579046435011037772},
    {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, .0148753612908506148525, .13692988092273580531, .59983220655588793769,
     1},
};

static double evaluate(const struct quotient *quotient, double x)
{
  double above = quotient->above[0], below = quotient->below[0];
  for (int i = 1; i < TERMS; i++) {
    above = above * x + quotient->above[i];
    below = below * x + quotient->below[i];
  }
  return above / below;
}

double distribution_normal_quantile(double p)
{
  assert(p > 0 && p < 1);
  double q = p - 0.5;
  if (fabs(q) <= 0.425)
    return q * evaluate(&MIDDLE, 0.180625 - q * q);
  double r = sqrt(-strict_log(q < 0 ? p : 1 - p));
  double size = r <= 5 ? evaluate(&TAIL, r - 1.6) : evaluate(&FAR_TAIL, r - 5);
  return q < 0 ? -size : size;
}

/* The quantile of 0.99. */
static const double NORMAL_P99 = 2.3263478740408408;

/* Mixed once more, so that keys may also be counted up. */
static uint64_t bits_of(uint64_t key)
{
  return hash_combine(key, 0);
}

/* In the middle of one of 2^52 equal parts of 0 .. 1, so that neither end comes. */
static double fraction_of(uint64_t bits)
{
  return (double)((bits >> 12 << 1) + 1) * 0x1p-53;
}

static int64_t whole(double ns)
{
  return ns < (double)DISTRIBUTION_MOST_NS ? (int64_t)(ns + 0.5) : DISTRIBUTION_MOST_NS;
}

/* One in 2^64 / (high - low + 1) draws is misplaced, which no rejection is worth. */
static int64_t draw_uniform(int64_t low, int64_t high, uint64_t bits)
{
  unsigned __int128 product = (unsigned __int128)bits * ((uint64_t)(high - low) + 1);
  return low + (int64_t)(product >> 64);
}

static int64_t draw_lognormal(int64_t median, int64_t p99, uint64_t bits)
{
  double sigma = strict_log((double)p99 / (double)median) / NORMAL_P99;
  double z = distribution_normal_quantile(fraction_of(bits));
  return whole((double)median * strict_exp(sigma * z));
}

bool distribution_takes_time(const struct distribution *d)
{
  return d->kind != DISTRIBUTION_CONSTANT || d->constant_ns != 0;
}

int64_t distribution_draw(const struct distribution *d, uint64_t key)
{
  switch (d->kind) {
  case DISTRIBUTION_UNIFORM:
    return draw_uniform(d->uniform.low_ns, d->uniform.high_ns, bits_of(key));
  case DISTRIBUTION_LOGNORMAL:
    return draw_lognormal(d->lognormal.median_ns, d->lognormal.p99_ns, bits_of(key));
  case DISTRIBUTION_EXPONENTIAL:
    return whole((double)d->mean_ns * -strict_log(fraction_of(bits_of(key))));
  default:
    return d->constant_ns;
  }
}

uint64_t distribution_exponential(uint64_t key)
{
  return (uint64_t)(-strict_log(fraction_of(bits_of(key))) * 0x1p32 + 0.5);
}
