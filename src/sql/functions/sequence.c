/* SPDX-License-Identifier: Apache-2.0 */
/* sequence(start, stop[, step]): integers, days or times, both ends included. */
#include "sql/coercion.h"
#include "sql/functions/array_rows.h"
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "text/civil.h"

/* The step of row i; without one 1 or -1, towards the stop. */
static int64_t step_of(const struct expr *e, const struct column *arg, size_t i, int64_t start,
                       int64_t stop)
{
  if (e->args < 3)
    return start <= stop ? 1 : -1;
  int64_t step = column_integer(&arg[2], i);
  return e->type.item[0].type.kind == TYPE_DATE ? step / MICROS_PER_DAY : step;
}

static bool sequence_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  struct buffer values = {0};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (!result_is_null(out, i)) {
      int64_t start = column_integer(&arg[0], i), stop = column_integer(&arg[1], i);
      int64_t step = step_of(e, arg, i, start, stop);
      uint64_t distance =
          start <= stop ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
      bool towards = start == stop || (step > 0) == (start < stop);
      uint64_t stride = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
      if ((step == 0 && start != stop) || !towards ||
          (step != 0 && distance / stride >= LONGEST_ARRAY)) {
        buffer_free(&values);
        return error_set(ev->err, ERR_RANGE,
                         "the step of sequence() has to lead from the start to the stop, in fewer "
                         "than %d steps",
                         LONGEST_ARRAY);
      }
      uint64_t count = step != 0 ? distance / stride : 0;
      if (!array_fits(ev, e->name, values.n / sizeof(int64_t) + count + 1)) {
        buffer_free(&values);
        return false;
      }
      for (uint64_t k = 0; k <= count; k++) {
        int64_t value = java_add(start, java_multiply((int64_t)k, step));
        buffer_append(&values, &value, sizeof value);
      }
    }
    out->end[i] = (uint32_t)(values.n / sizeof(int64_t));
  }
  struct column *item = &out->item[0];
  size_t n = values.n / sizeof(int64_t);
  const int64_t *value = (const int64_t *)(const void *)values.p;
  column_make(item, e->type.item[0].type, n, ev->arena);
  for (size_t k = 0; k < n; k++)
    if (type_size(item->type) == sizeof(int64_t))
      item->i64[k] = value[k];
    else
      item->i32[k] = (int32_t)value[k];
  buffer_free(&values);
  return true;
}

/* Days and times go by whole days or shorter: months have no fixed length. */
static bool accept_times(struct call *c, struct type *type)
{
  *type = type_of(call_kind(c, 0) == TYPE_TIMESTAMP || call_kind(c, 1) == TYPE_TIMESTAMP
                      ? TYPE_TIMESTAMP
                      : TYPE_DATE);
  if (c->args < 3 && type->kind == TYPE_TIMESTAMP)
    return false;
  if (c->args == 3) {
    bool whole_days =
        c->arg[2]->kind == EXPR_LITERAL && call_kind(c, 2) == TYPE_INTERVAL &&
        (column_is_null(&c->arg[2]->value, 0) || c->arg[2]->value.i64[0] % MICROS_PER_DAY == 0);
    if (call_kind(c, 2) != TYPE_INTERVAL || (type->kind == TYPE_DATE && !whole_days))
      return false;
  }
  return call_cast(c, 0, *type) && call_cast(c, 1, *type);
}

struct expr *bind_sequence(struct call *c)
{
  struct type type;
  bool times = call_kind(c, 0) == TYPE_DATE || call_kind(c, 0) == TYPE_TIMESTAMP;
  if (times) {
    if (!accept_times(c, &type))
      return call_refuse(c, ERR_UNSUPPORTED,
                         "sequence() takes two days, or two times and a constant INTERVAL of days "
                         "or shorter");
  } else {
    if (!call_common(c, 0, c->args, 1, &type))
      return NULL;
    if (!type_is_integer(type))
      return call_refuse_types(c, "integers, or days or times and an INTERVAL");
  }
  return call_result(c, type_array(c->b->arena, type), sequence_kernel, NULL);
}
