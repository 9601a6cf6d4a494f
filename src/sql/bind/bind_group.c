/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of GROUP BY, and its grouping sets. */
#include "sql/bind/bind_level.h"
#include "sql/names/column_name.h"

/* GROUP BY `(a + 1)`: the item that Spark calls so; NULL if none is. */
static const struct ast_expr *item_called(const struct level *l, struct slice name)
{
  for (size_t i = 0; i < l->ast->items; i++) {
    const struct ast_item *item = &l->ast->item[i];
    bool unnamed = item->alias.n == 0 && item->aliases == 0 && item->expr->kind != AST_STAR;
    if (unnamed && slice_equal_nocase(column_name(&l->context, l->ast, item->expr), name))
      return item->expr;
  }
  return NULL;
}

/* What a key of GROUP BY means: an ordinal or, where no column is called so, an alias stands for
 * the item's own expression (ResolveReferences: a column comes before an alias). */
static const struct ast_expr *key_meaning(struct level *l, const struct ast_expr *key)
{
  if (key->kind == AST_LITERAL && key->value.type.kind == TYPE_INT) {
    int32_t ordinal = key->value.i32[0];
    if (ordinal >= 1 && (size_t)ordinal <= l->ast->items)
      return l->ast->item[ordinal - 1].expr;
    bind_fails(&l->context, ERR_RANGE, key->at, "GROUP BY %d: there are %zu items in SELECT",
               ordinal, l->ast->items);
    return NULL;
  }
  if (key->kind != AST_NAME || key->name.parts != 1)
    return key;
  struct slice name = key->name.part[0];
  for (size_t i = 0; i < l->from.scope.columns; i++)
    if (slice_equal_nocase(l->from.scope.column[i].name, name))
      return key;
  for (size_t i = 0; i < l->ast->items; i++)
    if (slice_equal_nocase(l->ast->item[i].alias, name))
      return l->ast->item[i].expr;
  const struct ast_expr *item = item_called(l, name);
  return item != NULL ? item : key;
}

/* The number of the key, a new one if it is none yet. */
static size_t add_key(struct level *l, struct expr *e, const struct ast_expr *written)
{
  struct grouping *g = &l->grouping;
  size_t i = 0;
  while (i < g->keys && !expr_equal(g->key[i], e))
    i++;
  if (i == g->keys) {
    g->written[g->keys] = written;
    g->key[g->keys++] = e;
  }
  return i;
}

static bool bind_key(struct level *l, const struct ast_expr *key, const struct ast_expr *meaning,
                     size_t *number)
{
  struct context c = {.binder = l->binder,
                      .scope = &l->from.scope,
                      .clause = "GROUP BY",
                      .window = &l->window,
                      .subqueries = &l->below};
  if (has_aggregate(meaning))
    return bind_fails(&c, ERR_TYPE, key->at, "an aggregate function cannot stand in GROUP BY");
  struct expr *e = bind_expr(&c, meaning);
  if (e != NULL)
    *number = add_key(l, e, meaning);
  return e != NULL;
}

/* GROUP BY ALL: each item without an aggregate function, each column of a star. */
static bool bind_key_of_item(struct level *l, const struct ast_expr *item)
{
  size_t number;
  if (item->kind != AST_STAR)
    return has_aggregate(item) || bind_key(l, item, item, &number);
  for (size_t i = 0; i < l->from.scope.columns; i++) {
    const struct scope_column *column = &l->from.scope.column[i];
    if (star_matches(item, column))
      add_key(l, expr_column(l->binder->b.arena, column->index, column->type, item->at), item);
  }
  return true;
}

/* The sets, of numbers of keys instead of expressions of GROUP BY. */
static void number_sets(struct level *l, const size_t *number)
{
  struct grouping *g = &l->grouping;
  g->sets = l->ast->sets;
  g->set = arena_zero(l->binder->b.arena, g->sets, sizeof *g->set);
  for (size_t s = 0; s < g->sets; s++)
    for (size_t i = 0; i < l->ast->groups; i++)
      if ((l->ast->set[s] >> i & 1) != 0)
        g->set[s] |= (uint64_t)1 << number[i];
}

/* A set that is given twice makes its groups twice. */
static bool has_equal_sets(const struct grouping *g)
{
  for (size_t i = 0; i < g->sets; i++)
    for (size_t k = 0; k < i; k++)
      if (g->set[i] == g->set[k])
        return true;
  return false;
}

/* The bits that say which keys a set leaves out are a key themselves. */
static void add_set_keys(struct level *l, const size_t *number)
{
  struct grouping *g = &l->grouping;
  struct arena *arena = l->binder->b.arena;
  struct position at = l->ast->at;
  struct type type = type_of(TYPE_BIGINT);
  static const struct ast_expr unwritten = {.kind = AST_STAR};
  number_sets(l, number);
  g->set_keys = g->keys;
  add_key(l, expr_column(arena, GROUPING_PLACEHOLDER, type, at), &unwritten);
  if (has_equal_sets(g))
    add_key(l, expr_column(arena, GROUPING_PLACEHOLDER + 1, type, at), &unwritten);
}

bool bind_keys(struct level *l)
{
  size_t most = l->ast->group_by_all ? count_items(l) : l->ast->groups;
  if (l->ast->group_by_all && !bind_needs_3_4(&l->context, l->ast->at, "GROUP BY ALL"))
    return false;
  size_t *number = arena_take(l->binder->b.arena, most, sizeof *number);
  l->grouping.key = arena_take(l->binder->b.arena, most + 2, sizeof(struct expr *));
  l->grouping.written = arena_take(l->binder->b.arena, most + 2, sizeof *l->grouping.written);
  for (size_t i = 0; i < l->ast->groups; i++) {
    const struct ast_expr *meaning = key_meaning(l, l->ast->group[i]);
    if (meaning == NULL || !bind_key(l, l->ast->group[i], meaning, &number[i]))
      return false;
  }
  for (size_t i = 0; l->ast->group_by_all && i < l->ast->items; i++)
    if (!bind_key_of_item(l, l->ast->item[i].expr))
      return false;
  if (l->ast->sets != 0)
    add_set_keys(l, number);
  return true;
}

void expand_sets(struct level *l)
{
  struct grouping *g = &l->grouping;
  struct arena *arena = l->binder->b.arena;
  struct plan *plan = plan_new(l->binder, PLAN_EXPAND, 1, l->plan, NULL);
  size_t inputs = l->plan->schema.columns, keys = g->set_keys;
  plan_columns(l->binder, plan, inputs + keys + 2);
  memcpy(plan->schema.column, l->plan->schema.column, inputs * sizeof(struct field));
  plan->exprs = keys;
  plan->expr = arena_take(arena, keys, sizeof(struct expr *));
  plan->sets = g->sets;
  plan->set = g->set;
  for (size_t k = 0; k < keys; k++) {
    plan->expr[k] = g->key[k];
    plan->schema.column[inputs + k] = (struct field){SLICE("key"), g->key[k]->type};
    g->key[k] = expr_column(arena, inputs + k, g->key[k]->type, g->key[k]->at);
  }
  for (size_t k = 0; k < 2; k++)
    plan->schema.column[inputs + keys + k] = (struct field){SLICE("set"), type_of(TYPE_BIGINT)};
  for (size_t k = keys; k < g->keys; k++)
    g->key[k] = expr_column(arena, inputs + k, type_of(TYPE_BIGINT), l->ast->at);
  l->plan = plan;
}

/* ---- grouping(), grouping_id() ---- */

bool is_grouping_call(const struct ast_expr *ast)
{
  return ast->over == NULL && (ast_calls(ast, "grouping") || ast_calls(ast, "grouping_id"));
}

/* The number of the key that an argument is; SIZE_MAX and an error if it is none. */
static size_t key_argument(struct context *c, const struct ast_expr *ast)
{
  struct expr *e = bind_expr(c, ast);
  if (e == NULL)
    return SIZE_MAX;
  if (e->kind == EXPR_COLUMN && e->index < c->grouping->set_keys)
    return e->index;
  bind_fails(c, ERR_TYPE, ast->at, "'%.*s' is no expression of GROUP BY", SLICE_PRINT(ast->source));
  return SIZE_MAX;
}

static struct expr *arithmetic(struct context *c, const char *name, struct expr *e, int64_t by)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **arg = arena_take(arena, 2, sizeof(struct expr *));
  struct column value;
  column_make(&value, type_of(TYPE_BIGINT), 1, arena);
  value.i64[0] = by;
  arg[0] = e;
  arg[1] = expr_literal(arena, value, e->at);
  return function_bind(&c->binder->b, slice_of(name), arg, 2, e->at);
}

/* grouping_id() names all keys in their order, or none. */
static bool check_all_keys(struct context *c, const struct ast_expr *ast)
{
  bool all = ast->args == c->grouping->set_keys;
  for (size_t i = 0; ast->args != 0 && i < ast->args; i++) {
    size_t key = key_argument(c, ast->arg[i]);
    if (key == SIZE_MAX)
      return false;
    all = all && key == i;
  }
  return ast->args == 0 || all ||
         bind_fails(c, ERR_TYPE, ast->at,
                    "grouping_id() takes all expressions of GROUP BY, in their "
                    "order, or none");
}

/* Spark looks for it in what SELECT gives. */
static bool is_item(const struct context *c, const struct ast_expr *ast)
{
  const struct expr *key = bind_expr(
      &(struct context){
          .binder = c->binder, .scope = c->scope, .clause = c->clause, .grouping = c->grouping},
      ast);
  for (size_t i = 0; key != NULL && i < c->aliases; i++)
    if (expr_equal(c->alias[i].expr, key))
      return true;
  return false;
}

struct expr *bind_grouping_column(const struct context *c, const struct ast_expr *ast)
{
  const struct grouping *g = c->grouping;
  bool named = ast->name.parts == 1 && slice_equal_nocase(ast->name.part[0], SLICE("grouping__id"));
  if (!named || g == NULL || g->sets == 0)
    return NULL;
  for (size_t i = 0; i < c->scope->columns; i++)
    if (slice_equal_nocase(c->scope->column[i].name, ast->name.part[0]))
      return NULL;
  return expr_column(c->binder->b.arena, g->set_keys, type_of(TYPE_BIGINT), ast->at);
}

struct expr *bind_grouping_call(struct context *c, const struct ast_expr *ast)
{
  const struct grouping *g = c->grouping;
  if (g == NULL || g->sets == 0) {
    bind_fails(c, ERR_TYPE, ast->at,
               "%.*s() goes with ROLLUP, CUBE or GROUPING SETS in GROUP BY, and stands outside of "
               "aggregate functions",
               SLICE_PRINT(ast->name.part[0]));
    return NULL;
  }
  struct expr *id = expr_column(c->binder->b.arena, g->set_keys, type_of(TYPE_BIGINT), ast->at);
  if (ast_calls(ast, "grouping_id"))
    return check_all_keys(c, ast) ? id : NULL;
  if (ast->args != 1) {
    bind_fails(c, ERR_TYPE, ast->at, "grouping() takes 1 argument, not %zu", ast->args);
    return NULL;
  }
  size_t key = key_argument(c, ast->arg[0]);
  if (key == SIZE_MAX)
    return NULL;
  if (c->alias_first && !is_item(c, ast->arg[0])) {
    bind_fails(c, ERR_TYPE, ast->at, "in ORDER BY the argument of grouping() is an item of SELECT");
    return NULL;
  }
  struct expr *bit = arithmetic(c, "div", id, (int64_t)1 << (g->set_keys - 1 - key));
  bit = bit != NULL ? arithmetic(c, "%", bit, 2) : NULL;
  return bit != NULL ? expr_cast(&c->binder->b, bit, type_of(TYPE_TINYINT), ast->at) : NULL;
}
