/* SPDX-License-Identifier: Apache-2.0 */
/* One SELECT: FROM, WHERE, GROUP BY, HAVING, functions OVER windows, the items, DISTINCT and the
 * ORDER BY that stands behind it, in the order in which SQL evaluates them. */
#include "sql/bind/bind_level.h"
#include "sql/names/column_name.h"

/* ---- the items ---- */

bool star_matches(const struct ast_expr *star, const struct scope_column *column)
{
  if (star->name.parts == 0)
    return !column->merged_away;
  return slice_equal_nocase(star->name.part[0], column->table);
}

size_t count_items(const struct level *l)
{
  size_t count = 0;
  for (size_t i = 0; i < l->ast->items; i++)
    count += l->ast->item[i].expr->kind == AST_STAR ? l->from.scope.columns : 1;
  return count;
}

static void add_item(struct level *l, struct expr *e, struct slice table, struct slice name)
{
  l->item[l->items] = e;
  l->name[l->items] = name;
  l->alias[l->items] = (struct alias){name, table, e};
  l->items++;
}

/* The table of an item that is a column under its own name: ORDER BY t.a behind DISTINCT. */
static struct slice table_of(const struct level *l, const struct ast_item *item)
{
  const struct ast_expr *ast = item->expr;
  struct slice none = {0};
  size_t parts = ast->name.parts;
  bool own = ast->kind == AST_NAME && item->alias.n == 0;
  for (size_t i = 0; own && i < l->from.scope.columns; i++) {
    const struct scope_column *column = &l->from.scope.column[i];
    if (slice_equal_nocase(column->name, ast->name.part[parts - 1]) &&
        (parts == 1 || slice_equal_nocase(column->table, ast->name.part[0])))
      return column->table;
  }
  return none;
}

static bool add_star(struct level *l, const struct ast_expr *star)
{
  size_t before = l->items;
  for (size_t i = 0; i < l->from.scope.columns; i++) {
    const struct scope_column *column = &l->from.scope.column[i];
    if (!star_matches(star, column))
      continue;
    struct expr *e = expr_column(l->binder->b.arena, column->index, column->type, star->at);
    struct expr *key = l->is_grouped ? key_of(&l->context, e) : e;
    if (key == NULL)
      return bind_fails(&l->context, ERR_TYPE, star->at,
                        "'*' beside groups: column '%.*s' is not in GROUP BY",
                        SLICE_PRINT(column->name));
    add_item(l, key, column->table, column->name);
  }
  if (l->items == before)
    return bind_fails(&l->context, ERR_NAME, star->at, "'%.*s' matches no column",
                      SLICE_PRINT(star->source));
  return true;
}

/* The columns of explode() and its like. Other items cannot name them, so their aliases come later.
 */
static bool add_generator(struct level *l, const struct ast_item *item, size_t most)
{
  struct arena *arena = l->binder->b.arena;
  struct generator *g = arena_take(arena, 1, sizeof *g);
  if (l->generator != NULL)
    return bind_fails(&l->context, ERR_TYPE, item->expr->at,
                      "only one item of SELECT may make rows; use LATERAL VIEW");
  bool list = item->alias.n == 0;
  if (!bind_generator(&l->context, item->expr, list ? item->column_alias : &item->alias,
                      list ? item->aliases : 1, g))
    return false;
  struct expr **items = arena_take(arena, most + g->columns, sizeof *l->item);
  struct slice *names = arena_take(arena, most + g->columns, sizeof *l->name);
  struct alias *aliases = arena_take(arena, most + g->columns, sizeof *l->alias);
  memcpy(items, l->item, l->items * sizeof *items);
  memcpy(names, l->name, l->items * sizeof *names);
  memcpy(aliases, l->alias, l->items * sizeof *aliases);
  l->item = items;
  l->name = names;
  l->alias = aliases;
  l->generator = g;
  l->generated = l->items;
  struct slice later = {0};
  for (size_t i = 0; i < g->columns; i++) {
    add_item(l, expr_column(arena, GENERATE_PLACEHOLDER + i, g->column[i].type, item->expr->at),
             later, later);
    l->name[l->items - 1] = g->column[i].name;
  }
  return true;
}

static void name_generated(struct level *l)
{
  for (size_t i = 0; l->generator != NULL && i < l->generator->columns; i++)
    l->alias[l->generated + i].name = l->generator->column[i].name;
}

static bool bind_items(struct level *l)
{
  struct arena *arena = l->binder->b.arena;
  size_t most = count_items(l);
  l->item = arena_take(arena, most, sizeof *l->item);
  l->name = arena_take(arena, most, sizeof *l->name);
  l->alias = arena_take(arena, most, sizeof *l->alias);
  for (size_t i = 0; i < l->ast->items; i++) {
    const struct ast_item *item = &l->ast->item[i];
    if (item->expr->kind == AST_STAR) {
      if (!add_star(l, item->expr))
        return false;
      continue;
    }
    l->context.aliases = l->items;
    l->context.alias = l->alias;
    if (is_generator_call(item->expr)) {
      if (!add_generator(l, item, most))
        return false;
      continue;
    }
    if (item->aliases != 0)
      return bind_fails(&l->context, ERR_TYPE, item->expr->at,
                        "a list of names is for explode() and its like only");
    struct expr *e = bind_expr(&l->context, item->expr);
    if (e == NULL)
      return false;
    add_item(l, e, table_of(l, item),
             item->alias.n != 0 ? item->alias : column_name(&l->context, l->ast, item->expr));
  }
  name_generated(l);
  l->context.aliases = l->items;
  l->context.alias = l->alias;
  return true;
}

/* ---- WHERE and HAVING ---- */

static bool bind_where(struct level *l)
{
  struct context c = {.binder = l->binder, .scope = &l->from.scope, .clause = "WHERE"};
  struct bound_filter filter = {0};
  if (l->ast->where != NULL && !bind_row_filter(&c, l->ast->where, &filter))
    return false;
  if (filter.inside.count == 0)
    l->plan = plan_push_filter(l->binder, l->plan, &filter.condition);
  if (l->plan != NULL)
    l->plan = plan_row_filter(l->binder, l->plan, &filter);
  return l->plan != NULL;
}

/* What stands inside of aggregates, keys, items and calls with OVER may refer to these joins. */
static bool add_subqueries(struct level *l, struct sort_key *sort, size_t sorts)
{
  const struct grouping *g = &l->grouping;
  size_t most = g->keys + (l->is_grouped ? 0 : l->items) + sorts, count = 0;
  if (l->below.count == 0)
    return true;
  for (size_t i = 0; i < g->aggregates; i++)
    most += g->aggregate[i].args + 1;
  size_t in_overs = l->is_grouped ? 0 : over_exprs(&l->overs, NULL);
  most += in_overs;
  struct expr **expr = arena_take(l->binder->b.arena, most, sizeof(struct expr *));
  for (size_t i = 0; i < g->keys; i++)
    expr[count++] = g->key[i];
  for (size_t i = 0; i < g->aggregates; i++) {
    for (size_t k = 0; k < g->aggregate[i].args; k++)
      expr[count++] = g->aggregate[i].arg[k];
    if (g->aggregate[i].filter != NULL)
      expr[count++] = g->aggregate[i].filter;
  }
  for (size_t i = 0; !l->is_grouped && i < l->items; i++)
    expr[count++] = l->item[i];
  for (size_t i = 0; !l->is_grouped && i < sorts; i++)
    expr[count++] = sort[i].expr;
  if (in_overs != 0)
    count += over_exprs(&l->overs, expr + count);
  l->plan = plan_subqueries(l->binder, l->plan, &l->below, expr, count);
  return l->plan != NULL;
}

static bool items_aggregate(const struct level *l)
{
  for (size_t i = 0; i < l->ast->items; i++)
    if (has_aggregate(l->ast->item[i].expr))
      return true;
  return l->ast->having != NULL;
}

/* ---- placing what was a placeholder ---- */

void place_column(struct expr *e, size_t placeholder, size_t index)
{
  if (e->kind == EXPR_COLUMN && e->index == placeholder)
    e->index = index;
  for (size_t i = 0; i < e->args; i++)
    place_column(e->arg[i], placeholder, index);
}

static bool has_placeholder(const struct expr *e)
{
  if (e->kind == EXPR_COLUMN)
    return e->index == WINDOW_PLACEHOLDER;
  for (size_t i = 0; i < e->args; i++)
    if (has_placeholder(e->arg[i]))
      return true;
  return false;
}

/* Whether a key or an aggregate computes with the window: then it has to be a column below. */
static bool needs_window_column(const struct grouping *g)
{
  bool needed = false;
  for (size_t i = 0; i < g->keys; i++)
    needed |= g->key[i]->kind == EXPR_CALL && has_placeholder(g->key[i]);
  for (size_t i = 0; i < g->aggregates; i++) {
    needed |= g->aggregate[i].filter != NULL && has_placeholder(g->aggregate[i].filter);
    for (size_t k = 0; k < g->aggregate[i].args; k++)
      needed |= has_placeholder(g->aggregate[i].arg[k]);
  }
  return needed;
}

static void place_in_groups(struct level *l, size_t index)
{
  for (size_t i = 0; i < l->grouping.keys; i++)
    place_column(l->grouping.key[i], WINDOW_PLACEHOLDER, index);
  for (size_t i = 0; i < l->grouping.aggregates; i++) {
    const struct aggregate *a = &l->grouping.aggregate[i];
    if (a->filter != NULL)
      place_column(a->filter, WINDOW_PLACEHOLDER, index);
    for (size_t k = 0; k < a->args; k++)
      place_column(a->arg[k], WINDOW_PLACEHOLDER, index);
  }
}

/* Rows repeated once a window, the window behind their columns. */
static size_t add_window(struct level *l)
{
  size_t index = l->plan->schema.columns;
  l->plan = plan_window(l->binder, l->plan, l->window.time, l->window.spec, l->window.type);
  return index;
}

/* The key that is the window itself, or `keys` if there is none. */
static size_t window_key_of(const struct grouping *g)
{
  size_t i = 0;
  while (i < g->keys && (g->key[i]->kind != EXPR_COLUMN || g->key[i]->index != WINDOW_PLACEHOLDER))
    i++;
  return i;
}

/* The aggregate gives its keys in GROUP BY's order, but for the window, which comes last: a
 * projection puts it back to its place. */
static void restore_key_order(struct level *l, size_t window_at)
{
  struct plan *below = l->plan;
  struct plan *plan = plan_new(l->binder, PLAN_PROJECT, 1, below, NULL);
  struct arena *arena = l->binder->b.arena;
  size_t columns = below->schema.columns, keys = l->grouping.keys;
  plan_columns(l->binder, plan, columns);
  plan->exprs = columns;
  plan->expr = arena_take(arena, columns, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++) {
    size_t from = i >= keys ? i : i == window_at ? keys - 1 : i > window_at ? i - 1 : i;
    struct position none = {0};
    plan->schema.column[i] = below->schema.column[from];
    plan->expr[i] = expr_column(arena, from, below->schema.column[from].type, none);
  }
  l->plan = plan;
}

static bool add_aggregate(struct level *l)
{
  struct grouping *g = &l->grouping;
  if (needs_window_column(g) || (l->ast->sets != 0 && l->window.found))
    place_in_groups(l, add_window(l));
  if (l->ast->sets != 0)
    expand_sets(l);
  size_t window_at = window_key_of(g);
  bool windowed = window_at < g->keys;
  struct plan *plan = plan_new(l->binder, PLAN_AGGREGATE, 1, l->plan, NULL);
  plan_columns(l->binder, plan, g->keys + g->aggregates);
  plan->expr = arena_take(l->binder->b.arena, g->keys, sizeof(struct expr *));
  struct field *field = plan->schema.column;
  for (size_t i = 0; i < g->keys; i++)
    if (i != window_at) {
      *field++ = (struct field){SLICE("key"), g->key[i]->type};
      plan->expr[plan->exprs++] = g->key[i];
    }
  if (windowed) {
    *field++ = (struct field){SLICE("window"), l->window.type};
    plan->time = l->window.time;
    plan->window = l->window.spec;
  }
  for (size_t i = 0; i < g->aggregates; i++)
    *field++ = (struct field){SLICE("result"), g->aggregate[i].type};
  plan->aggregates = g->aggregates;
  plan->aggregate = g->aggregate;
  const char *refused = plan_refused_groups(plan);
  if (refused != NULL)
    return bind_fails(&l->context, ERR_UNSUPPORTED, l->ast->at,
                      "%s in one query is not supported; use a subquery for one of them", refused);
  l->plan = plan;
  if (windowed && window_at + 1 < g->keys)
    restore_key_order(l, window_at);
  return true;
}

/* ---- rows that an item makes ---- */

static void add_generate(struct level *l, struct expr **output, size_t outputs)
{
  size_t columns = l->plan->schema.columns;
  if (l->generator == NULL)
    return;
  l->plan = plan_generate(l->binder, l->plan, l->generator);
  for (size_t i = 0; i < l->generator->columns; i++)
    for (size_t k = 0; k < outputs; k++)
      place_column(output[k], GENERATE_PLACEHOLDER + i, columns + i);
}

/* ---- ORDER BY, the projection, DISTINCT ---- */

static bool set_direction(const struct context *c, const struct ast_sort *ast, struct sort_key *key)
{
  if (key->expr->type.kind == TYPE_MAP)
    return bind_fails(c, ERR_TYPE, ast->expr->at, "a MAP cannot be sorted");
  key->descending = ast->direction == SORT_DESCENDING;
  key->nulls_last = ast->nulls == NULLS_DEFAULT ? key->descending : ast->nulls == NULLS_LAST;
  return true;
}

static bool bind_sort_key(struct context *c, const struct ast_sort *ast, struct sort_key *key)
{
  const struct ast_expr *e = ast->expr;
  if (e->kind == AST_LITERAL && e->value.type.kind == TYPE_INT && c->alias_first) {
    int32_t ordinal = e->value.i32[0];
    if (ordinal < 1 || (size_t)ordinal > c->aliases)
      return bind_fails(c, ERR_RANGE, e->at, "ORDER BY %d: there are %zu columns", ordinal,
                        c->aliases);
    key->expr = c->alias[ordinal - 1].expr;
  } else if ((key->expr = bind_expr(c, e)) == NULL) {
    return false;
  }
  return set_direction(c, ast, key);
}

struct sort_key *bind_sorts(struct context *c, const struct ast_sort *sort, size_t sorts)
{
  struct sort_key *key = arena_zero(c->binder->b.arena, sorts, sizeof *key);
  for (size_t i = 0; i < sorts; i++)
    if (!bind_sort_key(c, &sort[i], &key[i]))
      return NULL;
  return key;
}

/* ORDER BY ALL, unless a column is called so. */
static bool is_order_by_all(const struct context *c, const struct ast_sort *sort, size_t sorts)
{
  const struct ast_expr *e = sorts == 1 ? sort->expr : NULL;
  if (e == NULL || e->kind != AST_NAME || e->name.parts != 1 ||
      !slice_equal_nocase(e->name.part[0], SLICE("all")))
    return false;
  for (size_t i = 0; i < c->aliases; i++)
    if (slice_equal_nocase(c->alias[i].name, SLICE("all")))
      return false;
  for (size_t i = 0; i < c->scope->columns; i++)
    if (slice_equal_nocase(c->scope->column[i].name, SLICE("all")))
      return false;
  return true;
}

struct sort_key *bind_order_by(struct context *c, const struct ast_sort *sort, size_t *sorts)
{
  if (!is_order_by_all(c, sort, *sorts))
    return bind_sorts(c, sort, *sorts);
  if (!bind_needs_3_4(c, sort->expr->at, "ORDER BY ALL"))
    return NULL;
  *sorts = c->aliases;
  struct sort_key *key = arena_zero(c->binder->b.arena, c->aliases, sizeof *key);
  for (size_t i = 0; i < c->aliases; i++) {
    key[i].expr = c->alias[i].expr;
    if (!set_direction(c, sort, &key[i]))
      return NULL;
  }
  return key;
}

/* Projects the items and, behind them, the sort keys that are none; the keys become columns. */
static bool add_projection(struct level *l, struct sort_key *sort, size_t sorts)
{
  struct plan *plan = plan_new(l->binder, PLAN_PROJECT, 1, l->plan, NULL);
  plan_columns(l->binder, plan, l->items + sorts);
  plan->expr = arena_take(l->binder->b.arena, l->items + sorts, sizeof(struct expr *));
  for (size_t i = 0; i < l->items; i++) {
    plan->expr[i] = l->item[i];
    plan->schema.column[i] = (struct field){l->name[i], l->item[i]->type};
  }
  size_t columns = l->items;
  for (size_t i = 0; i < sorts; i++) {
    size_t at = 0;
    while (at < columns && !expr_equal(plan->expr[at], sort[i].expr))
      at++;
    if (at == columns && l->ast->distinct)
      return bind_fails(&l->context, ERR_TYPE, sort[i].expr->at,
                        "with DISTINCT, ORDER BY names columns of SELECT");
    if (at == columns) {
      plan->expr[at] = sort[i].expr;
      plan->schema.column[columns++] = (struct field){SLICE("sort"), sort[i].expr->type};
    }
    sort[i].expr = expr_column(l->binder->b.arena, at, sort[i].expr->type, sort[i].expr->at);
  }
  plan->schema.columns = plan->exprs = columns;
  l->plan = plan;
  return true;
}

/* The first `columns` columns of the plan. */
static void cut_columns(struct level *l, size_t columns)
{
  if (l->plan->schema.columns == columns)
    return;
  struct plan *plan = plan_new(l->binder, PLAN_PROJECT, 1, l->plan, NULL);
  plan->schema.columns = plan->exprs = columns;
  plan->expr = arena_take(l->binder->b.arena, columns, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++) {
    struct position none = {0};
    plan->expr[i] = expr_column(l->binder->b.arena, i, plan->schema.column[i].type, none);
  }
  l->plan = plan;
}

static struct relation result_of(struct level *l)
{
  struct relation out = {.plan = l->plan, .scope.columns = l->items};
  out.scope.column = arena_zero(l->binder->b.arena, l->items, sizeof(struct scope_column));
  for (size_t i = 0; i < l->items; i++)
    out.scope.column[i] = (struct scope_column){.table = l->alias[i].table,
                                                .name = l->name[i],
                                                .type = l->plan->schema.column[i].type,
                                                .index = i};
  return out;
}

static bool start_level(struct level *l, const struct named_query *names)
{
  if (l->ast->from != NULL) {
    if (!bind_from(l->binder, l->ast->from, names, &l->from))
      return false;
  } else {
    l->from.plan = plan_new(l->binder, PLAN_VALUES, 0, NULL, NULL);
    l->from.plan->rows = 1;
  }
  l->plan = l->from.plan;
  l->is_grouped = l->ast->grouped || l->ast->group_by_all || items_aggregate(l);
  l->context = (struct context){.binder = l->binder,
                                .scope = &l->from.scope,
                                .clause = "SELECT",
                                .grouping = l->is_grouped ? &l->grouping : NULL,
                                .subqueries = l->is_grouped ? NULL : &l->below,
                                .below = &l->below,
                                .window = &l->window};
  l->overs.level = l->ast;
  l->context.over = &l->overs;
  if (!check_named_overs(&l->context, l->ast))
    return false;
  return bind_where(l);
}

/* Binds what stands above the groups: items, HAVING, the sort keys. */
static bool bind_outputs(struct level *l, const struct ast_sort *sort, size_t *sorts,
                         struct bound_filter *having, struct sort_key **keys)
{
  if (!bind_items(l))
    return false;
  struct context c = l->context;
  c.over = NULL;
  if (l->is_grouped)
    c.window = NULL;
  if (l->ast->having != NULL) {
    if (l->overs.uses != 0 && l->overs.beside_alias)
      return bind_fails(&c, ERR_UNSUPPORTED, l->ast->having->at,
                        "HAVING beside OVER (...) and an item that names another item's alias is "
                        "not supported by Spark; use a subquery");
    c.clause = "HAVING";
    if (!bind_row_filter(&c, l->ast->having, having))
      return false;
  }
  c.clause = "ORDER BY";
  c.subqueries = NULL;
  c.alias_first = true;
  c.above_having = c.aggregates_refused = l->ast->having != NULL;
  if ((*keys = bind_order_by(&c, sort, sorts)) == NULL ||
      !bind_order_version(&c, *keys, *sorts, l->item, l->items))
    return false;
  for (size_t i = 0; i < *sorts; i++)
    (*keys)[i].expr = expr_copy(l->binder->b.arena, (*keys)[i].expr);
  return true;
}

/* The window that an item computes for itself, without GROUP BY. */
static void place_row_window(struct level *l, struct sort_key *sort, size_t sorts)
{
  size_t index = add_window(l);
  for (size_t i = 0; i < l->items; i++)
    place_column(l->item[i], WINDOW_PLACEHOLDER, index);
  for (size_t i = 0; i < sorts; i++)
    place_column(sort[i].expr, WINDOW_PLACEHOLDER, index);
  size_t exprs = over_exprs(&l->overs, NULL);
  struct expr **expr = arena_take(l->binder->b.arena, exprs, sizeof(struct expr *));
  over_exprs(&l->overs, expr);
  for (size_t i = 0; i < exprs; i++)
    place_column(expr[i], WINDOW_PLACEHOLDER, index);
}

/* explode() and its like are one step above the groups, which others would have to stand above. */
static bool check_generator(const struct level *l)
{
  const char *why = NULL;
  if (l->generator == NULL)
    return true;
  if (l->ast->having != NULL)
    why = "HAVING beside a function that makes rows is not supported, nor in Spark; make the rows "
          "in a query around this one";
  else if (l->below.count != 0)
    why = "a subquery beside a function that makes rows is not supported; make the rows in a "
          "subquery";
  else if (!l->is_grouped && l->window.found)
    why = "window() beside a function that makes rows is not supported; make the rows in a "
          "subquery";
  return why == NULL || bind_fails(&l->context, ERR_UNSUPPORTED, l->ast->at, "%s", why);
}

bool bind_select(const struct binder *binder, const struct ast_select *ast,
                 const struct named_query *names, const struct ast_sort *sort, size_t sorts,
                 struct relation *out)
{
  struct binder own = *binder;
  own.names = names;
  struct level l = {.binder = &own, .ast = ast};
  struct bound_filter having = {0};
  struct sort_key *keys = NULL;
  if (!start_level(&l, names) || !bind_keys(&l) || !bind_outputs(&l, sort, &sorts, &having, &keys))
    return false;
  if (!check_generator(&l) || !add_subqueries(&l, keys, sorts))
    return false;
  if (l.is_grouped && !add_aggregate(&l))
    return false;
  if (!l.is_grouped && l.window.found)
    place_row_window(&l, keys, sorts);
  if (ast->having != NULL && (l.plan = plan_row_filter(binder, l.plan, &having)) == NULL)
    return false;
  struct expr **output = arena_take(binder->b.arena, l.items + sorts, sizeof(struct expr *));
  for (size_t i = 0; i < l.items; i++)
    output[i] = l.item[i];
  for (size_t i = 0; i < sorts; i++)
    output[l.items + i] = keys[i].expr;
  add_generate(&l, output, l.items + sorts);
  l.plan = plan_over(binder, &l.overs, l.plan, output, l.items + sorts);
  if (!add_projection(&l, keys, sorts))
    return false;
  if (ast->distinct)
    l.plan = plan_distinct(binder, l.plan);
  if (sorts != 0)
    l.plan = plan_sort(binder, l.plan, keys, sorts);
  cut_columns(&l, l.items);
  *out = result_of(&l);
  return true;
}
