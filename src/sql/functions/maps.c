/* SPDX-License-Identifier: Apache-2.0 */
/* Maps: made of keys and values, and taken apart. A key is there once and is not null. */
#include "sql/coercion.h"
#include "sql/functions/compare.h"
#include "sql/functions/lambda.h"
#include "sql/functions/list.h"

/* mapKeyDedupPolicy EXCEPTION, the default. */
static bool check_keys(struct evaluation *ev, const struct column *key, struct extent extent)
{
  for (uint32_t k = extent.first; k < extent.end; k++) {
    if (column_is_null(key, k))
      return error_set(ev->err, ERR_DATA, "a key of a map must not be null");
    for (uint32_t m = extent.first; m < k; m++)
      if (compare_values(key, k, key, m) == 0)
        return error_set(ev->err, ERR_DATA, "a map must not hold the same key twice");
  }
  return true;
}

static bool check_map(struct evaluation *ev, const struct column *map, size_t rows)
{
  for (size_t i = 0; i < rows; i++)
    if (!result_is_null(map, i) && !check_keys(ev, &map->item[0], extent_of(map, i)))
      return false;
  return true;
}

/* map(key, value, ...): as two arrays of which each row has one element of each pair. */
static bool map_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  size_t pairs = e->args / 2, *count = arena_take(ev->arena, pairs, sizeof *count);
  const struct column **piece = arena_take(ev->arena, pairs, sizeof *piece);
  uint32_t *at = arena_take(ev->arena, rows * pairs, sizeof *at);
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++) {
    for (size_t k = 0; k < pairs; k++)
      at[i * pairs + k] = (uint32_t)(k * rows + i);
    out->end[i] = (uint32_t)((i + 1) * pairs);
  }
  for (unsigned side = 0; side < 2; side++) {
    struct column all = {.type = e->type.item[side].type};
    for (size_t k = 0; k < pairs; k++) {
      piece[k] = &arg[2 * k + side];
      count[k] = rows;
    }
    if (pairs != 0)
      column_stack(piece, count, pairs, &all, ev->arena);
    column_gather(&all, at, rows * pairs, &out->item[side], ev->arena);
  }
  return check_map(ev, out, rows);
}

static bool is_key(const struct call *c, struct type type)
{
  if (type.kind != TYPE_MAP)
    return true;
  call_refuse(c, ERR_TYPE, "a map cannot be the key of a map");
  return false;
}

struct expr *bind_map(struct call *c)
{
  struct type key, value;
  if (c->args % 2 != 0)
    return call_refuse(c, ERR_TYPE, "map() takes pairs of a key and a value");
  if (!call_common(c, 0, c->args, 2, &key) || !call_common(c, 1, c->args, 2, &value) ||
      !is_key(c, key))
    return NULL;
  return call_result(c, type_map(c->b->arena, key, value), map_kernel, NULL);
}

static bool same_lengths(struct evaluation *ev, const struct column *arg, size_t rows,
                         const struct column *nulls)
{
  for (size_t i = 0; i < rows; i++)
    if (!result_is_null(nulls, i) &&
        extent_length(extent_of(&arg[0], i)) != extent_length(extent_of(&arg[1], i)))
      return error_set(ev->err, ERR_DATA,
                       "map_from_arrays() takes as many values as there are keys");
  return true;
}

static bool from_arrays_kernel(struct evaluation *ev, const struct expr *e,
                               const struct column *arg, size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  if (!same_lengths(ev, arg, rows, out))
    return false;
  for (unsigned side = 0; side < 2; side++) {
    struct picks kept = {{0}};
    for (size_t i = 0; i < rows; i++) {
      struct extent extent = extent_of_result(&arg[side], i, out);
      picks_add_extent(&kept, extent, 0);
      out->end[i] = picks_count(&kept);
    }
    picks_gather(ev, &kept, &arg[side].item[0], &out->item[side]);
    picks_drop(&kept);
  }
  return check_map(ev, out, rows);
}

struct expr *bind_map_from_arrays(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY || call_kind(c, 1) != TYPE_ARRAY)
    return call_refuse_types(c, "an array of keys and an array of values");
  struct type key = c->arg[0]->type.item[0].type, value = c->arg[1]->type.item[0].type;
  if (!is_key(c, key))
    return NULL;
  return call_result(c, type_map(c->b->arena, key, value), from_arrays_kernel, NULL);
}

/* An array of pairs; null if one of them is. */
static bool from_entries_kernel(struct evaluation *ev, const struct expr *e,
                                const struct column *arg, size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *entry = &arg[0].item[0];
  for (size_t i = 0; i < rows; i++) {
    struct extent extent = extent_of_result(&arg[0], i, out);
    bool missing = false;
    for (uint32_t k = extent.first; k < extent.end; k++)
      missing |= column_is_null(entry, k);
    if (missing)
      result_null(ev, out, rows, i, &null);
    for (uint32_t k = extent.first; k < extent.end && !missing; k++)
      picks_add(&kept, k);
    out->end[i] = picks_count(&kept);
  }
  for (unsigned side = 0; side < 2; side++)
    picks_gather(ev, &kept, &entry->item[side], &out->item[side]);
  picks_drop(&kept);
  return check_map(ev, out, rows);
}

struct expr *bind_map_from_entries(struct call *c)
{
  struct type type = c->arg[0]->type;
  if (type.kind != TYPE_ARRAY || type.item[0].type.kind != TYPE_STRUCT ||
      type.item[0].type.items != 2)
    return call_refuse_types(c, "an array of structs of two fields");
  const struct field *pair = type.item[0].type.item;
  if (!is_key(c, pair[0].type))
    return NULL;
  return call_result(c, type_map(c->b->arena, pair[0].type, pair[1].type), from_entries_kernel,
                     NULL);
}

/* ---- taken apart: the elements stay where they are ---- */

static bool share_extents(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return false;
  memcpy(out->end, arg[0].end, rows * sizeof *out->end);
  return true;
}

static bool keys_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  if (share_extents(ev, e, arg, rows, out))
    out->item[0] = arg[0].item[0];
  return true;
}

static bool values_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (share_extents(ev, e, arg, rows, out))
    out->item[0] = arg[0].item[1];
  return true;
}

static bool entries_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (!share_extents(ev, e, arg, rows, out))
    return true;
  column_make(&out->item[0], e->type.item[0].type, 0, ev->arena);
  for (unsigned side = 0; side < 2; side++)
    out->item[0].item[side] = arg[0].item[side];
  return true;
}

static bool takes_map(const struct call *c, size_t i)
{
  if (call_kind(c, i) == TYPE_MAP)
    return true;
  call_refuse_types(c, "a map");
  return false;
}

struct expr *bind_map_parts(struct call *c)
{
  struct arena *arena = c->b->arena;
  if (!takes_map(c, 0))
    return NULL;
  struct type map = c->arg[0]->type;
  switch ((enum map_part)c->function->variant) {
  case MAP_KEYS:
    return call_result(c, type_array(arena, map.item[0].type), keys_kernel, NULL);
  case MAP_VALUES:
    return call_result(c, type_array(arena, map.item[1].type), values_kernel, NULL);
  case MAP_ENTRIES:
    break;
  }
  struct type entry = {TYPE_STRUCT, 0, 0, 2,
                       type_map(arena, map.item[0].type, map.item[1].type).item};
  return call_result(c, type_array(arena, entry), entries_kernel, NULL);
}

/* map_concat(a, b, ...) */
static bool concat_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column **piece = arena_take(ev->arena, e->args, sizeof *piece);
  size_t *count = arena_take(ev->arena, e->args, sizeof *count);
  for (size_t k = 0; k < e->args; k++)
    count[k] = array_items(&arg[k], rows);
  picks_concat(&kept, arg, e->args, rows, out);
  for (unsigned side = 0; side < 2; side++) {
    struct column all;
    for (size_t k = 0; k < e->args; k++)
      piece[k] = &arg[k].item[side];
    column_stack(piece, count, e->args, &all, ev->arena);
    picks_gather(ev, &kept, &all, &out->item[side]);
  }
  picks_drop(&kept);
  return check_map(ev, out, rows);
}

struct expr *bind_map_concat(struct call *c)
{
  struct type type;
  for (size_t i = 0; i < c->args; i++)
    if (!takes_map(c, i))
      return NULL;
  if (!call_common(c, 0, c->args, 1, &type))
    return NULL;
  return call_result(c, type, concat_kernel, NULL);
}

static bool contains_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    struct extent extent = extent_of_result(&arg[0], i, out);
    out->boolean[i] = 0;
    for (uint32_t k = extent.first; k < extent.end; k++)
      out->boolean[i] |= compare_values(&arg[0].item[0], k, &arg[1], i) == 0;
  }
  return true;
}

struct expr *bind_map_contains_key(struct call *c)
{
  struct type key;
  if (!takes_map(c, 0))
    return NULL;
  struct type map = c->arg[0]->type;
  if (!type_tightest(map.item[0].type, c->arg[1]->type, &key) || call_kind(c, 1) == TYPE_NULL)
    return call_refuse_types(c, "a map and a key of its keys' type");
  if (!call_cast(c, 0, type_map(c->b->arena, key, map.item[1].type)) || !call_cast(c, 1, key))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), contains_kernel, NULL);
}

/* ---- lambda functions over the entries ---- */

/* Runs the lambda over each key and value. */
static bool run_entries(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        const struct elements *el, struct column *parameter, struct column *out)
{
  for (unsigned side = 0; side < 2; side++)
    column_gather(&arg[0].item[side], el->item, el->calls, &parameter[side], ev->arena);
  return lambda_run(ev, e, arg, 1, parameter, 2, el->row, el->calls, out);
}

static bool filter_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct column parameter[2], keep;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  if (!run_entries(ev, e, arg, &el, parameter, &keep))
    return false;
  elements_keep(&el, &keep);
  elements_end_rows(&el, rows, out);
  for (unsigned side = 0; side < 2; side++)
    column_gather(&arg[0].item[side], el.item, el.calls, &out->item[side], ev->arena);
  return true;
}

struct expr *bind_map_filter(struct call *c)
{
  if (!takes_map(c, 0) || !lambda_is_condition(c, 1))
    return NULL;
  return call_result(c, c->arg[0]->type, filter_kernel, NULL);
}

static bool transform_side(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out, unsigned side)
{
  struct column parameter[2];
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  elements_end_rows(&el, rows, out);
  if (!run_entries(ev, e, arg, &el, parameter, &out->item[side]))
    return false;
  out->item[1 - side] = parameter[1 - side];
  return side == 1 || check_map(ev, out, rows);
}

static bool transform_keys_kernel(struct evaluation *ev, const struct expr *e,
                                  const struct column *arg, size_t rows, struct column *out)
{
  return transform_side(ev, e, arg, rows, out, 0);
}

static bool transform_values_kernel(struct evaluation *ev, const struct expr *e,
                                    const struct column *arg, size_t rows, struct column *out)
{
  return transform_side(ev, e, arg, rows, out, 1);
}

struct expr *bind_map_transform(struct call *c)
{
  struct type made;
  if (!takes_map(c, 0) || !lambda_result(c, 1, &made))
    return NULL;
  struct type key = c->arg[0]->type.item[0].type, value = c->arg[0]->type.item[1].type;
  if (c->function->variant == MAP_VALUES)
    return call_result(c, type_map(c->b->arena, key, made), transform_values_kernel, NULL);
  if (!is_key(c, made))
    return NULL;
  return call_result(c, type_map(c->b->arena, made, value), transform_keys_kernel, NULL);
}
