/* SPDX-License-Identifier: Apache-2.0 */
/* expr_text.h - a bound expression as SQL again, for people who read a plan.
 *
 * What binding did to it shows: casts that nobody wrote, constants that were computed.
 */
#ifndef RETRIAL_SQL_NAMES_EXPR_TEXT_H
#define RETRIAL_SQL_NAMES_EXPR_TEXT_H

#include "base/buffer.h"
#include "sql/function.h"

/* What an expression's columns are called. */
struct column_names {
  void (*name)(const void *argument, size_t column, struct buffer *out);
  const void *argument;
  const struct binding *binding; /* to print literals with */
};

void expr_text(const struct expr *e, const struct column_names *names, struct buffer *out);

#endif
