/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"

#include <assert.h>

#include "base/hash.h"

static uint64_t rotate_left(uint64_t x, int bits)
{
  return x << bits | x >> (64 - bits);
}

void random_seed(struct random *r, uint64_t seed)
{
  for (int i = 0; i < 4; i++)
    r->state[i] = hash_mix(seed += 0x9e3779b97f4a7c15u);
}

uint64_t random_next(struct random *r)
{
  uint64_t *s = r->state;
  uint64_t result = rotate_left(s[0] + s[3], 23) + s[0];
  uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotate_left(s[3], 45);
  return result;
}

uint64_t random_below(struct random *r, uint64_t bound)
{
  assert(bound >= 1);
  unsigned __int128 product = (unsigned __int128)random_next(r) * bound;
  if ((uint64_t)product < bound) {
    uint64_t threshold = -bound % bound; /* 2^64 mod bound */
    while ((uint64_t)product < threshold)
      product = (unsigned __int128)random_next(r) * bound;
  }
  return (uint64_t)(product >> 64);
}

int64_t random_between(struct random *r, int64_t low, int64_t high)
{
  assert(low <= high);
  uint64_t span = (uint64_t)high - (uint64_t)low;
  uint64_t offset = span == UINT64_MAX ? random_next(r) : random_below(r, span + 1);
  return (int64_t)((uint64_t)low + offset);
}
