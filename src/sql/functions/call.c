/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/call.h"

#include <stdarg.h>
#include <stdio.h>

#include "sql/coercion.h"

struct expr *call_refuse(const struct call *c, enum error_code code, const char *format, ...)
{
  char text[600];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  error_at(c->b->err, code, c->b->file, c->at.line, c->at.column, "%s", text);
  return NULL;
}

/* How the operators look that stand among the functions under a name. */
static struct slice shown_name(const struct call *c)
{
  struct slice name = c->function->name;
  return slice_is(name, "element")           ? SLICE("x[i]")
         : slice_is(name, "field")           ? SLICE("x.name")
         : slice_is(name, "interval_months") ? SLICE("INTERVAL")
                                             : name;
}

struct expr *call_refuse_types(const struct call *c, const char *wanted)
{
  char types[400] = "";
  size_t n = 0;
  for (size_t i = 0; i < c->args && n + 1 < sizeof types; i++) {
    n += (size_t)snprintf(types + n, sizeof types - n, "%s",
                          i == 0            ? ""
                          : i + 1 < c->args ? ", "
                                            : " and ");
    if (n + 1 < sizeof types)
      n += strlen(type_name(c->arg[i]->type, types + n, sizeof types - n));
  }
  return call_refuse(c, ERR_TYPE, "'%.*s' takes %s, not %s (use CAST)", SLICE_PRINT(shown_name(c)),
                     wanted, types);
}

/* Evaluation does not know the file. */
static void name_file(const struct call *c)
{
  const struct error *err = c->b->err;
  if (err != NULL)
    error_at(c->b->err, err->code, c->b->file, err->line, err->column, "%s", err->text);
}

struct expr *call_result(const struct call *c, struct type type, expr_kernel *kernel,
                         const void *state)
{
  struct expr *e = arena_zero(c->b->arena, 1, sizeof *e);
  e->kind = EXPR_CALL;
  e->type = type;
  e->at = c->at;
  e->name = c->function->name.p;
  e->kernel = kernel;
  e->state = state;
  e->args = c->args;
  e->arg = c->arg;
  struct expr *folded = expr_fold(e, c->b->arena, c->b->err);
  if (folded == NULL)
    name_file(c);
  return folded;
}

bool call_cast(struct call *c, size_t i, struct type type)
{
  struct expr *e = expr_cast(c->b, c->arg[i], type, c->arg[i]->at);
  if (e != NULL)
    c->arg[i] = e;
  return e != NULL;
}

static bool take_argument(struct call *c, size_t i, struct type type, bool castable)
{
  if (type_equal(c->arg[i]->type, type))
    return true;
  if (castable)
    return call_cast(c, i, type);
  char wanted[100], got[200];
  call_refuse(c, ERR_TYPE, "argument %zu of '%.*s' is %s, not %s (use CAST)", i + 1,
              SLICE_PRINT(c->function->name), type_name(c->arg[i]->type, got, sizeof got),
              type_name(type, wanted, sizeof wanted));
  return false;
}

bool call_accept(struct call *c, size_t i, struct type type)
{
  return take_argument(c, i, type, type_is_implicit(c->arg[i]->type, type));
}

bool call_expect(struct call *c, size_t i, struct type type)
{
  return take_argument(c, i, type, call_kind(c, i) == TYPE_NULL);
}

bool call_accept_texts(struct call *c, size_t first, size_t end)
{
  for (size_t i = first; i < end; i++)
    if (!call_accept(c, i, type_of(TYPE_STRING)))
      return false;
  return true;
}

/* Strings first: whether DECIMAL and DOUBLE may stay numbers must not depend on their places. */
static bool widen_all(const struct call *c, size_t first, size_t end, size_t step, bool strings,
                      struct type *type)
{
  for (size_t i = first; i < end; i += step) {
    struct type both;
    if ((c->arg[i]->type.kind == TYPE_STRING) != strings)
      continue;
    if (!type_common(*type, c->arg[i]->type, &both))
      return false;
    *type = both;
  }
  return true;
}

bool call_common(struct call *c, size_t first, size_t end, size_t step, struct type *type)
{
  *type = type_of(TYPE_NULL);
  if (!widen_all(c, first, end, step, true, type) || !widen_all(c, first, end, step, false, type)) {
    call_refuse_types(c, "values with a common type");
    return false;
  }
  for (size_t i = first; type->kind != TYPE_NULL && i < end; i += step)
    if (!call_cast(c, i, *type))
      return false;
  return true;
}

bool call_constant(const struct call *c, size_t i, const char *what, bool *null)
{
  if (c->arg[i]->kind != EXPR_LITERAL) {
    call_refuse(c, ERR_TYPE, "the %s of %.*s() must be a constant", what,
                SLICE_PRINT(c->function->name));
    return false;
  }
  *null = column_is_null(&c->arg[i]->value, 0);
  return true;
}

struct expr *call_other(const struct call *c, const char *name, struct expr **arg, size_t args)
{
  struct expr **own = arena_take(c->b->arena, args, sizeof *own);
  for (size_t i = 0; i < args; i++)
    if ((own[i] = arg[i]) == NULL)
      return NULL;
  return function_bind(c->b, slice_of(name), own, args, c->at);
}

struct expr *call_int(const struct call *c, int32_t value)
{
  struct column column;
  column_make(&column, type_of(TYPE_INT), 1, c->b->arena);
  column.i32[0] = value;
  return expr_literal(c->b->arena, column, c->at);
}

struct expr *call_null(const struct call *c, struct type type)
{
  struct column column;
  column_make_null(&column, type, c->b->arena);
  return expr_literal(c->b->arena, column, c->at);
}
