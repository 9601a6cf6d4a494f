/* SPDX-License-Identifier: Apache-2.0 */
/* boundary.h - where rows that are equal in a few keys end and others begin, across batches. */
#ifndef RETRIAL_EXEC_BOUNDARY_H
#define RETRIAL_EXEC_BOUNDARY_H

#include "table/column.h"

/* A copy of the keys of the last row of a batch. A zeroed struct has none; released with
 * boundary_free(). */
struct boundary {
  size_t keys;
  struct column *key;
  struct arena arena;
};

/* Whether row `row` of the batch is equal in its keys to the row before it: in the batch, or, for
 * row 0, the kept one. Without a kept row, row 0 equals none. */
bool boundary_same(const struct boundary *b, const struct column *key, size_t keys, size_t row);

/* Keeps the keys of a row. */
void boundary_keep(struct boundary *b, const struct column *key, size_t keys, size_t row);

void boundary_free(struct boundary *b);

#endif
