/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/array_rows.h"

#include <math.h>

#include "sql/functions/compare.h"

bool array_fits(struct evaluation *ev, const char *function, uint64_t elements)
{
  return elements <= LONGEST_ARRAY ||
         error_set(ev->err, ERR_RANGE,
                   "the arrays that %s() makes of neighbouring rows have more than %d elements",
                   function, LONGEST_ARRAY);
}

void picks_drop(struct picks *r)
{
  buffer_free(&r->index);
}

void picks_add_extent(struct picks *r, struct extent extent, uint32_t base)
{
  for (uint32_t k = extent.first; k < extent.end; k++)
    picks_add(r, base + k);
}

void picks_concat(struct picks *r, const struct column *arg, size_t args, size_t rows,
                  struct column *out)
{
  for (size_t i = 0; i < rows; i++) {
    uint32_t base = 0;
    for (size_t k = 0; k < args && !result_is_null(out, i); k++) {
      picks_add_extent(r, extent_of(&arg[k], i), base);
      base += (uint32_t)array_items(&arg[k], rows);
    }
    out->end[i] = picks_count(r);
  }
}

void picks_gather(struct evaluation *ev, const struct picks *r, const struct column *item,
                  struct column *out)
{
  column_gather(item, picks_index(r), picks_count(r), out, ev->arena);
}

void picks_finish(struct evaluation *ev, struct picks *r, const struct column *item,
                  struct column *out)
{
  picks_gather(ev, r, item, &out->item[0]);
  picks_drop(r);
}

void array_stack(struct evaluation *ev, const struct column *a, size_t rows_a,
                 const struct column *b, size_t rows_b, struct column *out, uint32_t *second)
{
  const struct column *both[2] = {&a->item[0], &b->item[0]};
  size_t count[2] = {array_items(a, rows_a), array_items(b, rows_b)};
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
