/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to steps that run: which of several ways a step is done. */
#include "exec/join_side.h"
#include "exec/lanes.h"

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
  struct step *step = sort_open(sort, input, x);
  step->watch = x->watch;
  return step;
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

static struct step *open_kind(const struct plan *plan, struct step *left, struct step *right,
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
    return over_open(plan, left, x);
  case PLAN_SORT:
    return sort_open(plan, left, x);
  case PLAN_LIMIT:
    return limit_open(plan, left);
  case PLAN_GENERATE:
    return generate_open(plan, left);
  case PLAN_EXPAND:
    return expand_open(plan, left);
  case PLAN_REPEAT:
    return repeat_open(plan, left);
  case PLAN_UNION:
    return union_open(plan, left, right, x);
  }
  return NULL;
}

struct step *step_open(const struct plan *plan, struct step *left, struct step *right,
                       const struct execution *x, struct error *err)
{
  struct step *step = open_kind(plan, left, right, x, err);
  if (step != NULL)
    step->watch = x->watch;
  return step;
}

/* ---- work ahead ---- */

/* Whether rows come in no order that a sort could rest on. */
static bool comes_unordered(const struct plan *plan)
{
  if (plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT)
    return comes_unordered(plan->input[0]);
  return plan->kind == PLAN_SCAN || plan->kind == PLAN_UNION;
}

/* Whether its input is read to the end whatever becomes of its own rows: work may be done ahead
 * below it that below a LIMIT nobody might ask for. */
static bool takes_all(const struct plan *plan, bool all_is_taken)
{
  if (plan->kind == PLAN_AGGREGATE)
    return true;
  if (plan->kind == PLAN_SORT && comes_unordered(plan->input[0]))
    return true;
  return all_is_taken && plan->kind != PLAN_LIMIT;
}

/* Whether it makes or reads texts, or what is made of parts: other functions cost less than the
 * copy of a batch. */
static bool is_costly(const struct expr *e)
{
  bool computes = e->kind == EXPR_CALL && strcmp(e->name, "field") != 0;
  bool costly = computes && (e->type.kind == TYPE_STRING || e->type.items != 0);
  for (size_t i = 0; i < e->args; i++) {
    enum type_kind of = e->arg[i]->type.kind;
    costly |= computes && (of == TYPE_STRING || e->arg[i]->type.items != 0);
    costly |= is_costly(e->arg[i]);
  }
  return costly;
}

static bool any_costly(const struct plan *plan)
{
  if (plan->kind == PLAN_FILTER)
    return is_costly(plan->condition);
  for (size_t i = 0; i < plan->exprs; i++)
    if (plan->wanted[i] && is_costly(plan->expr[i]))
      return true;
  return false;
}

static bool is_by_row(const struct plan *plan)
{
  return plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT;
}

/* The steps from the plan downwards that look at single rows; *below is what they take from. */
static struct plan **chain_of(const struct plan *plan, size_t *count, const struct plan **below,
                              bool *costly, struct arena *arena)
{
  *count = 0;
  for (*below = plan; is_by_row(*below); *below = (*below)->input[0])
    ++*count;
  struct plan **chain = arena_take(arena, *count, sizeof *chain);
  *costly = false;
  for (size_t i = 0; i < *count; i++, plan = plan->input[0]) {
    chain[i] = (struct plan *)plan;
    *costly |= any_costly(plan);
  }
  return chain;
}

static struct step *build(const struct plan *plan, const struct execution *x, struct error *err);

static struct step *build_inputs(const struct plan *plan, const struct execution *x,
                                 struct error *err)
{
  struct execution below = *x;
  below.takes_all = takes_all(plan, x->takes_all);
  struct step *input[2] = {NULL, NULL};
  for (size_t i = 0; i < plan->inputs; i++)
    if ((input[i] = build(plan->input[i], &below, err)) == NULL) {
      step_close(input[0]);
      return NULL;
    }
  return step_open(plan, input[0], input[1], x, err);
}

/* Lanes for the plan's steps by row, where there are threads and it pays; else one after another.
 * Reading a table pays, and so do costly columns, and what is done with the whole result. */
static struct step *build_lanes(const struct plan *plan, const struct execution *x, bool pays,
                                struct error *err)
{
  size_t count;
  bool costly;
  const struct plan *below;
  struct plan **chain = chain_of(plan, &count, &below, &costly, x->arena);
  bool is_table = below->kind == PLAN_SCAN && !x->query->table[below->table].options.multi_line;
  if (is_table) {
    struct source *source = source_of_table(below, x, err);
    return source != NULL ? lanes_open(plan, chain, count, source, NULL, x, err) : NULL;
  }
  if (!costly && !pays)
    return build_inputs(plan, x, err);
  struct step *from = build_inputs(below, x, err);
  if (from == NULL || (count == 0 && from->may_pass && lanes_of(from->input[0]) > 1))
    return from;
  return lanes_open(plan, chain, count, source_of_step(from), from, x, err);
}

static struct step *build(const struct plan *plan, const struct execution *x, struct error *err)
{
  if (x->takes_all && x->query->executor->threads > 1)
    return build_lanes(plan, x, false, err);
  return build_inputs(plan, x, err);
}

struct step *step_build(const struct plan *plan, const struct execution *x, struct error *err)
{
  if (x->takes_all && x->query->executor->threads > 1)
    return build_lanes(plan, x, true, err);
  return build_inputs(plan, x, err);
}
