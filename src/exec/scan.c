/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table: the columns that are wanted, in their places of the table's schema. The file
 * is dealt out in portions of lines however many lanes there are, so that its rows come in the same
 * batches; only a stream of records (multiLine) is read as it comes. */
#include <stdlib.h>

#include "exec/source.h"
#include "table/csv_reader.h"

/* Rows of a reader. */
struct scan {
  struct step head;
  struct csv_reader *reader;
  struct csv_reader *file; /* deals to it; NULL: nobody does, or somebody else */
  struct arena absent_arena;
  struct column *absent; /* what stands for the columns that nobody wants */
};

static bool read_rows(struct scan *scan, struct batch *read, struct error *err)
{
  for (bool any = true; any;) {
    if (!csv_reader_next(scan->reader, read, err)) {
      if (scan->file != NULL)
        csv_reader_settle(scan->file, scan->reader, err);
      return false;
    }
    if (read->rows != 0 || scan->file == NULL)
      return true;
    csv_reader_settle(scan->file, scan->reader, NULL);
    if (!csv_reader_deal(scan->file, scan->reader, &any, err))
      return false;
  }
  return true;
}

static bool scan_next(struct step *step, struct batch *out, struct error *err)
{
  struct scan *scan = (struct scan *)step;
  const struct plan *plan = step->plan;
  struct batch read;
  if (!read_rows(scan, &read, err))
    return false;
  arena_reset(&step->arena);
  out->rows = read.rows;
  out->columns = plan->schema.columns;
  out->partition = 0;
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  size_t next = 0;
  for (size_t i = 0; i < out->columns; i++)
    out->column[i] = plan->wanted[i] && read.rows != 0 ? read.column[next++] : scan->absent[i];
  return true;
}

static void scan_close(struct step *step)
{
  struct scan *scan = (struct scan *)step;
  csv_reader_close(scan->reader);
  csv_reader_close(scan->file);
  arena_free(&scan->absent_arena);
}

static void scan_count(const struct step *step, struct query_counts *counts)
{
  const struct csv_counts *c = csv_reader_counts(((const struct scan *)step)->reader);
  counts->read += c->rows;
  counts->malformed += c->malformed;
  if (counts->malformed_of != NULL)
    counts->malformed_of[step->plan->table] += c->malformed;
}

static const struct step_kind scan_kind = {"scan", scan_next, NULL, scan_close, scan_count};

static struct csv_reader *open_table(const struct plan *plan, const struct execution *x,
                                     struct error *err)
{
  const struct query_table *table = &x->query->table[plan->table];
  if (table->path == NULL) {
    error_set(err, ERR_USAGE,
              "the query reads the table '%.*s': say from where, with --table %.*s=FILE",
              SLICE_PRINT(table->name), SLICE_PRINT(table->name));
    return NULL;
  }
  struct csv_read_options options = table->options;
  if (x->query->settings.spark == SPARK_3_3 && !options.time_fallback_given)
    options.time_fallback = options.time_fallback_given = true;
  const int64_t zone = x->query->settings.zone_offset_us;
  if (table->growing != NULL)
    return csv_reader_follow(table->growing, table->path, &table->schema, plan->wanted, &options,
                             zone, err);
  return csv_reader_open(table->path, &table->schema, plan->wanted, &options, zone, err);
}

static struct step *scan_new(const struct plan *plan, struct csv_reader *reader,
                             struct csv_reader *file)
{
  struct scan *scan = step_new(&scan_kind, sizeof *scan, plan, NULL, NULL);
  scan->reader = reader;
  scan->file = file;
  size_t columns = plan->schema.columns;
  scan->absent = arena_take(&scan->absent_arena, columns, sizeof *scan->absent);
  for (size_t i = 0; i < columns; i++)
    column_make_null(&scan->absent[i], plan->schema.column[i].type, &scan->absent_arena);
  return &scan->head;
}

struct step *scan_open(const struct plan *plan, const struct execution *x, struct error *err)
{
  struct csv_reader *file = open_table(plan, x, err), *lane = NULL;
  if (file == NULL)
    return NULL;
  if (x->query->table[plan->table].options.multi_line)
    return scan_new(plan, file, NULL);
  if ((lane = csv_reader_lane(file, err)) != NULL)
    return scan_new(plan, lane, file);
  csv_reader_close(file);
  return NULL;
}

/* ---- lanes ---- */

struct table_source {
  struct source head;
  const struct plan *plan;
  struct csv_reader *file;
};

static struct step *table_lane(struct source *source, struct error *err)
{
  struct table_source *table = (struct table_source *)source;
  struct csv_reader *lane = csv_reader_lane(table->file, err);
  return lane != NULL ? scan_new(table->plan, lane, NULL) : NULL;
}

static bool table_deal(struct source *source, struct step *lane, bool *any, struct error *err)
{
  return csv_reader_deal(((struct table_source *)source)->file, ((struct scan *)lane)->reader, any,
                         err);
}

static void table_settle(struct source *source, struct step *lane, struct error *err)
{
  csv_reader_settle(((struct table_source *)source)->file, ((struct scan *)lane)->reader, err);
}

static void table_close(struct source *source)
{
  csv_reader_close(((struct table_source *)source)->file);
  free(source);
}

static const struct source_kind table_source_kind = {true, table_lane, table_deal, table_settle,
                                                     table_close};

struct source *source_of_table(const struct plan *plan, const struct execution *x,
                               struct error *err)
{
  struct csv_reader *file = open_table(plan, x, err);
  if (file == NULL)
    return NULL;
  struct table_source *source = mem_new(1, sizeof *source);
  source->head.kind = &table_source_kind;
  source->plan = plan;
  source->file = file;
  return &source->head;
}
