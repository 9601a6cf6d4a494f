/* SPDX-License-Identifier: Apache-2.0 */
/* Computed columns. Order is kept where a column of it is handed on as it is. */
#include "exec/operator.h"

struct project {
  struct operator head;
};

static bool project_next(struct operator* op, struct batch *out, struct error *err)
{
  const struct plan *plan = op->plan;
  struct batch in;
  if (!operator_next(op->input[0], &in, err))
    return false;
  arena_reset(&op->arena);
  out->rows = in.rows;
  out->columns = plan->exprs;
  out->column = arena_take(&op->arena, plan->exprs, sizeof *out->column);
  struct evaluation ev = {&op->arena, err};
  for (size_t i = 0; in.rows != 0 && i < plan->exprs; i++) {
    if (!plan->wanted[i])
      column_make_null(&out->column[i], plan->schema.column[i].type, &op->arena);
    else if (!expr_eval(plan->expr[i], &in, &ev, &out->column[i]))
      return false;
  }
  return true;
}

static const struct operator_class project_class = {"project", project_next, NULL, NULL};

/* Where the projection hands on that part of the input's order; false if nowhere. */
static bool find_part(const struct plan *plan, const struct order_part *part,
                      struct order_part *out)
{
  for (size_t i = 0; i < plan->exprs; i++) {
    const struct expr *e = plan->expr[i];
    if (e->kind == EXPR_COLUMN && e->index == part->column) {
      *out = (struct order_part){i, part->field};
      return true;
    }
    bool is_field = e->kind == EXPR_CALL && strcmp(e->name, "field") == 0 && part->field >= 0 &&
                    e->arg[0]->kind == EXPR_COLUMN && e->arg[0]->index == part->column;
    if (is_field &&
        slice_equal_nocase(e->arg[0]->type.item[part->field].name, e->arg[1]->value.text[0])) {
      *out = (struct order_part){i, -1};
      return true;
    }
  }
  return false;
}

struct operator*
    project_open(const struct plan *plan, struct operator* input, const struct execution *x)
{
  struct operator* op = operator_new(&project_class, sizeof(struct project), plan, input, NULL);
  op->order = arena_take(x->arena, input->orders, sizeof *op->order);
  while (op->orders < input->orders &&
         find_part(plan, &input->order[op->orders], &op->order[op->orders]))
    op->orders++;
  op->unique = input->unique && op->orders == input->orders;
  return op;
}
