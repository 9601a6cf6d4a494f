/* SPDX-License-Identifier: Apache-2.0 */
/* column_name.h - the name of an item of SELECT without AS.
 *
 * Spark prints the expression again (Expression.sql as toPrettySQL changes it: literals bare, no
 * qualifiers, no casts that nobody wrote), so the name depends on how its analyzer rewrites what
 * was written: count(*) is called count(1), dt + 1 date_add(dt, 1), i > 1.5 (i > 1).
 */
#ifndef RETRIAL_SQL_NAMES_COLUMN_NAME_H
#define RETRIAL_SQL_NAMES_COLUMN_NAME_H

#include "base/buffer.h"
#include "sql/bind/binder_internal.h"

/* `ast` is an item of `select` that c has bound already. The name is in c's arena. */
struct slice column_name(const struct context *c, const struct ast_select *select,
                         const struct ast_expr *ast);

/* ---- shared by column_name*.c ---- */

/* The parameters of a lambda around what is printed. */
struct naming_lambda {
  const struct naming_lambda *outer;
  const struct ast_expr *ast;
};

struct naming {
  const struct context *c;
  const struct naming_lambda *lambda; /* the innermost one, or NULL */
  const struct ast_select *select;    /* for its WINDOW clause */
  bool quotes;                        /* round the names of (a, b), as before IN (SELECT ...) */
  struct buffer text;
};

/* column_name.c */
void name_expr(struct naming *n, const struct ast_expr *e);
void name_list(struct naming *n, struct ast_expr *const *e, size_t count);
void name_text(struct naming *n, const char *text);

/* e bound again, or NULL; nothing is recorded. */
struct expr *name_trial(const struct naming *n, const struct ast_expr *e);

/* column_name_call.c */
void name_call(struct naming *n, const struct ast_expr *e);

/* Whether the call is a cast under a type's name, int(x): Spark shows x alone. */
bool name_is_cast_call(const struct ast_expr *e);

/* column_name_over.c: " OVER (...)" */
void name_over(struct naming *n, const struct ast_expr *e);

/* column_name_literal.c */
void name_literal(struct naming *n, const struct ast_expr *e);
void name_typed_literal(struct naming *n, const struct ast_expr *e); /* DATE '...' */
void name_months(struct naming *n, const struct ast_expr *e);        /* INTERVAL 1 MONTH */

/* column_name_arithmetic.c: + - * / and comparisons, which Spark rewrites by the operands' types.
 */
void name_arithmetic(struct naming *n, const struct ast_expr *e);
void name_comparison(struct naming *n, const char *op, const struct ast_expr *a,
                     const struct ast_expr *b);

#endif
