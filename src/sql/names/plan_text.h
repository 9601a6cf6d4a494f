/* SPDX-License-Identifier: Apache-2.0 */
/* plan_text.h - what a step of a plan is asked to do, in words of SQL. */
#ifndef RETRIAL_SQL_NAMES_PLAN_TEXT_H
#define RETRIAL_SQL_NAMES_PLAN_TEXT_H

#include "sql/names/expr_text.h"
#include "sql/plan.h"

/* Parts that stand one behind the other, each ended by a NUL byte; a part that starts with LF
 * starts a line. */
struct plan_text {
  const struct binding *binding;
  struct slice table; /* of a SCAN */
  struct buffer text;
};

/* Adds the step's settings: "by server_id", "avg(cpu_pct)". */
void plan_settings(const struct plan *plan, struct plan_text *out);

#endif
