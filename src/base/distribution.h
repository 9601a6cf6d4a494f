/* SPDX-License-Identifier: Apache-2.0 */
/* distribution.h - lengths of time by chance, in whole nanoseconds, the same on every machine.
 *
 * A draw is a function of its key alone, so the order in which draws are made does not matter: the
 * key names what the time is for (a seed, a partition, the number of a record, put together by
 * hash_combine). Each draw is the quantile of one uniform number with 52 random bits, so none lies
 * further out than one in 2^53 does: 8.2 standard deviations, 36.7 means. All arithmetic on
 * doubles is base/strict_math.h's and the four operations, whose last bit does not vary.
 */
#ifndef RETRIAL_BASE_DISTRIBUTION_H
#define RETRIAL_BASE_DISTRIBUTION_H

#include <stdbool.h>
#include <stdint.h>

enum distribution_kind {
  DISTRIBUTION_CONSTANT,
  DISTRIBUTION_UNIFORM,
  DISTRIBUTION_LOGNORMAL,
  DISTRIBUTION_EXPONENTIAL, /* between the events of a Poisson process */
};

/* No time is longer, whatever was drawn: ten years of 365 days. */
#define DISTRIBUTION_MOST_NS INT64_C(315360000000000000)

/* All times are within 0 .. DISTRIBUTION_MOST_NS. A zeroed struct is the constant 0. */
struct distribution {
  enum distribution_kind kind;
  union {
    int64_t constant_ns;
    struct {
      int64_t low_ns, high_ns; /* both can come; low <= high */
    } uniform;
    /* By what one reads off a histogram: half of the times are shorter than the median, all but
     * one in a hundred shorter than p99. 1 <= median <= p99. */
    struct {
      int64_t median_ns, p99_ns;
    } lognormal;
    int64_t mean_ns; /* of an exponential */
  };
};

/* False for the constant 0. */
bool distribution_takes_time(const struct distribution *distribution);

/* The time that belongs to the key. */
int64_t distribution_draw(const struct distribution *distribution, uint64_t key);

/* An exponential draw of mean 1, in units of 2^-32. */
uint64_t distribution_exponential(uint64_t key);

/* The quantile of the normal distribution of mean 0 and deviation 1, for 0 < p < 1, within 1e-15
 * of its size (Wichura 1988, algorithm AS 241, PPND16). */
double distribution_normal_quantile(double p);

#endif
