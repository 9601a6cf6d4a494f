/* SPDX-License-Identifier: Apache-2.0 */
/* In which order rows have to come: Spark's own, wherever it shows - in the result, in sums of
 * doubles, in first() and last(), in LIMIT, in the ties of a sort. */
#include "sql/bind/binder_internal.h"

enum wish {
  ANY_ORDER,     /* nobody sees it */
  ORDER_OF_KEYS, /* a sort or a merge by all keys of the groups comes next: sorted costs least */
  SPARKS_ORDER,
};

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
  plan->unfolded = plan->input[0]->unfolded = true;
}

static bool is_order_irrelevant(const struct plan *plan)
{
  for (size_t i = 0; i < plan->aggregates; i++)
    if (aggregate_is_wanted(plan, i) && aggregate_depends_on_order(&plan->aggregate[i]))
      return false;
  return true;
}

static bool keeps_sorts(const struct plan *plan)
{
  for (size_t i = 0; i < plan->aggregates; i++)
    if (aggregate_is_wanted(plan, i) && aggregate_keeps_sorts(&plan->aggregate[i]))
      return true;
  return false;
}

/* Spark drops a sort whose order nothing above can tell (EliminateSorts.scala). */
static struct plan *without_sorts(struct plan *plan)
{
  if (plan->kind == PLAN_SORT && !plan->for_over)
    return without_sorts(plan->input[0]);
  if (plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT)
    plan->input[0] = without_sorts(plan->input[0]);
  return plan;
}

/* Whether the expression over the plan's output is the same for all rows. */
static bool is_constant(const struct plan *plan, const struct expr *e)
{
  while (e->kind == EXPR_COLUMN && (plan->kind == PLAN_PROJECT || plan->kind == PLAN_FILTER)) {
    e = plan->kind == PLAN_PROJECT ? plan->expr[e->index] : e;
    plan = plan->input[0];
  }
  return e->kind == EXPR_LITERAL;
}

/* A key that is constant sorts nothing. */
static void drop_constants(struct plan *plan)
{
  size_t keys = 0;
  for (size_t i = 0; i < plan->sorts; i++)
    if (!is_constant(plan->input[0], plan->sort[i].expr))
      plan->sort[keys++] = plan->sort[i];
  plan->sorts = keys;
}

static struct plan *drop_sorts(struct plan *plan)
{
  bool is_sort = plan->kind == PLAN_SORT && !plan->for_over;
  bool aggregates = plan->kind == PLAN_AGGREGATE && !keeps_sorts(plan);
  if (is_sort)
    drop_constants(plan);
  if (is_sort && plan->sorts == 0)
    return drop_sorts(plan->input[0]);
  for (size_t i = 0; i < plan->inputs; i++) {
    if (aggregates || is_sort || plan->kind == PLAN_JOIN)
      plan->input[i] = without_sorts(plan->input[i]);
    plan->input[i] = drop_sorts(plan->input[i]);
  }
  return plan;
}

static void settle(const struct binder *binder, struct plan *plan, enum wish wish);

static bool has_functions(const struct plan *plan)
{
  for (size_t i = 0; i < plan->aggregates; i++)
    if (aggregate_is_wanted(plan, i))
      return true;
  return false;
}

static void settle_aggregate(const struct binder *binder, struct plan *plan, enum wish wish)
{
  bool depends = !is_order_irrelevant(plan);
  enum grouping_way way = plan_grouping_way(plan);
  bool arrival = wish == SPARKS_ORDER && way != GROUPS_SORTED;
  plan->sorted = wish == ORDER_OF_KEYS || (wish == SPARKS_ORDER && !arrival);
  bool in_steps = depends && plan_aggregates_partitions(plan);
  if ((arrival || way == GROUPS_OF_OBJECTS || in_steps) && plan->time != NULL)
    unfold_window(binder, plan);
  if (depends || arrival)
    plan_set_parts(plan);
  /* What merges results has no fast map, but where there is nothing to merge but keys. */
  bool has_map = !plan->by_partition || plan->parts != 0 || !has_functions(plan);
  plan->fast_map = arrival && has_map && plan_grouping_way(plan) == GROUPS_IN_TWO_TABLES;
  if (depends)
    plan_sort_rows_of_groups(binder, plan);
  settle(binder, plan->input[0], depends || arrival ? SPARKS_ORDER : ANY_ORDER);
}

static void settle_sort(const struct binder *binder, struct plan *plan)
{
  struct arena *arena = binder->b.arena;
  struct expr **key = arena_take(arena, plan->sorts, sizeof(struct expr *));
  for (size_t i = 0; i < plan->sorts; i++)
    key[i] = plan->sort[i].expr;
  bool all = plan_names_all_keys(plan->input[0], key, plan->sorts, arena);
  settle(binder, plan->input[0], all ? ORDER_OF_KEYS : SPARKS_ORDER);
}

/* Whether what is left of groups is not moved for the join, as they are by its keys. */
static bool is_filtered_in_place(const struct plan *side, struct expr *const *key, size_t keys,
                                 struct arena *arena)
{
  const struct plan *groups = side;
  bool filtered = false;
  for (; groups->kind == PLAN_FILTER || groups->kind == PLAN_PROJECT; groups = groups->input[0])
    filtered = filtered || groups->kind == PLAN_FILTER;
  return filtered && groups->kind == PLAN_AGGREGATE && groups->time == NULL &&
         groups->exprs == keys && plan_names_all_keys(side, key, keys, arena);
}

/* Its rows show the order of its sides: of a FULL JOIN USING, the keys of its groups too. */
static void settle_join(const struct binder *binder, struct plan *plan, enum wish wish)
{
  plan->in_place[0] =
      is_filtered_in_place(plan->input[0], plan->left_key, plan->keys, binder->b.arena);
  plan->in_place[1] =
      is_filtered_in_place(plan->input[1], plan->right_key, plan->keys, binder->b.arena);
  for (unsigned side = 0; side < 2; side++)
    settle(binder, plan->input[side], wish);
}

static void settle(const struct binder *binder, struct plan *plan, enum wish wish)
{
  switch (plan->kind) {
  case PLAN_SCAN:
  case PLAN_VALUES:
    return;
  case PLAN_FILTER:
  case PLAN_PROJECT:
    settle(binder, plan->input[0], wish);
    return;
  case PLAN_AGGREGATE:
    settle_aggregate(binder, plan, wish);
    return;
  case PLAN_JOIN:
    settle_join(binder, plan, wish);
    return;
  case PLAN_SORT:
    settle_sort(binder, plan);
    return;
  case PLAN_LIMIT:
  case PLAN_OVER:
    settle(binder, plan->input[0], SPARKS_ORDER);
    return;
  case PLAN_EXPAND:
  case PLAN_GENERATE:
  case PLAN_REPEAT:
  case PLAN_UNION:
  case PLAN_WINDOW:
    for (size_t i = 0; i < plan->inputs; i++)
      settle(binder, plan->input[i], wish == ANY_ORDER ? ANY_ORDER : SPARKS_ORDER);
    return;
  }
}

/* The unions whose rows are the result's, but for steps that look at single rows. */
static void mark_result(struct plan *plan)
{
  bool by_row = plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT ||
                plan->kind == PLAN_GENERATE || plan->kind == PLAN_WINDOW;
  plan->is_result = plan->kind == PLAN_UNION;
  for (size_t i = 0; (by_row || plan->is_result) && i < plan->inputs; i++)
    mark_result(plan->input[i]);
}

struct plan *plan_settle_order(const struct binder *binder, struct plan *plan)
{
  plan_mark_wanted(plan, binder->b.arena);
  plan_push_limits(plan);
  plan = drop_sorts(plan);
  plan_mark_wanted(plan, binder->b.arena); /* without what the sorts looked at */
  settle(binder, plan, SPARKS_ORDER);
  mark_result(plan);
  plan_mark_wanted(plan, binder->b.arena); /* with the windows that were unfolded */
  return plan;
}
