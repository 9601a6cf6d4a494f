/* SPDX-License-Identifier: Apache-2.0 */
/* binder.h - from a parsed query to a plan: names looked up, types settled, clauses checked. */
#ifndef RETRIAL_SQL_BINDER_H
#define RETRIAL_SQL_BINDER_H

#include "sql/function.h"
#include "sql/plan.h"

struct catalog_table {
  struct slice name;
  const struct schema *schema;
};

struct catalog {
  size_t tables;
  const struct catalog_table *table;
};

/* The name of the i-th aggregate function, of the i-th function that OVER alone knows, of the i-th
 * function that makes rows; NULL behind the last one. */
const char *aggregate_name(size_t i);
const char *over_name(size_t i);
const char *generator_name(size_t i);

/* The plan, in b->arena, or NULL with ERR_NAME, ERR_TYPE or ERR_UNSUPPORTED at the place. */
struct plan *sql_bind(const struct ast_script *script, const struct catalog *catalog,
                      const struct binding *b);

#endif
