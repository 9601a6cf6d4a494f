/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of one or two columns of doubles (CentralMomentAgg.scala, Covariance.scala,
 * linearRegression.scala). */
#include "sql/aggregates/list.h"

bool aggregate_doubles(struct aggregate_call *call)
{
  call->a->type = type_of(TYPE_DOUBLE);
  for (size_t i = 0; i < call->a->args; i++)
    if (!aggregate_accept(call, i, TYPE_DOUBLE))
      return false;
  if (call->a->distinct && call->a->args == 2 && call->a->kind == AGGREGATE_SQUARES)
    return aggregate_refuse(call, ERR_UNSUPPORTED, "%.*s(DISTINCT ...) is not supported",
                            SLICE_PRINT(call->function->name));
  return true;
}

/* regr_...(y, x) of which x comes first here. */
bool aggregate_regression_of_x(struct aggregate_call *call)
{
  struct expr **arg = call->a->arg, *y = arg[0];
  if (!aggregate_doubles(call))
    return false;
  y = arg[0];
  arg[0] = arg[1];
  arg[1] = y;
  return true;
}

/* The mean of one argument where the other one is not null; it is avg() of its own type. */
bool aggregate_regr_avgy(struct aggregate_call *call)
{
  struct type other = call->a->arg[1]->type;
  if (!type_is_numeric(other) && !aggregate_accept(call, 1, TYPE_DOUBLE))
    return false;
  if (call->a->distinct)
    return aggregate_refuse(call, ERR_UNSUPPORTED, "%.*s(DISTINCT ...) is not supported",
                            SLICE_PRINT(call->function->name));
  struct type t = call->a->arg[0]->type;
  if (!type_is_numeric(t) && !aggregate_accept(call, 0, TYPE_DOUBLE))
    return false;
  return aggregate_avg(call);
}

bool aggregate_regr_avgx(struct aggregate_call *call)
{
  struct expr **arg = call->a->arg, *y = arg[0];
  arg[0] = arg[1];
  arg[1] = y;
  return aggregate_regr_avgy(call);
}

bool aggregate_regr_count(struct aggregate_call *call)
{
  bool good = aggregate_doubles(call);
  call->a->type = type_of(TYPE_BIGINT);
  return good;
}
