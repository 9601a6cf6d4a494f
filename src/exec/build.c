/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to steps that run: which of several ways a step is done. */
#include "exec/join_side.h"

/* One side of a join sorted by its keys. */
static struct step *sorted_side(const struct plan *join, unsigned side, struct step *input,
                                const struct execution *x)
{
  struct plan *sort = arena_zero(x->arena, 1, sizeof *sort);
  struct expr *const *key = side == 0 ? join->left_key : join->right_key;
  *sort = *join->input[side];
  sort->kind = PLAN_SORT;
  sort->input = &join->input[side];
  sort->inputs = 1;
  sort->sorts = join->keys;
  sort->sort = arena_zero(x->arena, join->keys, sizeof *sort->sort);
  for (size_t i = 0; i < join->keys; i++)
    sort->sort[i].expr = key[i];
  return sort_open(sort, input, x);
}

/* Spark sorts what is too large to hold, and so do the rows come here. */
static struct step *open_sorted(const struct plan *plan, struct step *left, struct step *right,
                                const struct execution *x)
{
  unsigned streams = plan->join == JOIN_RIGHT ? 1 : 0;
  if (streams == 0)
    left = sorted_side(plan, 0, left, x);
  else
    right = sorted_side(plan, 1, right, x);
  return plan_is_semi_join(plan) ? semi_join_open(plan, left, right, x)
                                 : hash_join_open(plan, left, right, 1 - streams, false, x);
}

static struct step *open_join(const struct plan *plan, struct step *left, struct step *right,
                              const struct execution *x)
{
  bool in_order = plan->condition == NULL && plan->null_safe == NULL && right->unique &&
                  order_is(left, plan->left_key, plan->keys) &&
                  order_is(right, plan->right_key, plan->keys);
  enum join_side side = join_side(plan, x);
  if (plan->join == JOIN_FULL && plan->keys != 0)
    return in_order ? merge_join_open(plan, left, right, x) : full_join_open(plan, left, right, x);
  if (side == SORT_BOTH)
    return open_sorted(plan, left, right, x);
  if (plan_is_semi_join(plan))
    return semi_join_open(plan, left, right, x);
  return hash_join_open(plan, left, right, side == HOLD_LEFT ? 0 : 1, plan->keys != 0, x);
}

static struct step *open_step(const struct plan *plan, struct step *left, struct step *right,
                              const struct execution *x, struct error *err)
{
  switch (plan->kind) {
  case PLAN_SCAN:
    return scan_open(plan, x, err);
  case PLAN_VALUES:
    return values_open(plan);
  case PLAN_FILTER:
    return filter_open(plan, left);
  case PLAN_PROJECT:
    return project_open(plan, left, x);
  case PLAN_WINDOW:
    return window_open(plan, left);
  case PLAN_AGGREGATE:
    return aggregate_open(plan, left, x);
  case PLAN_JOIN:
    return open_join(plan, left, right, x);
  case PLAN_OVER:
    return over_open(plan, left);
  case PLAN_SORT:
    return sort_open(plan, left, x);
  case PLAN_LIMIT:
    return limit_open(plan, left);
  case PLAN_GENERATE:
    return generate_open(plan, left);
  case PLAN_UNION:
    return union_open(plan, left, right);
  }
  return NULL;
}

struct step *step_build(const struct plan *plan, const struct execution *x, struct error *err)
{
  struct step *input[2] = {NULL, NULL};
  for (size_t i = 0; i < plan->inputs; i++)
    if ((input[i] = step_build(plan->input[i], x, err)) == NULL) {
      step_close(input[0]);
      return NULL;
    }
  return open_step(plan, input[0], input[1], x, err);
}
