/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays as sets and as lists: which elements of one or two arrays a row keeps, in their order. */
#include "sql/coercion.h"
#include "sql/functions/array_rows.h"
#include "sql/functions/compare.h"
#include "sql/functions/list.h"

/* Adds what one row keeps; a and b are its elements in `item`, b empty if there is one array only.
 */
typedef void keep_row(struct picks *kept, const struct column *item, struct extent a,
                      struct extent b);

static bool keep(struct evaluation *ev, const struct expr *e, const struct column *arg, size_t rows,
                 struct column *out, keep_row *row)
{
  struct picks kept = {{0}};
  struct column both = {0};
  uint32_t second = 0;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  if (e->args == 2)
    array_stack(ev, &arg[0], rows, &arg[1], rows, &both, &second);
  else
    both = arg[0].item[0];
  for (size_t i = 0; i < rows; i++) {
    if (!result_is_null(out, i)) {
      struct extent b = e->args == 2 ? extent_of(&arg[1], i) : (struct extent){0, 0};
      b.first += second, b.end += second;
      row(&kept, &both, extent_of(&arg[0], i), b);
    }
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &both, out);
  return true;
}

static bool holds(const struct column *item, struct extent extent, uint32_t k)
{
  for (uint32_t i = extent.first; i < extent.end; i++)
    if (items_same(item, i, k))
      return true;
  return false;
}

/* Whether the row, whose elements begin at `from`, keeps an equal element already. */
static bool is_kept(const struct picks *kept, uint32_t from, const struct column *item, uint32_t k)
{
  const uint32_t *index = picks_index(kept);
  for (uint32_t i = from; i < picks_count(kept); i++)
    if (items_same(item, index[i], k))
      return true;
  return false;
}

static void keep_new(struct picks *kept, const struct column *item, struct extent extent,
                     uint32_t from)
{
  for (uint32_t k = extent.first; k < extent.end; k++)
    if (!is_kept(kept, from, item, k))
      picks_add(kept, k);
}

static void keep_distinct(struct picks *kept, const struct column *item, struct extent a,
                          struct extent b)
{
  uint32_t from = picks_count(kept);
  keep_new(kept, item, a, from);
  keep_new(kept, item, b, from);
}

static void keep_common(struct picks *kept, const struct column *item, struct extent a,
                        struct extent b)
{
  uint32_t from = picks_count(kept);
  for (uint32_t k = a.first; k < a.end; k++)
    if (holds(item, b, k) && !is_kept(kept, from, item, k))
      picks_add(kept, k);
}

static void keep_others(struct picks *kept, const struct column *item, struct extent a,
                        struct extent b)
{
  uint32_t from = picks_count(kept);
  for (uint32_t k = a.first; k < a.end; k++)
    if (!holds(item, b, k) && !is_kept(kept, from, item, k))
      picks_add(kept, k);
}

static void keep_present(struct picks *kept, const struct column *item, struct extent a,
                         struct extent b)
{
  (void)b;
  for (uint32_t k = a.first; k < a.end; k++)
    if (!column_is_null(item, k))
      picks_add(kept, k);
}

static void keep_backwards(struct picks *kept, const struct column *item, struct extent a,
                           struct extent b)
{
  (void)item;
  (void)b;
  for (uint32_t k = a.end; k > a.first; k--)
    picks_add(kept, k - 1);
}

#define KEEP_KERNEL(name, row)                                                                     \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    return keep(ev, e, arg, rows, out, row);                                                       \
  }

KEEP_KERNEL(distinct_kernel, keep_distinct)
KEEP_KERNEL(common_kernel, keep_common)
KEEP_KERNEL(others_kernel, keep_others)
KEEP_KERNEL(present_kernel, keep_present)
KEEP_KERNEL(backwards_kernel, keep_backwards)

static expr_kernel *const kernels[] = {
    [ARRAY_DISTINCT] = distinct_kernel, [ARRAY_UNION] = distinct_kernel,
    [ARRAY_INTERSECT] = common_kernel,  [ARRAY_EXCEPT] = others_kernel,
    [ARRAY_COMPACT] = present_kernel,   [ARRAY_REVERSE] = backwards_kernel,
};

/* Casts arguments 0 and 1, both arrays, to one type; false with an error. */
static bool arrays_accept(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY || call_kind(c, 1) != TYPE_ARRAY) {
    call_refuse_types(c, "two arrays");
    return false;
  }
  struct type item;
  if (!type_tightest(c->arg[0]->type.item[0].type, c->arg[1]->type.item[0].type, &item)) {
    call_refuse_types(c, "arrays of one type");
    return false;
  }
  struct type type = type_array(c->b->arena, item);
  return call_cast(c, 0, type) && call_cast(c, 1, type);
}

struct expr *bind_array_set(struct call *c)
{
  if (c->args == 2 ? !arrays_accept(c) : call_kind(c, 0) != TYPE_ARRAY)
    return c->args == 2 ? NULL : call_refuse_types(c, "an array");
  if (type_holds(c->arg[0]->type, TYPE_MAP) && c->function->variant != ARRAY_COMPACT)
    return call_refuse_types(c, "arrays without maps in them");
  return call_result(c, c->arg[0]->type, kernels[c->function->variant], NULL);
}

/* Null where nothing is common but a null might be. */
static bool overlap_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *x = &arg[0].item[0], *y = &arg[1].item[0];
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    out->boolean[i] = 0;
    if (result_is_null(out, i))
      continue;
    struct extent a = extent_of(&arg[0], i), b = extent_of(&arg[1], i);
    bool found = false, missing = false;
    for (uint32_t k = a.first; k < a.end; k++)
      for (uint32_t m = b.first; m < b.end; m++) {
        bool unknown = column_is_null(x, k) || column_is_null(y, m);
        missing |= unknown;
        found |= !unknown && compare_values(x, k, y, m) == 0;
      }
    out->boolean[i] = found;
    if (missing && !found)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_arrays_overlap(struct call *c)
{
  if (!arrays_accept(c))
    return NULL;
  if (type_holds(c->arg[0]->type, TYPE_MAP))
    return call_refuse_types(c, "arrays without maps in them");
  return call_result(c, type_of(TYPE_BOOLEAN), overlap_kernel, NULL);
}

/* concat(a, b, ...) of arrays */
static bool concat_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  struct column all;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column **piece = arena_take(ev->arena, e->args, sizeof *piece);
  size_t *count = arena_take(ev->arena, e->args, sizeof *count);
  for (size_t k = 0; k < e->args; k++) {
    piece[k] = &arg[k].item[0];
    count[k] = array_items(&arg[k], rows);
  }
  column_stack(piece, count, e->args, &all, ev->arena);
  picks_concat(&kept, arg, e->args, rows, out);
  picks_finish(ev, &kept, &all, out);
  return true;
}

struct expr *bind_concat_arrays(struct call *c)
{
  struct type item = type_of(TYPE_NULL);
  for (size_t i = 0; i < c->args; i++)
    if (call_kind(c, i) != TYPE_ARRAY || !type_common(item, c->arg[i]->type.item[0].type, &item))
      return call_refuse_types(c, "arrays of one type");
  struct type type = type_array(c->b->arena, item);
  for (size_t i = 0; i < c->args; i++)
    if (!call_cast(c, i, type))
      return NULL;
  return call_result(c, type, concat_kernel, NULL);
}

/* An array of arrays becomes one array; null if one of them is. */
static bool flatten_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *inner = &arg[0].item[0];
  for (size_t i = 0; i < rows; i++) {
    struct extent outer = extent_of_result(&arg[0], i, out);
    bool missing = false;
    for (uint32_t k = outer.first; k < outer.end; k++)
      missing |= column_is_null(inner, k);
    if (missing)
      result_null(ev, out, rows, i, &null);
    for (uint32_t k = outer.first; k < outer.end && !missing; k++) {
      picks_add_extent(&kept, extent_of(inner, k), 0);
    }
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &inner->item[0], out);
  return true;
}

struct expr *bind_flatten(struct call *c)
{
  struct type type = c->arg[0]->type;
  if (type.kind != TYPE_ARRAY || type.item[0].type.kind != TYPE_ARRAY)
    return call_refuse_types(c, "an array of arrays");
  return call_result(c, type.item[0].type, flatten_kernel, NULL);
}

/* slice(array, start, length): start counts from 1, or from the end. */
static bool slice_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (!result_is_null(out, i)) {
      int64_t start = arg[1].i32[column_index(&arg[1], i)];
      int64_t length = arg[2].i32[column_index(&arg[2], i)];
      struct extent extent = extent_of(&arg[0], i);
      if (start == 0 || length < 0) {
        picks_drop(&kept);
        return error_set(ev->err, ERR_RANGE,
                         "slice() counts from 1, or back from -1, and takes 0 elements or more");
      }
      int64_t first = start > 0 ? start - 1 : extent_length(extent) + start;
      for (int64_t k = first; first >= 0 && k < first + length && k < extent_length(extent); k++)
        picks_add(&kept, extent.first + (uint32_t)k);
    }
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &arg[0].item[0], out);
  return true;
}

struct expr *bind_slice(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY)
    return call_refuse_types(c, "an array, a start and a length");
  if (!call_accept(c, 1, type_of(TYPE_INT)) || !call_accept(c, 2, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, c->arg[0]->type, slice_kernel, NULL);
}
