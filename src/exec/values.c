/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of constants: VALUES, and the one row of a SELECT without FROM. */
#include "exec/operator.h"

struct values {
  struct operator head;
  size_t given;
};

static bool values_next(struct operator* op, struct batch *out, struct error *err)
{
  struct values *values = (struct values *)op;
  const struct plan *plan = op->plan;
  arena_reset(&op->arena);
  *out = (struct batch){.columns = plan->schema.columns};
  out->column = arena_take(&op->arena, out->columns, sizeof *out->column);
  if (values->given == plan->rows)
    return true;
  struct evaluation ev = {&op->arena, err};
  struct batch nothing = {.rows = 1};
  const struct expr *const *row =
      (const struct expr *const *)plan->expr + values->given * out->columns;
  for (size_t i = 0; i < out->columns; i++)
    if (!expr_eval(row[i], &nothing, &ev, &out->column[i]))
      return false;
  out->rows = 1;
  values->given++;
  return true;
}

static const struct operator_class values_class = {"values", values_next, NULL, NULL};

struct operator* values_open(const struct plan *plan)
{
  return operator_new(&values_class, sizeof(struct values), plan, NULL, NULL);
}
