/* SPDX-License-Identifier: Apache-2.0 */
/* Schubfach: Raffaele Giulietti, "The Schubfach way to render doubles", 2020/2021. The names in
 * comments are the paper's. */
#include "text/shortest.h"

#include <stdbool.h>
#include <string.h>

#include "text/powers_of_ten.h"

typedef unsigned __int128 uint128;

/* A binary number c * 2^q; its lower neighbour is half as far away as the upper one if `closer`. */
struct binary {
  uint64_t c;
  int q;
  bool closer;
};

/* floor(log10(2^q)) and floor(log10(3/4 * 2^q)), for |q| below 1500. */
static int log10_of_power_of_two(int q, bool three_quarters)
{
  return (q * 1262611 - (three_quarters ? 524031 : 0)) >> 22;
}

/* g * c / 2^128, with the last bit set if anything was cut: the paper's rop(). */
static uint64_t multiply_to_odd(struct power_of_ten g, uint64_t c)
{
  uint128 low = (uint128)g.low * c;
  uint128 high = (uint128)g.high * c + (uint64_t)(low >> 64);
  return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* 10^k rounded up to 128 bits: g of the paper. */
static struct power_of_ten power_above(int k)
{
  struct power_of_ten g = power_of_ten(k);
  if (k < 0 || k > POWER_OF_TEN_EXACT)
    g.high += ++g.low == 0;
  return g;
}

static struct shortest without_zeros(uint64_t value, int exponent)
{
  while (value % 10 == 0) {
    value /= 10;
    exponent++;
  }
  return (struct shortest){value, exponent};
}

/* The paper's main algorithm. All quantities are in quarters of 10^k. */
static struct shortest schubfach(struct binary x, enum shortest_rule rule)
{
  int k = log10_of_power_of_two(x.q, x.closer);
  int shift = x.q + power_of_ten_log2(-k) + 1;
  struct power_of_ten g = power_above(-k);
  uint64_t odd = x.c & 1; /* the ends of the rounding interval belong to even numbers only */
  uint64_t low = multiply_to_odd(g, (4 * x.c - 2 + x.closer) << shift) + odd;
  uint64_t middle = multiply_to_odd(g, (4 * x.c) << shift);
  uint64_t high = multiply_to_odd(g, (4 * x.c + 2) << shift) - odd;
  uint64_t s = middle / 4;
  if (s >= (uint64_t)rule) {
    uint64_t tens = s / 10 * 10;
    bool below = low <= 4 * tens, above = 4 * tens + 40 <= high;
    if (below != above)
      return without_zeros(tens / 10 + above, k + 1);
  }
  bool below = low <= 4 * s, above = 4 * s + 4 <= high;
  if (below != above)
    return without_zeros(s + above, k);
  uint64_t half = 4 * s + 2;
  return without_zeros(s + (middle > half || (middle == half && (s & 1))), k);
}

/* Of the smallest numbers a second digit is wanted though the first says all: it is that of a
 * number ten times as large, with an interval as narrow as the exact value allows. */
static struct shortest two_digits_of_smallest(struct binary x)
{
  x.c *= 10;
  struct shortest digits = schubfach(x, SHORTEST_TWO_DIGITS);
  digits.exponent--;
  return digits;
}

static struct shortest shortest_of(struct binary x, uint64_t smallest, enum shortest_rule rule)
{
  if (x.q <= 0 && x.q > -53 && (x.c & (((uint64_t)1 << -x.q) - 1)) == 0)
    return without_zeros(x.c >> -x.q, 0); /* an integer below 2^53 */
  if (x.c < smallest && rule == SHORTEST_TWO_DIGITS)
    return two_digits_of_smallest(x);
  return schubfach(x, rule);
}

struct shortest shortest_double(double x, enum shortest_rule rule)
{
  uint64_t bits, fraction;
  memcpy(&bits, &x, sizeof bits);
  fraction = bits & (((uint64_t)1 << 52) - 1);
  int exponent = (int)(bits >> 52);
  /* 3 * 2^-1074 is the first number that has two digits in units of 10^-324. */
  if (exponent == 0)
    return shortest_of((struct binary){fraction, -1074, false}, 3, rule);
  return shortest_of(
      (struct binary){fraction | (uint64_t)1 << 52, exponent - 1075, fraction == 0 && exponent > 1},
      0, rule);
}

struct shortest shortest_float(float x, enum shortest_rule rule)
{
  uint32_t bits, fraction;
  memcpy(&bits, &x, sizeof bits);
  fraction = bits & (((uint32_t)1 << 23) - 1);
  int exponent = (int)(bits >> 23);
  /* 8 * 2^-149 likewise, in units of 10^-45. */
  if (exponent == 0)
    return shortest_of((struct binary){fraction, -149, false}, 8, rule);
  return shortest_of(
      (struct binary){fraction | (uint32_t)1 << 23, exponent - 150, fraction == 0 && exponent > 1},
      0, rule);
}
