/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to steps that run: which of several ways a step is done. */
#include "exec/step.h"

static struct step *open_join(const struct plan *plan, struct step *left, struct step *right,
                              const struct execution *x)
{
  bool can_merge = plan->keys != 0 && plan->condition == NULL && right->unique &&
                   order_is(left, plan->left_key, plan->keys) &&
                   order_is(right, plan->right_key, plan->keys);
  return can_merge ? merge_join_open(plan, left, right, x) : hash_join_open(plan, left, right, x);
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
