/* SPDX-License-Identifier: Apache-2.0 */
/* Arrays and one value: where it stands, and arrays with it added, repeated or taken out. */
#include <stdlib.h>

#include "sql/coercion.h"
#include "sql/functions/array_rows.h"
#include "sql/functions/compare.h"
#include "sql/functions/list.h"

/* Array and value get one type, but no number becomes a text for it
 * (findWiderTypeWithoutStringPromotionForTwo); `tight`: nor is anything lost. */
static bool accept_value(struct call *c, size_t value, bool tight)
{
  struct type item, type = c->arg[value]->type;
  if (call_kind(c, 0) != TYPE_ARRAY) {
    call_refuse_types(c, "an array and a value");
    return false;
  }
  struct type own = c->arg[0]->type.item[0].type;
  bool texts = (own.kind == TYPE_STRING) != (type.kind == TYPE_STRING);
  bool common = tight ? type_tightest(own, type, &item) : type_common(own, type, &item);
  if (!common || (texts && own.kind != TYPE_NULL && type.kind != TYPE_NULL)) {
    call_refuse_types(c, "an array and a value of its elements' type");
    return false;
  }
  return call_cast(c, 0, type_array(c->b->arena, item)) && call_cast(c, value, item);
}

/* Null if the value is not there but a null is. */
static bool contains_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *item = &arg[0].item[0];
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    bool found = false, missing = false;
    struct extent extent = extent_of_result(&arg[0], i, out);
    for (uint32_t k = extent.first; k < extent.end; k++)
      if (column_is_null(item, k))
        missing = true;
      else
        found |= compare_values(item, k, &arg[1], i) == 0;
    out->boolean[i] = found;
    if (missing && !found)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_array_contains(struct call *c)
{
  if (call_kind(c, 1) == TYPE_NULL)
    return call_refuse_types(c, "an array and a typed value");
  return accept_value(c, 1, false) ? call_result(c, type_of(TYPE_BOOLEAN), contains_kernel, NULL)
                                   : NULL;
}

/* From 1; 0 if it is not there. */
static bool position_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *item = &arg[0].item[0];
  for (size_t i = 0; i < rows; i++) {
    out->i64[i] = 0;
    struct extent extent = extent_of_result(&arg[0], i, out);
    for (uint32_t k = extent.first; k < extent.end && out->i64[i] == 0; k++)
      if (!column_is_null(item, k) && compare_values(item, k, &arg[1], i) == 0)
        out->i64[i] = k - extent.first + 1;
  }
  return true;
}

struct expr *bind_array_position(struct call *c)
{
  return accept_value(c, 1, true) ? call_result(c, type_of(TYPE_BIGINT), position_kernel, NULL)
                                  : NULL;
}

static bool remove_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct column *item = &arg[0].item[0];
  for (size_t i = 0; i < rows; i++) {
    struct extent extent = extent_of_result(&arg[0], i, out);
    for (uint32_t k = extent.first; k < extent.end; k++)
      if (column_is_null(item, k) || compare_values(item, k, &arg[1], i) != 0)
        picks_add(&kept, k);
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, item, out);
  return true;
}

struct expr *bind_array_remove(struct call *c)
{
  return accept_value(c, 1, true) ? call_result(c, c->arg[0]->type, remove_kernel, NULL) : NULL;
}

/* The elements, then the values of argument `value`, one a row; *values is where they start. */
static struct column with_values(struct evaluation *ev, const struct column *arg, size_t value,
                                 size_t rows, uint32_t *values)
{
  const struct column *both[2] = {&arg[0].item[0], &arg[value]};
  size_t count[2] = {array_items(&arg[0], rows), rows};
  struct column out;
  column_stack(both, count, 2, &out, ev->arena);
  *values = (uint32_t)count[0];
  return out;
}

/* Only the array makes the result null: the value may be one. */
static bool begin_list(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  struct expr one = *e;
  one.args = 1;
  return result_begin(ev, &one, arg, rows, out);
}

static bool add_values(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out, bool before)
{
  struct picks kept = {{0}};
  uint32_t values;
  if (!begin_list(ev, e, arg, rows, out))
    return true;
  struct column all = with_values(ev, arg, 1, rows, &values);
  for (size_t i = 0; i < rows; i++) {
    if (!result_is_null(out, i)) {
      struct extent extent = extent_of(&arg[0], i);
      if (before)
        picks_add(&kept, values + (uint32_t)i);
      picks_add_extent(&kept, extent, 0);
      if (!before)
        picks_add(&kept, values + (uint32_t)i);
    }
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &all, out);
  return true;
}

static bool append_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  return add_values(ev, e, arg, rows, out, false);
}

static bool prepend_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  return add_values(ev, e, arg, rows, out, true);
}

/* variant: 1 prepends */
struct expr *bind_array_add(struct call *c)
{
  expr_kernel *kernel = c->function->variant ? prepend_kernel : append_kernel;
  return accept_value(c, 1, true) ? call_result(c, c->arg[0]->type, kernel, NULL) : NULL;
}

/* The value at `place`, counted from 0, in a row that is long enough for it. */
static void insert_row(struct picks *kept, struct extent extent, int64_t place, uint32_t value)
{
  int64_t length = extent_length(extent);
  for (int64_t k = place < 0 ? place : 0; k < length || k <= place; k++) {
    if (k == place)
      picks_add(kept, value);
    if (k < length || k < place)
      picks_add(kept, k >= 0 && k < length ? extent.first + (uint32_t)k : ROW_NONE);
  }
}

static bool insert_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  struct expr two = *e;
  uint32_t values;
  two.args = 2;
  if (!result_begin(ev, &two, arg, rows, out))
    return true;
  struct column all = with_values(ev, arg, 2, rows, &values);
  for (size_t i = 0; i < rows; i++) {
    if (!result_is_null(out, i)) {
      int64_t position = arg[1].i32[column_index(&arg[1], i)];
      int64_t length = extent_length(extent_of(&arg[0], i));
      int64_t place = position > 0 ? position - 1 : length + position + 1;
      if (position == 0 || place >= LONGEST_ARRAY || place <= -LONGEST_ARRAY) {
        picks_drop(&kept);
        return error_set(ev->err, ERR_RANGE,
                         "the positions of array_insert() count from 1, or back from -1");
      }
      if (!array_fits(ev, e->name, picks_count(&kept) + (uint64_t)(length + llabs(place)))) {
        picks_drop(&kept);
        return false;
      }
      insert_row(&kept, extent_of(&arg[0], i), place, values + (uint32_t)i);
    }
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &all, out);
  return true;
}

struct expr *bind_array_insert(struct call *c)
{
  enum type_kind index = call_kind(c, 1);
  if (index != TYPE_TINYINT && index != TYPE_SMALLINT && index != TYPE_INT)
    return call_refuse_types(c, "an array, an INT and a value");
  if (!accept_value(c, 2, true) || !call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, c->arg[0]->type, insert_kernel, NULL);
}

static bool repeat_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct picks kept = {{0}};
  struct expr count = *e;
  count.args = 1;
  if (!result_begin(ev, &count, &arg[1], rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    int32_t times = result_is_null(out, i) ? 0 : arg[1].i32[column_index(&arg[1], i)];
    if (times > 0 && !array_fits(ev, e->name, (uint64_t)picks_count(&kept) + (uint64_t)times)) {
      picks_drop(&kept);
      return false;
    }
    for (int32_t k = 0; k < times; k++)
      picks_add(&kept, (uint32_t)column_index(&arg[0], i));
    out->end[i] = picks_count(&kept);
  }
  picks_finish(ev, &kept, &arg[0], out);
  return true;
}

struct expr *bind_array_repeat(struct call *c)
{
  if (call_kind(c, 1) != TYPE_INT && call_kind(c, 1) != TYPE_NULL)
    return call_refuse_types(c, "a value and an INT");
  if (!call_cast(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_array(c->b->arena, c->arg[0]->type), repeat_kernel, NULL);
}
