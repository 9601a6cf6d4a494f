/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of OVER: which rows around a row a function sees (SpecifiedWindowFrame). */
#include "sql/bind/binder_internal.h"
#include "sql/coercion.h"

/* A bound with an offset, before it is known what the offset is added to. */
struct offset {
  bool given;
  bool precedes;
  bool months;        /* `value` is a number of months */
  struct expr *value; /* constant */
  struct span_units units;
};

static bool is_months(const struct ast_expr *ast)
{
  return ast->kind == AST_UNARY && strcmp(ast->op, "interval_months") == 0;
}

/* Literals and their arithmetic; the parser of Spark takes no function here. */
static bool is_plain(const struct ast_expr *ast)
{
  if (ast->kind != AST_LITERAL && ast->kind != AST_UNARY && ast->kind != AST_BINARY &&
      ast->kind != AST_CAST)
    return false;
  for (size_t i = 0; i < ast->args; i++)
    if (!is_plain(ast->arg[i]))
      return false;
  return true;
}

static bool bind_offset(struct context *c, const struct ast_expr *ast, enum frame_bound kind,
                        struct offset *out)
{
  *out = (struct offset){.given = ast != NULL, .precedes = kind == BOUND_PRECEDING};
  if (ast == NULL)
    return true;
  out->months = is_months(ast);
  out->units = ast->units;
  const struct ast_expr *value = out->months ? ast->arg[0] : ast;
  if (is_plain(value) && (out->value = bind_expr(c, value)) == NULL)
    return false;
  if (out->value == NULL || out->value->kind != EXPR_LITERAL ||
      column_is_null(&out->value->value, 0))
    return bind_fails(c, ERR_TYPE, ast->at, "a bound of a frame is a literal, such as 3 PRECEDING");
  return true;
}

static bool refuse_order(struct context *c, struct position at)
{
  return bind_fails(c, ERR_TYPE, at, "the first bound of a frame is not behind the second one");
}

/* ---- ROWS ---- */

static bool count_rows(struct context *c, const struct offset *offset, struct over_bound *bound)
{
  if (!offset->given)
    return true;
  if (offset->months || offset->value->type.kind != TYPE_INT)
    return bind_fails(c, ERR_TYPE, offset->value->at, "ROWS counts with an INT");
  int64_t rows = offset->value->value.i32[0];
  bound->rows = offset->precedes ? -rows : rows;
  return true;
}

/* ---- RANGE ---- */

static struct expr *function(struct context *c, const char *name, struct expr *a, struct expr *b,
                             struct position at)
{
  struct expr **arg = arena_take(c->binder->b.arena, 2, sizeof(struct expr *));
  arg[0] = a;
  arg[1] = b;
  return function_bind(&c->binder->b, slice_of(name), arg, b != NULL ? 2 : 1, at);
}

/* Numbers are cast to the key's type (WindowFrameCoercion); to a DATE belong days or months, to a
 * TIMESTAMP intervals (WindowSpecDefinition.isValidFrameType). */
static bool fit_offset(struct context *c, struct type key, struct offset *offset)
{
  enum type_kind kind = offset->value->type.kind;
  bool number = !offset->months && type_is_numeric(offset->value->type);
  bool fits = key.kind == TYPE_DATE        ? offset->months || kind == TYPE_INT
              : key.kind == TYPE_TIMESTAMP ? offset->months || kind == TYPE_INTERVAL
                                           : type_is_numeric(key) && number;
  char given[100], by[100];
  if (!fits)
    return bind_fails(c, ERR_TYPE, offset->value->at, "RANGE over %s cannot go by %s",
                      type_name(key, by, sizeof by),
                      offset->months ? "INTERVAL MONTH"
                                     : type_name(offset->value->type, given, sizeof given));
  if (type_is_numeric(key))
    offset->value = expr_cast(&c->binder->b, offset->value, key, offset->value->at);
  return offset->value != NULL;
}

static struct expr *negative_if(struct context *c, const struct offset *o)
{
  return o->precedes ? function(c, "negative", o->value, NULL, o->value->at) : o->value;
}

static bool is_ordered(struct context *c, const struct offset *from, const struct offset *to)
{
  if (from->value->type.kind == TYPE_INTERVAL) {
    int64_t low = from->value->value.i64[0], high = to->value->value.i64[0];
    return (from->precedes ? -low : low) <= (to->precedes ? -high : high);
  }
  struct expr *low = negative_if(c, from), *high = negative_if(c, to);
  struct expr *fits = low != NULL && high != NULL ? function(c, "<=", low, high, low->at) : NULL;
  return fits != NULL && column_is_true(&fits->value, 0);
}

/* Two bounds with offsets have one type, and the lesser comes first. */
static bool compare_offsets(struct context *c, const struct offset *from, const struct offset *to,
                            struct position at)
{
  if (!from->given || !to->given)
    return true;
  if (from->months != to->months || from->units.from != to->units.from ||
      from->units.to != to->units.to)
    return bind_fails(c, ERR_TYPE, at, "the two bounds of a frame are in the same units");
  return is_ordered(c, from, to) || refuse_order(c, at);
}

/* The key moved by the offset, in the direction of the order. */
static bool add_offset(struct context *c, const struct sort_key *key, const struct offset *offset,
                       struct over_bound *bound)
{
  if (!offset->given)
    return true;
  struct position at = offset->value->at;
  struct expr *by = offset->value;
  if (offset->months && (by = function(c, "interval_months", by, NULL, at)) == NULL)
    return false;
  const char *sign = offset->precedes != key->descending ? "-" : "+";
  bound->value = function(c, sign, expr_copy(c->binder->b.arena, key->expr), by, at);
  return bound->value != NULL;
}

static bool bind_range(struct context *c, const struct over_use *use, struct offset *from,
                       struct offset *to, struct position at, struct over_frame *out)
{
  bool all =
      out->from.kind == BOUND_UNBOUNDED_PRECEDING && out->to.kind == BOUND_UNBOUNDED_FOLLOWING;
  if (use->sorts == 0)
    return all || bind_fails(c, ERR_TYPE, at, "RANGE needs ORDER BY inside OVER (...)");
  if (!from->given && !to->given)
    return true;
  if (use->sorts != 1)
    return bind_fails(c, ERR_TYPE, at, "RANGE with an offset needs ORDER BY one key only");
  const struct sort_key *key = &use->sort[0];
  return (!from->given || fit_offset(c, key->expr->type, from)) &&
         (!to->given || fit_offset(c, key->expr->type, to)) && compare_offsets(c, from, to, at) &&
         add_offset(c, key, from, &out->from) && add_offset(c, key, to, &out->to);
}

/* ---- the door ---- */

static enum frame_bound plain_kind(enum frame_bound kind)
{
  return kind == BOUND_PRECEDING ? BOUND_FOLLOWING : kind;
}

bool bind_frame(struct context *c, const struct ast_over *ast, const struct over_use *use,
                struct position at, struct over_frame *out)
{
  const struct ast_frame *f = &ast->frame;
  *out = (struct over_frame){.rows = use->sorts == 0};
  out->from.kind = BOUND_UNBOUNDED_PRECEDING;
  out->to.kind = use->sorts != 0 ? BOUND_CURRENT : BOUND_UNBOUNDED_FOLLOWING;
  if (!f->given)
    return true;
  *out = (struct over_frame){f->rows, {.kind = plain_kind(f->from)}, {.kind = plain_kind(f->to)}};
  if (f->from == BOUND_UNBOUNDED_FOLLOWING || f->to == BOUND_UNBOUNDED_PRECEDING)
    return refuse_order(c, at);
  struct offset from, to;
  if (!bind_offset(c, f->from_offset, f->from, &from) || !bind_offset(c, f->to_offset, f->to, &to))
    return false;
  if (!f->rows)
    return bind_range(c, use, &from, &to, at, out);
  if (!count_rows(c, &from, &out->from) || !count_rows(c, &to, &out->to))
    return false;
  return !from.given || !to.given || out->from.rows <= out->to.rows || refuse_order(c, at);
}
