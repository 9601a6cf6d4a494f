/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/plan.h"

#include "sql/bind/binder_internal.h"

struct plan *plan_new(const struct binder *binder, enum plan_kind kind, size_t inputs,
                      struct plan *first, struct plan *second)
{
  struct plan *plan = arena_zero(binder->b.arena, 1, sizeof *plan);
  plan->kind = kind;
  plan->inputs = inputs;
  plan->input = arena_zero(binder->b.arena, 2, sizeof(struct plan *));
  plan->input[0] = first;
  plan->input[1] = second;
  if (inputs == 1)
    plan->schema = first->schema;
  return plan;
}

void plan_columns(const struct binder *binder, struct plan *plan, size_t columns)
{
  plan->schema.columns = columns;
  plan->schema.column = arena_zero(binder->b.arena, columns, sizeof(struct field));
}

struct plan *plan_filter(const struct binder *binder, struct plan *input, struct expr *condition)
{
  struct plan *plan = plan_new(binder, PLAN_FILTER, 1, input, NULL);
  plan->condition = condition;
  return plan;
}

struct plan *plan_window(const struct binder *binder, struct plan *input, struct expr *time,
                         struct window_spec spec, struct type type)
{
  struct plan *plan = plan_new(binder, PLAN_WINDOW, 1, input, NULL);
  size_t index = input->schema.columns;
  plan_columns(binder, plan, index + 1);
  memcpy(plan->schema.column, input->schema.column, index * sizeof(struct field));
  plan->schema.column[index] = (struct field){SLICE("window"), type};
  plan->time = time;
  plan->window = spec;
  return plan;
}

struct plan *plan_generate(const struct binder *binder, struct plan *input,
                           const struct generator *g)
{
  struct plan *plan = plan_new(binder, PLAN_GENERATE, 1, input, NULL);
  size_t before = input->schema.columns;
  plan_columns(binder, plan, before + g->columns);
  if (before != 0)
    memcpy(plan->schema.column, input->schema.column, before * sizeof(struct field));
  memcpy(plan->schema.column + before, g->column, g->columns * sizeof(struct field));
  plan->exprs = 1;
  plan->expr = arena_take(binder->b.arena, 1, sizeof(struct expr *));
  plan->expr[0] = g->list;
  plan->generate = g->spec;
  return plan;
}

struct plan *plan_distinct(const struct binder *binder, struct plan *input)
{
  struct plan *plan = plan_new(binder, PLAN_AGGREGATE, 1, input, NULL);
  plan->exprs = input->schema.columns;
  plan->expr = arena_take(binder->b.arena, plan->exprs, sizeof(struct expr *));
  for (size_t i = 0; i < plan->exprs; i++) {
    struct position none = {0};
    plan->expr[i] = expr_column(binder->b.arena, i, input->schema.column[i].type, none);
  }
  return plan;
}

struct plan *plan_sort(const struct binder *binder, struct plan *input, struct sort_key *sort,
                       size_t sorts)
{
  struct plan *plan = plan_new(binder, PLAN_SORT, 1, input, NULL);
  plan->sort = sort;
  plan->sorts = sorts;
  return plan;
}

struct plan *plan_top(const struct plan *limit)
{
  struct plan *below = limit->input[0];
  if (below->kind == PLAN_PROJECT)
    below = below->input[0];
  return below->kind == PLAN_SORT && !below->by_partition && limit->limit != UINT64_MAX ? below
                                                                                        : NULL;
}

bool plan_is_one_partition(const struct plan *plan)
{
  switch (plan->kind) {
  case PLAN_UNION:
    return false;
  case PLAN_FILTER:
  case PLAN_PROJECT:
  case PLAN_WINDOW:
  case PLAN_EXPAND:
  case PLAN_GENERATE:
    return plan_is_one_partition(plan->input[0]);
  case PLAN_SORT:
    return !plan->by_partition || plan_is_one_partition(plan->input[0]);
  case PLAN_JOIN:
    return plan_is_one_partition(plan->input[0]) && plan_is_one_partition(plan->input[1]);
  default:
    return true;
  }
}
