/* SPDX-License-Identifier: Apache-2.0 */
/* In which order groups have to come: where nothing sorts them, Spark's own order shows in sums of
 * doubles, in first() and last(), in LIMIT and in ties. */
#include "sql/binder_internal.h"

void plan_ask_for_order(struct plan *plan)
{
  bool over = false;
  for (; plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT || plan->kind == PLAN_OVER;
       plan = plan->input[0])
    over |= plan->kind == PLAN_OVER;
  plan->sorted = plan->sorted || !over || plan->kind != PLAN_SORT;
}

/* The window becomes a key like the others. */
static void unfold_window(const struct binder *binder, struct plan *plan)
{
  struct position none = {0};
  size_t index = plan->input[0]->schema.columns;
  struct type type = plan->schema.column[plan->exprs].type;
  struct expr **expr = arena_take(binder->b.arena, plan->exprs + 1, sizeof(struct expr *));
  for (size_t i = 0; i < plan->exprs; i++)
    expr[i] = plan->expr[i];
  expr[plan->exprs++] = expr_column(binder->b.arena, index, type, none);
  plan->expr = expr;
  plan->input[0] = plan_window(binder, plan->input[0], plan->time, plan->window, type);
  plan->time = NULL;
}

bool aggregate_depends_on_order(const struct aggregate *a)
{
  bool adds = a->kind == AGGREGATE_SUM || a->kind == AGGREGATE_AVG;
  return a->kind == AGGREGATE_FIRST || a->kind == AGGREGATE_LAST ||
         (adds && a->arg[0]->type.kind == TYPE_DOUBLE);
}

bool aggregates_are_hashed(const struct plan *plan)
{
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    if (a->kind != AGGREGATE_COUNT && a->arg[0]->type.kind == TYPE_STRING)
      return false;
  }
  return true;
}

static bool is_of_eight_bytes(struct type t)
{
  return t.kind != TYPE_DECIMAL || t.precision <= DECIMAL_DIGITS_OF_INT64;
}

bool aggregates_in_two_tables(const struct plan *plan)
{
  if (!aggregates_are_hashed(plan) || plan->aggregates == 0 || plan->time != NULL)
    return false;
  for (size_t i = 0; i < plan->exprs; i++)
    if (plan->expr[i]->type.items != 0)
      return false;
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    if (!a->distinct && a->kind != AGGREGATE_COUNT && !is_of_eight_bytes(a->arg[0]->type))
      return false;
  }
  return true;
}

void plan_ask_for_arrival(const struct binder *binder, struct plan *plan)
{
  bool passes = plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT ||
                plan->kind == PLAN_WINDOW || plan->kind == PLAN_LIMIT || plan->kind == PLAN_UNION ||
                plan->kind == PLAN_GENERATE || (plan->kind == PLAN_JOIN && plan->join != JOIN_FULL);
  if (plan->kind == PLAN_AGGREGATE && !aggregates_are_hashed(plan))
    plan->sorted = true;
  if (plan->kind == PLAN_AGGREGATE && !plan->sorted && plan->time != NULL)
    unfold_window(binder, plan);
  if (plan->kind == PLAN_AGGREGATE)
    plan->nulls_later = !plan->sorted && aggregates_in_two_tables(plan);
  for (size_t i = 0; (passes || plan->kind == PLAN_AGGREGATE) && i < plan->inputs; i++)
    plan_ask_for_arrival(binder, plan->input[i]);
}
