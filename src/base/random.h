/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - xoshiro256++ 1.0 (Blackman and Vigna, 2019), seeded by SplitMix64.
 *
 * The same seed gives the same numbers on every machine. Only integers are drawn: what is built
 * on them stays free of a mathematics library whose last digits differ between machines.
 */
#ifndef RETRIAL_BASE_RANDOM_H
#define RETRIAL_BASE_RANDOM_H

#include <stdint.h>

struct random {
  uint64_t state[4];
};

void random_seed(struct random *r, uint64_t seed);

/* 64 random bits. */
uint64_t random_next(struct random *r);

/* Uniform in 0 .. bound-1, without bias (Lemire 2019); bound is at least 1. */
uint64_t random_below(struct random *r, uint64_t bound);

/* Uniform in low .. high, both included; low <= high. */
int64_t random_between(struct random *r, int64_t low, int64_t high);

#endif
