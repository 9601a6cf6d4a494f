/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/runs.h"

#include <math.h>

#include "sql/functions/compare.h"

void runs_drop(struct runs *r)
{
  buffer_free(&r->index);
}

void runs_finish(struct evaluation *ev, struct runs *r, const struct column *item,
                 struct column *out)
{
  column_gather(item, (const uint32_t *)(const void *)r->index.p, runs_count(r), &out->item[0],
                ev->arena);
  runs_drop(r);
}

void runs_stack(struct evaluation *ev, const struct column *a, size_t rows_a,
                const struct column *b, size_t rows_b, struct column *out, uint32_t *second)
{
  const struct column *both[2] = {&a->item[0], &b->item[0]};
  size_t count[2] = {runs_items(a, rows_a), runs_items(b, rows_b)};
  column_stack(both, count, 2, out, ev->arena);
  *second = (uint32_t)count[0];
}

struct type type_array(struct arena *arena, struct type item)
{
  struct field *field = arena_take(arena, 1, sizeof *field);
  *field = (struct field){SLICE("element"), item};
  return (struct type){TYPE_ARRAY, 0, 0, 1, field};
}

struct type type_map(struct arena *arena, struct type key, struct type value)
{
  struct field *field = arena_take(arena, 2, sizeof *field);
  field[0] = (struct field){SLICE("key"), key};
  field[1] = (struct field){SLICE("value"), value};
  return (struct type){TYPE_MAP, 0, 0, 2, field};
}

bool items_same(const struct column *item, uint32_t i, uint32_t k)
{
  bool no_i = column_is_null(item, i), no_k = column_is_null(item, k);
  if (no_i || no_k)
    return no_i == no_k;
  bool differ_in_sign =
      (item->type.kind == TYPE_DOUBLE && signbit(item->f64[i]) != signbit(item->f64[k])) ||
      (item->type.kind == TYPE_FLOAT && signbit(item->f32[i]) != signbit(item->f32[k]));
  bool zeros = compare_values(item, i, item, k) == 0;
  if (!zeros || !differ_in_sign)
    return zeros;
  return item->type.kind == TYPE_DOUBLE ? item->f64[i] != item->f64[i]
                                        : item->f32[i] != item->f32[i];
}
