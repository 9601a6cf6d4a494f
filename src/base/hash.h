/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h - hashing for tables in memory. The values never reach an output byte. */
#ifndef RETRIAL_BASE_HASH_H
#define RETRIAL_BASE_HASH_H

#include <stdint.h>
#include <string.h>

#include "base/slice.h"

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that mixes all bits. */
static inline uint64_t hash_mix(uint64_t x)
{
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static inline uint64_t hash_combine(uint64_t hash, uint64_t next)
{
  return hash_mix(hash + 0x9e3779b97f4a7c15u + next);
}

/* Eight bytes at a time, one multiplication each, mixed at the end; the last, overlapping word
 * makes short texts cheap. */
static inline uint64_t hash_slice(struct slice s)
{
  const uint64_t odd = 0x9e3779b97f4a7c15u;
  uint64_t hash = s.n * odd, word = 0;
  if (s.n < 8) {
    for (size_t i = 0; i < s.n; i++)
      word = word << 8 | (unsigned char)s.p[i];
    return hash_mix(hash ^ word);
  }
  for (size_t i = 0; i + 8 < s.n; i += 8) {
    memcpy(&word, s.p + i, 8);
    hash = (hash ^ word) * odd;
    hash ^= hash >> 32;
  }
  memcpy(&word, s.p + s.n - 8, 8);
  return hash_mix(hash ^ word);
}

#endif
