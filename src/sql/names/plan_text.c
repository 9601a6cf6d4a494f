/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/names/plan_text.h"

#include <inttypes.h>

static void add(struct buffer *out, const char *text)
{
  buffer_add(out, slice_of(text));
}

/* A plan whose output columns are to be named. */
struct naming {
  const struct plan *plan;
  const struct binding *binding;
};

static void name_output(const void *argument, size_t column, struct buffer *out);

static void put_expr(const struct expr *e, const struct plan *below, const struct binding *binding,
                     struct buffer *out)
{
  struct naming naming = {below, binding};
  struct column_names names = {name_output, &naming, binding};
  expr_text(e, &names, out);
}

static void put_list(struct expr *const *e, size_t count, const struct plan *below,
                     const struct binding *binding, struct buffer *out)
{
  for (size_t i = 0; i < count; i++) {
    if (i != 0)
      add(out, ", ");
    put_expr(e[i], below, binding, out);
  }
}

/* ---- functions over many rows ---- */

/* What the function computes; several names may ask for one of them. */
static const char *const aggregate_names[] = {
    [AGGREGATE_COUNT] = "count",
    [AGGREGATE_SUM] = "sum",
    [AGGREGATE_AVG] = "avg",
    [AGGREGATE_TRY_SUM] = "try_sum",
    [AGGREGATE_MIN] = "min",
    [AGGREGATE_MAX] = "max",
    [AGGREGATE_FIRST] = "first",
    [AGGREGATE_LAST] = "last",
    [AGGREGATE_MIN_BY] = "min_by",
    [AGGREGATE_MAX_BY] = "max_by",
    [AGGREGATE_BIT_AND] = "bit_and",
    [AGGREGATE_BIT_OR] = "bit_or",
    [AGGREGATE_BIT_XOR] = "bit_xor",
    [AGGREGATE_STDDEV_POP] = "stddev_pop",
    [AGGREGATE_STDDEV_SAMP] = "stddev_samp",
    [AGGREGATE_VAR_POP] = "var_pop",
    [AGGREGATE_VAR_SAMP] = "var_samp",
    [AGGREGATE_SKEWNESS] = "skewness",
    [AGGREGATE_KURTOSIS] = "kurtosis",
    [AGGREGATE_SQUARES] = "regr_sxx",
    [AGGREGATE_COVAR_POP] = "covar_pop",
    [AGGREGATE_COVAR_SAMP] = "covar_samp",
    [AGGREGATE_PRODUCTS] = "regr_sxy",
    [AGGREGATE_CORR] = "corr",
    [AGGREGATE_REGR_R2] = "regr_r2",
    [AGGREGATE_REGR_SLOPE] = "regr_slope",
    [AGGREGATE_REGR_INTERCEPT] = "regr_intercept",
    [AGGREGATE_COLLECT_LIST] = "collect_list",
    [AGGREGATE_COLLECT_SET] = "collect_set",
    [AGGREGATE_MODE] = "mode",
    [AGGREGATE_PERCENTILE] = "percentile",
    [AGGREGATE_PERCENTILE_DISC] = "percentile_disc",
    [AGGREGATE_PERCENTILE_APPROX] = "percentile_approx",
    [AGGREGATE_APPROX_COUNT_DISTINCT] = "approx_count_distinct",
};

static void put_aggregate(const struct aggregate *a, const struct plan *below,
                          const struct binding *binding, struct buffer *out)
{
  buffer_printf(out, "%s(%s", aggregate_names[a->kind], a->distinct ? "DISTINCT " : "");
  if (a->args == 0)
    buffer_put(out, '*');
  put_list(a->arg, a->args, below, binding, out);
  for (size_t i = 0; i < a->percentile.fractions; i++)
    buffer_printf(out, ", %g", a->percentile.fraction[i]);
  buffer_put(out, ')');
  if (a->ignore_nulls)
    add(out, " IGNORE NULLS");
  if (a->filter != NULL) {
    add(out, " FILTER (WHERE ");
    put_expr(a->filter, below, binding, out);
    buffer_put(out, ')');
  }
}

static const char *over_name(const struct over_function *f)
{
  switch (f->kind) {
  case OVER_ROW_NUMBER:
    return "row_number";
  case OVER_RANK:
    return "rank";
  case OVER_DENSE_RANK:
    return "dense_rank";
  case OVER_PERCENT_RANK:
    return "percent_rank";
  case OVER_CUME_DIST:
    return "cume_dist";
  case OVER_NTILE:
    return "ntile";
  case OVER_SHIFT:
    return f->number < 0 ? "lag" : "lead";
  case OVER_FIRST:
    return "first";
  case OVER_LAST:
    return "last";
  case OVER_NTH:
    return "nth_value";
  case OVER_MIN:
    return "min";
  case OVER_MAX:
    return "max";
  case OVER_AGGREGATE:
    break;
  }
  return aggregate_names[f->aggregate.kind];
}

static bool has_number(const struct over_function *f)
{
  return f->kind == OVER_NTILE || f->kind == OVER_NTH || f->kind == OVER_SHIFT;
}

static void put_over_function(const struct over_function *f, const struct plan *below,
                              const struct binding *binding, struct buffer *out)
{
  if (f->kind == OVER_AGGREGATE) {
    put_aggregate(&f->aggregate, below, binding, out);
    return;
  }
  buffer_printf(out, "%s(", over_name(f));
  if (f->arg != NULL)
    put_expr(f->arg, below, binding, out);
  if (has_number(f)) {
    int64_t number = f->number < 0 ? -f->number : f->number;
    buffer_printf(out, "%s%" PRId64, f->arg != NULL ? ", " : "", number);
  }
  if (f->otherwise != NULL) {
    add(out, ", ");
    put_expr(f->otherwise, below, binding, out);
  }
  buffer_put(out, ')');
  if (f->ignore_nulls)
    add(out, " IGNORE NULLS");
}

/* ---- windows of time ---- */

static void put_duration(int64_t micros, struct buffer *out)
{
  static const struct {
    int64_t micros;
    const char *name;
  } units[] = {{604800000000, "week"}, {86400000000, "day"}, {3600000000, "hour"},
               {60000000, "minute"},   {1000000, "second"},  {1000, "millisecond"},
               {1, "microsecond"}};
  size_t i = 0;
  while (micros % units[i].micros != 0)
    i++;
  int64_t count = micros / units[i].micros;
  buffer_printf(out, "'%" PRId64 " %s%s'", count, units[i].name, count == 1 ? "" : "s");
}

static void put_window(const struct plan *plan, const struct binding *binding, struct buffer *out)
{
  const struct window_spec *w = &plan->window;
  add(out, "window(");
  put_expr(plan->time, plan->input[0], binding, out);
  add(out, ", ");
  put_duration(w->duration, out);
  if (w->slide != w->duration || w->start != 0) {
    add(out, ", ");
    put_duration(w->slide, out);
  }
  if (w->start != 0) {
    add(out, ", ");
    put_duration(w->start, out);
  }
  buffer_put(out, ')');
}

/* ---- names of what comes out ---- */

static void name_of_join(const struct plan *plan, size_t column, const struct binding *binding,
                         struct buffer *out)
{
  size_t lefts = plan->input[0]->schema.columns;
  struct naming left = {plan->input[0], binding}, right = {plan->input[1], binding};
  if (column < plan->merged) {
    put_expr(plan->left_key[column], plan->input[0], binding, out);
    return;
  }
  column -= plan->merged;
  if (column < lefts)
    name_output(&left, column, out);
  else if (!plan_is_semi_join(plan))
    name_output(&right, column - lefts, out);
  else
    add(out, "exists");
}

static void name_of_groups(const struct plan *plan, size_t column, const struct binding *binding,
                           struct buffer *out)
{
  size_t windows = plan->time != NULL;
  if (column < plan->exprs)
    put_expr(plan->expr[column], plan->input[0], binding, out);
  else if (column < plan->exprs + windows)
    add(out, "window");
  else if (column - plan->exprs - windows < plan->aggregates)
    put_aggregate(&plan->aggregate[column - plan->exprs - windows], plan->input[0], binding, out);
}

/* Behind the columns that it repeats stand the keys of the sets, and two that tell sets apart. */
static void name_of_expanded(const struct plan *plan, size_t column, const struct binding *binding,
                             struct buffer *out)
{
  size_t through = plan->input[0]->schema.columns;
  struct naming below = {plan->input[0], binding};
  if (column < through)
    name_output(&below, column, out);
  else if (column - through < plan->exprs)
    put_expr(plan->expr[column - through], plan->input[0], binding, out);
  else
    add(out, "set");
}

/* A computed column has its alias; what is handed on, the name that it has below. */
static void name_output(const void *argument, size_t column, struct buffer *out)
{
  const struct naming *n = argument;
  const struct plan *plan = n->plan;
  switch (plan->kind) {
  case PLAN_AGGREGATE:
    name_of_groups(plan, column, n->binding, out);
    return;
  case PLAN_JOIN:
    name_of_join(plan, column, n->binding, out);
    return;
  case PLAN_EXPAND:
    name_of_expanded(plan, column, n->binding, out);
    return;
  case PLAN_FILTER:
  case PLAN_SORT:
  case PLAN_LIMIT:
  case PLAN_REPEAT:
  case PLAN_OVER:
    if (column < plan->input[0]->schema.columns) {
      struct naming below = {plan->input[0], n->binding};
      name_output(&below, column, out);
    } else {
      put_over_function(&plan->function[column - plan->input[0]->schema.columns], plan->input[0],
                        n->binding, out);
    }
    return;
  default:
    buffer_add(out, plan->schema.column[column].name);
  }
}

/* ---- settings ---- */

static void end_part(struct plan_text *out)
{
  buffer_put(&out->text, '\0');
}

static void scan_settings(const struct plan *plan, struct plan_text *out)
{
  const char *before = ": ";
  buffer_add(&out->text, out->table);
  for (size_t i = 0; i < plan->schema.columns; i++)
    if (plan->wanted[i]) {
      add(&out->text, before);
      end_part(out);
      buffer_add(&out->text, plan->schema.column[i].name);
      before = ", ";
    }
  if (before[0] == ':')
    add(&out->text, ", no column of it");
  end_part(out);
}

static void project_settings(const struct plan *plan, struct plan_text *out)
{
  bool any = false;
  for (size_t i = 0; i < plan->exprs; i++) {
    if (!plan->wanted[i])
      continue;
    if (any)
      add(&out->text, ", "), end_part(out);
    any = true;
    size_t at = out->text.n;
    put_expr(plan->expr[i], plan->input[0], out->binding, &out->text);
    struct slice text = {out->text.p + at, out->text.n - at}, name = plan->schema.column[i].name;
    if (!slice_equal(text, name) && name.n != 0) {
      add(&out->text, " AS ");
      buffer_add(&out->text, name);
    }
  }
  end_part(out);
}

static void aggregate_settings(const struct plan *plan, struct plan_text *out)
{
  struct buffer *text = &out->text;
  bool any = false;
  add(text, plan->exprs == 0 && plan->time == NULL ? "of all rows" : "by ");
  for (size_t i = 0; i < plan->exprs; i++) {
    if (any)
      add(text, ", "), end_part(out);
    any = true;
    put_expr(plan->expr[i], plan->input[0], out->binding, text);
  }
  if (plan->time != NULL) {
    if (any)
      add(text, ", "), end_part(out);
    put_window(plan, out->binding, text);
  }
  end_part(out);
  for (size_t i = 0; i < plan->aggregates; i++) {
    if (i == 0)
      add(text, "\n");
    else
      add(text, ", "), end_part(out);
    put_aggregate(&plan->aggregate[i], plan->input[0], out->binding, text);
  }
  end_part(out);
}

static const char *const join_names[] = {
    [JOIN_INNER] = "inner",         [JOIN_CROSS] = "cross",         [JOIN_LEFT] = "left outer",
    [JOIN_RIGHT] = "right outer",   [JOIN_FULL] = "full outer",     [JOIN_LEFT_SEMI] = "left semi",
    [JOIN_LEFT_ANTI] = "left anti", [JOIN_EXISTENCE] = "existence",
};

static void join_settings(const struct plan *plan, struct plan_text *out)
{
  struct buffer *text = &out->text;
  add(text, join_names[plan->join]);
  if (plan->keys != 0 || plan->condition != NULL)
    add(text, " on ");
  for (size_t i = 0; i < plan->keys; i++) {
    bool safe = plan->null_safe != NULL && plan->null_safe[i];
    if (i != 0)
      end_part(out), add(text, " AND ");
    put_expr(plan->left_key[i], plan->input[0], out->binding, text);
    add(text, safe ? " <=> " : " = ");
    put_expr(plan->right_key[i], plan->input[1], out->binding, text);
  }
  if (plan->condition != NULL) {
    struct plan both = *plan;
    both.merged = 0;
    both.join = JOIN_INNER;
    if (plan->keys != 0)
      end_part(out), add(text, " AND ");
    put_expr(plan->condition, &both, out->binding, text);
  }
  end_part(out);
}

static void put_sorts(const struct plan *plan, struct plan_text *out)
{
  for (size_t i = 0; i < plan->sorts; i++) {
    const struct sort_key *key = &plan->sort[i];
    if (i != 0)
      add(&out->text, ", "), end_part(out);
    put_expr(key->expr, plan->input[0], out->binding, &out->text);
    if (key->descending)
      add(&out->text, " DESC");
    if (key->nulls_last != key->descending)
      add(&out->text, key->nulls_last ? " NULLS LAST" : " NULLS FIRST");
  }
}

static void over_settings(const struct plan *plan, struct plan_text *out)
{
  struct buffer *text = &out->text;
  for (size_t i = 0; i < plan->functions; i++) {
    if (i != 0)
      add(text, ", "), end_part(out);
    put_over_function(&plan->function[i], plan->input[0], out->binding, text);
  }
  end_part(out);
  if (plan->exprs != 0 || plan->sorts != 0)
    add(text, "\n");
  if (plan->exprs != 0) {
    add(text, "partition by ");
    put_list(plan->expr, plan->exprs, plan->input[0], out->binding, text);
  }
  if (plan->sorts != 0) {
    add(text, plan->exprs != 0 ? " order by " : "order by ");
    put_sorts(plan, out);
  }
  end_part(out);
}

static void limit_settings(const struct plan *plan, struct buffer *text)
{
  if (plan->limit != UINT64_MAX)
    buffer_printf(text, "%" PRIu64 " rows", plan->limit);
  if (plan->offset != 0)
    buffer_printf(text, "%safter %" PRIu64, plan->limit != UINT64_MAX ? " " : "", plan->offset);
}

static void generate_settings(const struct plan *plan, struct plan_text *out)
{
  const struct generate_spec *g = &plan->generate;
  add(&out->text, g->fields ? "inline" : g->position ? "posexplode" : "explode");
  add(&out->text, g->outer ? "_outer(" : "(");
  put_list(plan->expr, plan->exprs, plan->input[0], out->binding, &out->text);
  buffer_put(&out->text, ')');
}

/* A chain of AND gets a line for each part of it. */
static void put_conjuncts(const struct expr *e, const struct plan *plan, struct plan_text *out,
                          bool *any)
{
  if (expr_is_binary(e, "and")) {
    put_conjuncts(e->arg[0], plan, out, any);
    put_conjuncts(e->arg[1], plan, out, any);
    return;
  }
  bool is_or = expr_is_binary(e, "or") && e != plan->condition;
  if (*any)
    end_part(out), add(&out->text, " AND ");
  *any = true;
  add(&out->text, is_or ? "(" : "");
  put_expr(e, plan->input[0], out->binding, &out->text);
  add(&out->text, is_or ? ")" : "");
}

void plan_settings(const struct plan *plan, struct plan_text *out)
{
  struct buffer *text = &out->text;
  bool any = false;
  switch (plan->kind) {
  case PLAN_SCAN:
    scan_settings(plan, out);
    return;
  case PLAN_VALUES:
    buffer_printf(text, "%zu row%s", plan->rows, plan->rows == 1 ? "" : "s");
    break;
  case PLAN_FILTER:
    put_conjuncts(plan->condition, plan, out, &any);
    break;
  case PLAN_PROJECT:
    project_settings(plan, out);
    return;
  case PLAN_WINDOW:
    put_window(plan, out->binding, text);
    break;
  case PLAN_AGGREGATE:
    aggregate_settings(plan, out);
    return;
  case PLAN_JOIN:
    join_settings(plan, out);
    return;
  case PLAN_OVER:
    over_settings(plan, out);
    return;
  case PLAN_SORT:
    add(text, "by ");
    put_sorts(plan, out);
    break;
  case PLAN_LIMIT:
    limit_settings(plan, text);
    break;
  case PLAN_UNION:
    add(text, "all rows of one, then of the other");
    break;
  case PLAN_REPEAT:
    put_list(plan->expr, plan->exprs, plan->input[0], out->binding, text);
    add(text, " times");
    break;
  case PLAN_EXPAND:
    buffer_printf(text, "%zu sets of ", plan->sets);
    put_list(plan->expr, plan->exprs, plan->input[0], out->binding, text);
    break;
  case PLAN_GENERATE:
    generate_settings(plan, out);
    break;
  }
  end_part(out);
}
