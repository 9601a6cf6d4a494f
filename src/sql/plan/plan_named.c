/* SPDX-License-Identifier: Apache-2.0 */
/* Whether expressions tell all groups of an aggregate apart. */
#include "sql/bind/binder_internal.h"

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

/* Of a FULL JOIN of groups USING columns, of which these are named. Rows of both sides come in the
 * order of the keys; groups of one side alone, where the other one is empty, in that of the side.
 */
static bool names_joined_groups(const struct plan *join, const enum naming *named,
                                struct arena *arena)
{
  struct expr **key = arena_take(arena, join->merged, sizeof(struct expr *));
  bool all = join->join == JOIN_FULL && join->merged != 0;
  for (unsigned side = 0; all && side < 2; side++) {
    size_t keys = 0;
    for (size_t i = 0; i < join->merged; i++)
      if (named[i] == NAMES_VALUE)
        key[keys++] = (side == 0 ? join->left_key : join->right_key)[i];
    all = plan_names_all_keys(join->input[side], key, keys, arena);
  }
  return all;
}

bool plan_names_all_keys(const struct plan *plan, struct expr *const *expr, size_t exprs,
                         struct arena *arena)
{
  const struct plan *groups = plan;
  while (groups->kind == PLAN_FILTER || groups->kind == PLAN_PROJECT)
    groups = groups->input[0];
  if (groups->kind != PLAN_AGGREGATE && groups->kind != PLAN_JOIN)
    return false;
  bool windowed = groups->kind == PLAN_AGGREGATE && groups->time != NULL;
  int64_t slide = windowed ? groups->window.slide : 0;
  enum naming *named = arena_zero(arena, plan->schema.columns, sizeof *named);
  for (size_t i = 0; i < exprs; i++)
    name(named, expr[i], NAMES_VALUE, slide);
  for (; plan != groups; plan = plan->input[0]) {
    enum naming *below = arena_zero(arena, plan->input[0]->schema.columns, sizeof *below);
    for (size_t i = 0; i < plan->schema.columns; i++)
      if (plan->kind != PLAN_PROJECT)
        below[i] = named[i];
      else if (named[i] != NAMES_NOTHING)
        name(below, plan->expr[i], named[i], slide);
    named = below;
  }
  if (groups->kind == PLAN_JOIN)
    return names_joined_groups(groups, named, arena);
  for (size_t i = 0; i < groups->exprs; i++)
    if (named[i] != NAMES_VALUE)
      return false;
  return !windowed || named[groups->exprs] != NAMES_NOTHING;
}
