/* SPDX-License-Identifier: Apache-2.0 */
/* Subqueries inside of expressions. A scalar one that names nothing of the outer query runs once,
 * before it; the others become joins (RewritePredicateSubquery, RewriteCorrelatedScalarSubquery).
 */
#include "sql/bind/bind_subquery.h"

#include "sql/bind/decorrelate.h"

bool has_subquery(const struct ast_expr *ast)
{
  if (ast->query != NULL)
    return true;
  for (size_t i = 0; i < ast->args; i++)
    if (has_subquery(ast->arg[i]))
      return true;
  return ast->filter != NULL && has_subquery(ast->filter);
}

struct expr *expr_and(const struct binding *b, struct expr *first, struct expr *second)
{
  struct expr **both = arena_take(b->arena, 2, sizeof(struct expr *));
  both[0] = first, both[1] = second;
  return function_bind(b, SLICE("and"), both, 2, second->at);
}

void expr_shift(struct expr *e, size_t by, size_t below)
{
  if (e->kind == EXPR_COLUMN && e->index < below)
    e->index += by;
  for (size_t i = 0; i < e->args; i++)
    expr_shift(e->arg[i], by, below);
}

static bool is_placed(const struct expr *e)
{
  if (e->kind == EXPR_COLUMN && e->index >= OUTER_COLUMN)
    return false;
  for (size_t i = 0; i < e->args; i++)
    if (!is_placed(e->arg[i]))
      return false;
  return true;
}

static void note_outer(const struct context *c, const struct ast_expr *ast)
{
  struct outer_names *names = c->outer_names;
  if (names == NULL)
    return;
  struct slice *grown = arena_take(c->binder->b.arena, names->count + 1, sizeof *grown);
  for (size_t i = 0; i < names->count; i++)
    grown[i] = names->name[i];
  grown[names->count++] = ast_name(ast);
  names->name = grown;
}

/* The name as a column of the query around this one, if it is one. A subquery sees one query
 * outwards, as in Spark. */
struct expr *bind_outer(struct context *c, const struct ast_expr *ast)
{
  struct outer_query *outer = c->binder->outer;
  if (outer == NULL)
    return NULL;
  outer->is_refused = false;
  struct binder silent = *outer->context->binder;
  struct error ignored;
  silent.b.err = &ignored;
  silent.outer = NULL;
  struct context around = *outer->context;
  around.binder = &silent;
  around.aliases = 0;
  around.peeking = true;
  struct expr *e = bind_expr(&around, ast);
  if (e == NULL || !is_placed(e))
    return NULL;
  outer->is_used = true;
  note_outer(outer->context, ast);
  e = expr_copy(c->binder->b.arena, e);
  expr_shift(e, OUTER_COLUMN, OUTER_COLUMN);
  if (c->may_name_outer)
    return e;
  outer->is_refused = true;
  bind_fails(c, ERR_UNSUPPORTED, ast->at,
             "column '%.*s' of the outer query cannot stand in %s of a subquery, only in WHERE",
             SLICE_PRINT(ast->source), c->clause);
  return NULL;
}

/* ---- the subquery itself ---- */

struct inner_query {
  struct relation relation;
  struct correlation correlation;
  bool is_correlated;
};

static bool bind_inner(struct context *c, const struct ast_expr *ast, struct inner_query *q)
{
  struct outer_query outer = {.context = c};
  struct binder inner = *c->binder;
  inner.outer = &outer;
  if (!check_with(c->binder, ast->query, c->binder->names) ||
      !bind_query(&inner, ast->query, c->binder->names, &q->relation))
    return false;
  q->is_correlated = outer.is_used;
  q->correlation = (struct correlation){.binder = c->binder, .at = ast->at};
  return !outer.is_used || pull_conditions(&q->correlation, &q->relation.plan);
}

/* Room for one more join; its number is in what the expressions say for its columns. */
static struct subquery_join *add_join(struct context *c, const struct ast_expr *ast)
{
  struct subquery_joins *joins = c->subqueries;
  if (joins == NULL) {
    bind_fails(c, ERR_UNSUPPORTED, ast->at,
               "this subquery cannot stand in %s; put it in WHERE, HAVING or SELECT of a subquery",
               c->clause);
    return NULL;
  }
  struct arena *arena = c->binder->b.arena;
  struct subquery_join **grown = arena_take(arena, joins->count + 1, sizeof *grown);
  for (size_t i = 0; i < joins->count; i++)
    grown[i] = joins->join[i];
  joins->join = grown;
  return joins->join[joins->count++] = arena_zero(arena, 1, sizeof **joins->join);
}

static struct expr *joined_column(struct context *c, size_t column, struct type type,
                                  struct position at)
{
  size_t number = c->subqueries->count - 1;
  return expr_column(c->binder->b.arena, SUBQUERY_PLACEHOLDER + number * SUBQUERY_COLUMNS + column,
                     type, at);
}

/* ---- (SELECT ...) as a value ---- */

static struct expr *run_once(struct context *c, const struct ast_expr *ast, struct plan *plan)
{
  struct arena *arena = c->binder->b.arena;
  struct scalar_query *scalar = arena_zero(arena, 1, sizeof *scalar);
  scalar->plan = plan;
  scalar->at = ast->at;
  struct scalar_query **end = &c->binder->size->scalars;
  while (*end != NULL)
    end = &(*end)->next;
  *end = scalar;
  struct expr *e = arena_zero(arena, 1, sizeof *e);
  e->kind = EXPR_SCALAR;
  e->type = plan->schema.column[0].type;
  e->at = ast->at;
  e->scalar = scalar;
  return e;
}

static bool check_aggregated(struct context *c, const struct ast_expr *ast,
                             const struct correlation *correlation)
{
  if (correlation->aggregate == NULL)
    return bind_fails(c, ERR_TYPE, ast->at,
                      "a subquery that names columns of the outer query has to be an aggregate, so "
                      "that it gives one row");
  if (correlation->has_own_keys)
    return bind_fails(c, ERR_TYPE, ast->at,
                      "GROUP BY of a subquery as a value names only columns that are compared with "
                      "the outer query's");
  return true;
}

/* TRUE behind the columns: where a join finds no row, it is null. */
static size_t add_flag(struct context *c, struct plan **at, struct position where)
{
  struct arena *arena = c->binder->b.arena;
  struct plan *plan = plan_new(c->binder, PLAN_PROJECT, 1, *at, NULL);
  size_t columns = (*at)->schema.columns;
  plan_columns(c->binder, plan, columns + 1);
  memcpy(plan->schema.column, (*at)->schema.column, columns * sizeof(struct field));
  plan->schema.column[columns] = (struct field){SLICE("flag"), type_of(TYPE_BOOLEAN)};
  plan->exprs = columns + 1;
  plan->expr = arena_take(arena, plan->exprs, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++)
    plan->expr[i] = expr_column(arena, i, plan->schema.column[i].type, where);
  struct column yes;
  column_make(&yes, type_of(TYPE_BOOLEAN), 1, arena);
  yes.boolean[0] = 1;
  plan->expr[columns] = expr_literal(arena, yes, where);
  *at = plan;
  return columns;
}

/* The value, and where no group was found what the aggregate of no rows is: count(*) is 0. */
static struct expr *join_scalar(struct context *c, const struct ast_expr *ast,
                                struct inner_query *q)
{
  if (!check_aggregated(c, ast, &q->correlation))
    return NULL;
  struct expr *nothing = NULL;
  if (q->correlation.is_global) {
    nothing = value_of_nothing(&q->correlation, q->relation.plan, 0);
    if (nothing == NULL)
      return NULL;
    if (nothing->kind == EXPR_LITERAL && column_is_null(&nothing->value, 0))
      nothing = NULL; /* as the join gives it */
  }
  struct subquery_join *join = add_join(c, ast);
  if (join == NULL)
    return NULL;
  struct type type = q->relation.plan->schema.column[0].type;
  join->kind = JOIN_LEFT;
  join->flag = nothing != NULL ? add_flag(c, &q->relation.plan, ast->at) : 0;
  join->plan = q->relation.plan;
  join->conditions = q->correlation.conditions;
  join->condition = q->correlation.condition;
  struct expr *value = joined_column(c, 0, type, ast->at);
  if (nothing == NULL)
    return value;
  struct expr **isnull = arena_take(c->binder->b.arena, 1, sizeof(struct expr *));
  struct expr **arg = arena_take(c->binder->b.arena, 3, sizeof(struct expr *));
  isnull[0] = joined_column(c, 1, type_of(TYPE_BOOLEAN), ast->at);
  arg[0] = function_bind(&c->binder->b, SLICE("isnull"), isnull, 1, ast->at);
  arg[1] = nothing;
  arg[2] = value;
  return arg[0] != NULL ? function_bind(&c->binder->b, SLICE("case"), arg, 3, ast->at) : NULL;
}

static bool has_lambda(const struct ast_expr *ast)
{
  bool found = ast->kind == AST_LAMBDA;
  for (size_t i = 0; !found && i < ast->args; i++)
    found = has_lambda(ast->arg[i]);
  return found;
}

/* The expression of (SELECT t.a + 1), which reads no rows of its own; NULL if it is more. */
static const struct ast_expr *only_expression(const struct ast_query *query)
{
  const struct ast_select *select = query->body->kind == BODY_SELECT ? query->body->select : NULL;
  bool bare = select != NULL && query->ctes == 0 && query->sorts == 0 && query->limit == NULL &&
              query->offset == NULL && select->from == NULL && select->where == NULL &&
              select->having == NULL && !select->grouped && !select->group_by_all &&
              !select->distinct && select->items == 1 && select->item[0].aliases == 0;
  const struct ast_expr *e = bare ? select->item[0].expr : NULL;
  bool plain = bare && e->kind != AST_STAR && !has_subquery(e) && !has_aggregate(e) &&
               !has_over(e) && !has_lambda(e) && !is_generator_call(e) && !is_window_call(e);
  return plain ? e : NULL;
}

static bool names_column(const struct expr *e)
{
  bool names = e->kind == EXPR_COLUMN;
  for (size_t i = 0; !names && i < e->args; i++)
    names = names_column(e->arg[i]);
  return names;
}

static void note_names(const struct context *c, const struct ast_expr *ast)
{
  if (ast->kind == AST_NAME)
    note_outer(c, ast);
  for (size_t i = 0; i < ast->args; i++)
    note_names(c, ast->arg[i]);
}

/* Such an expression of the outer query's columns is what the subquery gives; NULL if it names
 * none. */
static struct expr *bind_outer_value(struct context *c, const struct ast_query *query)
{
  const struct ast_expr *ast = only_expression(query);
  if (ast == NULL || c->grouping != NULL || c->subqueries == NULL || c->lambda != NULL)
    return NULL;
  struct binder silent = *c->binder;
  struct error ignored;
  silent.b.err = &ignored;
  silent.outer = NULL;
  struct context around = *c;
  around.binder = &silent;
  around.aliases = 0;
  around.window = NULL;
  around.over = NULL;
  struct expr *e = bind_expr(&around, ast);
  if (e == NULL || !names_column(e))
    return NULL;
  note_names(c, ast);
  return e;
}

struct expr *bind_scalar(struct context *c, const struct ast_expr *ast)
{
  struct expr *value = bind_outer_value(c, ast->query);
  if (value != NULL)
    return value;
  struct inner_query q;
  if (!bind_inner(c, ast, &q))
    return NULL;
  if (q.relation.scope.columns != 1) {
    bind_fails(c, ERR_TYPE, ast->at, "a subquery as a value gives one column, not %zu",
               q.relation.scope.columns);
    return NULL;
  }
  return q.is_correlated ? join_scalar(c, ast, &q) : run_once(c, ast, q.relation.plan);
}

/* ---- EXISTS and IN ---- */

/* The values on the left of IN: (a, b) is a struct, which stands for its fields. */
static size_t values_of(const struct ast_expr *left, struct ast_expr *const **value)
{
  *value = left->arg;
  return ast_calls(left, "struct") ? left->args : 0;
}

/* left = column, or for NOT IN: (left = column) is not false. */
static struct expr *compare_value(struct context *c, struct expr *left, size_t column,
                                  struct type type, bool or_null, struct position at)
{
  const struct binding *b = &c->binder->b;
  struct expr **side = arena_take(b->arena, 2, sizeof(struct expr *));
  side[0] = left;
  side[1] = expr_column(b->arena, column, type, at);
  struct expr *equal = function_bind(b, SLICE("="), side, 2, at);
  if (equal == NULL || !or_null)
    return equal;
  struct expr **isnull = arena_take(b->arena, 1, sizeof(struct expr *));
  struct expr **either = arena_take(b->arena, 2, sizeof(struct expr *));
  isnull[0] = equal;
  either[0] = equal;
  either[1] = function_bind(b, SLICE("isnull"), isnull, 1, at);
  return either[1] != NULL ? function_bind(b, SLICE("or"), either, 2, at) : NULL;
}

static struct expr *bind_left(struct context *c, const struct ast_expr *ast)
{
  struct expr *left = bind_expr(c, ast);
  if (left == NULL)
    return NULL;
  if (!is_placed(left)) {
    bind_fails(c, ERR_UNSUPPORTED, ast->at,
               "what stands before IN (SELECT ...) cannot hold a subquery or window() itself");
    return NULL;
  }
  left = expr_copy(c->binder->b.arena, left);
  expr_shift(left, OUTER_COLUMN, OUTER_COLUMN);
  return left;
}

static bool add_values(struct context *c, const struct ast_expr *ast, const struct inner_query *q,
                       struct subquery_join *join, bool negated)
{
  struct ast_expr *const *value;
  size_t values = values_of(ast->arg[0], &value), columns = q->relation.scope.columns;
  if (values == 0)
    values = 1, value = ast->arg;
  if (values != columns)
    return bind_fails(c, ERR_TYPE, ast->at,
                      "%zu values stand before IN, its subquery has %zu "
                      "columns",
                      values, columns);
  join->null_aware = negated && values == 1 && q->correlation.conditions == 0;
  for (size_t i = 0; i < values; i++) {
    struct expr *left = bind_left(c, value[i]);
    struct type type = q->relation.plan->schema.column[i].type;
    if (left != NULL && (left->type.kind == TYPE_BOOLEAN) != (type.kind == TYPE_BOOLEAN) &&
        (type_is_numeric(left->type) || type_is_numeric(type)))
      return bind_fails(c, ERR_TYPE, ast->at,
                        "IN compares no BOOLEAN with a number of a subquery (use CAST)");
    struct expr *e = left == NULL
                         ? NULL
                         : compare_value(c, left, i, type, negated && !join->null_aware, ast->at);
    if (e == NULL)
      return false;
    join->condition[join->conditions++] = e;
  }
  return true;
}

/* The join of [NOT] EXISTS or [NOT] IN. */
static bool bind_predicate(struct context *c, const struct ast_expr *ast, bool negated,
                           enum join_kind kind)
{
  struct inner_query q;
  if (!bind_inner(c, ast, &q))
    return false;
  struct subquery_join *join = add_join(c, ast);
  if (join == NULL)
    return false;
  join->kind = kind;
  join->plan = q.relation.plan;
  join->condition =
      arena_take(c->binder->b.arena, q.relation.scope.columns + q.correlation.conditions,
                 sizeof(struct expr *));
  if (ast->kind == AST_IN_QUERY && !add_values(c, ast, &q, join, negated))
    return false;
  for (size_t i = 0; i < q.correlation.conditions; i++)
    join->condition[join->conditions++] = q.correlation.condition[i];
  return true;
}

struct expr *bind_existence(struct context *c, const struct ast_expr *ast)
{
  if (!bind_predicate(c, ast, ast->negated, JOIN_EXISTENCE))
    return NULL;
  struct expr **exists = arena_take(c->binder->b.arena, 1, sizeof(struct expr *));
  exists[0] = joined_column(c, 0, type_of(TYPE_BOOLEAN), ast->at);
  return ast->negated ? function_bind(&c->binder->b, SLICE("not"), exists, 1, ast->at) : exists[0];
}

/* ---- WHERE and HAVING ---- */

static struct ast_expr *ast_copy(struct context *c, const struct ast_expr *ast)
{
  struct ast_expr *copy = arena_take(c->binder->b.arena, 1, sizeof *copy);
  *copy = *ast;
  return copy;
}

static bool is_operator(const struct ast_expr *ast, const char *op)
{
  return (ast->kind == AST_BINARY || ast->kind == AST_UNARY) && strcmp(ast->op, op) == 0;
}

/* NOT ast, with the NOT as deep as it goes (BooleanSimplification): NOT IN is another join. */
static const struct ast_expr *negate(struct context *c, const struct ast_expr *ast)
{
  struct arena *arena = c->binder->b.arena;
  if (is_operator(ast, "not"))
    return ast->arg[0];
  struct ast_expr *copy = ast_copy(c, ast);
  if (ast->kind == AST_IN_QUERY) {
    copy->negated = !ast->negated;
    return copy;
  }
  if (ast->kind == AST_BINARY && (is_operator(ast, "and") || is_operator(ast, "or"))) {
    copy->op = is_operator(ast, "and") ? "or" : "and";
    copy->arg = arena_take(arena, 2, sizeof *copy->arg);
    for (size_t i = 0; i < 2; i++)
      copy->arg[i] = ast_copy(c, negate(c, ast->arg[i]));
    return copy;
  }
  struct ast_expr *negation = arena_zero(arena, 1, sizeof *negation);
  negation->kind = AST_UNARY;
  negation->at = ast->at;
  negation->source = ast->source;
  negation->op = "not";
  negation->args = 1;
  negation->arg = arena_take(arena, 1, sizeof *negation->arg);
  negation->arg[0] = copy;
  return negation;
}

static struct expr *bind_boolean(struct context *c, const struct ast_expr *ast)
{
  struct expr *e = bind_expr(c, ast);
  if (e == NULL || e->type.kind == TYPE_BOOLEAN)
    return e;
  if (e->type.kind == TYPE_NULL && strcmp(c->clause, "WHERE") != 0)
    return expr_cast(&c->binder->b, e, type_of(TYPE_BOOLEAN), ast->at);
  char given[100];
  bind_fails(c, ERR_TYPE, ast->at, "%s needs a BOOLEAN, not %s", c->clause,
             type_name(e->type, given, sizeof given));
  return NULL;
}

/* One part of the AND that the condition is: a join of its own, or of what is filtered by. */
static bool bind_part(struct context *c, const struct ast_expr *ast, struct bound_filter *f)
{
  if (is_operator(ast, "not") && has_subquery(ast->arg[0]) && ast->arg[0]->kind != AST_EXISTS) {
    const struct ast_expr *inside = negate(c, ast->arg[0]);
    if (!is_operator(inside, "not"))
      return bind_part(c, inside, f);
  }
  if (ast->kind == AST_BINARY && is_operator(ast, "and") && has_subquery(ast))
    return bind_part(c, ast->arg[0], f) && bind_part(c, ast->arg[1], f);
  bool negated = is_operator(ast, "not") && ast->arg[0]->kind == AST_EXISTS;
  const struct ast_expr *test = negated ? ast->arg[0] : ast;
  struct context inside = *c;
  inside.lambda = NULL;
  if (test->kind == AST_EXISTS || test->kind == AST_IN_QUERY) {
    negated |= test->negated;
    inside.subqueries = &f->joins;
    return bind_predicate(&inside, test, negated, negated ? JOIN_LEFT_ANTI : JOIN_LEFT_SEMI);
  }
  inside.subqueries = &f->inside;
  struct expr *e = bind_boolean(&inside, ast);
  if (e != NULL)
    e = expr_copy(c->binder->b.arena, e);
  if (e != NULL && f->condition != NULL)
    e = expr_and(&c->binder->b, f->condition, e);
  f->condition = e;
  return e != NULL;
}

bool bind_row_filter(struct context *c, const struct ast_expr *ast, struct bound_filter *f)
{
  *f = (struct bound_filter){0};
  struct context inside = *c;
  inside.lambda = NULL;
  inside.may_name_outer = true;
  return bind_part(&inside, ast, f);
}

/* ---- the joins ---- */

/* The plan with the joins above it. */
struct plan *plan_subqueries(const struct binder *binder, struct plan *plan,
                             const struct subquery_joins *joins, struct expr **expr, size_t exprs)
{
  for (size_t i = 0; i < joins->count; i++) {
    const struct subquery_join *join = joins->join[i];
    size_t lefts = plan->schema.columns;
    plan = plan_new(binder, PLAN_JOIN, 2, plan, join->plan);
    plan->join = join->kind;
    plan->null_aware = join->null_aware;
    if (!plan_join_conditions(binder, plan, join->condition, join->conditions))
      return NULL;
    join_schema(binder, plan);
    size_t placeholder = SUBQUERY_PLACEHOLDER + i * SUBQUERY_COLUMNS;
    for (size_t k = 0; k < exprs; k++) {
      place_column(expr[k], placeholder, lefts);
      place_column(expr[k], placeholder + 1, lefts + join->flag);
    }
  }
  return plan;
}

struct plan *plan_row_filter(const struct binder *binder, struct plan *plan, struct bound_filter *f)
{
  size_t exprs = f->condition != NULL;
  plan = plan_subqueries(binder, plan, &f->inside, &f->condition, exprs);
  if (plan != NULL && f->inside.count != 0)
    plan = plan_push_filter(binder, plan, &f->condition);
  if (plan != NULL && f->condition != NULL)
    plan = plan_filter(binder, plan, f->condition);
  return plan != NULL ? plan_subqueries(binder, plan, &f->joins, NULL, 0) : NULL;
}
