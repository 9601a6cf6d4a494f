/* SPDX-License-Identifier: Apache-2.0 */
/* decorrelate.h - takes the conditions that name columns of the outer query out of a subquery's
 * plan, so that a join can check them (PullupCorrelatedPredicates, subquery.scala).
 */
#ifndef RETRIAL_SQL_BIND_DECORRELATE_H
#define RETRIAL_SQL_BIND_DECORRELATE_H

#include "sql/bind/binder_internal.h"

struct correlation {
  const struct binder *binder;
  struct position at; /* of the subquery */
  size_t conditions;
  struct expr **condition; /* over the plan's columns and, + OUTER_COLUMN, the outer query's */
  struct plan *aggregate;  /* the topmost one on the way, or NULL; without keys of its own */
  bool is_global;          /* that it had none */
  bool has_own_keys;       /* that it had some that no condition fixes */
};

/* Takes them out of *plan, which may gain columns behind its own. False with an error: they stand
 * where Spark refuses them. */
bool pull_conditions(struct correlation *c, struct plan **plan);

/* What column `index` of the plan is if the aggregate has no row; NULL with an error. */
struct expr *value_of_nothing(struct correlation *c, const struct plan *plan, size_t index);

#endif
