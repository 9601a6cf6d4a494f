/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns each step has to give: those that somebody above it reads. */
#include "sql/binder_internal.h"

static void mark_expr(const struct expr *e, bool *wanted)
{
  if (e == NULL)
    return;
  if (e->kind == EXPR_COLUMN)
    wanted[e->index] = true;
  for (size_t i = 0; i < e->args; i++)
    mark_expr(e->arg[i], wanted);
}

static void mark_sorts(const struct sort_key *sort, size_t sorts, bool *wanted)
{
  for (size_t i = 0; i < sorts; i++)
    mark_expr(sort[i].expr, wanted);
}

/* Whether the sort looks at every key of the groups below, so that no two groups tie for which
 * the order in which they come would show. */
static bool names_all_keys(const struct plan *plan, const struct sort_key *sort, size_t sorts,
                           struct arena *arena)
{
  bool *named = arena_zero(arena, plan->schema.columns, sizeof *named);
  mark_sorts(sort, sorts, named);
  while (plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT) {
    const struct plan *below = plan->input[0];
    bool *used = arena_zero(arena, below->schema.columns, sizeof *used);
    for (size_t i = 0; i < plan->schema.columns; i++) {
      if (!named[i])
        continue;
      if (plan->kind == PLAN_PROJECT)
        mark_expr(plan->expr[i], used);
      else
        used[i] = true;
    }
    named = used;
    plan = below;
  }
  if (plan->kind == PLAN_JOIN)
    return false;
  size_t keys = plan->kind == PLAN_AGGREGATE ? plan->exprs + (plan->time != NULL) : 0;
  for (size_t i = 0; i < keys; i++)
    if (!named[i])
      return false;
  return true;
}

struct plan *plan_sort(const struct binder *binder, struct plan *input, struct sort_key *sort,
                       size_t sorts)
{
  struct plan *plan = plan_new(binder, PLAN_SORT, 1, input, NULL);
  plan->sort = sort;
  plan->sorts = sorts;
  if (names_all_keys(input, sort, sorts, binder->b.arena))
    plan_ask_for_order(input);
  else
    plan_ask_for_arrival(binder, input);
  return plan;
}

static void mark_join(const struct plan *plan, bool *left, bool *right, struct arena *arena)
{
  size_t lefts = plan->input[0]->schema.columns, rights = plan->input[1]->schema.columns;
  bool *both = arena_zero(arena, lefts + rights, sizeof *both);
  mark_expr(plan->condition, both);
  size_t through = plan_is_semi_join(plan) ? lefts : lefts + rights;
  for (size_t i = 0; i < through; i++)
    both[i] |= plan->wanted[plan->merged + i];
  memcpy(left, both, lefts * sizeof *left);
  memcpy(right, both + lefts, rights * sizeof *right);
  for (size_t i = 0; i < plan->keys; i++) {
    mark_expr(plan->left_key[i], left);
    mark_expr(plan->right_key[i], right);
  }
}

static void mark_aggregate(const struct plan *plan, bool *wanted)
{
  mark_expr(plan->time, wanted);
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    mark_expr(a->filter, wanted);
    for (size_t k = 0; k < a->args; k++)
      mark_expr(a->arg[k], wanted);
  }
}

/* What the one input has to give for the step to give what is wanted of it. */
static void mark_input(const struct plan *plan, bool *wanted)
{
  size_t through = plan->input[0]->schema.columns;
  bool passes = plan->kind == PLAN_FILTER || plan->kind == PLAN_SORT || plan->kind == PLAN_LIMIT ||
                plan->kind == PLAN_OVER || plan->kind == PLAN_WINDOW || plan->kind == PLAN_UNION;
  for (size_t i = 0; passes && i < through; i++)
    wanted[i] = plan->wanted[i];
  mark_expr(plan->condition, wanted);
  mark_sorts(plan->sort, plan->sorts, wanted);
  for (size_t i = 0; i < plan->exprs; i++)
    if (plan->kind != PLAN_PROJECT || plan->wanted[i])
      mark_expr(plan->expr[i], wanted);
  mark_aggregate(plan, wanted);
}

static void mark(struct plan *plan, struct arena *arena)
{
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
