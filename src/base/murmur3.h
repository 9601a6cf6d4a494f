/* SPDX-License-Identifier: Apache-2.0 */
/* murmur3.h - MurmurHash3 for 32 bits (Appleby), as Spark and Guava use it. */
#ifndef RETRIAL_BASE_MURMUR3_H
#define RETRIAL_BASE_MURMUR3_H

#include <stdint.h>
#include <string.h>

#include "base/slice.h"

static inline uint32_t murmur3_rotate(uint32_t x, unsigned bits)
{
  return x << bits | x >> (32 - bits);
}

static inline uint32_t murmur3_mix(uint32_t h, uint32_t k)
{
  h ^= murmur3_rotate(k * 0xcc9e2d51u, 15) * 0x1b873593u;
  return murmur3_rotate(h, 13) * 5 + 0xe6546b64u;
}

static inline uint32_t murmur3_finish(uint32_t h, uint32_t length)
{
  h ^= length;
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  return h ^ h >> 16;
}

static inline uint32_t murmur3_of_int(uint32_t x, uint32_t seed)
{
  return murmur3_finish(murmur3_mix(seed, x), 4);
}

/* The lower half first. */
static inline uint32_t murmur3_of_long(uint64_t x, uint32_t seed)
{
  return murmur3_finish(murmur3_mix(murmur3_mix(seed, (uint32_t)x), (uint32_t)(x >> 32)), 8);
}

/* Of words, lowest byte first; each byte of the rest counts as a signed number of its own, which is
 * Spark's way (Murmur3_x86_32.hashUnsafeBytes). */
static inline uint32_t murmur3_of_spark(struct slice text, uint32_t seed)
{
  uint32_t h = seed;
  size_t i = 0;
  for (; i + 4 <= text.n; i += 4) {
    const unsigned char *p = (const unsigned char *)text.p + i;
    h = murmur3_mix(h, (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
                           (uint32_t)p[3] << 24);
  }
  for (; i < text.n; i++)
    h = murmur3_mix(h, (uint32_t)(int32_t)(signed char)text.p[i]);
  return murmur3_finish(h, (uint32_t)text.n);
}

#endif
