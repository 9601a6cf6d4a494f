/* SPDX-License-Identifier: Apache-2.0 */
/* How Spark finds groups, and aggregates twice where there is DISTINCT (AggUtils.scala,
 * RewriteDistinctAggregates.scala): it shows in the order of groups and of what is added up. */
#include "sql/bind/binder_internal.h"

bool aggregate_depends_on_order(const struct aggregate *a)
{
  switch (a->kind) {
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    return a->arg[0]->type.kind == TYPE_DOUBLE;
  case AGGREGATE_COUNT:
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
  case AGGREGATE_BIT_AND:
  case AGGREGATE_BIT_OR:
  case AGGREGATE_BIT_XOR:
  case AGGREGATE_PERCENTILE:
  case AGGREGATE_PERCENTILE_DISC:
  case AGGREGATE_APPROX_COUNT_DISTINCT:
    return false;
  default:
    return true;
  }
}

bool aggregate_keeps_sorts(const struct aggregate *a)
{
  switch (a->kind) {
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    return a->adds_doubles;
  case AGGREGATE_PERCENTILE:
  case AGGREGATE_PERCENTILE_DISC:
  case AGGREGATE_APPROX_COUNT_DISTINCT:
    return true;
  case AGGREGATE_TRY_SUM: /* of integers */
    return false;
  default:
    return aggregate_depends_on_order(a);
  }
}

/* Spark drops functions whose results nobody reads (ColumnPruning.scala). */
bool aggregate_is_wanted(const struct plan *plan, size_t i)
{
  return plan->wanted == NULL || plan->wanted[plan->schema.columns - plan->aggregates + i];
}

bool aggregate_averages_as_double(const struct aggregate *a)
{
  enum { MOST_DIGITS = 15 };
  return a->kind == AGGREGATE_AVG && a->type.kind == TYPE_DECIMAL &&
         a->type.precision <= MOST_DIGITS;
}

static enum grouping_way way_of_value(struct type t)
{
  if (t.kind == TYPE_STRING || t.items != 0)
    return GROUPS_SORTED;
  bool wide = t.kind == TYPE_DECIMAL && t.precision > DECIMAL_DIGITS_OF_INT64;
  return wide ? GROUPS_HASHED : GROUPS_IN_TWO_TABLES;
}

/* What one function's states allow. */
static enum grouping_way way_of(const struct aggregate *a)
{
  if (a->kind >= AGGREGATE_COLLECT_LIST && a->kind <= AGGREGATE_PERCENTILE_APPROX)
    return GROUPS_OF_OBJECTS;
  if (a->kind == AGGREGATE_APPROX_COUNT_DISTINCT || a->interpreted)
    return GROUPS_HASHED;
  enum grouping_way way = GROUPS_IN_TWO_TABLES;
  if (aggregate_averages_as_double(a))
    return way;
  for (size_t i = 0; a->kind != AGGREGATE_COUNT && i < a->args; i++) {
    enum grouping_way other = way_of_value(a->arg[i]->type);
    way = way == GROUPS_SORTED || other == GROUPS_IN_TWO_TABLES ? way : other;
  }
  return way;
}

static bool same_arguments(const struct aggregate *a, const struct aggregate *b)
{
  for (size_t i = 0; i < a->args && a->args == b->args; i++)
    if (!expr_equal(a->arg[i], b->arg[i]))
      return false;
  return a->args == b->args;
}

/* Its DISTINCT functions, as Spark sees them. */
struct distinct_use {
  const struct aggregate *first; /* NULL: there is none */
  bool differ;                   /* they have different arguments */
  bool filtered;                 /* one has a FILTER */
};

static struct distinct_use find_distinct(const struct plan *plan)
{
  struct distinct_use use = {0};
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    if (!a->distinct || !aggregate_is_wanted(plan, i))
      continue;
    use.filtered |= a->filter != NULL;
    use.differ |= use.first != NULL && !same_arguments(a, use.first);
    use.first = use.first != NULL ? use.first : a;
  }
  return use;
}

/* Ways of several functions together: of objects, if one is; else sorted, if one is. */
struct ways {
  bool objects, sorted, hashed;
};

static void add_way(struct ways *w, enum grouping_way way)
{
  w->objects |= way == GROUPS_OF_OBJECTS;
  w->sorted |= way == GROUPS_SORTED;
  w->hashed |= way == GROUPS_HASHED;
}

static enum grouping_way sum_up(const struct ways *w, const struct plan *plan)
{
  bool plain = !w->hashed && plan->time == NULL;
  for (size_t i = 0; i < plan->exprs; i++)
    plain &= plan->expr[i]->type.items == 0;
  return w->objects  ? GROUPS_OF_OBJECTS
         : w->sorted ? GROUPS_SORTED
         : plain     ? GROUPS_IN_TWO_TABLES
                     : GROUPS_HASHED;
}

enum grouping_way plan_part_way(const struct plan *plan)
{
  struct ways w = {0};
  for (size_t i = 0; i < plan->aggregates; i++)
    if (aggregate_is_wanted(plan, i) && !plan->aggregate[i].distinct)
      add_way(&w, way_of(&plan->aggregate[i]));
  return sum_up(&w, plan);
}

enum grouping_way plan_grouping_way(const struct plan *plan)
{
  struct distinct_use use = find_distinct(plan);
  bool expanded = use.differ || use.filtered;
  if (expanded && plan_part_way(plan) == GROUPS_SORTED)
    return GROUPS_SORTED;
  struct ways w = {0};
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    if (aggregate_is_wanted(plan, i))
      add_way(&w, expanded && !a->distinct ? way_of_value(a->type) : way_of(a));
  }
  return sum_up(&w, plan);
}

static bool depends_on_order(const struct plan *plan, bool distinct)
{
  for (size_t i = 0; i < plan->aggregates; i++)
    if (aggregate_is_wanted(plan, i) && plan->aggregate[i].distinct == distinct &&
        aggregate_depends_on_order(&plan->aggregate[i]))
      return true;
  return false;
}

void plan_sort_rows_of_groups(const struct binder *binder, struct plan *plan)
{
  struct distinct_use use = find_distinct(plan);
  size_t sorts = plan->exprs + (use.filtered ? 0 : plan->parts); /* with FILTER rows are repeated */
  if (sorts == 0 || plan->time != NULL || plan->by_partition ||
      plan_part_way(plan) != GROUPS_SORTED)
    return;
  struct sort_key *sort = arena_zero(binder->b.arena, sorts, sizeof *sort);
  for (size_t i = 0; i < sorts; i++)
    sort[i].expr = i < plan->exprs ? plan->expr[i] : plan->part[i - plan->exprs];
  plan->input[0] = plan_sort(binder, plan->input[0], sort, sorts);
  plan->input[0]->for_over = true;
}

size_t plan_most_rows(const struct plan *plan)
{
  enum { OBJECT_MAP_KEYS = 128 };
  struct distinct_use use = find_distinct(plan);
  bool repeats = use.differ || use.filtered;
  if (!repeats || plan_part_way(plan) != GROUPS_OF_OBJECTS)
    return SIZE_MAX;
  return OBJECT_MAP_KEYS / (plan->aggregates + 1) - 1;
}

/* Whether the rows come in several of Spark's partitions, as those of a UNION do until they are
 * sent to one place. Of a join, the side that is held does not count; which one that is shows when
 * the query runs. */
static bool is_partitioned(const struct plan *plan)
{
  bool from_left = plan->join != JOIN_RIGHT && plan->join != JOIN_FULL;
  bool from_right =
      plan->join == JOIN_RIGHT || plan->join == JOIN_INNER || plan->join == JOIN_CROSS;
  switch (plan->kind) {
  case PLAN_UNION:
    return true;
  case PLAN_EXPAND:
  case PLAN_FILTER:
  case PLAN_GENERATE:
  case PLAN_PROJECT:
  case PLAN_WINDOW:
    return is_partitioned(plan->input[0]);
  case PLAN_JOIN:
    return (from_left && is_partitioned(plan->input[0])) ||
           (from_right && is_partitioned(plan->input[1]));
  default:
    return false;
  }
}

bool plan_aggregates_partitions(const struct plan *plan)
{
  struct distinct_use use = find_distinct(plan);
  return !use.differ && !use.filtered && is_partitioned(plan->input[0]);
}

void plan_set_parts(struct plan *plan)
{
  struct distinct_use use = find_distinct(plan);
  plan->by_partition = plan->time == NULL && plan_aggregates_partitions(plan);
  if (use.differ)
    return;
  if (use.first == NULL) {
    plan->in_parts = plan->by_partition && depends_on_order(plan, false);
    return;
  }
  plan->parts = use.first->args;
  plan->part = use.first->arg;
  plan->in_parts = !use.filtered && depends_on_order(plan, false);
}

const char *plan_refused_groups(const struct plan *plan)
{
  struct distinct_use use = find_distinct(plan);
  enum grouping_way way = plan_part_way(plan);
  if ((use.differ || use.filtered) && way == GROUPS_SORTED && depends_on_order(plan, true))
    return "several DISTINCT sums and functions that keep a STRING";
  if (use.first != NULL && depends_on_order(plan, false) && is_partitioned(plan->input[0]))
    return "DISTINCT and another function whose result depends on the order of rows, over UNION,";
  return NULL;
}
