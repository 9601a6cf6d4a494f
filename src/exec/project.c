/* SPDX-License-Identifier: Apache-2.0 */
/* Computed columns. Order is kept where a column of it is handed on as it is. */
#include "exec/step.h"

struct project {
  struct step head;
};

static bool project_next(struct step *step, struct batch *out, struct error *err)
{
  const struct plan *plan = step->plan;
  struct batch in;
  if (!step_next(step->input[0], &in, err))
    return false;
  arena_reset(&step->arena);
  out->rows = in.rows;
  out->columns = plan->exprs;
  out->partition = in.partition;
  out->column = arena_take(&step->arena, plan->exprs, sizeof *out->column);
  struct evaluation ev = {&step->arena, err};
  for (size_t i = 0; in.rows != 0 && i < plan->exprs; i++) {
    if (!plan->wanted[i])
      column_make_null(&out->column[i], plan->schema.column[i].type, &step->arena);
    else if (!expr_eval(plan->expr[i], &in, &ev, &out->column[i]))
      return false;
  }
  return true;
}

static const struct step_kind project_kind = {"project", project_next, NULL, NULL, NULL};

static bool is_same(const struct expr *e, const struct order_part *part)
{
  if (e->kind == EXPR_COLUMN)
    return e->index == part->column;
  return e->kind == EXPR_CALL && strcmp(e->name, "field") == 0 && part->field >= 0 &&
         e->arg[0]->kind == EXPR_COLUMN && e->arg[0]->index == part->column &&
         slice_equal_nocase(e->arg[0]->type.item[part->field].name, e->arg[1]->value.text[0]);
}

/* Where the projection hands on that part of the input's order; false if nowhere. */
static bool find_part(const struct plan *plan, const struct order_part *part,
                      struct order_part *out)
{
  *out = *part;
  for (out->column = 0; out->column < plan->exprs; out->column++) {
    const struct expr *e = plan->expr[out->column];
    if (is_same(e, part)) {
      out->field = e->kind == EXPR_COLUMN ? part->field : -1;
      return true;
    }
  }
  return false;
}

/* The same for the part as a text. */
static bool find_text(const struct plan *plan, const struct order_part *part,
                      struct order_part *out)
{
  *out = (struct order_part){.field = -1, .window = part->window, .is_text = true};
  for (; part->window != NULL && !part->is_text && out->column < plan->exprs; out->column++) {
    const struct expr *e = plan->expr[out->column];
    bool is_text = e->kind == EXPR_CALL && e->time_unit != 0;
    if (is_text && (part->field < 0 || e->arg[0]->kind == EXPR_CALL) && is_same(e->arg[0], part))
      return true;
  }
  return false;
}

/* Whether what is behind the part in the order is an order of the rows still. Two times may have
 * one text, but not if it tells apart windows that start a slide from each other. */
static bool goes_on_behind(const struct plan *plan, const struct order_part *part)
{
  return !part->is_text || plan->expr[part->column]->time_unit <= part->window->slide;
}

struct step *project_open(const struct plan *plan, struct step *input, const struct execution *x)
{
  struct step *step = step_new(&project_kind, sizeof(struct project), plan, input, NULL);
  struct order_part *out = step->order = arena_take(x->arena, input->orders, sizeof *out);
  bool is_plain = true, goes_on = true;
  for (size_t i = 0; goes_on && i < input->orders; i++, out++) {
    const struct order_part *part = &input->order[i];
    if (!find_part(plan, part, out) && !find_text(plan, part, out))
      break;
    is_plain &= !out->is_text;
    goes_on = goes_on_behind(plan, out);
    step->orders++;
  }
  step->unique = input->unique && step->orders == input->orders && is_plain;
  return step;
}
