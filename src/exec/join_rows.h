/* SPDX-License-Identifier: Apache-2.0 */
/* join_rows.h - what both kinds of join do with the pairs of rows that they found. */
#ifndef RETRIAL_EXEC_JOIN_ROWS_H
#define RETRIAL_EXEC_JOIN_ROWS_H

#include "exec/held_side.h"

/* Row left[i] of one side belongs with row right[i] of the other; ROW_NONE: with none. */
struct row_pairs {
  size_t count;
  const uint32_t *left, *right;
};

/* Whether a row of this side (0: left, 1: right) that matches none comes out all the same. */
bool join_keeps(enum join_kind join, unsigned side);

/* Out of the sides' columns and their key columns: merged keys, left columns, right columns. */
void join_rows(const struct plan *plan, const struct column *left, const struct column *left_key,
               const struct column *right, const struct column *right_key,
               const struct row_pairs *pairs, struct batch *out, struct arena *arena);

/* The plan's condition for pairs of a row of `in`, the side that streams, and a held one. */
bool join_condition(const struct held_side *held, const struct batch *in, const uint32_t *streamed,
                    const uint32_t *found, size_t pairs, struct evaluation *ev,
                    struct column *condition);

/* holds[i * rights + k]: the condition of both sides' held rows left[i] and right[k]. */
bool join_group_condition(const struct held_side *l, const struct held_side *r,
                          const uint32_t *left, size_t lefts, const uint32_t *right, size_t rights,
                          struct evaluation *ev, uint8_t *holds);

/* Evaluates the keys of one side over a batch of it; NULL with an error. */
struct column *join_keys(struct expr *const *key, size_t keys, const struct batch *in,
                         struct evaluation *ev);

#endif
