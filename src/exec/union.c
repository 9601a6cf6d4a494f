/* SPDX-License-Identifier: Apache-2.0 */
/* UNION ALL: the rows of one input, then those of the other.
 *
 * Where the result is a union, Spark writes its partitions as one, and the first that came through
 * a shuffle goes first, as its place is known (CoalescedRDD.scala, DefaultPartitionCoalescer).
 */
#include "exec/join_side.h"

struct union_all {
  struct step head;
  size_t read;         /* inputs to their end */
  uint32_t partitions; /* met so far, and of the inputs that were read before */
  uint32_t before;
  bool right_first;
};

static bool union_next(struct step *step, struct batch *out, struct error *err)
{
  struct union_all *u = (struct union_all *)step;
  for (;;) {
    if (!step_next(step->input[u->read ^ u->right_first], out, err))
      return false;
    out->partition += u->before;
    if (out->rows != 0 && out->partition >= u->partitions)
      u->partitions = out->partition + 1;
    if (out->rows != 0 || u->read + 1 == step->inputs)
      return true;
    u->read++;
    u->before = u->partitions;
  }
}

static const struct step_kind union_kind = {"union", union_next, NULL, NULL, NULL};

static bool is_shuffled(const struct plan *plan, const struct execution *x);

/* A side that is held is sent to where the other one is. */
static bool join_is_shuffled(const struct plan *plan, const struct execution *x)
{
  enum join_side side = join_side(plan, x);
  return side == SORT_BOTH || is_shuffled(plan->input[side == HOLD_LEFT ? 1 : 0], x);
}

/* Whether the rows come from a sort that gives the first ones only, and so are all in one place. */
static bool reads_top(const struct plan *limit)
{
  const struct plan *plan = limit->input[0];
  while (plan->kind == PLAN_PROJECT || plan->kind == PLAN_OVER)
    plan = plan->input[0];
  return plan->kind == PLAN_SORT && plan->top != 0;
}

/* Whether Spark has moved the rows between partitions. */
static bool is_shuffled(const struct plan *plan, const struct execution *x)
{
  switch (plan->kind) {
  case PLAN_SCAN:
  case PLAN_VALUES:
    return false;
  case PLAN_EXPAND:
  case PLAN_FILTER:
  case PLAN_GENERATE:
  case PLAN_PROJECT:
  case PLAN_REPEAT:
  case PLAN_WINDOW:
    return is_shuffled(plan->input[0], x);
  case PLAN_JOIN:
    return join_is_shuffled(plan, x);
  case PLAN_UNION:
    return is_shuffled(plan->input[0], x) || is_shuffled(plan->input[1], x);
  case PLAN_LIMIT:
    return !reads_top(plan) || is_shuffled(plan->input[0], x);
  case PLAN_SORT:
    return plan->top == 0 || is_shuffled(plan->input[0], x);
  case PLAN_OVER:
    return plan->input[0]->kind != PLAN_SORT || is_shuffled(plan->input[0], x);
  case PLAN_AGGREGATE:
    return true;
  }
  return true;
}

struct step *union_open(const struct plan *plan, struct step *left, struct step *right,
                        const struct execution *x)
{
  struct union_all *u = step_new(&union_kind, sizeof *u, plan, left, right);
  u->right_first =
      plan->is_result && !is_shuffled(plan->input[0], x) && is_shuffled(plan->input[1], x);
  return &u->head;
}
