/* SPDX-License-Identifier: Apache-2.0 */
/* decimal_scale.h - powers of ten and magnitudes in 128 bits: decimal.h's own tools. */
#ifndef RETRIAL_TEXT_DECIMAL_SCALE_H
#define RETRIAL_TEXT_DECIMAL_SCALE_H

#include "text/decimal.h"

typedef unsigned __int128 uint128;

/* 10^digits, 0 .. 38. */
static inline uint128 decimal_power(int digits)
{
  static const uint64_t power[] = {1,
                                   10,
                                   100,
                                   1000,
                                   10000,
                                   100000,
                                   1000000,
                                   10000000,
                                   100000000,
                                   1000000000,
                                   10000000000,
                                   100000000000,
                                   1000000000000,
                                   10000000000000,
                                   100000000000000,
                                   1000000000000000,
                                   10000000000000000,
                                   100000000000000000,
                                   1000000000000000000,
                                   10000000000000000000u};
  return digits < 20 ? power[digits] : (uint128)power[19] * power[digits - 19];
}

static inline uint128 decimal_magnitude(int128 x)
{
  return x < 0 ? -(uint128)x : (uint128)x;
}

#endif
