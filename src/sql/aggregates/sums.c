/* SPDX-License-Identifier: Apache-2.0 */
/* count, sum, avg and bits: what is added up, and as what (Sum.scala, Average.scala). */
#include "sql/aggregates/list.h"
#include "sql/coercion.h"

enum { SUM_EXTRA_DIGITS = 10, AVG_EXTRA_DIGITS = 4 };

bool aggregate_count(struct aggregate_call *call)
{
  call->a->type = type_of(TYPE_BIGINT);
  return true;
}

/* count_if(x) is count(*) FILTER (WHERE x). */
bool aggregate_count_if(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  if (a->arg[0]->type.kind != TYPE_BOOLEAN && a->arg[0]->type.kind != TYPE_NULL)
    return aggregate_refuse_type(call, "a BOOLEAN", 0);
  struct expr *condition = aggregate_condition(call->c, a->arg[0], call->ast->at);
  a->filter =
      condition != NULL ? aggregate_both(call->c, a->filter, condition, call->ast->at) : NULL;
  a->args = a->distinct;
  a->type = type_of(TYPE_BIGINT);
  return a->filter != NULL;
}

static int at_most(int value, int limit)
{
  return value < limit ? value : limit;
}

static struct type sum_type(struct type t)
{
  if (t.kind == TYPE_DECIMAL)
    return type_decimal(at_most(t.precision + SUM_EXTRA_DIGITS, DECIMAL_DIGITS), t.scale);
  if (type_is_interval(t))
    return t;
  return type_of(type_is_integer(t) ? TYPE_BIGINT : TYPE_DOUBLE);
}

static struct type avg_type(struct type t)
{
  if (t.kind == TYPE_DECIMAL)
    return type_decimal(at_most(t.precision + AVG_EXTRA_DIGITS, DECIMAL_DIGITS),
                        at_most(t.scale + AVG_EXTRA_DIGITS, DECIMAL_DIGITS));
  return type_of(type_is_interval(t) ? t.kind : TYPE_DOUBLE);
}

static bool check_addends(const struct aggregate_call *call)
{
  struct type t = call->a->arg[0]->type;
  bool good =
      type_is_numeric(t) || type_is_interval(t) || t.kind == TYPE_STRING || t.kind == TYPE_NULL;
  return good || aggregate_refuse_type(call, "numbers or intervals", 0);
}

static bool cast_addend(struct aggregate_call *call, struct type type)
{
  struct aggregate *a = call->a;
  enum type_kind given = a->arg[0]->type.kind;
  a->adds_doubles = given == TYPE_FLOAT || given == TYPE_DOUBLE || given == TYPE_STRING;
  a->arg[0] = expr_cast_alone(&call->c->binder->b, a->arg[0], type, call->ast->at);
  return a->arg[0] != NULL;
}

bool aggregate_sum(struct aggregate_call *call)
{
  if (!check_addends(call))
    return false;
  call->a->type = sum_type(call->a->arg[0]->type);
  return cast_addend(call, call->a->type);
}

/* Only integers and intervals can leave their range and be told; the others are sum(). */
bool aggregate_try_sum(struct aggregate_call *call)
{
  if (!aggregate_sum(call))
    return false;
  enum type_kind kind = call->a->type.kind;
  if (kind == TYPE_DOUBLE || kind == TYPE_DECIMAL)
    call->a->kind = AGGREGATE_SUM;
  return true;
}

bool aggregate_avg(struct aggregate_call *call)
{
  if (!check_addends(call))
    return false;
  struct type t = call->a->arg[0]->type;
  call->a->type = avg_type(t);
  return cast_addend(call, t.kind == TYPE_DECIMAL ? sum_type(t) : call->a->type);
}

bool aggregate_bits(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  struct type t = a->arg[0]->type;
  if (!type_is_integer(t) && t.kind != TYPE_NULL)
    return aggregate_refuse_type(call, "integers", 0);
  if (t.kind == TYPE_NULL && !cast_addend(call, type_of(TYPE_BIGINT)))
    return false;
  a->type = a->arg[0]->type;
  if (a->kind != AGGREGATE_BIT_XOR)
    a->distinct = false; /* a bit counts once */
  return true;
}
