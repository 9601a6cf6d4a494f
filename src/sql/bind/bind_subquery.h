/* SPDX-License-Identifier: Apache-2.0 */
/* bind_subquery.h - subqueries inside of expressions, and the joins that most of them become.
 *
 * A level binds its expressions first, with room for joins in their context; the joins are put
 * above what the level has so far when all are known.
 */
#ifndef RETRIAL_SQL_BIND_BIND_SUBQUERY_H
#define RETRIAL_SQL_BIND_BIND_SUBQUERY_H

#include "sql/bind/binder_internal.h"

enum { SUBQUERY_COLUMNS = 2 }; /* of a join that an expression may refer to */

struct subquery_join {
  enum join_kind kind;
  struct plan *plan;
  bool null_aware;
  size_t flag; /* its column that is TRUE in each row */
  size_t conditions;
  struct expr **condition; /* over its columns and, + OUTER_COLUMN, those of what it is joined to */
};

struct subquery_joins {
  size_t count;
  struct subquery_join **join;
};

/* WHERE or HAVING: `inside` are the joins that the condition refers to, `joins` those that decide
 * by themselves. */
struct bound_filter {
  struct expr *condition; /* or NULL */
  struct subquery_joins inside, joins;
};

bool bind_row_filter(struct context *c, const struct ast_expr *ast, struct bound_filter *f);
struct plan *plan_row_filter(const struct binder *binder, struct plan *plan,
                             struct bound_filter *f);

/* The joins above the plan; their columns are placed in the expressions. NULL with an error. */
struct plan *plan_subqueries(const struct binder *binder, struct plan *plan,
                             const struct subquery_joins *joins, struct expr **expr, size_t exprs);

#endif
