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

/* How an expression depends on a column of the groups below a sort. */
enum naming {
  NAMES_NOTHING,
  NAMES_WINDOW, /* two windows that differ give two values */
  NAMES_VALUE,  /* two values of the column do */
};

/* The column that e tells apart, *index: itself, a field of it, such a time as a text that is fine
 * enough for windows that slide by so much. */
static enum naming naming_of(const struct expr *e, int64_t slide, size_t *index)
{
  bool exact = true;
  if (e->kind == EXPR_CALL && e->time_unit != 0 && e->time_unit <= slide) {
    e = e->arg[0];
    exact = false;
  }
  if (e->kind == EXPR_CALL && strcmp(e->name, "field") == 0) {
    e = e->arg[0];
    exact = false;
  }
  *index = e->index;
  return e->kind != EXPR_COLUMN ? NAMES_NOTHING : exact ? NAMES_VALUE : NAMES_WINDOW;
}

static void name(enum naming *named, const struct expr *e, enum naming most, int64_t slide)
{
  size_t index;
  enum naming naming = naming_of(e, slide, &index);
  naming = naming < most ? naming : most;
  if (naming != NAMES_NOTHING && naming > named[index])
    named[index] = naming;
}

/* Whether the sort looks at every key of the groups below, so that no two groups tie for which
 * the order in which they come would show. */
static bool names_all_keys(const struct plan *plan, const struct sort_key *sort, size_t sorts,
                           struct arena *arena)
{
  const struct plan *groups = plan;
  while (groups->kind == PLAN_FILTER || groups->kind == PLAN_PROJECT)
    groups = groups->input[0];
  if (groups->kind != PLAN_AGGREGATE)
    return groups->kind != PLAN_JOIN;
  bool windowed = groups->time != NULL;
  int64_t slide = windowed ? groups->window.slide : 0;
  enum naming *named = arena_zero(arena, plan->schema.columns, sizeof *named);
  for (size_t i = 0; i < sorts; i++)
    name(named, sort[i].expr, NAMES_VALUE, slide);
  for (; plan != groups; plan = plan->input[0]) {
    enum naming *below = arena_zero(arena, plan->input[0]->schema.columns, sizeof *below);
    for (size_t i = 0; i < plan->schema.columns; i++)
      if (plan->kind != PLAN_PROJECT)
        below[i] = named[i];
      else if (named[i] != NAMES_NOTHING)
        name(below, plan->expr[i], named[i], slide);
    named = below;
  }
  for (size_t i = 0; i < groups->exprs; i++)
    if (named[i] != NAMES_VALUE)
      return false;
  return !windowed || named[groups->exprs] != NAMES_NOTHING;
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
                plan->kind == PLAN_OVER || plan->kind == PLAN_WINDOW || plan->kind == PLAN_UNION ||
                plan->kind == PLAN_GENERATE;
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
