/* SPDX-License-Identifier: Apache-2.0 */
/* Names and operators of one expression. */
#include <stdarg.h>
#include <stdio.h>

#include "base/suggest.h"
#include "sql/bind/binder_internal.h"

bool bind_fails(const struct context *c, enum error_code code, struct position at,
                const char *format, ...)
{
  char text[600];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const struct binding *b = &c->binder->b;
  return error_at(b->err, code, b->file, at.line, at.column, "%s", text);
}

static bool literal_equal(const struct column *a, const struct column *b)
{
  if (!type_equal(a->type, b->type) || column_is_null(a, 0) != column_is_null(b, 0))
    return false;
  if (column_is_null(a, 0) || a->type.items != 0)
    return column_is_null(a, 0);
  if (a->type.kind == TYPE_STRING)
    return slice_equal(a->text[0], b->text[0]);
  return memcmp(a->data, b->data, type_size(a->type)) == 0;
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
  if (a->kind != b->kind || !type_equal(a->type, b->type))
    return false;
  if (a->kind == EXPR_COLUMN)
    return a->index == b->index;
  if (a->kind == EXPR_SCALAR)
    return a->scalar == b->scalar;
  if (a->kind == EXPR_LITERAL)
    return literal_equal(&a->value, &b->value);
  if (a->kernel != b->kernel || a->args != b->args)
    return false;
  if (a->kind == EXPR_LAMBDA ? !expr_equal(a->state, b->state) : strcmp(a->name, b->name) != 0)
    return false;
  for (size_t i = 0; i < a->args; i++)
    if (!expr_equal(a->arg[i], b->arg[i]))
      return false;
  return true;
}

struct expr *expr_copy(struct arena *arena, const struct expr *e)
{
  struct expr *copy = arena_take(arena, 1, sizeof *copy);
  *copy = *e;
  copy->arg = arena_take(arena, e->args, sizeof(struct expr *));
  for (size_t i = 0; i < e->args; i++)
    copy->arg[i] = expr_copy(arena, e->arg[i]);
  return copy;
}

static struct expr *call(struct context *c, const char *name, struct expr **arg, size_t args,
                         struct position at)
{
  for (size_t i = 0; i < args; i++)
    if (arg[i] == NULL)
      return NULL;
  return function_bind(&c->binder->b, slice_of(name), arg, args, at);
}

/* function_bind() of `ast`'s arguments under `name`. */
static struct expr *call_of(struct context *c, const char *name, const struct ast_expr *ast)
{
  struct expr **arg = arena_take(c->binder->b.arena, ast->args, sizeof(struct expr *));
  for (size_t i = 0; i < ast->args; i++)
    if ((arg[i] = bind_expr(c, ast->arg[i])) == NULL)
      return NULL;
  return call(c, name, arg, ast->args, ast->at);
}

static struct expr *negate_if(struct context *c, bool negated, struct expr *e)
{
  if (e == NULL || !negated)
    return e;
  struct expr **arg = arena_take(c->binder->b.arena, 1, sizeof(struct expr *));
  arg[0] = e;
  return call(c, "not", arg, 1, e->at);
}

static struct expr *text_literal(struct context *c, struct slice text, struct position at)
{
  struct column value;
  column_make_text(&value, text, c->binder->b.arena);
  return expr_literal(c->binder->b.arena, value, at);
}

/* e.name */
static struct expr *field_of(struct context *c, struct expr *e, struct slice name,
                             struct position at)
{
  struct expr **arg = arena_take(c->binder->b.arena, 2, sizeof(struct expr *));
  arg[0] = e;
  arg[1] = text_literal(c, name, at);
  return call(c, "field", arg, 2, at);
}

static struct expr *fields_of(struct context *c, struct expr *e, const struct ast_expr *ast,
                              size_t from)
{
  for (size_t i = from; e != NULL && i < ast->name.parts; i++)
    e = field_of(c, e, ast->name.part[i], ast->at);
  return e;
}

/* The column that `name` means, under `table` unless that is empty. -1: none; -2: several, and an
 * error is filled in. */
static long find_column(const struct context *c, struct slice table, struct slice name,
                        struct position at)
{
  long found = -1;
  for (size_t i = 0; i < c->scope->columns; i++) {
    const struct scope_column *column = &c->scope->column[i];
    if (!slice_equal_nocase(column->name, name))
      continue;
    if (table.n == 0 ? column->merged_away : !slice_equal_nocase(column->table, table))
      continue;
    if (found >= 0) {
      const struct scope_column *first = &c->scope->column[found];
      bind_fails(c, ERR_NAME, at,
                 "column '%.*s' is ambiguous: it may be %.*s.%.*s or %.*s.%.*s; write which one",
                 SLICE_PRINT(name), SLICE_PRINT(first->table), SLICE_PRINT(first->name),
                 SLICE_PRINT(column->table), SLICE_PRINT(column->name));
      return -2;
    }
    found = (long)i;
  }
  return found;
}

static const struct alias *find_alias(const struct context *c, struct slice name)
{
  for (size_t i = 0; i < c->aliases; i++)
    if (slice_equal_nocase(c->alias[i].name, name))
      return &c->alias[i];
  return NULL;
}

static struct expr *unknown_name(const struct context *c, const struct ast_expr *ast)
{
  const struct binding *b = &c->binder->b;
  struct slice *name = arena_take(b->arena, c->scope->columns + c->aliases, sizeof *name);
  size_t count = 0;
  for (size_t i = 0; i < c->scope->columns; i++)
    name[count++] = c->scope->column[i].name;
  for (size_t i = 0; i < c->aliases; i++)
    name[count++] = c->alias[i].name;
  char hint[100];
  struct slice last = ast_name(ast);
  suggest_hint(last, name, count, hint, sizeof hint);
  bind_fails(c, ERR_NAME, ast->at, "column '%.*s' is not known%s", SLICE_PRINT(ast->source), hint);
  return NULL;
}

static struct expr *column_at(const struct context *c, long found, struct position at)
{
  const struct scope_column *column = &c->scope->column[found];
  return expr_column(c->binder->b.arena, column->index, column->type, at);
}

/* `window` names the key of GROUP BY window(...), if no column is called so. */
static struct expr *window_key(const struct context *c, const struct ast_expr *ast)
{
  const struct grouping *g = c->grouping;
  for (size_t i = 0;
       g != NULL && slice_equal_nocase(ast->name.part[0], SLICE("window")) && i < g->keys; i++)
    if (g->key[i]->kind == EXPR_COLUMN && g->key[i]->index == WINDOW_PLACEHOLDER)
      return expr_column(c->binder->b.arena, i, g->key[i]->type, ast->at);
  return NULL;
}

struct expr *key_of(const struct context *c, const struct expr *e)
{
  for (size_t i = 0; i < c->grouping->keys; i++)
    if (expr_equal(e, c->grouping->key[i]))
      return expr_column(c->binder->b.arena, i, e->type, e->at);
  return NULL;
}

/* In a query of groups a column has to be a key. */
static struct expr *not_grouped(const struct context *c, const struct ast_expr *ast)
{
  bind_fails(c, ERR_TYPE, ast->at,
             "column '%.*s' is neither in GROUP BY nor inside an aggregate function (use first() "
             "if any value will do)",
             SLICE_PRINT(ast->source));
  return NULL;
}

/* The alias of an earlier item. */
static struct expr *lateral_alias(struct context *c, const struct ast_expr *ast,
                                  const struct alias *alias)
{
  if (strcmp(c->clause, "SELECT") == 0 &&
      !bind_needs_3_4(c, ast->at, "an alias used later in the same SELECT"))
    return NULL;
  if (c->over != NULL)
    c->over->beside_alias = true;
  return fields_of(c, alias->expr, ast, 1);
}

/* In HAVING Spark casts by the type of the column of that name, and then takes the alias. */
static bool check_alias(const struct context *c, const struct alias *alias, long found,
                        const struct ast_expr *ast)
{
  if (found < 0 || strcmp(c->clause, "HAVING") != 0 ||
      type_equal(c->scope->column[found].type, alias->expr->type))
    return true;
  return bind_fails(c, ERR_UNSUPPORTED, ast->at,
                    "'%.*s' names a column and an item of SELECT of another type; give the item "
                    "another name",
                    SLICE_PRINT(alias->name));
}

static struct expr *bind_name(struct context *c, const struct ast_expr *ast)
{
  const struct slice *part = ast->name.part;
  struct expr *parameter = lambda_parameter(c, part[0], ast->at);
  if (parameter != NULL)
    return fields_of(c, parameter, ast, 1);
  const struct alias *alias = find_alias(c, part[0]);
  if (c->alias_first && alias != NULL)
    return fields_of(c, alias->expr, ast, 1);
  struct slice no_table = {0};
  long found = -1;
  size_t used = 1;
  if (ast->name.parts >= 2 && (found = find_column(c, part[0], part[1], ast->at)) >= 0)
    used = 2;
  if (found == -1)
    found = find_column(c, no_table, part[0], ast->at);
  if (found == -2)
    return NULL;
  struct expr *column = found >= 0 ? column_at(c, found, ast->at) : NULL;
  if (column != NULL && c->grouping != NULL)
    column = key_of(c, column);
  if (column != NULL)
    return fields_of(c, column, ast, used);
  struct expr *window = found < 0 ? window_key(c, ast) : NULL;
  if (window != NULL)
    return fields_of(c, window, ast, 1);
  if (alias != NULL && !check_alias(c, alias, found, ast))
    return NULL;
  if (alias != NULL)
    return lateral_alias(c, ast, alias);
  struct expr *grouping = found < 0 ? bind_grouping_column(c, ast) : NULL;
  if (grouping != NULL)
    return grouping;
  struct expr *outer = found < 0 ? bind_outer(c, ast) : NULL;
  if (outer != NULL || (c->binder->outer != NULL && c->binder->outer->is_refused))
    return outer;
  return found >= 0 ? not_grouped(c, ast) : unknown_name(c, ast);
}

/* A subquery is not bound for a trial: its text tells. */
static struct expr *match_written_key(struct context *c, const struct ast_expr *ast)
{
  const struct grouping *g = c->grouping;
  for (size_t i = 0; i < g->keys; i++)
    if (slice_equal(g->written[i]->source, ast->source))
      return expr_column(c->binder->b.arena, i, g->key[i]->type, ast->at);
  return NULL;
}

/* The key of GROUP BY that the expression is, as a column of the aggregate's output; NULL if it is
 * none. Binding it for a trial tells. */
static struct expr *match_key(struct context *c, const struct ast_expr *ast)
{
  if (has_subquery(ast))
    return match_written_key(c, ast);
  if (ast->kind == AST_LITERAL || has_aggregate(ast) || has_over(ast))
    return NULL;
  struct binder silent = *c->binder;
  struct error ignored;
  silent.b.err = &ignored;
  struct context trial = *c;
  trial.binder = &silent;
  trial.grouping = NULL;
  trial.peeking = true;
  trial.over = NULL;
  trial.aliases = 0;
  struct expr *e = bind_expr(&trial, ast);
  return e != NULL ? key_of(c, e) : NULL;
}

static struct expr *bind_argument(struct context *c, const struct ast_expr *call,
                                  struct expr *const *arg, size_t i)
{
  bool is_lambda = call->arg[i]->kind == AST_LAMBDA;
  return is_lambda ? bind_lambda(c, call, arg, i) : bind_expr(c, call->arg[i]);
}

/* struct(a, t.b, x + 1) calls its fields a, b and col3 (CreateStruct.create), arrays_zip() counts
 * those without a name from 0: the function gets pairs of a name and a value. */
static struct expr *bind_named_call(struct context *c, const struct ast_expr *ast,
                                    const char *function, const char *others, size_t first)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **arg = arena_take(arena, 2 * ast->args, sizeof(struct expr *));
  for (size_t i = 0; i < ast->args; i++) {
    const struct ast_expr *field = ast->arg[i];
    bool named = field->kind == AST_NAME || field->kind == AST_FIELD;
    struct slice name = field->alias.n != 0 ? field->alias
                        : named             ? ast_name(field)
                                : slice_of(arena_printf(arena, "%s%zu", others, i + first));
    arg[2 * i] = text_literal(c, name, field->at);
    if ((arg[2 * i + 1] = bind_expr(c, field)) == NULL)
      return NULL;
  }
  return function_bind(&c->binder->b, slice_of(function), arg, 2 * ast->args, ast->at);
}

static struct expr *bind_call(struct context *c, const struct ast_expr *ast)
{
  if (!check_call(c, ast))
    return NULL;
  if (ast->over != NULL)
    return bind_over(c, ast);
  if (is_aggregate_call(ast))
    return bind_aggregate(c, ast);
  if (is_window_call(ast) && !c->above_having)
    return bind_window(c, ast);
  if (is_grouping_call(ast))
    return bind_grouping_call(c, ast);
  if (is_generator_call(ast)) {
    bind_fails(c, ERR_TYPE, ast->at,
               "'%.*s' makes rows: it stands alone as an item of SELECT, or behind LATERAL VIEW",
               SLICE_PRINT(ast_name(ast)));
    return NULL;
  }
  if (is_over_name(ast)) {
    bind_fails(c, ERR_TYPE, ast->at, "%.*s() needs OVER (...) behind it",
               SLICE_PRINT(ast_name(ast)));
    return NULL;
  }
  if (ast->distinct || ast->filter != NULL || ast->ignore_nulls) {
    bind_fails(c, ERR_TYPE, ast->at,
               "DISTINCT, FILTER and IGNORE NULLS belong to aggregate functions; '%.*s' is none",
               SLICE_PRINT(ast_name(ast)));
    return NULL;
  }
  struct slice name = ast_name(ast);
  if (!function_is_callable(name)) /* said before anything is said of its arguments */
    return function_unknown(&c->binder->b, name, ast->at);
  if (slice_equal_nocase(name, SLICE("struct")) && ast->args != 0)
    return bind_named_call(c, ast, "named_struct", "col", 1);
  if (slice_equal_nocase(name, SLICE("arrays_zip")) && ast->args != 0)
    return bind_named_call(c, ast, "arrays_zip", "", 0);
  struct expr **arg = arena_take(c->binder->b.arena, ast->args, sizeof(struct expr *));
  for (size_t i = 0; i < ast->args; i++)
    if ((arg[i] = bind_argument(c, ast, arg, i)) == NULL)
      return NULL;
  return function_bind(&c->binder->b, name, arg, ast->args, ast->at);
}

/* CASE x WHEN a THEN b is CASE WHEN x = a THEN b. */
static struct expr *bind_case(struct context *c, const struct ast_expr *ast)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **arg = arena_take(arena, ast->args, sizeof(struct expr *));
  size_t first = ast->has_operand ? 1 : 0, args = ast->args - first;
  for (size_t i = 0; i < args; i++) {
    if ((arg[i] = bind_expr(c, ast->arg[first + i])) == NULL)
      return NULL;
    bool is_when = i % 2 == 0 && i + 1 < args;
    if (!ast->has_operand || !is_when)
      continue;
    struct expr **side = arena_take(arena, 2, sizeof(struct expr *));
    side[0] = bind_expr(c, ast->arg[0]);
    side[1] = arg[i];
    if ((arg[i] = call(c, "=", side, 2, ast->at)) == NULL)
      return NULL;
  }
  return function_bind(&c->binder->b, SLICE("case"), arg, args, ast->at);
}

static struct expr *bind_between(struct context *c, const struct ast_expr *ast)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **low = arena_take(arena, 2, sizeof(struct expr *));
  struct expr **high = arena_take(arena, 2, sizeof(struct expr *));
  struct expr **both = arena_take(arena, 2, sizeof(struct expr *));
  if ((low[0] = high[0] = bind_expr(c, ast->arg[0])) == NULL ||
      (low[1] = bind_expr(c, ast->arg[1])) == NULL || (high[1] = bind_expr(c, ast->arg[2])) == NULL)
    return NULL;
  both[0] = call(c, ">=", low, 2, ast->at);
  both[1] = call(c, "<=", high, 2, ast->at);
  return negate_if(c, ast->negated, call(c, "and", both, 2, ast->at));
}

/* LIKE ANY (...) is a chain of OR, LIKE ALL (...) one of AND; NOT stands before each LIKE. */
static struct expr *bind_like_list(struct context *c, const struct ast_expr *ast)
{
  struct arena *arena = c->binder->b.arena;
  struct expr *subject = bind_expr(c, ast->arg[0]), *all = NULL;
  for (size_t i = 1; subject != NULL && i < ast->args; i++) {
    struct expr **arg = arena_take(arena, 2, sizeof *arg);
    struct expr **both = arena_take(arena, 2, sizeof *both);
    arg[0] = subject;
    arg[1] = bind_expr(c, ast->arg[i]);
    struct expr *one = negate_if(c, ast->negated, call(c, ast->op, arg, 2, ast->at));
    both[0] = all;
    both[1] = one;
    all = i == 1 ? one : call(c, ast->kind == AST_LIKE_ANY ? "or" : "and", both, 2, ast->at);
    if (all == NULL)
      return NULL;
  }
  return subject != NULL ? all : NULL;
}

static struct expr *bind_is(struct context *c, const struct ast_expr *ast)
{
  if (strcmp(ast->op, "null") == 0 || strcmp(ast->op, "unknown") == 0)
    return call_of(c, ast->negated ? "isnotnull" : "isnull", ast);
  const char *name = strcmp(ast->op, "true") == 0 ? "is true" : "is false";
  return negate_if(c, ast->negated, call_of(c, name, ast));
}

/* TIMESTAMP 'text' and DATE 'text' are casts whose text must be one. */
static struct expr *bind_cast(struct context *c, const struct ast_expr *ast)
{
  struct expr *e = bind_expr(c, ast->arg[0]);
  struct expr *cast = e != NULL ? expr_cast(&c->binder->b, e, ast->type, ast->at) : NULL;
  if (cast == NULL || strcmp(ast->op, "literal") != 0 || !column_is_null(&cast->value, 0))
    return cast;
  char name[100];
  bind_fails(c, ERR_SYNTAX, ast->at, "'%.*s' is no %s", SLICE_PRINT(e->value.text[0]),
             type_name(ast->type, name, sizeof name));
  return NULL;
}

static struct expr *bind_field(struct context *c, const struct ast_expr *ast)
{
  struct expr *e = bind_expr(c, ast->arg[0]);
  return e != NULL ? field_of(c, e, ast->name.part[0], ast->at) : NULL;
}

/* INTERVAL 1 MONTH, of the units that were written. */
static struct expr *bind_months(struct context *c, const struct ast_expr *ast)
{
  struct expr *e = call_of(c, ast->op, ast);
  if (e != NULL)
    e->type = e->value.type =
        type_interval((enum interval_unit)ast->units.from, (enum interval_unit)ast->units.to);
  return e;
}

struct expr *bind_expr(struct context *c, const struct ast_expr *ast)
{
  if (c->lambda != NULL && (ast->kind == AST_IN_QUERY || ast->kind == AST_EXISTS)) {
    bind_fails(c, ERR_UNSUPPORTED, ast->at,
               "IN (SELECT ...) and EXISTS inside of a lambda function are not supported");
    return NULL;
  }
  if (c->grouping != NULL && !c->above_having) {
    struct expr *key = match_key(c, ast);
    if (key != NULL)
      return key;
  }
  switch (ast->kind) {
  case AST_LITERAL:
    return expr_literal(c->binder->b.arena, ast->value, ast->at);
  case AST_NAME:
    return bind_name(c, ast);
  case AST_CALL:
    return bind_function_version(c, ast) ? bind_call(c, ast) : NULL;
  case AST_UNARY:
    if (strcmp(ast->op, "interval_months") == 0)
      return bind_months(c, ast);
    if (strcmp(ast->op, "not") == 0 && ast->arg[0]->kind == AST_IN_QUERY) {
      struct ast_expr in = *ast->arg[0];
      in.negated = !in.negated;
      return bind_existence(c, &in);
    }
    return call_of(c,
                   strcmp(ast->op, "-") == 0   ? "negative"
                   : strcmp(ast->op, "+") == 0 ? "positive"
                                               : ast->op,
                   ast);
  case AST_BINARY:
    return call_of(c, ast->op, ast);
  case AST_CASE:
    return bind_case(c, ast);
  case AST_CAST:
    return bind_cast(c, ast);
  case AST_BETWEEN:
    return bind_between(c, ast);
  case AST_IN_LIST:
    return negate_if(c, ast->negated, call_of(c, "in", ast));
  case AST_LIKE:
    return negate_if(c, ast->negated, call_of(c, ast->op, ast));
  case AST_LIKE_ANY:
  case AST_LIKE_ALL:
    return bind_like_list(c, ast);
  case AST_IS:
    return bind_is(c, ast);
  case AST_DISTINCT:
    return negate_if(c, !ast->negated, call_of(c, "<=>", ast));
  case AST_FIELD:
    return bind_field(c, ast);
  case AST_INDEX:
    return call_of(c, "element", ast);
  case AST_STAR:
    bind_fails(c, ERR_TYPE, ast->at, "'*' stands only in SELECT and in count(*)");
    return NULL;
  case AST_IN_QUERY:
  case AST_EXISTS:
    return bind_existence(c, ast);
  case AST_SUBQUERY:
    return bind_scalar(c, ast);
  case AST_LAMBDA:
    bind_fails(c, ERR_TYPE, ast->at,
               "'->' stands only among the arguments of transform(), filter() "
               "and their like");
    return NULL;
  }
  return NULL;
}
