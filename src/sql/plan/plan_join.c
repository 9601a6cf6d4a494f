/* SPDX-License-Identifier: Apache-2.0 */
/* The condition of a join: what of it is keys, what is left over (ExtractEquiJoinKeys). */
#include "sql/bind/binder_internal.h"

/* Which inputs the expression reads: bit 0 the left one, bit 1 the right one. */
static unsigned sides_of(const struct expr *e, size_t lefts)
{
  unsigned sides = e->kind != EXPR_COLUMN ? 0 : e->index < lefts ? 1 : 2;
  for (size_t i = 0; i < e->args; i++)
    sides |= sides_of(e->arg[i], lefts);
  return sides;
}

static void shift_columns(struct expr *e, size_t down)
{
  if (e->kind == EXPR_COLUMN)
    e->index -= down;
  for (size_t i = 0; i < e->args; i++)
    shift_columns(e->arg[i], down);
}

/* l = r or l <=> r becomes a key if each of its sides reads one input. */
static bool take_key(const struct binder *binder, struct plan *plan, const struct expr *e)
{
  size_t lefts = plan->input[0]->schema.columns;
  bool null_safe = expr_is_binary(e, "<=>");
  if (!null_safe && !expr_is_binary(e, "="))
    return false;
  unsigned first = sides_of(e->arg[0], lefts), second = sides_of(e->arg[1], lefts);
  if (first + second != 3 || first == 0 || second == 0)
    return false;
  plan->left_key[plan->keys] = e->arg[first == 1 ? 0 : 1];
  plan->right_key[plan->keys] = expr_copy(binder->b.arena, e->arg[first == 1 ? 1 : 0]);
  shift_columns(plan->right_key[plan->keys], lefts);
  plan->null_safe[plan->keys++] = null_safe;
  return true;
}

static bool split(const struct binder *binder, struct plan *plan, struct expr *e)
{
  if (expr_is_binary(e, "and"))
    return split(binder, plan, e->arg[0]) && split(binder, plan, e->arg[1]);
  if (take_key(binder, plan, e))
    return true;
  plan->condition = plan->condition == NULL ? e : expr_and(&binder->b, plan->condition, e);
  return plan->condition != NULL;
}

bool plan_join_condition(const struct binder *binder, struct plan *plan, struct expr *condition)
{
  struct arena *arena = binder->b.arena;
  size_t most = plan->keys + expr_conjuncts(condition);
  struct expr **left = arena_take(arena, most, sizeof *left);
  struct expr **right = arena_take(arena, most, sizeof *right);
  bool *null_safe = arena_zero(arena, most, sizeof *null_safe);
  for (size_t i = 0; i < plan->keys; i++) {
    left[i] = plan->left_key[i], right[i] = plan->right_key[i];
    null_safe[i] = plan->null_safe != NULL && plan->null_safe[i];
  }
  plan->left_key = left;
  plan->right_key = right;
  plan->null_safe = null_safe;
  return split(binder, plan, condition);
}

/* Columns of the outer query are the left ones, the others the right ones. */
static void place_sides(struct expr *e, size_t lefts)
{
  if (e->kind == EXPR_COLUMN)
    e->index = e->index >= OUTER_COLUMN ? e->index - OUTER_COLUMN : e->index + lefts;
  for (size_t i = 0; i < e->args; i++)
    place_sides(e->arg[i], lefts);
}

bool plan_join_conditions(const struct binder *binder, struct plan *plan,
                          struct expr *const *condition, size_t conditions)
{
  for (size_t i = 0; i < conditions; i++) {
    struct expr *e = expr_copy(binder->b.arena, condition[i]);
    place_sides(e, plan->input[0]->schema.columns);
    if (!plan_join_condition(binder, plan, e))
      return false;
  }
  return true;
}
