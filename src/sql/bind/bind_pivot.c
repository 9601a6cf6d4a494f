/* SPDX-License-Identifier: Apache-2.0 */
/* PIVOT and UNPIVOT (PivotTransformer.scala, UnpivotTransformer.scala). */
#include "sql/bind/bind_subquery.h"
#include "sql/coercion.h"
#include "sql/names/column_name.h"

static struct expr *call(struct context *c, const char *name, struct expr **arg, size_t args,
                         struct position at)
{
  for (size_t i = 0; i < args; i++)
    if (arg[i] == NULL)
      return NULL;
  return function_bind(&c->binder->b, slice_of(name), arg, args, at);
}

static struct expr *call_two(struct context *c, const char *name, struct expr *a, struct expr *b)
{
  struct expr **arg = arena_take(c->binder->b.arena, 2, sizeof(struct expr *));
  arg[0] = a, arg[1] = b;
  return call(c, name, arg, 2, b != NULL ? b->at : a->at);
}

static struct expr *text_of(struct context *c, struct slice text, struct position at)
{
  struct column value;
  column_make_text(&value, text, c->binder->b.arena);
  return expr_literal(c->binder->b.arena, value, at);
}

static struct expr *null_of(struct context *c, struct type type, struct position at)
{
  struct column value;
  column_make_null(&value, type, c->binder->b.arena);
  return expr_literal(c->binder->b.arena, value, at);
}

static void mark_columns(const struct expr *e, bool *used)
{
  if (e->kind == EXPR_COLUMN)
    used[e->index] = true;
  for (size_t i = 0; i < e->args; i++)
    mark_columns(e->arg[i], used);
}

/* ---- UNPIVOT ---- */

/* The names of a set's columns, joined, unless it has an alias. */
static struct slice name_of_set(struct arena *arena, const struct ast_unpivot_set *set)
{
  if (set->alias.n != 0)
    return set->alias;
  struct slice name = {0};
  for (size_t i = 0; i < set->columns; i++) {
    const struct ast_expr *column = set->column[i];
    struct slice own = column->name.part[column->name.parts - 1];
    name = i == 0 ? own
                  : slice_of(arena_printf(arena, "%.*s_%.*s", SLICE_PRINT(name), SLICE_PRINT(own)));
  }
  return name;
}

static bool is_text(struct type t)
{
  return t.kind == TYPE_STRING;
}

/* The columns of all sets, cast to one type for each place; no text meets another type. */
static bool bind_cells(struct context *c, const struct ast_unpivot *ast, struct expr **cell,
                       bool *used)
{
  for (size_t s = 0, n = 0; s < ast->sets; s++)
    for (size_t k = 0; k < ast->values; k++, n++) {
      struct expr *e = cell[n] = bind_expr(c, ast->set[s].column[k]);
      if (e == NULL)
        return false;
      if (e->kind != EXPR_COLUMN)
        return bind_fails(c, ERR_TYPE, e->at, "UNPIVOT takes columns, not fields of them");
      used[e->index] = true;
    }
  for (size_t k = 0; k < ast->values; k++) {
    struct type common = cell[k]->type;
    for (size_t n = k; n < ast->sets * ast->values; n += ast->values)
      if (is_text(common) != is_text(cell[n]->type) || !type_common(common, cell[n]->type, &common))
        return bind_fails(c, ERR_TYPE, cell[n]->at,
                          "the columns of UNPIVOT have no common type (use CAST in a subquery)");
    for (size_t n = k; n < ast->sets * ast->values; n += ast->values)
      if ((cell[n] = expr_cast(&c->binder->b, cell[n], common, cell[n]->at)) == NULL)
        return false;
  }
  return true;
}

/* array(named_struct(name, 'a', value, a), ...) */
static struct expr *rows_of_sets(struct context *c, const struct ast_unpivot *ast,
                                 struct expr **cell)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **row = arena_take(arena, ast->sets, sizeof *row);
  for (size_t s = 0; s < ast->sets; s++) {
    struct position at = ast->set[s].at;
    size_t args = 2 * (ast->values + 1);
    struct expr **arg = arena_take(arena, args, sizeof *arg);
    arg[0] = text_of(c, SLICE("name"), at);
    arg[1] = text_of(c, name_of_set(arena, &ast->set[s]), at);
    for (size_t k = 0; k < ast->values; k++) {
      arg[2 + 2 * k] = text_of(c, slice_of(arena_printf(arena, "value%zu", k)), at);
      arg[3 + 2 * k] = cell[s * ast->values + k];
    }
    row[s] = call(c, "named_struct", arg, args, at);
  }
  return call(c, "array", row, ast->sets, ast->set[0].at);
}

/* Any of the values is not null. */
static struct expr *has_value(struct context *c, const struct plan *plan, size_t first)
{
  struct expr *any = NULL;
  struct position none = {0};
  for (size_t i = first; i < plan->schema.columns; i++) {
    struct expr **arg = arena_take(c->binder->b.arena, 1, sizeof *arg);
    arg[0] = expr_column(c->binder->b.arena, i, plan->schema.column[i].type, none);
    struct expr *one = call(c, "isnotnull", arg, 1, none);
    any = any == NULL ? one : call_two(c, "or", any, one);
    if (any == NULL)
      return NULL;
  }
  return any;
}

bool bind_unpivot(const struct binder *binder, const struct ast_relation *ast,
                  const struct named_query *names, struct relation *out)
{
  const struct ast_unpivot *unpivot = ast->unpivot;
  struct arena *arena = binder->b.arena;
  struct relation left;
  if (!bind_from(binder, ast->left, names, &left))
    return false;
  struct context c = {.binder = binder, .scope = &left.scope, .clause = "UNPIVOT"};
  size_t before = left.plan->schema.columns;
  bool *used = arena_zero(arena, before, sizeof *used);
  struct expr **cell = arena_take(arena, unpivot->sets * unpivot->values, sizeof *cell);
  struct generator g = {.spec = {.fields = true}, .columns = 1 + unpivot->values};
  if (!bind_cells(&c, unpivot, cell, used) || (g.list = rows_of_sets(&c, unpivot, cell)) == NULL)
    return false;
  g.column = arena_take(arena, g.columns, sizeof *g.column);
  memcpy(g.column, g.list->type.item[0].type.item, g.columns * sizeof *g.column);
  g.column[0].name = unpivot->name;
  for (size_t k = 0; k < unpivot->values; k++)
    g.column[1 + k].name = unpivot->value[k];
  out->plan = plan_generate(binder, left.plan, &g);
  struct expr *kept = unpivot->include_nulls ? NULL : has_value(&c, out->plan, before + 1);
  if (!unpivot->include_nulls && kept == NULL)
    return false;
  if (kept != NULL)
    out->plan = plan_filter(binder, out->plan, kept);
  out->scope.columns = 0;
  out->scope.column =
      arena_zero(arena, left.scope.columns + g.columns, sizeof(struct scope_column));
  for (size_t i = 0; i < left.scope.columns; i++)
    if (!left.scope.column[i].merged_away && !used[left.scope.column[i].index])
      out->scope.column[out->scope.columns++] = left.scope.column[i];
  for (size_t i = 0; i < g.columns; i++)
    out->scope.column[out->scope.columns++] = (struct scope_column){
        .name = g.column[i].name, .type = g.column[i].type, .index = before + i};
  for (size_t i = 0; ast->alias.n != 0 && i < out->scope.columns; i++)
    out->scope.column[i].table = ast->alias;
  return true;
}

/* ---- PIVOT ---- */

struct pivot {
  const struct ast_pivot *ast;
  struct context context; /* of the rows below */
  struct relation left;
  struct grouping results;  /* the aggregate functions; no keys */
  struct expr **item;       /* over their results */
  struct expr **column;     /* FOR: over the rows below */
  struct expr **value;      /* by value, then by column of FOR: constants of its type */
  struct slice *value_name; /* what the columns of a value are called */
  size_t keys;              /* the columns that neither the functions nor FOR name */
  struct scope_column *key;
};

static bool bind_pivot_items(struct pivot *p)
{
  struct arena *arena = p->context.binder->b.arena;
  p->item = arena_take(arena, p->ast->items, sizeof *p->item);
  p->context.grouping = &p->results;
  for (size_t i = 0; i < p->ast->items; i++) {
    struct ast_expr *ast = p->ast->item[i].expr;
    if (!has_aggregate(ast) || has_over(ast) || has_subquery(ast))
      return bind_fails(&p->context, ERR_TYPE, ast->at,
                        "PIVOT computes aggregate functions, without OVER or a subquery");
    if ((p->item[i] = bind_expr(&p->context, ast)) == NULL)
      return false;
  }
  p->context.grouping = NULL;
  return true;
}

static bool bind_pivot_columns(struct pivot *p)
{
  p->column = arena_take(p->context.binder->b.arena, p->ast->columns, sizeof *p->column);
  for (size_t i = 0; i < p->ast->columns; i++) {
    struct expr *e = p->column[i] = bind_expr(&p->context, p->ast->column[i]);
    if (e == NULL)
      return false;
    if (e->type.kind == TYPE_FLOAT || e->type.kind == TYPE_DOUBLE || e->type.items != 0)
      return bind_fails(&p->context, ERR_UNSUPPORTED, e->at,
                        "PIVOT FOR a column of FLOAT, DOUBLE or a nested type is not supported");
  }
  return true;
}

/* The text of a constant, as a CAST to STRING. */
static bool text_of_value(struct context *c, struct expr *e, struct slice *text)
{
  e = expr_cast(&c->binder->b, expr_copy(c->binder->b.arena, e), type_of(TYPE_STRING), e->at);
  if (e == NULL || e->kind != EXPR_LITERAL)
    return false;
  *text = column_is_null(&e->value, 0) ? SLICE("null") : e->value.text[0];
  return true;
}

static bool bind_value(struct pivot *p, const struct ast_item *item, struct expr **value,
                       struct slice *name)
{
  struct scope nothing = {0};
  struct context c = {.binder = p->context.binder, .scope = &nothing, .clause = "PIVOT"};
  size_t columns = p->ast->columns;
  bool is_struct = columns > 1 && item->expr->kind == AST_CALL && item->expr->args == columns &&
                   slice_equal_nocase(item->expr->name.part[0], SLICE("struct"));
  if (columns > 1 && !is_struct)
    return bind_fails(&c, ERR_TYPE, item->expr->at, "FOR names %zu columns; write (a, b) here",
                      columns);
  struct expr *whole = bind_expr(&c, item->expr);
  if (whole == NULL)
    return false;
  *name = item->alias;
  if (item->alias.n == 0 && !text_of_value(&c, whole, name))
    return bind_fails(&c, ERR_TYPE, whole->at, "the values of PIVOT are constants");
  for (size_t i = 0; i < columns; i++) {
    struct expr *e = is_struct ? bind_expr(&c, item->expr->arg[i]) : whole;
    struct type to = p->column[i]->type;
    if (e == NULL || (e->type.kind != to.kind && !type_can_cast(e->type, to)))
      return e != NULL && bind_fails(&c, ERR_TYPE, e->at, "this value is no %s",
                                     type_name(to, (char[100]){0}, 100));
    if ((value[i] = expr_cast(&c.binder->b, e, to, e->at)) == NULL)
      return false;
    if (value[i]->kind != EXPR_LITERAL)
      return bind_fails(&c, ERR_TYPE, e->at, "the values of PIVOT are constants");
  }
  return true;
}

static bool bind_values(struct pivot *p)
{
  const struct ast_pivot *ast = p->ast;
  struct arena *arena = p->context.binder->b.arena;
  p->value = arena_take(arena, ast->values * ast->columns, sizeof *p->value);
  p->value_name = arena_take(arena, ast->values, sizeof *p->value_name);
  for (size_t i = 0; i < ast->values; i++) {
    struct expr **own = p->value + i * ast->columns;
    if (!bind_value(p, &ast->value[i], own, &p->value_name[i]))
      return false;
    for (size_t k = 0; k < i; k++) {
      bool equal = true;
      for (size_t n = 0; n < ast->columns; n++)
        equal &= expr_equal(own[n], p->value[k * ast->columns + n]);
      if (equal)
        return bind_fails(&p->context, ERR_UNSUPPORTED, ast->value[i].expr->at,
                          "PIVOT with a value that is given twice is not supported");
    }
  }
  return true;
}

/* What the rows are grouped by: all that nobody names. */
static void find_keys(struct pivot *p)
{
  struct arena *arena = p->context.binder->b.arena;
  bool *used = arena_zero(arena, p->left.plan->schema.columns, sizeof *used);
  for (size_t i = 0; i < p->ast->columns; i++)
    mark_columns(p->column[i], used);
  for (size_t i = 0; i < p->results.aggregates; i++) {
    const struct aggregate *a = &p->results.aggregate[i];
    for (size_t k = 0; k < a->args; k++)
      mark_columns(a->arg[k], used);
    if (a->filter != NULL)
      mark_columns(a->filter, used);
  }
  p->key = arena_take(arena, p->left.scope.columns, sizeof *p->key);
  for (size_t i = 0; i < p->left.scope.columns; i++)
    if (!p->left.scope.column[i].merged_away && !used[p->left.scope.column[i].index])
      p->key[p->keys++] = p->left.scope.column[i];
}

/* column <=> value, for all columns of FOR; they are at `column` */
static struct expr *is_value(struct pivot *p, struct expr *const *column, size_t value)
{
  struct expr *all = NULL;
  struct arena *arena = p->context.binder->b.arena;
  for (size_t i = 0; i < p->ast->columns; i++) {
    struct expr *e = call_two(&p->context, "<=>", expr_copy(arena, column[i]),
                              p->value[value * p->ast->columns + i]);
    all = all == NULL || e == NULL ? e : call_two(&p->context, "and", all, e);
    if (all == NULL)
      return NULL;
  }
  return all;
}

static struct plan *plan_groups(struct pivot *p, struct plan *input, struct expr **key, size_t keys,
                                struct aggregate *aggregate, size_t aggregates)
{
  struct plan *plan = plan_new(p->context.binder, PLAN_AGGREGATE, 1, input, NULL);
  plan_columns(p->context.binder, plan, keys + aggregates);
  for (size_t i = 0; i < keys; i++)
    plan->schema.column[i] = (struct field){SLICE("key"), key[i]->type};
  for (size_t i = 0; i < aggregates; i++)
    plan->schema.column[keys + i] = (struct field){SLICE("result"), aggregate[i].type};
  plan->exprs = keys;
  plan->expr = key;
  plan->aggregates = aggregates;
  plan->aggregate = aggregate;
  const char *refused = plan_refused_groups(plan);
  if (refused != NULL)
    bind_fails(&p->context, ERR_UNSUPPORTED, p->ast->item[0].expr->at,
               "%s in one query is not supported; use a subquery for one of them", refused);
  return refused == NULL ? plan : NULL;
}

static struct expr **key_columns(struct pivot *p, bool grouped, size_t room)
{
  struct arena *arena = p->context.binder->b.arena;
  struct expr **key = arena_take(arena, p->keys + room, sizeof *key);
  for (size_t i = 0; i < p->keys; i++)
    key[i] =
        expr_column(arena, grouped ? i : p->key[i].index, p->key[i].type, p->ast->item[0].expr->at);
  return key;
}

/* Groups by the keys and FOR's columns, then picks by value: what Spark does for numbers. */
static struct plan *pick_results(struct pivot *p)
{
  const struct ast_pivot *ast = p->ast;
  struct arena *arena = p->context.binder->b.arena;
  size_t keys = p->keys + ast->columns, items = ast->items;
  struct expr **key = key_columns(p, false, ast->columns);
  memcpy(key + p->keys, p->column, ast->columns * sizeof *key);
  for (size_t i = 0; i < p->results.aggregates; i++)
    p->results.aggregate[i].interpreted = ast->columns > 1; /* several are one key, a struct */
  struct plan *plan =
      plan_groups(p, p->left.plan, key, keys, p->results.aggregate, p->results.aggregates);
  if (plan == NULL)
    return NULL;
  struct expr **column = arena_take(arena, ast->columns, sizeof *column);
  for (size_t i = 0; i < ast->columns; i++)
    column[i] = expr_column(arena, p->keys + i, p->column[i]->type, p->column[i]->at);
  struct aggregate *pick = arena_zero(arena, ast->values * items, sizeof *pick);
  for (size_t v = 0; v < ast->values; v++) {
    struct expr *filter = is_value(p, column, v);
    if (filter == NULL)
      return NULL;
    for (size_t i = 0; i < items; i++) {
      struct aggregate *a = &pick[v * items + i];
      *a = (struct aggregate){.kind = AGGREGATE_FIRST, .ignore_nulls = true, .interpreted = true};
      a->args = 1;
      a->arg = arena_take(arena, 1, sizeof *a->arg);
      a->arg[0] = expr_copy(arena, p->item[i]);
      expr_shift(a->arg[0], keys, SIZE_MAX);
      a->filter = filter;
      a->type = p->item[i]->type;
    }
  }
  return plan_groups(p, plan, key_columns(p, true, 0), p->keys, pick, ast->values * items);
}

/* The function of those rows whose columns of FOR are the value. */
static bool aggregate_of_value(struct pivot *p, const struct aggregate *from, size_t value,
                               struct aggregate *a)
{
  struct context *c = &p->context;
  struct arena *arena = c->binder->b.arena;
  struct position at = p->ast->item[0].expr->at;
  *a = *from;
  if (a->kind > AGGREGATE_COLLECT_SET)
    return bind_fails(c, ERR_UNSUPPORTED, at,
                      "this function of PIVOT is not supported; use FILTER in GROUP BY");
  a->ignore_nulls |= a->kind == AGGREGATE_FIRST || a->kind == AGGREGATE_LAST;
  a->arg = arena_take(arena, a->args + 1, sizeof *a->arg);
  if (a->args == 0) {
    struct column one;
    column_make(&one, type_of(TYPE_INT), 1, arena);
    one.i32[0] = 1;
    a->arg[a->args++] = expr_literal(arena, one, at);
  }
  for (size_t k = 0; k < a->args; k++) {
    struct expr **arg = arena_take(arena, 3, sizeof *arg);
    struct expr *own = from->args != 0 ? from->arg[k] : a->arg[k];
    arg[0] = is_value(p, p->column, value);
    arg[1] = own;
    arg[2] = null_of(c, own->type, at);
    if ((a->arg[k] = call(c, "case", arg, 3, at)) == NULL)
      return false;
  }
  return true;
}

/* One aggregate function for each value and function: what Spark does where one gives no number. */
static struct plan *compute_results(struct pivot *p)
{
  const struct ast_pivot *ast = p->ast;
  struct arena *arena = p->context.binder->b.arena;
  size_t each = p->results.aggregates;
  struct aggregate *all = arena_zero(arena, ast->values * each, sizeof *all);
  for (size_t v = 0; v < ast->values; v++)
    for (size_t i = 0; i < each; i++)
      if (!aggregate_of_value(p, &p->results.aggregate[i], v, &all[v * each + i]))
        return NULL;
  struct plan *plan =
      plan_groups(p, p->left.plan, key_columns(p, false, 0), p->keys, all, ast->values * each);
  if (plan == NULL)
    return NULL;
  struct plan *project = plan_new(p->context.binder, PLAN_PROJECT, 1, plan, NULL);
  size_t columns = p->keys + ast->values * ast->items;
  plan_columns(p->context.binder, project, columns);
  project->exprs = columns;
  project->expr = key_columns(p, true, ast->values * ast->items);
  for (size_t v = 0, n = p->keys; v < ast->values; v++)
    for (size_t i = 0; i < ast->items; i++, n++) {
      project->expr[n] = expr_copy(arena, p->item[i]);
      expr_shift(project->expr[n], p->keys + v * each, SIZE_MAX);
    }
  for (size_t n = 0; n < columns; n++)
    project->schema.column[n] = (struct field){SLICE("pivot"), project->expr[n]->type};
  return project;
}

/* PivotFirst.supportsDataType */
static bool can_pick(const struct pivot *p)
{
  bool good = true;
  for (size_t i = 0; i < p->ast->items; i++)
    good &= type_is_numeric(p->item[i]->type) || p->item[i]->type.kind == TYPE_BOOLEAN;
  return good;
}

static struct slice name_of_result(const struct pivot *p, size_t value, size_t item)
{
  struct arena *arena = p->context.binder->b.arena;
  static const struct ast_select none;
  const struct ast_item *ast = &p->ast->item[item];
  if (p->ast->items == 1)
    return p->value_name[value];
  struct slice own = ast->alias.n != 0 ? ast->alias : column_name(&p->context, &none, ast->expr);
  return slice_of(
      arena_printf(arena, "%.*s_%.*s", SLICE_PRINT(p->value_name[value]), SLICE_PRINT(own)));
}

bool bind_pivot(const struct binder *binder, const struct ast_relation *ast,
                const struct named_query *names, struct relation *out)
{
  struct pivot p = {.ast = ast->pivot};
  if (!bind_from(binder, ast->left, names, &p.left))
    return false;
  p.context = (struct context){.binder = binder, .scope = &p.left.scope, .clause = "PIVOT"};
  if (!bind_pivot_items(&p) || !bind_pivot_columns(&p) || !bind_values(&p))
    return false;
  find_keys(&p);
  out->plan = can_pick(&p) ? pick_results(&p) : compute_results(&p);
  if (out->plan == NULL)
    return false;
  size_t results = p.ast->values * p.ast->items;
  out->scope.columns = p.keys + results;
  out->scope.column = arena_zero(binder->b.arena, out->scope.columns, sizeof(struct scope_column));
  for (size_t i = 0; i < p.keys; i++) {
    out->scope.column[i] = p.key[i];
    out->scope.column[i].index = i;
  }
  for (size_t i = 0; i < results; i++)
    out->scope.column[p.keys + i] =
        (struct scope_column){.name = name_of_result(&p, i / p.ast->items, i % p.ast->items),
                              .type = out->plan->schema.column[p.keys + i].type,
                              .index = p.keys + i};
  return true;
}
