/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/lambda.h"

struct elements elements_of(struct evaluation *ev, const struct column *list, size_t rows,
                            const struct column *nulls)
{
  struct elements out = {0};
  size_t most = 0;
  for (size_t i = 0; i < rows; i++)
    most += result_is_null(nulls, i) ? 0 : extent_length(extent_of(list, i));
  out.item = arena_take(ev->arena, most, sizeof *out.item);
  out.row = arena_take(ev->arena, most, sizeof *out.row);
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(nulls, i))
      continue;
    struct extent extent = extent_of(list, i);
    for (uint32_t k = extent.first; k < extent.end; k++) {
      out.item[out.calls] = k;
      out.row[out.calls++] = (uint32_t)i;
    }
  }
  return out;
}

void elements_keep(struct elements *el, const struct column *answer)
{
  size_t kept = 0;
  for (size_t k = 0; k < el->calls; k++)
    if (column_is_true(answer, k)) {
      el->item[kept] = el->item[k];
      el->row[kept++] = el->row[k];
    }
  el->calls = kept;
}

void elements_end_rows(const struct elements *el, size_t rows, struct column *out)
{
  size_t k = 0;
  for (size_t i = 0; i < rows; i++) {
    while (k < el->calls && el->row[k] == i)
      k++;
    out->end[i] = (uint32_t)k;
  }
}

bool lambda_run(struct evaluation *ev, const struct expr *e, const struct column *arg, size_t k,
                const struct column *parameter, size_t parameters, const uint32_t *row,
                size_t calls, struct column *out)
{
  const struct expr *body = e->arg[k]->state;
  size_t captured = arg[k].type.items;
  struct batch frame = {.rows = calls, .columns = parameters + captured};
  frame.column = arena_take(ev->arena, frame.columns, sizeof *frame.column);
  memcpy(frame.column, parameter, parameters * sizeof *parameter);
  for (size_t i = 0; i < captured; i++) {
    const struct column *around = &arg[k].item[i];
    if (around->constant)
      frame.column[parameters + i] = *around;
    else
      column_gather(around, row, calls, &frame.column[parameters + i], ev->arena);
  }
  struct column result;
  if (calls == 0) {
    column_make_null(&result, body->type, ev->arena);
    column_spread(&result, 0, out, ev->arena);
    return true;
  }
  if (!expr_eval(body, &frame, ev, &result))
    return false;
  column_spread(&result, calls, out, ev->arena);
  return true;
}

bool lambda_result(const struct call *c, size_t k, struct type *type)
{
  if (c->arg[k]->kind != EXPR_LAMBDA) {
    call_refuse(c, ERR_TYPE,
                "argument %zu of '%.*s' has to be a lambda function, such as x -> x + 1", k + 1,
                SLICE_PRINT(c->function->name));
    return false;
  }
  *type = ((const struct expr *)c->arg[k]->state)->type;
  return true;
}

bool lambda_is_condition(const struct call *c, size_t k)
{
  struct type type;
  if (!lambda_result(c, k, &type))
    return false;
  if (type.kind == TYPE_BOOLEAN)
    return true;
  call_refuse(c, ERR_TYPE, "the lambda function of %.*s() has to give a BOOLEAN",
              SLICE_PRINT(c->function->name));
  return false;
}
