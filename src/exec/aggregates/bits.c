/* SPDX-License-Identifier: Apache-2.0 */
/* bit_and, bit_or, bit_xor, and try_sum of integers and intervals: a whole number and whether there
 * is one. */
#include "exec/aggregates/kind.h"

struct whole {
  int64_t value;
  uint8_t met, left_range;
};

static int64_t value_of(const struct column *c, size_t row)
{
  return type_size(c->type) == sizeof(int32_t) ? c->i32[row] : c->i64[row];
}

static void add_value(enum aggregate_kind kind, struct whole *w, int64_t x)
{
  if (kind == AGGREGATE_BIT_AND)
    w->value = w->met ? w->value & x : x;
  else if (kind == AGGREGATE_BIT_OR)
    w->value |= x;
  else if (kind == AGGREGATE_BIT_XOR)
    w->value ^= x;
  else
    w->left_range |= __builtin_add_overflow(w->value, x, &w->value);
  w->met = 1;
}

static bool bits_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                     const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  EACH_STATE(struct whole, w)
  add_value(a->aggregate->kind, w, value_of(arg, row));
  return true;
}

static void bits_merge(struct accumulator *a, const void *part, void *into)
{
  const struct whole *from = part;
  struct whole *to = into;
  add_value(a->aggregate->kind, to, from->value);
  to->left_range |= from->left_range;
}

static bool bits_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev)
{
  bool narrow = type_size(out->type) == sizeof(int32_t);
  for (size_t i = 0; i < count; i++) {
    const struct whole *w = FINISHED(struct whole);
    if (narrow)
      out->i32[i] = (int32_t)w->value;
    else
      out->i64[i] = w->value;
    bool fits = !narrow || (w->value >= INT32_MIN && w->value <= INT32_MAX);
    if (!w->met || w->left_range || !fits)
      column_flags(out, count, ev->arena)[i] = 1;
  }
  return true;
}

const struct accumulator_kind bits_kind = {sizeof(struct whole), bits_add, bits_merge, bits_finish};
