/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/stored.h"

#include <stdlib.h>

#include "base/outfile.h"
#include "replay/dataset.h"
#include "table/csv_writer.h"

struct stored {
  const struct stored_table *table;
  const enum message_kind *kind;
  struct csv_write_options options;
  struct schema schema; /* of the file: what was sent, not what the jobs read it as */
  struct csv_writer *writer;
  struct outfile *file;
  struct batch batch;
  struct buffer text; /* on its way to the file */
  struct arena arena; /* the schema and the columns */
  struct arena bytes; /* the batch's texts */
  uint64_t rows;
};

static void make_columns(struct stored *s)
{
  size_t columns = s->table->columns;
  s->schema.columns = columns;
  s->schema.column = arena_take(&s->arena, columns, sizeof *s->schema.column);
  s->batch.columns = columns;
  s->batch.column = arena_take(&s->arena, columns, sizeof *s->batch.column);
  for (size_t i = 0; i < columns; i++) {
    const struct table_column *column = &s->table->column[i];
    struct type type = dataset_type(s->kind[column->field]);
    s->schema.column[i] = (struct field){column->name, type};
    column_make(&s->batch.column[i], type, BATCH_ROWS, &s->arena);
    column_flags(&s->batch.column[i], BATCH_ROWS, &s->arena);
  }
}

static bool flush(struct stored *s, struct error *err)
{
  csv_writer_rows(s->writer, &s->batch, &s->text);
  s->batch.rows = 0;
  arena_reset(&s->bytes);
  bool good = outfile_write(s->file, s->text.p, s->text.n, err);
  s->text.n = 0;
  return good;
}

struct stored *stored_open(const char *path, struct growing *growing,
                           const struct stored_table *table, const enum message_kind *kind,
                           struct error *err)
{
  struct stored *s = mem_new(1, sizeof *s);
  s->table = table;
  s->kind = kind;
  csv_write_defaults(&s->options);
  make_columns(s);
  s->writer = csv_writer_new(&s->schema, &s->options, 0, err);
  if (s->writer != NULL)
    s->file = outfile_open(path, err);
  if (s->file == NULL || (growing != NULL && !outfile_grow(s->file, growing, err))) {
    stored_discard(s);
    return NULL;
  }
  csv_writer_header(s->writer, &s->text);
  return s;
}

static void set_cell(struct stored *s, struct column *column, size_t row,
                     const struct message_value *value)
{
  column->null[row] = value->null;
  switch (column->type.kind) {
  case TYPE_STRING:
    column->text[row] = (struct slice){NULL, 0};
    if (!value->null)
      column->text[row] =
          (struct slice){arena_copy(&s->bytes, value->text.p, value->text.n), value->text.n};
    break;
  case TYPE_DOUBLE:
    column->f64[row] = value->null ? 0 : value->number;
    break;
  case TYPE_BIGINT:
    column->i64[row] = value->null ? 0 : value->integer;
    break;
  default:
    column->boolean[row] = !value->null && value->boolean;
  }
}

bool stored_add(struct stored *s, const struct message_value *value, struct error *err)
{
  size_t row = s->batch.rows++;
  for (size_t i = 0; i < s->batch.columns; i++)
    set_cell(s, &s->batch.column[i], row, &value[s->table->column[i].field]);
  s->rows++;
  return s->batch.rows < BATCH_ROWS || flush(s, err);
}

uint64_t stored_rows(const struct stored *s)
{
  return s->rows;
}

bool stored_commit(struct stored *s, struct error *err)
{
  bool good = flush(s, err);
  if (good) {
    struct outfile *file = s->file;
    s->file = NULL;
    good = outfile_commit(file, err);
  }
  stored_discard(s);
  return good;
}

void stored_discard(struct stored *s)
{
  if (s == NULL)
    return;
  csv_writer_free(s->writer);
  outfile_discard(s->file);
  buffer_free(&s->text);
  arena_free(&s->arena);
  arena_free(&s->bytes);
  free(s);
}
