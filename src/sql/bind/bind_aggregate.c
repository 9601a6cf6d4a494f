/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of aggregate functions: their table, DISTINCT and FILTER, their columns among the results.
 */
#include <stdarg.h>
#include <stdio.h>

#include "sql/aggregates/list.h"
#include "sql/coercion.h"

#define FUNCTION(name, least, most, binder, kind)                                                  \
  {{name, sizeof name - 1}, least, most, kind, binder},
static const struct aggregate_function functions[] = {AGGREGATE_LIST(FUNCTION)};

enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

const char *aggregate_name(size_t i)
{
  return i < FUNCTIONS ? functions[i].name.p : NULL;
}

static const struct aggregate_function *find(const struct ast_expr *ast)
{
  struct slice name = ast_name(ast);
  for (size_t i = 0; i < FUNCTIONS; i++)
    if (slice_equal_nocase(functions[i].name, name))
      return &functions[i];
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

/* ---- what the binders share ---- */

bool aggregate_refuse(const struct aggregate_call *call, enum error_code code, const char *format,
                      ...)
{
  char text[200];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return bind_fails(call->c, code, call->ast->at, "%s", text);
}

bool aggregate_refuse_type(const struct aggregate_call *call, const char *wanted, size_t i)
{
  char given[100];
  return aggregate_refuse(call, ERR_TYPE, "%.*s() takes %s, not %s",
                          SLICE_PRINT(call->function->name), wanted,
                          type_name(call->a->arg[i]->type, given, sizeof given));
}

bool aggregate_accept(struct aggregate_call *call, size_t i, enum type_kind type)
{
  struct expr **arg = &call->a->arg[i];
  char wanted[20];
  if (!type_is_implicit((*arg)->type, type_of(type)))
    return aggregate_refuse_type(call, type_name(type_of(type), wanted, sizeof wanted), i);
  *arg = expr_cast_alone(&call->c->binder->b, *arg, type_of(type), call->ast->at);
  return *arg != NULL;
}

struct expr *aggregate_condition(struct context *c, struct expr *e, struct position at)
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

struct expr *aggregate_both(struct context *c, struct expr *a, struct expr *b, struct position at)
{
  if (a == NULL || b == NULL)
    return a == NULL ? b : a;
  struct expr **both = arena_take(c->binder->b.arena, 2, sizeof(struct expr *));
  both[0] = a, both[1] = b;
  return function_bind(&c->binder->b, SLICE("and"), both, 2, at);
}

/* ---- one call ---- */

static bool check_count(const struct aggregate_call *call)
{
  const struct aggregate_function *f = call->function;
  size_t args = call->a->args;
  if (args >= f->least && (f->most == ANY_NUMBER || args <= f->most))
    return true;
  char wanted[40];
  if (f->most == ANY_NUMBER)
    snprintf(wanted, sizeof wanted, "at least %d", f->least);
  else if (f->most == f->least)
    snprintf(wanted, sizeof wanted, "%d", f->least);
  else
    snprintf(wanted, sizeof wanted, "%d or %d", f->least, f->most);
  return aggregate_refuse(call, ERR_TYPE, "%.*s() takes %s argument%s, not %zu",
                          SLICE_PRINT(ast_name(call->ast)), wanted, f->most == 1 ? "" : "s", args);
}

static bool check_syntax(const struct aggregate_call *call)
{
  enum aggregate_kind kind = call->function->kind;
  bool is_met = kind == AGGREGATE_FIRST || kind == AGGREGATE_LAST;
  if (call->ast->ignore_nulls && !is_met)
    return aggregate_refuse(call, ERR_TYPE, "%.*s() knows no IGNORE NULLS",
                            SLICE_PRINT(ast_name(call->ast)));
  return true;
}

static bool bind_arguments(struct context *inside, struct aggregate_call *call)
{
  const struct ast_expr *ast = call->ast;
  struct aggregate *a = call->a;
  bool is_star = ast->args == 1 && ast->arg[0]->kind == AST_STAR && a->kind == AGGREGATE_COUNT;
  a->arg = arena_take(inside->binder->b.arena, ast->args, sizeof(struct expr *));
  if (is_star) {
    a->args = 0;
    a->distinct = false;
    return true;
  }
  for (size_t i = 0; i < ast->args; i++)
    if ((a->arg[i] = bind_expr(inside, ast->arg[i])) == NULL)
      return false;
  return check_count(call) && check_syntax(call);
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
  inside.lambda = NULL; /* its parameters are no values of the rows that are added up */
  inside.aliases = 0;
  struct aggregate_call call = {&inside, ast, find(ast), a};
  *a =
      (struct aggregate){.kind = call.function->kind, .distinct = ast->distinct, .args = ast->args};
  if (!bind_arguments(&inside, &call))
    return false;
  if (ast->filter != NULL) {
    a->filter = bind_expr(&inside, ast->filter);
    if (a->filter != NULL && a->filter->type.kind == TYPE_NULL)
      return bind_fails(&inside, ERR_TYPE, ast->filter->at, "FILTER needs a BOOLEAN, not VOID");
    a->filter = aggregate_condition(&inside, a->filter, ast->filter->at);
    if (a->filter == NULL)
      return false;
  }
  return call.function->bind(&call);
}

/* ---- its place among the results ---- */

static bool percentile_equal(const struct percentile_request *p, const struct percentile_request *q)
{
  return p->fractions == q->fractions && p->is_list == q->is_list &&
         p->descending == q->descending && p->accuracy == q->accuracy &&
         (p->fractions == 0 ||
          memcmp(p->fraction, q->fraction, p->fractions * sizeof *p->fraction) == 0);
}

static bool aggregate_equal(const struct aggregate *a, const struct aggregate *b)
{
  if (a->kind != b->kind || a->distinct != b->distinct || a->ignore_nulls != b->ignore_nulls ||
      a->args != b->args || (a->filter == NULL) != (b->filter == NULL) ||
      !percentile_equal(&a->percentile, &b->percentile))
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

struct expr *bind_aggregate(struct context *c, const struct ast_expr *ast)
{
  if (c->above_having) {
    bind_fails(c, ERR_TYPE, ast->at,
               "behind HAVING, ORDER BY cannot compute '%.*s'; name the item of SELECT that does",
               SLICE_PRINT(ast_name(ast)));
    return NULL;
  }
  if (c->grouping == NULL || c->aggregates_refused) {
    bind_fails(c, ERR_TYPE, ast->at, "aggregate function '%.*s' cannot stand in %s",
               SLICE_PRINT(ast_name(ast)), c->clause);
    return NULL;
  }
  struct aggregate a;
  return bind_aggregate_call(c, ast, &a) ? result_column(c, &a, ast->at) : NULL;
}
