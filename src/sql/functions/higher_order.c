/* SPDX-License-Identifier: Apache-2.0 */
/* transform(), filter(), exists(), forall(), zip_with(): one call of the lambda function an
 * element, all elements of a batch at once. */
#include "sql/functions/lambda.h"
#include "sql/functions/list.h"

static bool takes_array(const struct call *c, size_t i)
{
  if (call_kind(c, i) == TYPE_ARRAY)
    return true;
  call_refuse_types(c, "an array and a lambda function");
  return false;
}

/* Element and index, as all of these functions hand them on. */
static bool run_over(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     const struct elements *el, struct column *out)
{
  struct column parameter[2];
  column_gather(&arg[0].item[0], el->item, el->calls, &parameter[0], ev->arena);
  column_make(&parameter[1], type_of(TYPE_INT), el->calls, ev->arena);
  for (size_t i = 0; i < el->calls; i++)
    parameter[1].i32[i] = (int32_t)(el->item[i] - extent_of(&arg[0], el->row[i]).first);
  size_t parameters = strcmp(e->name, "transform") == 0 || strcmp(e->name, "filter") == 0 ? 2 : 1;
  return lambda_run(ev, e, arg, 1, parameter, parameters, el->row, el->calls, out);
}

static bool transform_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                             size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  elements_end_rows(&el, rows, out);
  return run_over(ev, e, arg, &el, &out->item[0]);
}

struct expr *bind_transform(struct call *c)
{
  struct type item;
  if (!takes_array(c, 0) || !lambda_result(c, 1, &item))
    return NULL;
  return call_result(c, type_array(c->b->arena, item), transform_kernel, NULL);
}

static bool filter_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  struct column keep;
  if (!run_over(ev, e, arg, &el, &keep))
    return false;
  elements_keep(&el, &keep);
  elements_end_rows(&el, rows, out);
  column_gather(&arg[0].item[0], el.item, el.calls, &out->item[0], ev->arena);
  return true;
}

struct expr *bind_filter(struct call *c)
{
  if (!takes_array(c, 0) || !lambda_is_condition(c, 1))
    return NULL;
  return call_result(c, c->arg[0]->type, filter_kernel, NULL);
}

/* exists() is decided by a true, forall() by a false; else a null among the answers makes it null
 * (spark.sql.legacy.followThreeValuedLogicInArrayExists). */
static bool decide_rows(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out, uint8_t decisive)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct elements el = elements_of(ev, &arg[0], rows, out);
  struct column answer;
  uint8_t *null = NULL;
  if (!run_over(ev, e, arg, &el, &answer))
    return false;
  size_t k = 0;
  for (size_t i = 0; i < rows; i++) {
    bool decided = false, unknown = false;
    for (; k < el.calls && el.row[k] == i; k++)
      if (column_is_null(&answer, k))
        unknown = true;
      else
        decided |= answer.boolean[k] == decisive;
    out->boolean[i] = decided ? decisive : !decisive;
    if (unknown && !decided)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

static bool exists_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  return decide_rows(ev, e, arg, rows, out, 1);
}

static bool forall_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  return decide_rows(ev, e, arg, rows, out, 0);
}

struct expr *bind_exists(struct call *c)
{
  if (!takes_array(c, 0) || !lambda_is_condition(c, 1))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN),
                     c->function->variant == DECIDED_BY_TRUE ? exists_kernel : forall_kernel, NULL);
}

/* The shorter array goes on with nulls. */
static bool zip_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct picks at[2] = {{{0}}, {{0}}}, row = {{0}};
  for (size_t i = 0; i < rows; i++) {
    struct extent a = extent_of_result(&arg[0], i, out), b = extent_of_result(&arg[1], i, out);
    for (uint32_t k = 0; k < extent_length(a) || k < extent_length(b); k++) {
      picks_add(&at[0], k < extent_length(a) ? a.first + k : ROW_NONE);
      picks_add(&at[1], k < extent_length(b) ? b.first + k : ROW_NONE);
      picks_add(&row, (uint32_t)i);
    }
    out->end[i] = picks_count(&row);
  }
  struct column parameter[2];
  for (size_t k = 0; k < 2; k++)
    picks_gather(ev, &at[k], &arg[k].item[0], &parameter[k]);
  bool done =
      lambda_run(ev, e, arg, 2, parameter, 2, picks_index(&row), picks_count(&row), &out->item[0]);
  picks_drop(&at[0]);
  picks_drop(&at[1]);
  picks_drop(&row);
  return done;
}

struct expr *bind_zip_with(struct call *c)
{
  struct type item;
  if (!takes_array(c, 0) || !takes_array(c, 1) || !lambda_result(c, 2, &item))
    return NULL;
  return call_result(c, type_array(c->b->arena, item), zip_kernel, NULL);
}

/* ---- aggregate(array, start, merge[, finish]) ---- */

/* The k-th element of each row, a null where there are fewer. */
static void take_elements(struct evaluation *ev, const struct column *list, uint32_t k, size_t rows,
                          const uint8_t *going, uint32_t *at, struct column *out)
{
  for (size_t i = 0; i < rows; i++)
    at[i] = going[i] ? extent_of(list, i).first + k : ROW_NONE;
  column_gather(&list->item[0], at, rows, out, ev->arena);
}

/* Rows that go on take the new value, the others keep theirs. */
static void keep_finished(struct evaluation *ev, const uint8_t *going, size_t rows, uint32_t *at,
                          const struct column *now, struct column *sum)
{
  const struct column *both[2] = {sum, now};
  size_t count[2] = {rows, rows};
  struct column stacked;
  column_stack(both, count, 2, &stacked, ev->arena);
  for (size_t i = 0; i < rows; i++)
    at[i] = (uint32_t)(going[i] ? rows + i : i);
  column_gather(&stacked, at, rows, sum, ev->arena);
}

static bool fold_rows(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, const struct column *nulls, struct column *sum)
{
  uint32_t *self = arena_take(ev->arena, rows, sizeof *self), longest = 0;
  uint32_t *at = arena_take(ev->arena, rows, sizeof *at);
  uint8_t *going = arena_take(ev->arena, rows, 1);
  for (size_t i = 0; i < rows; i++) {
    uint32_t length = result_is_null(nulls, i) ? 0 : extent_length(extent_of(&arg[0], i));
    longest = length > longest ? length : longest;
    self[i] = (uint32_t)i;
  }
  for (uint32_t k = 0; k < longest; k++) {
    struct column parameter[2], now;
    bool all = true;
    for (size_t i = 0; i < rows; i++) {
      going[i] = !result_is_null(nulls, i) && k < extent_length(extent_of(&arg[0], i));
      all &= going[i];
    }
    parameter[0] = *sum;
    take_elements(ev, &arg[0], k, rows, going, at, &parameter[1]);
    if (!lambda_run(ev, e, arg, 2, parameter, 2, self, rows, &now))
      return false;
    if (all)
      *sum = now;
    else
      keep_finished(ev, going, rows, at, &now, sum);
  }
  return e->args < 4 || lambda_run(ev, e, arg, 3, sum, 1, self, rows, sum);
}

static bool aggregate_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                             size_t rows, struct column *out)
{
  struct column nulls = {.type = type_of(TYPE_BOOLEAN)}, sum;
  for (size_t i = 0; i < rows; i++)
    if (column_is_null(&arg[0], i))
      column_flags(&nulls, rows, ev->arena)[i] = 1;
  column_spread(&arg[1], rows, &sum, ev->arena);
  if (!fold_rows(ev, e, arg, rows, &nulls, &sum))
    return false;
  *out = sum;
  if (nulls.null == NULL)
    return true;
  uint8_t *null = result_flags(ev, rows, out);
  for (size_t i = 0; i < rows; i++)
    null[i] |= nulls.null[i];
  return true;
}

struct expr *bind_array_aggregate(struct call *c)
{
  struct type merged, result = c->arg[1]->type;
  if (!takes_array(c, 0) || !lambda_result(c, 2, &merged))
    return NULL;
  if (!type_equal(merged, result))
    return call_refuse(c, ERR_TYPE,
                       "the lambda function of %.*s() has to give what the start value is; CAST "
                       "one of them",
                       SLICE_PRINT(c->function->name));
  if (c->args == 4 && !lambda_result(c, 3, &result))
    return NULL;
  return call_result(c, result, aggregate_kernel, NULL);
}
