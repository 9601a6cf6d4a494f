/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/expr.h"

#include "sql/plan.h"

struct expr *expr_column(struct arena *arena, size_t index, struct type type, struct position at)
{
  struct expr *e = arena_zero(arena, 1, sizeof *e);
  e->kind = EXPR_COLUMN;
  e->type = type;
  e->at = at;
  e->index = index;
  return e;
}

struct expr *expr_literal(struct arena *arena, struct column value, struct position at)
{
  struct expr *e = arena_zero(arena, 1, sizeof *e);
  e->kind = EXPR_LITERAL;
  e->type = value.type;
  e->at = at;
  e->value = value;
  e->value.constant = true;
  return e;
}

static bool call_eval(const struct expr *e, const struct batch *in, struct evaluation *ev,
                      struct column *out)
{
  struct column *arg = arena_take(ev->arena, e->args, sizeof *arg);
  bool constant = true;
  for (size_t i = 0; i < e->args; i++) {
    if (!expr_eval(e->arg[i], in, ev, &arg[i]))
      return false;
    constant &= arg[i].constant;
  }
  if (!e->kernel(ev, e, arg, constant ? 1 : in->rows, out))
    return ev->err != NULL &&
           error_at(ev->err, ev->err->code, NULL, e->at.line, e->at.column, "%s", ev->err->text);
  if (constant)
    column_make_constant(out);
  return true;
}

static bool lambda_eval(const struct expr *e, const struct batch *in, struct evaluation *ev,
                        struct column *out)
{
  column_make(out, e->type, 0, ev->arena);
  out->constant = true;
  for (size_t i = 0; i < e->args; i++) {
    if (!expr_eval(e->arg[i], in, ev, &out->item[i]))
      return false;
    out->constant &= out->item[i].constant;
  }
  return true;
}

bool expr_eval(const struct expr *e, const struct batch *in, struct evaluation *ev,
               struct column *out)
{
  switch (e->kind) {
  case EXPR_COLUMN:
    *out = in->column[e->index];
    return true;
  case EXPR_LITERAL:
    *out = e->value;
    return true;
  case EXPR_LAMBDA:
    return lambda_eval(e, in, ev, out);
  case EXPR_SCALAR:
    *out = e->scalar->value;
    return true;
  case EXPR_CALL:
    break;
  }
  return call_eval(e, in, ev, out);
}

size_t expr_conjuncts(const struct expr *e)
{
  return expr_is_binary(e, "and") ? expr_conjuncts(e->arg[0]) + expr_conjuncts(e->arg[1]) : 1;
}

bool expr_is_constant(const struct expr *e)
{
  if (e->kind == EXPR_COLUMN || e->kind == EXPR_SCALAR)
    return false;
  for (size_t i = 0; i < e->args; i++)
    if (!expr_is_constant(e->arg[i]))
      return false;
  return true;
}

void expr_mark_columns(const struct expr *e, bool *wanted)
{
  if (e == NULL)
    return;
  if (e->kind == EXPR_COLUMN)
    wanted[e->index] = true;
  for (size_t i = 0; i < e->args; i++)
    expr_mark_columns(e->arg[i], wanted);
}

struct expr *expr_fold(struct expr *e, struct arena *arena, struct error *err)
{
  if (e->kind != EXPR_CALL || !expr_is_constant(e))
    return e;
  struct batch one = {.rows = 1};
  struct evaluation ev = {arena, err};
  struct column value;
  if (!expr_eval(e, &one, &ev, &value))
    return NULL;
  struct expr *folded = expr_literal(arena, value, e->at);
  folded->name = e->name;
  return folded;
}
