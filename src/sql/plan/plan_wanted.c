/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns each step has to give: those that somebody above it reads. */
#include "sql/bind/binder_internal.h"

static void mark_sorts(const struct sort_key *sort, size_t sorts, bool *wanted)
{
  for (size_t i = 0; i < sorts; i++)
    expr_mark_columns(sort[i].expr, wanted);
}

static void mark_join(const struct plan *plan, bool *left, bool *right, struct arena *arena)
{
  size_t lefts = plan->input[0]->schema.columns, rights = plan->input[1]->schema.columns;
  bool *both = arena_zero(arena, lefts + rights, sizeof *both);
  expr_mark_columns(plan->condition, both);
  size_t through = plan_is_semi_join(plan) ? lefts : lefts + rights;
  for (size_t i = 0; i < through; i++)
    both[i] |= plan->wanted[plan->merged + i];
  memcpy(left, both, lefts * sizeof *left);
  memcpy(right, both + lefts, rights * sizeof *right);
  for (size_t i = 0; i < plan->keys; i++) {
    expr_mark_columns(plan->left_key[i], left);
    expr_mark_columns(plan->right_key[i], right);
  }
}

static void mark_aggregate(const struct plan *plan, bool *wanted)
{
  expr_mark_columns(plan->time, wanted);
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    expr_mark_columns(a->filter, wanted);
    for (size_t k = 0; k < a->args; k++)
      expr_mark_columns(a->arg[k], wanted);
  }
}

static void mark_functions(const struct plan *plan, bool *wanted)
{
  const bool *result = plan->wanted + plan->input[0]->schema.columns;
  for (size_t i = 0; i < plan->functions; i++) {
    const struct over_function *f = &plan->function[i];
    if (!result[i])
      continue;
    expr_mark_columns(f->arg, wanted);
    expr_mark_columns(f->otherwise, wanted);
    expr_mark_columns(f->frame.from.value, wanted);
    expr_mark_columns(f->frame.to.value, wanted);
    for (size_t k = 0; k < f->aggregate.args; k++)
      expr_mark_columns(f->aggregate.arg[k], wanted);
    expr_mark_columns(f->aggregate.filter, wanted);
  }
}

/* What the one input has to give for the step to give what is wanted of it. */
static void mark_input(const struct plan *plan, bool *wanted)
{
  size_t through = plan->input[0]->schema.columns;
  bool passes = plan->kind == PLAN_FILTER || plan->kind == PLAN_SORT || plan->kind == PLAN_LIMIT ||
                plan->kind == PLAN_OVER || plan->kind == PLAN_WINDOW || plan->kind == PLAN_UNION ||
                plan->kind == PLAN_EXPAND || plan->kind == PLAN_GENERATE ||
                plan->kind == PLAN_REPEAT;
  for (size_t i = 0; passes && i < through; i++)
    wanted[i] = plan->wanted[i];
  expr_mark_columns(plan->condition, wanted);
  mark_sorts(plan->sort, plan->sorts, wanted);
  for (size_t i = 0; i < plan->exprs; i++)
    if (plan->kind != PLAN_PROJECT || plan->wanted[i])
      expr_mark_columns(plan->expr[i], wanted);
  mark_aggregate(plan, wanted);
  mark_functions(plan, wanted);
}

/* Functions OVER a window that nobody reads are not computed, and then no row is sorted for them
 * (ColumnPruning): what is below comes through, in its own order. */
static void drop_unread_functions(struct plan *plan, struct arena *arena)
{
  struct plan *below = plan->input[0];
  size_t through = below->schema.columns;
  for (size_t i = 0; i < plan->functions; i++)
    if (plan->wanted[through + i])
      return;
  struct position none = {0};
  plan->kind = PLAN_PROJECT;
  plan->input[0] = below->kind == PLAN_SORT ? below->input[0] : below;
  plan->exprs = plan->schema.columns;
  plan->expr = arena_take(arena, plan->exprs, sizeof(struct expr *));
  for (size_t i = 0; i < plan->exprs; i++) {
    struct type type = plan->schema.column[i].type;
    struct column null;
    column_make_null(&null, type, arena);
    plan->expr[i] =
        i < through ? expr_column(arena, i, type, none) : expr_literal(arena, null, none);
  }
  plan->sorts = plan->functions = 0;
}

static void mark(struct plan *plan, struct arena *arena)
{
  if (plan->kind == PLAN_OVER)
    drop_unread_functions(plan, arena);
  bool *wanted[2] = {NULL, NULL};
  for (size_t i = 0; i < plan->inputs; i++)
    wanted[i] = arena_zero(arena, plan->input[i]->schema.columns, sizeof(bool));
  if (plan->kind == PLAN_JOIN)
    mark_join(plan, wanted[0], wanted[1], arena);
  else
    for (size_t i = 0; i < plan->inputs; i++) {
      struct plan one = *plan;
      one.input = &plan->input[i];
      mark_input(&one, wanted[i]);
    }
  for (size_t i = 0; i < plan->inputs; i++) {
    plan->input[i]->wanted = wanted[i];
    mark(plan->input[i], arena);
  }
}

void plan_mark_wanted(struct plan *plan, struct arena *arena)
{
  plan->wanted = arena_take(arena, plan->schema.columns, sizeof(bool));
  for (size_t i = 0; i < plan->schema.columns; i++)
    plan->wanted[i] = true;
  mark(plan, arena);
}
