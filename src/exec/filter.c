/* SPDX-License-Identifier: Apache-2.0 */
/* Rows for which a condition is true; false and null keep a row out. */
#include "exec/step.h"

struct filter {
  struct step head;
  uint64_t kept_out;
};

/* The rows that stay, in order. */
static size_t choose(const struct column *condition, size_t rows, uint32_t *chosen)
{
  size_t count = 0;
  if (condition->constant || condition->null != NULL || condition->type.kind == TYPE_NULL) {
    for (size_t i = 0; i < rows; i++)
      if (column_is_true(condition, i))
        chosen[count++] = (uint32_t)i;
    return count;
  }
  for (size_t i = 0; i < rows; i++) {
    chosen[count] = (uint32_t)i;
    count += condition->boolean[i];
  }
  return count;
}

static bool filter_next(struct step *step, struct batch *out, struct error *err)
{
  struct filter *filter = (struct filter *)step;
  struct batch in;
  do {
    arena_reset(&step->arena);
    if (!step_next(step->input[0], &in, err))
      return false;
    *out = in;
    if (in.rows == 0)
      return true;
    struct evaluation ev = {&step->arena, err};
    struct column condition;
    if (!expr_eval(step->plan->condition, &in, &ev, &condition))
      return false;
    uint32_t *chosen = arena_take(&step->arena, in.rows, sizeof *chosen);
    out->rows = choose(&condition, in.rows, chosen);
    filter->kept_out += in.rows - out->rows;
    if (out->rows == in.rows || out->rows == 0)
      continue;
    out->column = arena_take(&step->arena, in.columns, sizeof *out->column);
    for (size_t i = 0; i < in.columns; i++) {
      if (in.column[i].constant)
        out->column[i] = in.column[i];
      else
        column_gather(&in.column[i], chosen, out->rows, &out->column[i], &step->arena);
    }
  } while (out->rows == 0);
  return true;
}

static void filter_count(const struct step *step, struct query_counts *counts)
{
  counts->filtered += ((const struct filter *)step)->kept_out;
}

static const struct step_kind filter_kind = {"filter", filter_next, NULL, NULL, filter_count};

struct step *filter_open(const struct plan *plan, struct step *input)
{
  struct step *step = step_new(&filter_kind, sizeof(struct filter), plan, input, NULL);
  step->orders = input->orders;
  step->order = input->order;
  step->unique = input->unique;
  return step;
}
