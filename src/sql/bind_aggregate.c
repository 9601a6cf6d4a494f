/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of aggregate functions: their argument and result types (Average.scala, Sum.scala). */
#include "sql/binder_internal.h"

enum { SUM_EXTRA_DIGITS = 10, AVG_EXTRA_DIGITS = 4 };

struct aggregate_name {
  const char *name;
  enum aggregate_kind kind;
};

static const struct aggregate_name names[] = {
    {"any_value", AGGREGATE_FIRST}, {"avg", AGGREGATE_AVG},
    {"count", AGGREGATE_COUNT},     {"count_if", AGGREGATE_COUNT},
    {"first", AGGREGATE_FIRST},     {"first_value", AGGREGATE_FIRST},
    {"last", AGGREGATE_LAST},       {"last_value", AGGREGATE_LAST},
    {"max", AGGREGATE_MAX},         {"mean", AGGREGATE_AVG},
    {"min", AGGREGATE_MIN},         {"sum", AGGREGATE_SUM},
};

const char *aggregate_name(size_t i)
{
  return i < sizeof names / sizeof names[0] ? names[i].name : NULL;
}

static struct slice name_of(const struct ast_expr *ast)
{
  return ast->name.part[ast->name.parts - 1];
}

static const struct aggregate_name *find(const struct ast_expr *ast)
{
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_equal_nocase(slice_of(names[i].name), name_of(ast)))
      return &names[i];
  return NULL;
}

bool is_aggregate_name(const struct ast_expr *ast)
{
  return ast->kind == AST_CALL && find(ast) != NULL;
}

bool is_aggregate_call(const struct ast_expr *ast)
{
  return is_aggregate_name(ast) && ast->over == NULL;
}

bool has_aggregate(const struct ast_expr *ast)
{
  if (is_aggregate_call(ast))
    return true;
  for (size_t i = 0; i < ast->args; i++)
    if (has_aggregate(ast->arg[i]))
      return true;
  const struct ast_over *over = ast->over;
  for (size_t i = 0; over != NULL && i < over->partitions; i++)
    if (has_aggregate(over->partition[i]))
      return true;
  for (size_t i = 0; over != NULL && i < over->sorts; i++)
    if (has_aggregate(over->sort[i].expr))
      return true;
  return false;
}

static int at_most(int value, int limit)
{
  return value < limit ? value : limit;
}

static struct type sum_type(struct type t)
{
  if (t.kind == TYPE_DECIMAL)
    return type_decimal(at_most(t.precision + SUM_EXTRA_DIGITS, DECIMAL_DIGITS), t.scale);
  return type_of(type_is_integer(t) ? TYPE_BIGINT : TYPE_DOUBLE);
}

static struct type avg_type(struct type t)
{
  if (t.kind == TYPE_DECIMAL)
    return type_decimal(at_most(t.precision + AVG_EXTRA_DIGITS, DECIMAL_DIGITS),
                        at_most(t.scale + AVG_EXTRA_DIGITS, DECIMAL_DIGITS));
  return type_of(TYPE_DOUBLE);
}

/* Casts the one argument of sum or avg to what is added up and sets the result's type. */
static bool type_sum(struct context *c, struct aggregate *a, const struct ast_expr *ast)
{
  struct type t = a->arg[0]->type;
  if (!type_is_numeric(t) && t.kind != TYPE_STRING && t.kind != TYPE_NULL) {
    char given[100];
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() adds numbers, not %s",
                      SLICE_PRINT(name_of(ast)), type_name(t, given, sizeof given));
  }
  a->type = a->kind == AGGREGATE_SUM ? sum_type(t) : avg_type(t);
  struct type added =
      a->kind == AGGREGATE_AVG && t.kind != TYPE_DECIMAL ? type_of(TYPE_DOUBLE) : sum_type(t);
  a->arg[0] = expr_cast_alone(&c->binder->b, a->arg[0], added, ast->at);
  return a->arg[0] != NULL;
}

/* What min, max, first and last keep is one plain value. */
static bool keep_argument(struct context *c, struct aggregate *a, const struct ast_expr *ast)
{
  char given[100];
  a->type = a->arg[0]->type;
  if (a->type.items == 0)
    return true;
  return bind_fails(c, ERR_UNSUPPORTED, ast->at, "%.*s() of %s is not supported; take a part of it",
                    SLICE_PRINT(name_of(ast)), type_name(a->type, given, sizeof given));
}

/* first(x, true): the second argument says whether nulls are skipped. */
static bool take_ignore_nulls(struct context *c, struct aggregate *a, const struct ast_expr *ast)
{
  a->ignore_nulls = ast->ignore_nulls;
  if (a->args == 1)
    return true;
  const struct expr *flag = a->arg[1];
  if (flag->kind != EXPR_LITERAL || flag->type.kind != TYPE_BOOLEAN ||
      column_is_null(&flag->value, 0))
    return bind_fails(c, ERR_TYPE, ast->at, "the second argument of %.*s() is true or false",
                      SLICE_PRINT(name_of(ast)));
  a->ignore_nulls = flag->value.boolean[0];
  a->args = 1;
  return true;
}

static bool count_arguments(struct context *c, const struct aggregate *a,
                            const struct ast_expr *ast)
{
  bool is_first = a->kind == AGGREGATE_FIRST || a->kind == AGGREGATE_LAST;
  size_t most = is_first ? 2 : a->kind == AGGREGATE_COUNT ? SIZE_MAX : 1;
  if (a->args >= 1 && a->args <= most)
    return true;
  return bind_fails(c, ERR_TYPE, ast->at, "%.*s() takes %s, not %zu", SLICE_PRINT(name_of(ast)),
                    is_first    ? "1 or 2 arguments"
                    : most == 1 ? "1 argument"
                                : "at least 1 argument",
                    a->args);
}

static bool settle(struct context *c, struct aggregate *a, const struct ast_expr *ast)
{
  switch (a->kind) {
  case AGGREGATE_COUNT:
    a->type = type_of(TYPE_BIGINT);
    return true;
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    return type_sum(c, a, ast);
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
    a->distinct = false; /* the least of the distinct values is the least of all */
    return keep_argument(c, a, ast);
  case AGGREGATE_FIRST:
  case AGGREGATE_LAST:
    return keep_argument(c, a, ast) && take_ignore_nulls(c, a, ast);
  }
  return false;
}

static struct expr *condition_of(struct context *c, struct expr *e, struct position at)
{
  if (e == NULL || e->type.kind == TYPE_BOOLEAN)
    return e;
  if (e->type.kind == TYPE_NULL)
    return expr_cast(&c->binder->b, e, type_of(TYPE_BOOLEAN), at);
  char given[100];
  bind_fails(c, ERR_TYPE, at, "a condition is BOOLEAN, not %s",
             type_name(e->type, given, sizeof given));
  return NULL;
}

/* count_if(x) is count(*) FILTER (WHERE x). */
static bool take_filter(struct context *inside, struct aggregate *a, const struct ast_expr *ast)
{
  struct arena *arena = inside->binder->b.arena;
  if (ast->filter != NULL) {
    a->filter = condition_of(inside, bind_expr(inside, ast->filter), ast->filter->at);
    if (a->filter == NULL)
      return false;
  }
  if (!slice_equal_nocase(name_of(ast), SLICE("count_if")))
    return true;
  if (a->args != 1)
    return bind_fails(inside, ERR_TYPE, ast->at, "count_if() takes 1 argument, not %zu", a->args);
  struct expr *condition = condition_of(inside, a->arg[0], ast->at);
  if (condition == NULL)
    return false;
  if (a->filter != NULL) {
    struct expr **both = arena_take(arena, 2, sizeof(struct expr *));
    both[0] = a->filter, both[1] = condition;
    condition = function_bind(&inside->binder->b, SLICE("and"), both, 2, ast->at);
  }
  a->filter = condition;
  a->args = 0;
  return condition != NULL;
}

static bool aggregate_equal(const struct aggregate *a, const struct aggregate *b)
{
  if (a->kind != b->kind || a->distinct != b->distinct || a->ignore_nulls != b->ignore_nulls ||
      a->args != b->args || (a->filter == NULL) != (b->filter == NULL))
    return false;
  for (size_t i = 0; i < a->args; i++)
    if (!expr_equal(a->arg[i], b->arg[i]))
      return false;
  return a->filter == NULL || expr_equal(a->filter, b->filter);
}

/* The column of the aggregate's output that holds it; an equal one is not computed twice. */
static struct expr *result_column(struct context *c, const struct aggregate *a, struct position at)
{
  struct grouping *g = c->grouping;
  struct arena *arena = c->binder->b.arena;
  size_t i = 0;
  while (i < g->aggregates && !aggregate_equal(&g->aggregate[i], a))
    i++;
  if (i == g->aggregates) {
    struct aggregate *grown = arena_take(arena, i + 1, sizeof *grown);
    if (i != 0)
      memcpy(grown, g->aggregate, i * sizeof *grown);
    grown[i] = *a;
    g->aggregate = grown;
    g->aggregates++;
  }
  return expr_column(arena, g->keys + i, a->type, at);
}

bool bind_aggregate_call(struct context *c, const struct ast_expr *ast, struct aggregate *a)
{
  struct context inside = *c;
  if (ast->over == NULL) { /* else it adds up what the groups gave: sum(sum(x)) OVER (...) */
    inside.grouping = NULL;
    inside.aggregates_refused = true;
    inside.subqueries = c->below;
    inside.clause = "another aggregate function";
  }
  inside.over = NULL;
  inside.lambda = NULL;
  inside.aliases = 0;
  *a = (struct aggregate){.kind = find(ast)->kind, .distinct = ast->distinct, .args = ast->args};
  a->arg = arena_take(c->binder->b.arena, ast->args, sizeof(struct expr *));
  bool is_star = ast->args == 1 && ast->arg[0]->kind == AST_STAR && a->kind == AGGREGATE_COUNT;
  for (size_t i = 0; !is_star && i < ast->args; i++)
    if ((a->arg[i] = bind_expr(&inside, ast->arg[i])) == NULL)
      return false;
  if (is_star)
    a->args = 0, a->distinct = false;
  if (!is_star && !count_arguments(c, a, ast))
    return false;
  return take_filter(&inside, a, ast) && settle(c, a, ast);
}

struct expr *bind_aggregate(struct context *c, const struct ast_expr *ast)
{
  if (c->grouping == NULL || c->aggregates_refused) {
    bind_fails(c, ERR_TYPE, ast->at, "aggregate function '%.*s' cannot stand in %s",
               SLICE_PRINT(name_of(ast)), c->clause);
    return NULL;
  }
  struct aggregate a;
  return bind_aggregate_call(c, ast, &a) ? result_column(c, &a, ast->at) : NULL;
}
