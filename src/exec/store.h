/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - rows that stay: columns in chunks, strings copied, read back in any order. */
#ifndef RETRIAL_EXEC_STORE_H
#define RETRIAL_EXEC_STORE_H

#include "table/column.h"

struct store;

/* For rows of `columns` columns of these types; those with wanted[i] false are not kept and come
 * back as constant nulls (wanted NULL: all are). The caller releases it with store_free(). */
struct store *store_new(size_t columns, const struct type *type, const bool *wanted);

/* Adds rows from .. to-1 of the columns. At most 2^32 - 2 rows in all. */
void store_append(struct store *store, const struct column *column, size_t from, size_t to);

size_t store_rows(const struct store *store);

/* column[k] = the rows row[0 .. count-1] of column k; ROW_NONE gives nulls. Strings point into the
 * store; the rest is in the arena. */
void store_gather(const struct store *store, const uint32_t *row, size_t count,
                  struct column *column, struct arena *arena);

/* Rows come back without a copy while they stand in one chunk of so many. */
enum { STORE_CHUNK_ROWS = 2 * BATCH_ROWS };

/* Rows from .. from+count-1, at least one, which stand in one chunk (from rounded down to
 * STORE_CHUNK_ROWS is the chunk's first). The columns point into the store, until it is cleared. */
void store_view(const struct store *store, size_t from, size_t count, struct column *column,
                struct arena *arena);

/* All rows of column k, as store_gather(). */
void store_whole(const struct store *store, size_t k, struct column *column, struct arena *arena);

/* Forgets all rows. */
void store_clear(struct store *store);

/* NULL is allowed. */
void store_free(struct store *store);

#endif
