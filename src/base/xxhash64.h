/* SPDX-License-Identifier: Apache-2.0 */
/* xxhash64.h - XXH64 (Collet), as Spark's xxhash64() uses it: ints, longs and bytes. */
#ifndef RETRIAL_BASE_XXHASH64_H
#define RETRIAL_BASE_XXHASH64_H

#include <stdint.h>
#include <string.h>

#include "base/slice.h"

#define XXHASH64_PRIME1 0x9e3779b185ebca87u
#define XXHASH64_PRIME2 0xc2b2ae3d27d4eb4fu
#define XXHASH64_PRIME3 0x165667b19e3779f9u
#define XXHASH64_PRIME4 0x85ebca77c2b2ae63u
#define XXHASH64_PRIME5 0x27d4eb2f165667c5u

static inline uint64_t xxhash64_rotate(uint64_t x, unsigned bits)
{
  return x << bits | x >> (64 - bits);
}

static inline uint64_t xxhash64_finish(uint64_t h)
{
  h = (h ^ h >> 33) * XXHASH64_PRIME2;
  h = (h ^ h >> 29) * XXHASH64_PRIME3;
  return h ^ h >> 32;
}

static inline uint64_t xxhash64_add4(uint64_t h, uint32_t x)
{
  return xxhash64_rotate(h ^ x * XXHASH64_PRIME1, 23) * XXHASH64_PRIME2 + XXHASH64_PRIME3;
}

static inline uint64_t xxhash64_round(uint64_t h, uint64_t x)
{
  return xxhash64_rotate(h + x * XXHASH64_PRIME2, 31) * XXHASH64_PRIME1;
}

static inline uint64_t xxhash64_add8(uint64_t h, uint64_t x)
{
  return xxhash64_rotate(h ^ xxhash64_round(0, x), 27) * XXHASH64_PRIME1 + XXHASH64_PRIME4;
}

static inline uint64_t xxhash64_of_int(uint32_t x, uint64_t seed)
{
  return xxhash64_finish(xxhash64_add4(seed + XXHASH64_PRIME5 + 4, x));
}

static inline uint64_t xxhash64_of_long(uint64_t x, uint64_t seed)
{
  return xxhash64_finish(xxhash64_add8(seed + XXHASH64_PRIME5 + 8, x));
}

static inline uint64_t xxhash64_word(const char *p, size_t bytes)
{
  uint64_t word = 0;
  for (size_t i = 0; i < bytes; i++)
    word |= (uint64_t)(unsigned char)p[i] << 8 * i;
  return word;
}

static inline uint64_t xxhash64_of_bytes(struct slice text, uint64_t seed)
{
  const char *p = text.p;
  size_t left = text.n;
  uint64_t h = seed + XXHASH64_PRIME5;
  if (left >= 32) {
    uint64_t lane[4] = {seed + XXHASH64_PRIME1 + XXHASH64_PRIME2, seed + XXHASH64_PRIME2, seed,
                        seed - XXHASH64_PRIME1};
    for (; left >= 32; left -= 32)
      for (unsigned k = 0; k < 4; k++, p += 8)
        lane[k] = xxhash64_round(lane[k], xxhash64_word(p, 8));
    h = xxhash64_rotate(lane[0], 1) + xxhash64_rotate(lane[1], 7) + xxhash64_rotate(lane[2], 12) +
        xxhash64_rotate(lane[3], 18);
    for (unsigned k = 0; k < 4; k++)
      h = (h ^ xxhash64_round(0, lane[k])) * XXHASH64_PRIME1 + XXHASH64_PRIME4;
  }
  h += text.n;
  for (; left >= 8; left -= 8, p += 8)
    h = xxhash64_add8(h, xxhash64_word(p, 8));
  if (left >= 4) {
    h = xxhash64_add4(h, (uint32_t)xxhash64_word(p, 4));
    left -= 4, p += 4;
  }
  for (; left != 0; left--, p++)
    h = xxhash64_rotate(h ^ (unsigned char)*p * XXHASH64_PRIME5, 11) * XXHASH64_PRIME1;
  return xxhash64_finish(h);
}

#endif
