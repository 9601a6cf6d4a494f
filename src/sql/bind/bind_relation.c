/* SPDX-License-Identifier: Apache-2.0 */
/* FROM: tables, named queries, subqueries, joins. */
#include <stdio.h>

#include "base/suggest.h"
#include "sql/bind/binder_internal.h"
#include "sql/coercion.h"

enum { MAX_SOURCES = 10000 }; /* of one query, named queries counted wherever they are used */

static bool fails(const struct binder *binder, enum error_code code, struct position at,
                  const char *what, struct slice name, const char *hint)
{
  return error_at(binder->b.err, code, binder->b.file, at.line, at.column, what, SLICE_PRINT(name),
                  hint);
}

/* The plan's columns as a scope under one qualifier. */
static void scope_of(const struct binder *binder, struct relation *r, struct slice table)
{
  r->scope.columns = r->plan->schema.columns;
  r->scope.column = arena_zero(binder->b.arena, r->scope.columns, sizeof(struct scope_column));
  for (size_t i = 0; i < r->scope.columns; i++) {
    const struct field *field = &r->plan->schema.column[i];
    r->scope.column[i] =
        (struct scope_column){.table = table, .name = field->name, .type = field->type, .index = i};
  }
}

/* Puts what a query gives under one qualifier. */
static void qualify(struct scope *scope, struct slice table)
{
  for (size_t i = 0; i < scope->columns; i++)
    scope->column[i].table = table;
}

static bool rename_columns(const struct binder *binder, struct relation *r,
                           const struct slice *alias, size_t aliases, struct position at)
{
  if (aliases == 0)
    return true;
  if (aliases != r->scope.columns)
    return error_at(binder->b.err, ERR_TYPE, binder->b.file, at.line, at.column,
                    "%zu column names are given, the query has %zu columns", aliases,
                    r->scope.columns);
  for (size_t i = 0; i < aliases; i++)
    r->scope.column[i].name = alias[i];
  return true;
}

static bool bind_scan(const struct binder *binder, const struct ast_relation *ast,
                      struct relation *out)
{
  const struct catalog *catalog = binder->catalog;
  for (size_t i = 0; i < catalog->tables; i++)
    if (slice_equal_nocase(catalog->table[i].name, ast->name)) {
      out->plan = plan_new(binder, PLAN_SCAN, 0, NULL, NULL);
      out->plan->table = i;
      out->plan->schema = *catalog->table[i].schema;
      return true;
    }
  struct slice *known = arena_take(binder->b.arena, catalog->tables, sizeof *known);
  for (size_t i = 0; i < catalog->tables; i++)
    known[i] = catalog->table[i].name;
  char hint[100];
  suggest_hint(ast->name, known, catalog->tables, hint, sizeof hint);
  if (catalog->tables == 0)
    snprintf(hint, sizeof hint, " (no table is given; --table NAME=FILE gives one)");
  return fails(binder, ERR_NAME, ast->at, "table '%.*s' is not known%s", ast->name, hint);
}

static bool bind_table(const struct binder *binder, const struct ast_relation *ast,
                       const struct named_query *names, struct relation *out)
{
  const struct named_query *found = names;
  while (found != NULL && !slice_equal_nocase(found->name, ast->name))
    found = found->outer;
  if (found == NULL) {
    if (!bind_scan(binder, ast, out))
      return false;
    scope_of(binder, out, ast->alias.n != 0 ? ast->alias : ast->name);
    return rename_columns(binder, out, ast->column_alias, ast->aliases, ast->at);
  }
  *found->is_used = true;
  struct binder alone = *binder;
  alone.outer = NULL;
  if (!check_with(binder, found->cte->query, found->visible) ||
      !bind_query(&alone, found->cte->query, found->visible, out))
    return false;
  qualify(&out->scope, ast->alias.n != 0 ? ast->alias : ast->name);
  return rename_columns(binder, out, found->cte->column_alias, found->cte->aliases,
                        found->cte->at) &&
         rename_columns(binder, out, ast->column_alias, ast->aliases, ast->at);
}

/* VALUES: each column gets the common type of its cells and is called col1, col2, ... */
static bool bind_values(const struct binder *binder, const struct ast_relation *ast,
                        struct relation *out)
{
  struct arena *arena = binder->b.arena;
  struct scope nothing = {0};
  struct context c = {.binder = binder, .scope = &nothing, .clause = "VALUES"};
  struct plan *plan = plan_new(binder, PLAN_VALUES, 0, NULL, NULL);
  plan_columns(binder, plan, ast->width);
  plan->rows = ast->rows;
  plan->expr = arena_take(arena, ast->rows * ast->width, sizeof(struct expr *));
  for (size_t i = 0; i < ast->rows * ast->width; i++) {
    struct expr *e = plan->expr[i] = bind_expr(&c, ast->value[i]);
    struct type *type = &plan->schema.column[i % ast->width].type;
    if (e == NULL)
      return false;
    if (i < ast->width)
      *type = e->type;
    else if ((type->kind == TYPE_STRING) != (e->type.kind == TYPE_STRING) &&
             type->kind != TYPE_NULL && e->type.kind != TYPE_NULL)
      return bind_fails(&c, ERR_TYPE, e->at, "a column of VALUES mixes texts and other values");
    else if (!type_common(*type, e->type, type))
      return bind_fails(&c, ERR_TYPE, e->at, "the cells of a column of VALUES differ in type");
  }
  for (size_t i = 0; i < ast->rows * ast->width; i++) {
    struct expr *e = plan->expr[i];
    if ((plan->expr[i] =
             expr_cast(&binder->b, e, plan->schema.column[i % ast->width].type, e->at)) == NULL)
      return false;
  }
  for (size_t i = 0; i < ast->width; i++)
    plan->schema.column[i].name = slice_of(arena_printf(arena, "col%zu", i + 1));
  out->plan = plan;
  scope_of(binder, out, ast->alias);
  return rename_columns(binder, out, ast->column_alias, ast->aliases, ast->at);
}

/* Appends a side's columns; their indexes move behind what the join puts before them. */
static size_t append_scope(struct scope *to, const struct scope *from, size_t base)
{
  for (size_t i = 0; i < from->columns; i++) {
    to->column[to->columns] = from->column[i];
    to->column[to->columns++].index += base;
  }
  return base;
}

static struct scope_column *key_column(struct context *c, const struct scope *scope,
                                       struct slice name, struct position at)
{
  struct scope_column *found = NULL;
  for (size_t i = 0; i < scope->columns; i++) {
    if (!slice_equal_nocase(scope->column[i].name, name) || scope->column[i].merged_away)
      continue;
    if (found != NULL) {
      bind_fails(c, ERR_NAME, at, "USING column '%.*s' is ambiguous: one side has two of that name",
                 SLICE_PRINT(name));
      return NULL;
    }
    found = &scope->column[i];
  }
  if (found == NULL)
    bind_fails(c, ERR_NAME, at, "USING column '%.*s' is missing on one side of the join",
               SLICE_PRINT(name));
  return found;
}

/* Casts both sides of a key to the type that `=` compares them in. */
static bool unify_key(struct context *c, struct expr **left, struct expr **right,
                      struct position at)
{
  struct type common;
  if (!type_for_comparison(*left, *right, true, &common)) {
    char a[100], b[100];
    return bind_fails(c, ERR_TYPE, at, "%s and %s cannot be compared in a join",
                      type_name((*left)->type, a, sizeof a),
                      type_name((*right)->type, b, sizeof b));
  }
  *left = expr_cast(&c->binder->b, *left, common, at);
  *right = expr_cast(&c->binder->b, *right, common, at);
  return *left != NULL && *right != NULL;
}

/* The one column that USING makes of two. It has the type of the side that is sure to be there, or
 * of a FULL join the common one (Analyzer.commonNaturalJoinProcessing); where the key was cast for
 * the comparison, that side's own column stands for it. */
static bool merge_columns(struct context *c, const struct plan *plan, size_t i, size_t usings,
                          const struct scope_column *left, const struct scope_column *right,
                          struct position at, struct scope_column *out)
{
  struct type key = plan->left_key[i]->type, common;
  *out = (struct scope_column){.name = left->name, .type = key, .index = i};
  if (plan->join == JOIN_FULL) {
    if (key.kind != TYPE_ARRAY && type_common(left->type, right->type, &common) &&
        type_equal(key, common))
      return true;
    char a[100], b[100];
    return bind_fails(c, ERR_UNSUPPORTED, at,
                      "FULL JOIN ... USING (%.*s) of %s and %s is not supported; cast one of them "
                      "in a subquery",
                      SLICE_PRINT(left->name), type_name(left->type, a, sizeof a),
                      type_name(right->type, b, sizeof b));
  }
  const struct scope_column *own = plan->join == JOIN_RIGHT ? right : left;
  if (type_equal(own->type, key) && key.kind != TYPE_ARRAY)
    return true;
  size_t before = plan->join == JOIN_RIGHT ? plan->input[0]->schema.columns : 0;
  out->type = own->type;
  out->index = usings + before + own->index;
  return true;
}

static bool bind_using(struct context *c, const struct ast_relation *ast, struct relation *left,
                       struct relation *right, struct plan *plan, struct scope *merged)
{
  struct arena *arena = c->binder->b.arena;
  for (size_t i = 0; i < ast->usings; i++) {
    struct slice name = ast->using_column[i];
    struct scope_column *l = key_column(c, &left->scope, name, ast->at);
    struct scope_column *r = l != NULL ? key_column(c, &right->scope, name, ast->at) : NULL;
    if (r == NULL)
      return false;
    plan->left_key[i] = expr_column(arena, l->index, l->type, ast->at);
    plan->right_key[i] = expr_column(arena, r->index, r->type, ast->at);
    if (!unify_key(c, &plan->left_key[i], &plan->right_key[i], ast->at) ||
        !merge_columns(c, plan, i, ast->usings, l, r, ast->at, &merged->column[i]))
      return false;
    l->merged_away = r->merged_away = true;
  }
  merged->columns = plan->keys = plan->merged = ast->usings;
  return true;
}

static bool bind_on(struct context *c, const struct ast_relation *ast, struct plan *plan,
                    const struct scope *both)
{
  c->scope = both;
  struct expr *on = bind_expr(c, ast->on);
  if (on == NULL)
    return false;
  if (on->type.kind != TYPE_BOOLEAN) {
    char given[100];
    return bind_fails(c, ERR_TYPE, on->at, "a condition is BOOLEAN, not %s",
                      type_name(on->type, given, sizeof given));
  }
  return plan_join_condition(c->binder, plan, on);
}

/* A SEMI or ANTI join gives the left columns, those of USING first. */
static void keep_left(const struct binder *binder, struct plan *plan, const struct scope *left,
                      struct scope *out)
{
  size_t count = plan->merged;
  bool *is_key = arena_zero(binder->b.arena, left->columns, sizeof *is_key);
  for (size_t i = 0; i < plan->merged; i++) {
    size_t k = 0;
    while (!left->column[k].merged_away || is_key[k] ||
           !slice_equal_nocase(left->column[k].name, out->column[i].name))
      k++;
    is_key[k] = true;
    out->column[i] = left->column[k];
    out->column[i].merged_away = false;
  }
  for (size_t i = 0; i < left->columns; i++)
    if (!is_key[i])
      out->column[count++] = left->column[i];
  out->columns = count;
  plan->merged = 0;
}

/* NATURAL is USING the columns whose names both sides have, in the left one's order. */
static void name_common(const struct binder *binder, struct ast_relation *ast,
                        const struct scope *left, const struct scope *right)
{
  ast->using_column = arena_take(binder->b.arena, left->columns, sizeof *ast->using_column);
  for (size_t i = 0; i < left->columns; i++) {
    bool common = false;
    for (size_t k = 0; !left->column[i].merged_away && k < right->columns; k++)
      common |= !right->column[k].merged_away &&
                slice_equal_nocase(left->column[i].name, right->column[k].name);
    if (common)
      ast->using_column[ast->usings++] = left->column[i].name;
  }
}

void join_schema(const struct binder *binder, struct plan *plan)
{
  const struct schema *left = &plan->input[0]->schema, *right = &plan->input[1]->schema;
  if (plan_is_semi_join(plan)) {
    bool marks = plan->join == JOIN_EXISTENCE;
    plan_columns(binder, plan, left->columns + marks);
    memcpy(plan->schema.column, left->column, left->columns * sizeof *left->column);
    if (marks)
      plan->schema.column[left->columns] = (struct field){SLICE("exists"), type_of(TYPE_BOOLEAN)};
    return;
  }
  plan_columns(binder, plan, plan->merged + left->columns + right->columns);
  struct field *field = plan->schema.column;
  for (size_t i = 0; i < plan->merged; i++)
    field[i] = (struct field){SLICE("key"), plan->left_key[i]->type};
  memcpy(field + plan->merged, left->column, left->columns * sizeof *field);
  memcpy(field + plan->merged + left->columns, right->column, right->columns * sizeof *field);
}

static bool bind_join(const struct binder *binder, const struct ast_relation *ast,
                      const struct named_query *names, struct relation *out)
{
  struct relation left, right;
  if (!bind_from(binder, ast->left, names, &left) || !bind_from(binder, ast->right, names, &right))
    return false;
  struct binder own = *binder;
  own.names = names;
  struct context c = {.binder = &own, .scope = &left.scope, .clause = "a join condition"};
  struct ast_relation natural;
  if (ast->natural && (ast->join == JOIN_LEFT_SEMI || ast->join == JOIN_LEFT_ANTI))
    return bind_fails(&c, ERR_TYPE, ast->at,
                      "a SEMI or ANTI join is not NATURAL; name the columns with USING");
  if (ast->natural) {
    natural = *ast;
    name_common(binder, &natural, &left.scope, &right.scope);
    ast = &natural;
  }
  struct arena *arena = binder->b.arena;
  struct plan *plan = plan_new(binder, PLAN_JOIN, 2, left.plan, right.plan);
  plan->join = ast->join;
  size_t lefts = left.plan->schema.columns;
  struct scope *scope = &out->scope;
  *scope = (struct scope){0};
  scope->column = arena_zero(arena, ast->usings + left.scope.columns + right.scope.columns,
                             sizeof(struct scope_column));
  plan->left_key = arena_take(arena, ast->usings, sizeof(struct expr *));
  plan->right_key = arena_take(arena, ast->usings, sizeof(struct expr *));
  if (!bind_using(&c, ast, &left, &right, plan, scope))
    return false;
  append_scope(scope, &left.scope, plan->merged);
  append_scope(scope, &right.scope, plan->merged + lefts);
  if (ast->on != NULL && !bind_on(&c, ast, plan, scope))
    return false;
  if (plan_is_semi_join(plan))
    keep_left(binder, plan, &left.scope, scope);
  join_schema(binder, plan);
  out->plan = plan;
  return true;
}

static bool bind_lateral_view(const struct binder *binder, const struct ast_relation *ast,
                              const struct named_query *names, struct relation *out)
{
  struct relation left;
  struct generator g;
  if (!bind_from(binder, ast->left, names, &left))
    return false;
  struct context c = {.binder = binder, .scope = &left.scope, .clause = "LATERAL VIEW"};
  if (!is_generator_call(ast->generator))
    return bind_fails(&c, ERR_TYPE, ast->generator->at,
                      "LATERAL VIEW takes a generator such as explode(), not '%.*s'",
                      SLICE_PRINT(ast->generator->source));
  if (!bind_generator(&c, ast->generator, ast->column_alias, ast->aliases, &g))
    return false;
  g.spec.outer |= ast->outer;
  size_t before = left.plan->schema.columns;
  out->plan = plan_generate(binder, left.plan, &g);
  out->scope.columns = left.scope.columns + g.columns;
  out->scope.column = arena_zero(binder->b.arena, out->scope.columns, sizeof(struct scope_column));
  struct scope_column *column = out->scope.column;
  memcpy(column, left.scope.column, left.scope.columns * sizeof *column);
  for (size_t i = 0; i < g.columns; i++)
    column[left.scope.columns + i] = (struct scope_column){.table = ast->alias,
                                                           .name = g.column[i].name,
                                                           .type = g.column[i].type,
                                                           .index = before + i};
  return true;
}

bool bind_from(const struct binder *binder, const struct ast_relation *ast,
               const struct named_query *names, struct relation *out)
{
  const struct binding *b = &binder->b;
  if (++binder->size->sources > MAX_SOURCES)
    return error_at(b->err, ERR_RANGE, b->file, ast->at.line, ast->at.column,
                    "the query reads more than %d tables and queries, as each use of a name in "
                    "WITH counts what it reads",
                    (int)MAX_SOURCES);
  switch (ast->kind) {
  case RELATION_TABLE:
    return bind_table(binder, ast, names, out);
  case RELATION_QUERY:
    if (!bind_query(binder, ast->query, names, out))
      return false;
    qualify(&out->scope, ast->alias);
    return rename_columns(binder, out, ast->column_alias, ast->aliases, ast->at);
  case RELATION_VALUES:
    return bind_values(binder, ast, out);
  case RELATION_PIVOT:
    return bind_pivot(binder, ast, names, out);
  case RELATION_UNPIVOT:
    return bind_unpivot(binder, ast, names, out);
  case RELATION_FUNCTION:
    if (!bind_table_function(binder, ast->generator, &out->plan))
      return false;
    scope_of(binder, out, ast->alias);
    return rename_columns(binder, out, ast->column_alias, ast->aliases, ast->at);
  case RELATION_LATERAL_VIEW:
    return bind_lateral_view(binder, ast, names, out);
  case RELATION_JOIN:
    return bind_join(binder, ast, names, out);
  }
  return false;
}
