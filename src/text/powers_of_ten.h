/* SPDX-License-Identifier: Apache-2.0 */
/* powers_of_ten.h - the leading 128 bits of 10^-342 .. 10^324. */
#ifndef RETRIAL_TEXT_POWERS_OF_TEN_H
#define RETRIAL_TEXT_POWERS_OF_TEN_H

#include <stdint.h>

enum {
  POWER_OF_TEN_MIN = -342, /* below it, 64 bits times the power are less than half of 4.9E-324 */
  POWER_OF_TEN_MAX = 324,  /* what printing 4.9E-324 needs */
  POWER_OF_TEN_EXACT = 55, /* 10^0 .. 10^55 have no bits beyond these 128 */
};

/* floor(10^k / 2^(power_of_ten_log2(k) - 127)): the highest bit is set. */
struct power_of_ten {
  uint64_t high, low;
};

extern const struct power_of_ten powers_of_ten[POWER_OF_TEN_MAX - POWER_OF_TEN_MIN + 1];

static inline struct power_of_ten power_of_ten(int k)
{
  return powers_of_ten[k - POWER_OF_TEN_MIN];
}

/* floor(log2(10^k)) for |k| <= 1233. */
static inline int power_of_ten_log2(int k)
{
  return (k * 1741647) >> 19;
}

#endif
