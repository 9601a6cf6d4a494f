/* SPDX-License-Identifier: Apache-2.0 */
#include "text/wide.h"

#include <assert.h>

static void push(struct wide *x, uint64_t limb)
{
  if (limb != 0) {
    assert(x->n < WIDE_LIMBS);
    x->limb[x->n++] = limb;
  }
}

void wide_set(struct wide *x, uint64_t value)
{
  x->n = 0;
  push(x, value);
}

void wide_multiply_add(struct wide *x, uint64_t factor, uint64_t term)
{
  for (size_t i = 0; i < x->n; i++) {
    unsigned __int128 product = (unsigned __int128)x->limb[i] * factor + term;
    x->limb[i] = (uint64_t)product;
    term = (uint64_t)(product >> 64);
  }
  push(x, term);
}

void wide_multiply_power_of_five(struct wide *x, unsigned exponent)
{
  static const uint64_t five_to_27 = 7450580596923828125;
  for (; exponent >= 27; exponent -= 27)
    wide_multiply_add(x, five_to_27, 0);
  for (; exponent > 0; exponent--)
    wide_multiply_add(x, 5, 0);
}

void wide_shift_left(struct wide *x, unsigned bits)
{
  size_t limbs = bits / 64;
  if (x->n == 0)
    return;
  wide_multiply_add(x, (uint64_t)1 << bits % 64, 0);
  assert(x->n + limbs <= WIDE_LIMBS);
  for (size_t i = x->n; i-- > 0;)
    x->limb[i + limbs] = x->limb[i];
  for (size_t i = 0; i < limbs; i++)
    x->limb[i] = 0;
  x->n += limbs;
}

int wide_compare(const struct wide *a, const struct wide *b)
{
  if (a->n != b->n)
    return a->n > b->n ? 1 : -1;
  for (size_t i = a->n; i-- > 0;)
    if (a->limb[i] != b->limb[i])
      return a->limb[i] > b->limb[i] ? 1 : -1;
  return 0;
}
