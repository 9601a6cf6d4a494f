/* SPDX-License-Identifier: Apache-2.0 */
/* The order of an array's elements: the least, the greatest, sorted by value or by a lambda. */
#include "sql/functions/compare.h"
#include "sql/functions/lambda.h"
#include "sql/functions/list.h"

static bool is_ordered(struct type t)
{
  return !type_holds(t, TYPE_MAP) && !type_holds(t, TYPE_INTERVAL);
}

static bool takes_ordered(const struct call *c)
{
  if (call_kind(c, 0) == TYPE_ARRAY && is_ordered(c->arg[0]->type))
    return true;
  call_refuse_types(c, "an array of values that have an order");
  return false;
}

/* Nulls do not count; null if nothing does. */
static bool extreme(struct evaluation *ev, const struct expr *e, const struct column *arg,
                    size_t rows, struct column *out, int sign)
{
  (void)e;
  const struct column *item = &arg[0].item[0];
  uint32_t *at = arena_take(ev->arena, rows, sizeof *at);
  for (size_t i = 0; i < rows; i++) {
    at[i] = ROW_NONE;
    struct extent extent =
        column_is_null(&arg[0], i) ? (struct extent){0, 0} : extent_of(&arg[0], i);
    for (uint32_t k = extent.first; k < extent.end; k++)
      if (!column_is_null(item, k) &&
          (at[i] == ROW_NONE || sign * compare_values(item, k, item, at[i]) > 0))
        at[i] = k;
  }
  column_gather(item, at, rows, out, ev->arena);
  return true;
}

static bool least_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  return extreme(ev, e, arg, rows, out, -1);
}

static bool greatest_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  return extreme(ev, e, arg, rows, out, 1);
}

struct expr *bind_array_extreme(struct call *c)
{
  if (!takes_ordered(c))
    return NULL;
  return call_result(c, c->arg[0]->type.item[0].type,
                     c->function->variant < 0 ? least_kernel : greatest_kernel, NULL);
}

/* ---- sorting ---- */

/* How two elements compare; answers 0 and fills the error if that fails. */
struct order {
  const struct column *item;
  int sign; /* -1: descending */
  bool nulls_last;
  bool (*compare)(struct order *o, uint32_t a, uint32_t b, int *result);
  struct evaluation *ev; /* of a lambda: */
  const struct expr *e;
  const struct column *arg;
  uint32_t row;
};

static bool by_value(struct order *o, uint32_t a, uint32_t b, int *result)
{
  bool no_a = column_is_null(o->item, a), no_b = column_is_null(o->item, b);
  if (no_a || no_b)
    *result = o->nulls_last ? no_a - no_b : no_b - no_a;
  else
    *result = o->sign * compare_values(o->item, a, o->item, b);
  return true;
}

static bool by_lambda(struct order *o, uint32_t a, uint32_t b, int *result)
{
  struct column parameter[2], answer;
  struct arena scratch = {0};
  struct evaluation ev = {&scratch, o->ev->err};
  column_gather(o->item, &a, 1, &parameter[0], &scratch);
  column_gather(o->item, &b, 1, &parameter[1], &scratch);
  bool done = lambda_run(&ev, o->e, o->arg, 1, parameter, 2, &o->row, 1, &answer);
  if (done && column_is_null(&answer, 0))
    done = error_set(ev.err, ERR_RANGE, "the lambda function of array_sort() must not give null");
  if (done)
    *result = (answer.i32[0] > 0) - (answer.i32[0] < 0);
  arena_free(&scratch);
  return done;
}

/* Stable, by merging: run[0 .. n-1] with as much room behind it. */
static bool merge_sort(struct order *o, uint32_t *run, uint32_t *room, size_t n)
{
  if (n < 2)
    return true;
  size_t half = n / 2, i = 0, k = half, at = 0;
  if (!merge_sort(o, run, room, half) || !merge_sort(o, run + half, room, n - half))
    return false;
  while (i < half && k < n) {
    int order;
    if (!o->compare(o, run[i], run[k], &order))
      return false;
    room[at++] = order <= 0 ? run[i++] : run[k++];
  }
  while (i < half)
    room[at++] = run[i++];
  memcpy(run, room, at * sizeof *run);
  return true;
}

static bool sort_rows(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out, struct order *o)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  uint32_t *room = arena_take(ev->arena, el.calls, sizeof *room);
  size_t first = 0, k = 0;
  o->item = &arg[0].item[0];
  for (size_t i = 0; i < rows; i++, first = k) {
    while (k < el.calls && el.row[k] == i)
      k++;
    o->row = (uint32_t)i;
    if (!merge_sort(o, el.item + first, room, k - first))
      return false;
    out->end[i] = (uint32_t)k;
  }
  column_gather(o->item, el.item, el.calls, &out->item[0], ev->arena);
  return true;
}

/* sort_array(array[, ascending]): nulls first, or last if it descends. */
static bool sort_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  bool ascending = e->args == 1 || column_is_null(&arg[1], 0) || arg[1].boolean[0];
  struct order o = {.sign = ascending ? 1 : -1, .nulls_last = !ascending, .compare = by_value};
  return sort_rows(ev, e, arg, rows, out, &o);
}

struct expr *bind_sort_array(struct call *c)
{
  bool null = false;
  if (!takes_ordered(c))
    return NULL;
  if (c->args == 2 && (call_kind(c, 1) != TYPE_BOOLEAN || !call_constant(c, 1, "order", &null)))
    return call_refuse_types(c, "an array and a constant BOOLEAN");
  return call_result(c, c->arg[0]->type, sort_kernel, NULL);
}

static bool nulls_last_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  struct order o = {.sign = 1, .nulls_last = true, .compare = by_value};
  return sort_rows(ev, e, arg, rows, out, &o);
}

static bool lambda_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct order o = {.sign = 1, .compare = by_lambda, .ev = ev, .e = e, .arg = arg};
  return sort_rows(ev, e, arg, rows, out, &o);
}

/* array_sort(array[, (a, b) -> below, equal or above 0]) */
struct expr *bind_array_sort(struct call *c)
{
  struct type type;
  if (c->args == 1)
    return takes_ordered(c) ? call_result(c, c->arg[0]->type, nulls_last_kernel, NULL) : NULL;
  if (call_kind(c, 0) != TYPE_ARRAY)
    return call_refuse_types(c, "an array and a lambda function");
  if (!lambda_result(c, 1, &type))
    return NULL;
  if (type.kind != TYPE_INT)
    return call_refuse(c, ERR_TYPE, "the lambda function of array_sort() has to give an INT");
  return call_result(c, c->arg[0]->type, lambda_kernel, NULL);
}
