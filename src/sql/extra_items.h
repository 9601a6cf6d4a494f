/* SPDX-License-Identifier: Apache-2.0 */
/* extra_items.h - more columns for a query than its author asked for. */
#ifndef RETRIAL_SQL_EXTRA_ITEMS_H
#define RETRIAL_SQL_EXTRA_ITEMS_H

#include "base/error.h"
#include "sql/ast.h"

/* Lets the query's SELECT give these expressions, too, behind its own items; they see what its
 * items see. No name in the query refers to them. ERR_UNSUPPORTED if it has not one SELECT, or one
 * whose rows would be others: with DISTINCT or GROUP BY ALL. */
bool sql_add_items(struct ast_script *script, size_t extras, const struct slice *extra,
                   struct arena *arena, struct error *err);

#endif
