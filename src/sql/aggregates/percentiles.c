/* SPDX-License-Identifier: Apache-2.0 */
/* percentile(), median(), percentile_cont() and percentile_disc() (percentiles.scala),
 * percentile_approx() (ApproximatePercentile.scala), approx_count_distinct(). */
#include <math.h>

#include "sql/aggregates/list.h"

static const double half = 0.5;

/* The constant argument i as `type`, or NULL. */
static const struct expr *constant(struct aggregate_call *call, size_t i, struct type type)
{
  const struct binding *b = &call->c->binder->b;
  struct expr *e = call->a->arg[i];
  if (e->kind == EXPR_LITERAL && !type_equal(e->type, type))
    e = expr_cast(b, e, type, call->ast->at);
  bool good = e != NULL && e->kind == EXPR_LITERAL && !column_is_null(&e->value, 0);
  return good ? e : NULL;
}

static bool are_fractions(const struct column *c, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (column_is_null(c, i) || !(c->f64[i] >= 0 && c->f64[i] <= 1))
      return false;
  return true;
}

/* Argument i: a fraction, or an array of them. */
static bool take_fractions(struct aggregate_call *call, size_t i)
{
  static const struct field item = {{"element", 7}, {TYPE_DOUBLE, 0, 0, 0, NULL}};
  const struct type list = {TYPE_ARRAY, 0, 0, 1, &item};
  struct percentile_request *p = &call->a->percentile;
  p->is_list = call->a->arg[i]->type.kind == TYPE_ARRAY;
  const struct expr *e = constant(call, i, p->is_list ? list : type_of(TYPE_DOUBLE));
  const struct column *c = e == NULL ? NULL : p->is_list ? e->value.item : &e->value;
  p->fractions = c == NULL ? 0 : p->is_list ? e->value.end[0] : 1;
  if (c == NULL || p->fractions == 0 || !are_fractions(c, p->fractions))
    return aggregate_refuse(call, ERR_TYPE,
                            "%.*s() wants a constant from 0.0 to 1.0, or an array of such",
                            SLICE_PRINT(call->function->name));
  p->fraction = c->f64;
  return true;
}

static struct type array_of_element(struct aggregate_call *call, struct type type)
{
  struct field *field = arena_zero(call->c->binder->b.arena, 1, sizeof *field);
  *field = (struct field){SLICE("element"), type};
  return (struct type){TYPE_ARRAY, 0, 0, 1, field};
}

/* Numbers and intervals; a text is a DOUBLE. Sets the result's type. */
static bool take_values(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  struct type t = a->arg[0]->type;
  bool is_interval = type_is_interval(t);
  if (!is_interval && !type_is_numeric(t) && !aggregate_accept(call, 0, TYPE_DOUBLE))
    return false;
  a->type = type_of(is_interval ? t.kind : TYPE_DOUBLE);
  if (a->percentile.is_list)
    a->type = array_of_element(call, a->type);
  return true;
}

bool aggregate_percentile(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  a->percentile = (struct percentile_request){.fractions = 1, .fraction = &half};
  if (a->args > 1 && !take_fractions(call, 1))
    return false;
  if (!take_values(call))
    return false;
  bool has_frequency = a->args == 3;
  a->args = 1;
  if (!has_frequency)
    return true;
  struct type t = a->arg[2]->type;
  if (!type_is_integer(t) && t.kind != TYPE_NULL)
    return aggregate_refuse_type(call, "an integer as frequency", 2);
  a->arg[1] = expr_cast(&call->c->binder->b, a->arg[2], type_of(TYPE_BIGINT), call->ast->at);
  a->args = 2;
  return a->arg[1] != NULL;
}

/* percentile_cont(f) WITHIN GROUP (ORDER BY x), parsed as percentile_cont(x, f). */
bool aggregate_percentile_within(struct aggregate_call *call)
{
  if (!call->ast->within_group)
    return aggregate_refuse(call, ERR_TYPE, "%.*s() is written with WITHIN GROUP (ORDER BY ...)",
                            SLICE_PRINT(call->function->name));
  if (!take_fractions(call, 1) || !take_values(call))
    return false;
  call->a->percentile.descending = call->ast->within_descending;
  call->a->args = 1;
  return true;
}

bool aggregate_percentile_approx(struct aggregate_call *call)
{
  enum { DEFAULT_ACCURACY = 10000 };
  struct aggregate *a = call->a;
  struct type t = a->arg[0]->type;
  bool is_time = t.kind == TYPE_DATE || t.kind == TYPE_TIMESTAMP || type_is_interval(t);
  if (!is_time && !type_is_numeric(t) && !aggregate_accept(call, 0, TYPE_DOUBLE))
    return false;
  if (!take_fractions(call, 1))
    return false;
  a->percentile.accuracy = DEFAULT_ACCURACY;
  if (a->args == 3) {
    const struct expr *e =
        type_is_integer(a->arg[2]->type) ? constant(call, 2, type_of(TYPE_BIGINT)) : NULL;
    if (e == NULL || e->value.i64[0] <= 0 || e->value.i64[0] > INT32_MAX)
      return aggregate_refuse(call, ERR_TYPE,
                              "the accuracy of percentile_approx() is a constant from 1 to %d",
                              INT32_MAX);
    a->percentile.accuracy = e->value.i64[0];
  }
  a->args = 1;
  a->type = a->percentile.is_list ? array_of_element(call, a->arg[0]->type) : a->arg[0]->type;
  return true;
}

bool aggregate_approx_count(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  struct type t = a->arg[0]->type;
  a->type = type_of(TYPE_BIGINT);
  if (a->args == 2)
    return aggregate_refuse(call, ERR_UNSUPPORTED,
                            "approx_count_distinct() with an error of its own is not supported");
  if (t.items == 0 && t.kind != TYPE_DECIMAL)
    return true;
  char given[100];
  return aggregate_refuse(call, ERR_UNSUPPORTED,
                          "approx_count_distinct() of %s is not supported; count(DISTINCT ...) is",
                          type_name(t, given, sizeof given));
}
