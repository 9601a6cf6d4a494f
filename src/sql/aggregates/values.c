/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that keep values as they are: min, max, first, last, the most frequent one, lists. */
#include "sql/aggregates/list.h"

bool aggregate_extreme(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  if (type_holds(a->arg[0]->type, TYPE_MAP))
    return aggregate_refuse_type(call, "values that have an order", 0);
  a->distinct = false; /* the least of the distinct values is the least of all */
  a->type = a->arg[0]->type;
  return true;
}

/* bool_and() is min(), bool_or() is max(). */
bool aggregate_bool_extreme(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  if (a->arg[0]->type.kind != TYPE_BOOLEAN && a->arg[0]->type.kind != TYPE_NULL)
    return aggregate_refuse_type(call, "a BOOLEAN", 0);
  a->arg[0] = aggregate_condition(call->c, a->arg[0], call->ast->at);
  return a->arg[0] != NULL && aggregate_extreme(call);
}

bool aggregate_extreme_by(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  if (type_holds(a->arg[1]->type, TYPE_MAP))
    return aggregate_refuse_type(call, "a second argument that has an order", 1);
  a->type = a->arg[0]->type;
  return true;
}

/* first(x, true): the second argument says whether nulls are skipped. */
bool aggregate_met(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  a->type = a->arg[0]->type;
  a->ignore_nulls = call->ast->ignore_nulls;
  if (a->args == 1)
    return true;
  const struct expr *flag = a->arg[1];
  if (flag->kind != EXPR_LITERAL || flag->type.kind != TYPE_BOOLEAN ||
      column_is_null(&flag->value, 0))
    return aggregate_refuse(call, ERR_TYPE, "the second argument of %.*s() is true or false",
                            SLICE_PRINT(call->function->name));
  a->ignore_nulls = flag->value.boolean[0];
  a->args = 1;
  return true;
}

static struct type array_of(struct context *c, struct type item)
{
  struct field *field = arena_zero(c->binder->b.arena, 1, sizeof *field);
  field->name = SLICE("element");
  field->type = item;
  return (struct type){TYPE_ARRAY, 0, 0, 1, field};
}

/* Values of which the order of a Java hash table is known (exec/aggregates/java_hash.h). */
static bool is_hashed_like_java(struct type t)
{
  return t.items == 0 && t.kind != TYPE_DECIMAL;
}

bool aggregate_collect(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  struct type t = a->arg[0]->type;
  a->type = array_of(call->c, t);
  if (a->kind == AGGREGATE_COLLECT_LIST)
    return true;
  a->distinct = false;
  if (is_hashed_like_java(t))
    return true;
  char given[100];
  return aggregate_refuse(call, type_holds(t, TYPE_MAP) ? ERR_TYPE : ERR_UNSUPPORTED,
                          "collect_set() of %s is not supported; cast it to STRING",
                          type_name(t, given, sizeof given));
}

bool aggregate_mode(struct aggregate_call *call)
{
  struct aggregate *a = call->a;
  a->type = a->arg[0]->type;
  if (is_hashed_like_java(a->type))
    return true;
  char given[100];
  return aggregate_refuse(call, ERR_UNSUPPORTED, "mode() of %s is not supported; cast it to STRING",
                          type_name(a->type, given, sizeof given));
}
