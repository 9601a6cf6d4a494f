/* SPDX-License-Identifier: Apache-2.0 */
/* expr.h - a bound expression: every name found, every type known, every cast written out; and
 * its evaluation, a batch at a time.
 *
 * Expressions belong to the arena of their plan and are not changed by evaluation, so that any
 * number of threads may evaluate one at once.
 */
#ifndef RETRIAL_SQL_EXPR_H
#define RETRIAL_SQL_EXPR_H

#include "base/error.h"
#include "sql/ast.h"
#include "table/column.h"

enum expr_kind {
  EXPR_COLUMN,  /* column `index` of the batch */
  EXPR_LITERAL, /* `value`, a constant column */
  EXPR_CALL,    /* kernel over the arguments */
  EXPR_LAMBDA,  /* `state` is the body, an expression over its parameters and, behind them, what it
                   reads of the row around it: arg[i]. The lambda itself is the struct of these. */
  EXPR_SCALAR,  /* the value of a subquery that ran before */
};

/* What evaluation may use: an arena for results, which the caller resets between batches. */
struct evaluation {
  struct arena *arena;
  struct error *err;
};

struct expr;
struct scalar_query;

/* Computes `out` for rows 0 .. rows-1 from the arguments' columns (each may be constant: read them
 * through column_index). Where all are, rows is 1 and the caller marks the result as constant.
 * Results live in ev->arena, or share bytes and null flags of an argument: nobody writes to those
 * of a finished column. False only with ev->err filled; expr_eval() adds the place. */
typedef bool expr_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out);

struct expr {
  enum expr_kind kind;
  struct type type;
  struct position at;
  size_t index;                      /* EXPR_COLUMN */
  struct column value;               /* EXPR_LITERAL */
  const struct scalar_query *scalar; /* EXPR_SCALAR */
  const char *name;    /* EXPR_CALL: the function's name or the operator's sign, for explain;
                          EXPR_LITERAL: of the call that was folded to it, NULL if it was written
                          (Spark types a written 3 as DECIMAL(1,0), a computed one as an INT's) */
  expr_kernel *kernel; /* EXPR_CALL */
  const void *state;   /* EXPR_CALL: what the kernel prepared at binding (a compiled pattern) */
  int64_t time_unit;   /* EXPR_CALL: time_pattern_unit() of what it makes of the time argument 0 */
  size_t args;
  struct expr **arg;
};

struct expr *expr_column(struct arena *arena, size_t index, struct type type, struct position at);
struct expr *expr_literal(struct arena *arena, struct column value, struct position at);

/* Evaluates e over the batch's rows. A column reference is shared, not copied. An error has line
 * and column of the call that failed; the file is for the caller to add. */
bool expr_eval(const struct expr *e, const struct batch *in, struct evaluation *ev,
               struct column *out);

/* Whether it is that operator over two operands. */
static inline bool expr_is_binary(const struct expr *e, const char *sign)
{
  return e->kind == EXPR_CALL && e->args == 2 && strcmp(e->name, sign) == 0;
}

/* How many conditions the chain of AND holds that it is; 1 if it is none. */
size_t expr_conjuncts(const struct expr *e);

/* Whether it has no column in it. */
bool expr_is_constant(const struct expr *e);

/* Sets wanted[i] for each column i that it reads; NULL reads none. */
void expr_mark_columns(const struct expr *e, bool *wanted);

/* If e is constant, the literal that it evaluates to (in the arena), else e itself; NULL with an
 * error. function_bind() and expr_cast() have done this already for what they return. */
struct expr *expr_fold(struct expr *e, struct arena *arena, struct error *err);

#endif
