/* SPDX-License-Identifier: Apache-2.0 */
/* UNION, EXCEPT and INTERSECT. */
#include "sql/bind/binder_internal.h"

/* Casts the columns of `r` to `type`, where they differ. */
static bool cast_columns(const struct binder *binder, struct relation *r, const struct type *type,
                         struct position at)
{
  struct plan *plan = plan_new(binder, PLAN_PROJECT, 1, r->plan, NULL);
  size_t columns = r->plan->schema.columns;
  bool same = true;
  plan_columns(binder, plan, columns);
  plan->exprs = columns;
  plan->expr = arena_take(binder->b.arena, columns, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++) {
    struct type from = r->plan->schema.column[i].type;
    same = same && type_equal(from, type[i]);
    plan->schema.column[i] = (struct field){r->plan->schema.column[i].name, type[i]};
    plan->expr[i] = expr_cast(&binder->b, expr_column(binder->b.arena, i, from, at), type[i], at);
    if (plan->expr[i] == NULL)
      return false;
  }
  if (!same)
    r->plan = plan;
  return true;
}

/* Both sides get the common type of each column (WidenSetOperationTypes). */
static bool widen(const struct binder *binder, struct relation *left, struct relation *right,
                  struct position at)
{
  const struct binding *b = &binder->b;
  size_t columns = left->scope.columns;
  if (columns != right->scope.columns)
    return error_at(b->err, ERR_TYPE, b->file, at.line, at.column,
                    "the two sides have %zu and %zu columns", columns, right->scope.columns);
  struct type *type = arena_take(b->arena, columns, sizeof *type);
  for (size_t i = 0; i < columns; i++) {
    struct type l = left->scope.column[i].type, r = right->scope.column[i].type;
    char first[100], second[100];
    if (!type_common(l, r, &type[i]))
      return error_at(b->err, ERR_TYPE, b->file, at.line, at.column,
                      "column %zu is %s on one side and %s on the other", i + 1,
                      type_name(l, first, sizeof first), type_name(r, second, sizeof second));
    left->scope.column[i].type = type[i];
  }
  return cast_columns(binder, left, type, at) && cast_columns(binder, right, type, at);
}

static struct expr *count_literal(const struct binder *binder, int64_t value)
{
  struct column column;
  struct position none = {0};
  column_make(&column, type_of(TYPE_BIGINT), 1, binder->b.arena);
  column.i64[0] = value;
  return expr_literal(binder->b.arena, column, none);
}

/* The input's columns and `extras` more. */
static struct plan *with_columns(const struct binder *binder, struct plan *input,
                                 struct expr *const *extra, size_t extras)
{
  struct plan *plan = plan_new(binder, PLAN_PROJECT, 1, input, NULL);
  size_t columns = input->schema.columns;
  struct position none = {0};
  plan_columns(binder, plan, columns + extras);
  plan->exprs = columns + extras;
  plan->expr = arena_take(binder->b.arena, plan->exprs, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++) {
    plan->schema.column[i] = input->schema.column[i];
    plan->expr[i] = expr_column(binder->b.arena, i, input->schema.column[i].type, none);
  }
  for (size_t i = 0; i < extras; i++) {
    plan->schema.column[columns + i] = (struct field){SLICE("count"), extra[i]->type};
    plan->expr[columns + i] = extra[i];
  }
  return plan;
}

/* One row for each that differs, and behind its columns the sums of the BIGINTs that follow. */
static struct plan *sum_up(const struct binder *binder, struct plan *input, size_t columns,
                           size_t sums)
{
  struct plan *plan = plan_new(binder, PLAN_AGGREGATE, 1, input, NULL);
  struct arena *arena = binder->b.arena;
  struct position none = {0};
  plan_columns(binder, plan, columns + sums);
  plan->exprs = columns;
  plan->expr = arena_take(arena, columns, sizeof(struct expr *));
  plan->aggregates = sums;
  plan->aggregate = arena_zero(arena, sums, sizeof *plan->aggregate);
  for (size_t i = 0; i < columns + sums; i++) {
    struct expr *column = expr_column(arena, i, input->schema.column[i].type, none);
    plan->schema.column[i] = input->schema.column[i];
    if (i < columns) {
      plan->expr[i] = column;
      continue;
    }
    struct aggregate *a = &plan->aggregate[i - columns];
    *a = (struct aggregate){.kind = AGGREGATE_SUM, .args = 1, .type = type_of(TYPE_BIGINT)};
    a->arg = arena_take(arena, 1, sizeof(struct expr *));
    a->arg[0] = column;
  }
  return plan;
}

static struct expr *call_of_two(const struct binder *binder, const char *name, struct expr *first,
                                struct expr *second)
{
  struct expr **arg = arena_take(binder->b.arena, 2, sizeof(struct expr *));
  struct position none = {0};
  arg[0] = first, arg[1] = second;
  return function_bind(&binder->b, slice_of(name), arg, 2, none);
}

/* Each row as often as `times` says. */
static struct plan *repeat_rows(const struct binder *binder, struct plan *input, size_t columns,
                                struct expr *times)
{
  struct plan *plan = plan_new(binder, PLAN_REPEAT, 1, input, NULL);
  plan->exprs = 1;
  plan->expr = arena_take(binder->b.arena, 1, sizeof(struct expr *));
  plan->expr[0] = times;
  struct plan *first = with_columns(binder, plan, NULL, 0);
  first->schema.columns = first->exprs = columns;
  return first;
}

/* EXCEPT ALL: a row counts 1 on the left, -1 on the right; the sum says how often it stays
 * (RewriteExceptAll). INTERSECT ALL: the sides are counted apart, the lesser number stays
 * (RewriteIntersectAll). */
static struct plan *plan_all(const struct binder *binder, struct plan *left, struct plan *right,
                             bool except)
{
  size_t columns = left->schema.columns, sums = except ? 1 : 2;
  struct position none = {0};
  struct expr *mark[2][2] = {{count_literal(binder, 1), count_literal(binder, 0)},
                             {count_literal(binder, except ? -1 : 0), count_literal(binder, 1)}};
  struct plan *both = plan_new(binder, PLAN_UNION, 2, with_columns(binder, left, mark[0], sums),
                               with_columns(binder, right, mark[1], sums));
  both->schema = both->input[0]->schema;
  struct plan *sum = sum_up(binder, both, columns, sums);
  struct expr *times = expr_column(binder->b.arena, columns, type_of(TYPE_BIGINT), none);
  if (!except)
    times = call_of_two(binder, "least", times,
                        expr_column(binder->b.arena, columns + 1, type_of(TYPE_BIGINT), none));
  return times != NULL ? repeat_rows(binder, sum, columns, times) : NULL;
}

/* The distinct left rows that are, or are not, among the right ones; nulls are equal
 * (ReplaceIntersectWithSemiJoin, ReplaceExceptWithAntiJoin). */
static struct plan *plan_distinct_set(const struct binder *binder, struct plan *left,
                                      struct plan *right, bool except)
{
  struct plan *plan = plan_new(binder, PLAN_JOIN, 2, left, right);
  struct arena *arena = binder->b.arena;
  struct position none = {0};
  plan->join = except ? JOIN_LEFT_ANTI : JOIN_LEFT_SEMI;
  plan->keys = left->schema.columns;
  plan->left_key = arena_take(arena, plan->keys, sizeof(struct expr *));
  plan->right_key = arena_take(arena, plan->keys, sizeof(struct expr *));
  plan->null_safe = arena_take(arena, plan->keys, sizeof *plan->null_safe);
  for (size_t i = 0; i < plan->keys; i++) {
    struct type type = left->schema.column[i].type;
    plan->left_key[i] = expr_column(arena, i, type, none);
    plan->right_key[i] = expr_column(arena, i, type, none);
    plan->null_safe[i] = true;
  }
  join_schema(binder, plan);
  return plan_distinct(binder, plan);
}

static bool check_types(const struct binder *binder, const struct ast_body *ast,
                        const struct plan *plan)
{
  const struct binding *b = &binder->b;
  for (size_t i = 0; i < plan->schema.columns; i++)
    if (plan->schema.column[i].type.kind == TYPE_MAP)
      return error_at(b->err, ERR_TYPE, b->file, ast->at.line, ast->at.column,
                      "rows with a MAP (column %zu) cannot be compared; only UNION ALL takes them",
                      i + 1);
  return true;
}

bool bind_set(const struct binder *binder, const struct ast_body *ast,
              const struct named_query *names, struct relation *out)
{
  struct relation right;
  if (!bind_body(binder, ast->left, names, out) || !bind_body(binder, ast->right, names, &right) ||
      !widen(binder, out, &right, ast->at))
    return false;
  bool is_union = ast->set == SET_UNION, except = ast->set == SET_EXCEPT;
  if (!(is_union && ast->all) && !check_types(binder, ast, out->plan))
    return false;
  struct plan *left = out->plan;
  if (!is_union) {
    out->plan = ast->all ? plan_all(binder, left, right.plan, except)
                         : plan_distinct_set(binder, left, right.plan, except);
    return out->plan != NULL;
  }
  struct plan *plan = plan_new(binder, PLAN_UNION, 2, left, right.plan);
  plan->schema = left->schema;
  out->plan = ast->all ? plan : plan_distinct(binder, plan);
  return true;
}
