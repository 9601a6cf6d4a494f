/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/partitioner.h"

static const uint32_t SEED = 0x9747b28c, MULTIPLIER = 0x5bd1e995;

static uint32_t little_endian(const char *p)
{
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

uint32_t murmur2(struct slice key)
{
  const char *p = key.p;
  size_t left = key.n;
  uint32_t hash = SEED ^ (uint32_t)key.n;
  for (; left >= 4; p += 4, left -= 4) {
    uint32_t word = little_endian(p) * MULTIPLIER;
    word = (word ^ word >> 24) * MULTIPLIER;
    hash = hash * MULTIPLIER ^ word;
  }
  if (left != 0) {
    while (left-- != 0)
      hash ^= (uint32_t)(unsigned char)p[left] << 8 * left;
    hash *= MULTIPLIER;
  }
  hash = (hash ^ hash >> 13) * MULTIPLIER;
  return hash ^ hash >> 15;
}
