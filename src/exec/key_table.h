/* SPDX-License-Identifier: Apache-2.0 */
/* key_table.h - numbers distinct keys in the order in which they are first seen, from 0. */
#ifndef RETRIAL_EXEC_KEY_TABLE_H
#define RETRIAL_EXEC_KEY_TABLE_H

#include "table/column.h"

struct key_table;

/* For keys of `columns` columns of these types; without columns there is one key, 0. The caller
 * releases it with key_table_free(). */
struct key_table *key_table_new(size_t columns, const struct type *type);

/* number[i] = the number of row i's key, a new one if it was not seen before. Nulls are equal, as
 * are NaNs, and -0.0 is 0.0. Returns how many keys there are now. */
size_t key_table_add(struct key_table *table, const struct column *key, size_t rows,
                     uint32_t *number);

/* number[i] = the number of row i's key, or ROW_NONE if it was not seen or if one of its columns
 * is null (as joins want it), but for columns with null_safe[k] (NULL: there are none). */
void key_table_find(struct key_table *table, const struct column *key, size_t rows,
                    const bool *null_safe, uint32_t *number);

size_t key_table_keys(const struct key_table *table);

/* The values of keys number[0 .. count-1], a zero without its sign
 * (NormalizeFloatingNumbers.scala); strings point into the table. */
void key_table_values(const struct key_table *table, const uint32_t *number, size_t count,
                      struct column *column, struct arena *arena);

/* NULL is allowed. */
void key_table_free(struct key_table *table);

#endif
