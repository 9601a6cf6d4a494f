/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table: the columns that are wanted, in their places of the table's schema. */
#include "exec/step.h"
#include "table/csv_reader.h"

struct scan {
  struct step head;
  struct csv_reader *reader;
  struct arena absent_arena;
  struct column *absent; /* what stands for the columns that nobody wants */
};

static bool scan_next(struct step *step, struct batch *out, struct error *err)
{
  struct scan *scan = (struct scan *)step;
  const struct plan *plan = step->plan;
  struct batch read;
  if (!csv_reader_next(scan->reader, &read, err))
    return false;
  arena_reset(&step->arena);
  out->rows = read.rows;
  out->columns = plan->schema.columns;
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
  arena_free(&scan->absent_arena);
}

static void scan_count(const struct step *step, struct query_counts *counts)
{
  const struct csv_counts *c = csv_reader_counts(((const struct scan *)step)->reader);
  counts->read += c->rows;
  counts->malformed += c->malformed;
}

static const struct step_kind scan_kind = {"scan", scan_next, NULL, scan_close, scan_count};

struct step *scan_open(const struct plan *plan, const struct execution *x, struct error *err)
{
  const struct query_table *table = &x->query->table[plan->table];
  if (table->path == NULL) {
    error_set(err, ERR_USAGE,
              "the query reads the table '%.*s': say from where, with --table %.*s=FILE",
              SLICE_PRINT(table->name), SLICE_PRINT(table->name));
    return NULL;
  }
  struct csv_reader *reader =
      csv_reader_open(table->path, &table->schema, plan->wanted, &table->options,
                      x->query->settings.zone_offset_us, err);
  if (reader == NULL)
    return NULL;
  struct scan *scan = step_new(&scan_kind, sizeof *scan, plan, NULL, NULL);
  scan->reader = reader;
  size_t columns = plan->schema.columns;
  scan->absent = arena_take(&scan->absent_arena, columns, sizeof *scan->absent);
  for (size_t i = 0; i < columns; i++)
    column_make_null(&scan->absent[i], plan->schema.column[i].type, &scan->absent_arena);
  return &scan->head;
}
