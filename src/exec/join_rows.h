/* SPDX-License-Identifier: Apache-2.0 */
/* join_rows.h - what both kinds of join do with the pairs of rows that they found. */
#ifndef RETRIAL_EXEC_JOIN_ROWS_H
#define RETRIAL_EXEC_JOIN_ROWS_H

#include "exec/step.h"

/* Row left[i] of one side belongs with row right[i] of the other; ROW_NONE: with none. */
struct row_pairs {
  size_t count;
  const uint32_t *left, *right;
};

/* Whether a row that matches none comes out all the same. */
bool join_keeps_left(enum join_kind join);
bool join_keeps_right(enum join_kind join);

/* Out of the sides' columns and their key columns: merged keys, left columns, right columns. */
void join_rows(const struct plan *plan, const struct column *left, const struct column *left_key,
               const struct column *right, const struct column *right_key,
               const struct row_pairs *pairs, struct batch *out, struct arena *arena);

/* Evaluates the keys of one side over a batch of it; NULL with an error. */
struct column *join_keys(struct expr *const *key, size_t keys, const struct batch *in,
                         struct evaluation *ev);

#endif
