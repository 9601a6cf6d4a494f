/* SPDX-License-Identifier: Apache-2.0 */
/* From the calls with OVER of a query level to steps of the plan. */
#include "sql/bind/binder_internal.h"

/* Calls over the same rows in the same order, which one step computes. */
struct family {
  const struct over_use *use; /* the first one of them */
};

static bool same_window(const struct over_use *a, const struct over_use *b)
{
  if (a->partitions != b->partitions || a->sorts != b->sorts)
    return false;
  for (size_t i = 0; i < a->partitions; i++)
    if (!expr_equal(a->partition[i], b->partition[i]))
      return false;
  for (size_t i = 0; i < a->sorts; i++)
    if (a->sort[i].descending != b->sort[i].descending ||
        a->sort[i].nulls_last != b->sort[i].nulls_last ||
        !expr_equal(a->sort[i].expr, b->sort[i].expr))
      return false;
  return true;
}

/* The families in the order of their first calls (ExtractWindowExpressions). Above four, Spark's
 * own order hangs on hashes of numbers that it gives out as it runs. */
static size_t find_families(const struct over_list *list, struct family *family)
{
  size_t families = 0;
  for (size_t i = 0; i < list->uses; i++) {
    size_t k = 0;
    while (k < families && !same_window(family[k].use, &list->use[i]))
      k++;
    if (k == families)
      family[families++].use = &list->use[i];
  }
  return families;
}

static bool is_among(const struct expr *e, struct expr *const *list, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (expr_equal(e, list[i]))
      return true;
  return false;
}

/* TransposeWindow.compatiblePartitions: the outer step's keys are some of the inner one's. */
static bool goes_below(const struct over_use *outer, const struct over_use *inner)
{
  if (outer->partitions >= inner->partitions)
    return false;
  for (size_t i = 0; i < outer->partitions; i++)
    if (!is_among(outer->partition[i], inner->partition, inner->partitions))
      return false;
  return true;
}

/* The optimizer goes up through the steps, again and again until nothing moves. */
static void transpose(struct family *family, size_t families)
{
  for (bool moved = true; moved;) {
    moved = false;
    for (size_t i = 1; i < families; i++) {
      if (!goes_below(family[i].use, family[i - 1].use))
        continue;
      struct family outer = family[i];
      family[i] = family[i - 1];
      family[i - 1] = outer;
      moved = true;
    }
  }
}

static struct plan *sort_for(const struct binder *binder, struct plan *input,
                             const struct over_use *use)
{
  size_t sorts = use->partitions + use->sorts;
  if (sorts == 0)
    return input;
  struct sort_key *sort = arena_zero(binder->b.arena, sorts, sizeof *sort);
  for (size_t i = 0; i < use->partitions; i++)
    sort[i].expr = use->partition[i];
  memcpy(sort + use->partitions, use->sort, use->sorts * sizeof *sort);
  struct plan *plan = plan_sort(binder, input, sort, sorts);
  plan->for_over = true;
  return plan;
}

struct plan *plan_over(const struct binder *binder, const struct over_list *list,
                       struct plan *input, struct expr **output, size_t outputs)
{
  struct arena *arena = binder->b.arena;
  struct family *family = arena_take(arena, list->uses, sizeof *family);
  size_t families = find_families(list, family);
  transpose(family, families);
  for (size_t n = 0; n < families; n++) {
    const struct over_use *use = family[n].use;
    size_t columns = input->schema.columns;
    struct plan *plan = plan_new(binder, PLAN_OVER, 1, sort_for(binder, input, use), NULL);
    plan_columns(binder, plan, columns + list->uses);
    if (columns != 0)
      memcpy(plan->schema.column, input->schema.column, columns * sizeof(struct field));
    plan->exprs = use->partitions;
    plan->expr = use->partition;
    plan->sorts = use->sorts;
    plan->sort = use->sort;
    plan->function = arena_take(arena, list->uses, sizeof *plan->function);
    for (size_t i = 0; i < list->uses; i++) {
      if (!same_window(use, &list->use[i]))
        continue;
      plan->schema.column[columns] = (struct field){SLICE("over"), list->use[i].function.type};
      plan->function[plan->functions++] = list->use[i].function;
      for (size_t k = 0; k < outputs; k++)
        place_column(output[k], OVER_PLACEHOLDER + i, columns);
      columns++;
    }
    plan->schema.columns = columns;
    input = plan;
  }
  return input;
}

/* ---- LIMIT ---- */

static bool only_ranks(const struct plan *over)
{
  const bool *wanted = over->wanted + over->input[0]->schema.columns;
  for (size_t i = 0; i < over->functions; i++)
    if (wanted[i] && over->function[i].kind != OVER_ROW_NUMBER &&
        over->function[i].kind != OVER_RANK && over->function[i].kind != OVER_DENSE_RANK)
      return false;
  return true;
}

/* Whether the plan is known to give no more rows than that (LogicalPlan.maxRows). */
static bool gives_at_most(const struct plan *plan, uint64_t rows)
{
  while (plan->kind == PLAN_FILTER || plan->kind == PLAN_PROJECT || plan->kind == PLAN_SORT ||
         plan->kind == PLAN_OVER)
    plan = plan->input[0];
  return (plan->kind == PLAN_VALUES && plan->rows <= rows) ||
         (plan->kind == PLAN_LIMIT && plan->limit <= rows) ||
         (plan->kind == PLAN_AGGREGATE && plan->exprs == 0 && plan->time == NULL && rows != 0);
}

/* LimitPushDownThroughWindow: ranks without PARTITION BY are the same if only the first rows are
 * there, and then Spark takes these as for ORDER BY with LIMIT. */
static void push_limit(const struct plan *limit)
{
  struct plan *over = limit->input[0];
  while (over->kind == PLAN_PROJECT)
    over = over->input[0];
  uint64_t rows = limit->limit + limit->offset;
  if (limit->limit == UINT64_MAX || over->kind != PLAN_OVER || over->exprs != 0 ||
      !only_ranks(over) || over->input[0]->kind != PLAN_SORT ||
      gives_at_most(over->input[0]->input[0], rows))
    return;
  over->input[0]->top = rows;
  over->input[0]->for_over = false;
}

void plan_push_limits(const struct plan *plan)
{
  if (plan->kind == PLAN_LIMIT)
    push_limit(plan);
  for (size_t i = 0; i < plan->inputs; i++)
    plan_push_limits(plan->input[i]);
}
