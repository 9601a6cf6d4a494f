/* SPDX-License-Identifier: Apache-2.0 */
/* chains.h - rows that states keep: each state has a chain of them, in the order in which they
 * came.
 */
#ifndef RETRIAL_EXEC_AGGREGATES_CHAINS_H
#define RETRIAL_EXEC_AGGREGATES_CHAINS_H

#include "exec/aggregates/kind.h"

/* Part of a state; all zero is an empty chain. */
struct chain {
  uint32_t first, last; /* numbers of rows, + 1 */
  uint32_t count;
};

/* Keeps a row of the arguments at the end of the chain. Returns its number. */
uint32_t chain_add(struct accumulator *a, struct chain *chain, const struct column *arg,
                   size_t row);

/* Moves the part's rows behind those of the chain. */
void chain_join(struct accumulator *a, const struct chain *part, struct chain *into);

/* The numbers of the chain's rows, chain->count of them, into row. */
void chain_rows(const struct accumulator *a, const struct chain *chain, uint32_t *row);

/* Lets the chain have these of its rows, in this order. */
void chain_set(struct accumulator *a, struct chain *chain, const uint32_t *row, size_t count);

/* Argument k of the kept rows row[0 .. count-1]. */
void chain_values(const struct accumulator *a, size_t k, const uint32_t *row, size_t count,
                  struct column *out, struct arena *arena);

#endif
