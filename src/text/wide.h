/* SPDX-License-Identifier: Apache-2.0 */
/* wide.h - unsigned integers of some thousand bits, for what 128 bits cannot settle. */
#ifndef RETRIAL_TEXT_WIDE_H
#define RETRIAL_TEXT_WIDE_H

#include <stddef.h>
#include <stdint.h>

/* Enough for both sides of a comparison between a double and 800 decimal digits near to it:
 * 800 digits have 2,658 bits, 5^1123 (781 digits behind those of 1e-342) has 2,608, a double 53. */
enum { WIDE_LIMBS = 64 };

/* Lowest limb first; no zero limbs at the top; n is 0 for zero. */
struct wide {
  size_t n;
  uint64_t limb[WIDE_LIMBS];
};

void wide_set(struct wide *x, uint64_t value);

/* x = x * factor + term. */
void wide_multiply_add(struct wide *x, uint64_t factor, uint64_t term);

void wide_multiply_power_of_five(struct wide *x, unsigned exponent);
void wide_shift_left(struct wide *x, unsigned bits);

/* Below, equal to or above zero. */
int wide_compare(const struct wide *a, const struct wide *b);

#endif
