/* SPDX-License-Identifier: Apache-2.0 */
/* query.h - the door to the engine: a query in Spark SQL over CSV tables, from text to bytes. */
#ifndef RETRIAL_EXEC_QUERY_H
#define RETRIAL_EXEC_QUERY_H

#include "base/buffer.h"
#include "base/executor.h"
#include "base/outfile.h"
#include "sql/function.h"
#include "table/csv_options.h"
#include "table/schema.h"

struct query_table {
  struct slice name;
  const char *path; /* NULL: the table is known and has no file; reading it is ERR_USAGE */
  struct growing *growing; /* the file, if it is still being written; else NULL */
  struct schema schema;
  struct csv_read_options options;
};

/* What happened to the rows of the tables: read = filtered + windowed + null_time + the rest that
 * no window was asked for. Rows that were joined, grouped or windowed before are no rows of a table
 * any more, and are not counted again. Late rows exist in streaming only. */
struct query_counts {
  uint64_t read;          /* rows that the tables gave */
  uint64_t malformed;     /* of these, rows with a field that did not parse (their cell is null) */
  uint64_t filtered;      /* rows that WHERE below a window kept out */
  uint64_t windowed;      /* rows that fell in a window */
  uint64_t null_time;     /* rows without a time: in no window */
  uint64_t windows;       /* (key, window) groups that came out */
  uint64_t rows;          /* of the result */
  uint64_t *malformed_of; /* the caller's, one for each table, added to; or NULL */
};

struct query {
  struct slice text; /* variables already replaced */
  const char *file;  /* names the text in errors */
  size_t tables;
  const struct query_table *table;
  struct sql_settings settings;
  struct executor *executor;
  size_t extras; /* expressions that its SELECT gives, too, behind its own: sql/extra_items.h */
  const struct slice *extra;
};

/* Runs the query and writes its result to `out` as CSV. The caller commits or discards `out`.
 * counts may be NULL. */
bool query_write(const struct query *query, const struct csv_write_options *options,
                 struct outfile *out, struct query_counts *counts, struct error *err);

/* Tells the time, in nanoseconds from whenever; `now_ns` may be called from any thread. NULL: there
 * is no clock, and rows alone are counted. */
struct stopwatch {
  int64_t (*now_ns)(void *argument);
  void *argument;
};

/* The plan of a query, as text for people: each step with its settings and how it is done. With a
 * watch the query runs, and each step has its rows and its time; the result goes to `out` (NULL:
 * nowhere). Without one (NULL) nothing is read. */
bool query_explain(const struct query *query, const struct csv_write_options *options,
                   struct outfile *out, const struct stopwatch *watch, struct buffer *text,
                   struct error *err);

/* Runs a query that gives one column; the text of its first row's value as CAST AS STRING gives
 * it, in the arena. *found is false if there is no row or the value is null. */
bool query_value(const struct query *query, struct slice *value, bool *found, struct arena *arena,
                 struct error *err);

/* What columns the query gives, in the arena. Nothing is read. */
bool query_columns(const struct query *query, struct schema *columns, struct arena *arena,
                   struct error *err);

/* Whether the query can be written: its names, its types, and columns that CSV can hold. Nothing is
 * read. */
bool query_check(const struct query *query, struct error *err);

/* Counts rows by the text of result column `column` on the way (alerts by label): call visit for
 * every batch of the result before it is written. */
typedef void query_visitor(void *argument, const struct schema *schema, const struct batch *batch);
bool query_write_visiting(const struct query *query, const struct csv_write_options *options,
                          struct outfile *out, query_visitor *visit, void *argument,
                          struct query_counts *counts, struct error *err);

/* Runs the query for the visitor alone; its result may have columns that no CSV can hold. */
bool query_visit(const struct query *query, query_visitor *visit, void *argument,
                 struct error *err);

#endif
