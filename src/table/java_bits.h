/* SPDX-License-Identifier: Apache-2.0 */
/* java_bits.h - a number as the hashes of Spark's groups see it: all NaNs are one, a zero has no
 * sign (NormalizeFloatingNumbers.scala, Double.doubleToLongBits).
 */
#ifndef RETRIAL_TABLE_JAVA_BITS_H
#define RETRIAL_TABLE_JAVA_BITS_H

#include <string.h>

#include "table/type.h"

static inline uint32_t java_float_bits(float x)
{
  uint32_t bits = 0;
  if (x != 0)
    memcpy(&bits, &x, sizeof bits);
  return x != x ? 0x7fc00000 : bits;
}

static inline uint64_t java_double_bits(double x)
{
  uint64_t bits = 0;
  if (x != 0)
    memcpy(&bits, &x, sizeof bits);
  return x != x ? 0x7ff8000000000000 : bits;
}

/* BigInteger.toByteArray(): the highest byte first, as few as hold x with its sign. How many. */
static inline size_t java_integer_bytes(int128 x, char bytes[static sizeof(int128)])
{
  size_t n = 1;
  while (n < sizeof x && (x >> (8 * n - 1)) != 0 && (x >> (8 * n - 1)) != -1)
    n++;
  for (size_t i = 0; i < n; i++)
    bytes[i] = (char)(x >> (8 * (n - 1 - i)));
  return n;
}

#endif
