/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of constants: VALUES, and the one row of a SELECT without FROM. */
#include "exec/step.h"

struct values {
  struct step head;
  size_t given;
};

static bool values_next(struct step *step, struct batch *out, struct error *err)
{
  struct values *values = (struct values *)step;
  const struct plan *plan = step->plan;
  arena_reset(&step->arena);
  *out = (struct batch){.columns = plan->schema.columns};
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  if (values->given == plan->rows)
    return true;
  struct evaluation ev = {&step->arena, err};
  struct batch nothing = {.rows = 1};
  for (size_t i = 0; i < out->columns; i++)
    if (!expr_eval(plan->expr[values->given * out->columns + i], &nothing, &ev, &out->column[i]))
      return false;
  out->rows = 1;
  values->given++;
  return true;
}

static const struct step_kind values_kind = {"values", values_next, NULL, NULL, NULL};

struct step *values_open(const struct plan *plan)
{
  return step_new(&values_kind, sizeof(struct values), plan, NULL, NULL);
}
