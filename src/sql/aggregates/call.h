/* SPDX-License-Identifier: Apache-2.0 */
/* call.h - what the binders of aggregate functions share. Private to src/sql.
 *
 * A binder looks at the types of the arguments, casts them and sets what the aggregate is and what
 * its result's type is; false after aggregate_refuse().
 */
#ifndef RETRIAL_SQL_AGGREGATES_CALL_H
#define RETRIAL_SQL_AGGREGATES_CALL_H

#include "sql/bind/binder_internal.h"

struct aggregate_function;

/* One call while it is bound: a->arg are its arguments, bound, and a->kind is the function's. */
struct aggregate_call {
  struct context *c;
  const struct ast_expr *ast;
  const struct aggregate_function *function;
  struct aggregate *a;
};

typedef bool aggregate_binder(struct aggregate_call *call);

struct aggregate_function {
  struct slice name;
  uint8_t least, most; /* number of arguments; most may be ANY_NUMBER */
  enum aggregate_kind kind;
  aggregate_binder *bind;
};

/* Fills the error at the call's place; returns false. */
bool aggregate_refuse(const struct aggregate_call *call, enum error_code code, const char *format,
                      ...) __attribute__((format(printf, 3, 4)));

/* ERR_TYPE: "name() wants `wanted`, not TYPE" of argument i. */
bool aggregate_refuse_type(const struct aggregate_call *call, const char *wanted, size_t i);

/* Casts argument i to `type` where Spark does so unasked; else false with ERR_TYPE. */
bool aggregate_accept(struct aggregate_call *call, size_t i, enum type_kind type);

/* A boolean condition; a bare NULL is one. NULL with ERR_TYPE. */
struct expr *aggregate_condition(struct context *c, struct expr *e, struct position at);

/* a AND b; either may be NULL. */
struct expr *aggregate_both(struct context *c, struct expr *a, struct expr *b, struct position at);

#endif
