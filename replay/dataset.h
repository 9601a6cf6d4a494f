/* SPDX-License-Identifier: Apache-2.0 */
/* dataset.h - the rows that a replay sends, from a CSV file whose header names the columns.
 *
 * Columns are found by their names, in any order and among others. Numbers are read as the widest
 * type of their kind, times and decimals as their text: what a message carries is what the file
 * says, and narrowing is the jobs' business.
 */
#ifndef RETRIAL_REPLAY_DATASET_H
#define RETRIAL_REPLAY_DATASET_H

#include "exec/query.h"
#include "table/csv_reader.h"
#include "text/message.h"

struct dataset;

/* Opens the columns of `schema` for which wanted[] is true; path, schema and wanted must outlive
 * the dataset. ERR_IO if the file cannot be read; ERR_DATA if it is empty or its header lacks a
 * column of the schema. */
struct dataset *dataset_open(const char *path, const struct schema *schema, const bool *wanted,
                             struct error *err);

/* The next rows, at least one, or rows = 0 at the end. column[i] is column i of the schema, if it
 * is wanted. Valid until the next call. */
bool dataset_next(struct dataset *dataset, struct batch *out, struct error *err);

/* Back to the first row. ERR_IO. */
bool dataset_rewind(struct dataset *dataset, struct error *err);

/* The same rows as a query reads them, with the declared types; what is not declared has a name
 * that no query asks for. In the arena; valid as long as the dataset. */
struct query_table *dataset_table(const struct dataset *dataset, struct slice name,
                                  struct arena *arena);

/* Rows in which a field could not be read, or that had too many, since the dataset was opened. */
uint64_t dataset_malformed(const struct dataset *dataset);

/* NULL is allowed. */
void dataset_close(struct dataset *dataset);

/* How values of a type travel in messages. */
enum message_kind dataset_kind(struct type type);

/* The type of the column that holds such values. */
struct type dataset_type(enum message_kind kind);

/* The value of a row of a column that dataset_next() gave. */
static inline struct message_value dataset_value(const struct column *column, size_t row)
{
  struct message_value value = {.null = column_is_null(column, row)};
  size_t i = column_index(column, row);
  if (value.null)
    return value;
  if (column->type.kind == TYPE_STRING)
    value.text = column->text[i];
  else if (column->type.kind == TYPE_DOUBLE)
    value.number = column->f64[i];
  else if (column->type.kind == TYPE_BIGINT)
    value.integer = column->i64[i];
  else
    value.boolean = column->boolean[i] != 0;
  return value;
}

#endif
