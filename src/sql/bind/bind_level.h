/* SPDX-License-Identifier: Apache-2.0 */
/* bind_level.h - one SELECT while it is bound, for the files that do it. */
#ifndef RETRIAL_SQL_BIND_BIND_LEVEL_H
#define RETRIAL_SQL_BIND_BIND_LEVEL_H

#include "sql/bind/bind_subquery.h"

struct level {
  const struct binder *binder;
  const struct ast_select *ast;
  struct relation from;
  struct plan *plan; /* what is built so far */
  struct window_use window;
  struct over_list overs;
  struct grouping grouping;
  struct subquery_joins below; /* of what is bound to the rows of FROM */
  bool is_grouped;
  size_t items; /* stars expanded */
  struct expr **item;
  struct slice *name;
  struct alias *alias;
  struct generator *generator; /* the one item that makes rows, or NULL */
  size_t generated;            /* the item of its first column */
  struct context context;      /* of items, HAVING and ORDER BY */
};

/* bind_select.c */
bool star_matches(const struct ast_expr *star, const struct scope_column *column);
size_t count_items(const struct level *l);

/* bind_group.c: the keys of GROUP BY, into l->grouping. */
bool bind_keys(struct level *l);

/* Rows once for each grouping set; the keys become columns of these. */
void expand_sets(struct level *l);

#endif
