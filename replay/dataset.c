/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/dataset.h"

#include <assert.h>
#include <stdlib.h>

#include "base/suggest.h"

struct dataset {
  const char *path;
  const struct schema *schema; /* as declared */
  struct csv_read_options options;
  struct schema file_schema; /* as the file has its columns */
  bool *file_wanted;
  struct csv_reader *reader;
  struct batch first; /* was read to see the header; to be handed on first */
  bool first_waits;
  struct column *column; /* by the declared schema */
  size_t *place;         /* of each column among those that the reader gives */
  const bool *wanted;
  uint64_t malformed; /* rows of the rounds before this one */
  struct arena arena;
};

enum message_kind dataset_kind(struct type type)
{
  if (type_is_integer(type))
    return MESSAGE_INTEGER;
  if (type.kind == TYPE_FLOAT || type.kind == TYPE_DOUBLE)
    return MESSAGE_NUMBER;
  return type.kind == TYPE_BOOLEAN ? MESSAGE_BOOLEAN : MESSAGE_TEXT;
}

struct type dataset_type(enum message_kind kind)
{
  static const enum type_kind type[] = {
      [MESSAGE_TEXT] = TYPE_STRING,
      [MESSAGE_NUMBER] = TYPE_DOUBLE,
      [MESSAGE_INTEGER] = TYPE_BIGINT,
      [MESSAGE_BOOLEAN] = TYPE_BOOLEAN,
  };
  return type_of(type[kind]);
}

/* Opens the file with the columns in the order of file_schema, and reads the first rows. */
static bool open_reader(struct dataset *d, struct error *err)
{
  csv_reader_close(d->reader);
  d->reader = csv_reader_open(d->path, &d->file_schema, d->file_wanted, &d->options, 0, err);
  return d->reader != NULL && csv_reader_next(d->reader, &d->first, err);
}

static bool missing_column(const struct dataset *d, struct slice name, const struct slice *header,
                           size_t count, struct error *err)
{
  char hint[128];
  suggest_hint(name, header, count, hint, sizeof hint);
  return error_at(err, ERR_DATA, d->path, 1, 0, "the header has no column '%.*s'%s",
                  SLICE_PRINT(name), hint);
}

static int find_name(struct slice name, const struct slice *header, size_t count)
{
  for (size_t i = 0; i < count; i++)
    if (slice_equal_nocase(header[i], name))
      return (int)i;
  return -1;
}

/* Fills file_schema for a header; *same says that it is what the reader was opened with. */
static bool match_header(struct dataset *d, const struct slice *header, size_t count, bool *same,
                         struct error *err)
{
  struct schema in_file = {.columns = count};
  in_file.column = arena_take(&d->arena, count, sizeof *in_file.column);
  d->file_wanted = arena_zero(&d->arena, count, sizeof *d->file_wanted);
  for (size_t i = 0; i < count; i++)
    in_file.column[i] = (struct field){
        {arena_copy(&d->arena, header[i].p, header[i].n), header[i].n}, type_of(TYPE_STRING)};
  *same = count == d->schema->columns;
  for (size_t i = 0; i < d->schema->columns; i++) {
    const struct field *column = &d->schema->column[i];
    int at = find_name(column->name, header, count);
    if (at < 0)
      return missing_column(d, column->name, header, count, err);
    in_file.column[at].type = dataset_type(dataset_kind(column->type));
    d->file_wanted[at] = d->wanted[i];
    *same = *same && (size_t)at == i;
  }
  d->file_schema = in_file;
  return true;
}

static void place_columns(struct dataset *d)
{
  d->column = arena_zero(&d->arena, d->schema->columns, sizeof *d->column);
  d->place = arena_zero(&d->arena, d->schema->columns, sizeof *d->place);
  for (size_t i = 0; i < d->schema->columns; i++) {
    int at = schema_find(&d->file_schema, d->schema->column[i].name);
    for (int k = 0; k < at; k++)
      d->place[i] += d->file_wanted[k];
  }
}

static bool open_by_header(struct dataset *d, struct error *err)
{
  size_t count;
  bool same;
  d->file_schema = *d->schema;
  d->file_schema.column = arena_take(&d->arena, d->schema->columns, sizeof(struct field));
  for (size_t i = 0; i < d->schema->columns; i++)
    d->file_schema.column[i] = (struct field){
        d->schema->column[i].name, dataset_type(dataset_kind(d->schema->column[i].type))};
  d->file_wanted = arena_take(&d->arena, d->schema->columns, sizeof *d->file_wanted);
  memcpy(d->file_wanted, d->wanted, d->schema->columns * sizeof *d->wanted);
  if (!open_reader(d, err))
    return false;
  const struct slice *header = csv_reader_header(d->reader, &count);
  if (count == 0)
    return error_at(err, ERR_DATA, d->path, 0, 0,
                    "the file is empty; a dataset begins with a header");
  if (!match_header(d, header, count, &same, err) || (!same && !open_reader(d, err)))
    return false;
  place_columns(d);
  d->first_waits = true;
  return true;
}

struct dataset *dataset_open(const char *path, const struct schema *schema, const bool *wanted,
                             struct error *err)
{
  struct dataset *d = mem_new(1, sizeof *d);
  d->path = path;
  d->schema = schema;
  d->wanted = wanted;
  csv_read_defaults(&d->options);
  if (!open_by_header(d, err)) {
    dataset_close(d);
    return NULL;
  }
  return d;
}

bool dataset_next(struct dataset *d, struct batch *out, struct error *err)
{
  struct batch batch = d->first;
  if (!d->first_waits && !csv_reader_next(d->reader, &batch, err))
    return false;
  d->first_waits = false;
  *out = (struct batch){.rows = batch.rows, .columns = d->schema->columns, .column = d->column};
  if (batch.rows == 0)
    return true;
  for (size_t i = 0; i < d->schema->columns; i++)
    if (d->wanted[i])
      d->column[i] = batch.column[d->place[i]];
  return true;
}

bool dataset_rewind(struct dataset *d, struct error *err)
{
  d->malformed = dataset_malformed(d);
  d->first_waits = open_reader(d, err);
  return d->first_waits;
}

struct query_table *dataset_table(const struct dataset *d, struct slice name, struct arena *arena)
{
  struct query_table *table = arena_zero(arena, 1, sizeof *table);
  *table = (struct query_table){.name = name, .path = d->path, .options = d->options};
  table->schema.columns = d->file_schema.columns;
  table->schema.column = arena_take(arena, d->file_schema.columns, sizeof(struct field));
  for (size_t i = 0; i < d->file_schema.columns; i++)
    table->schema.column[i] =
        (struct field){slice_of(arena_printf(arena, "(column %zu)", i)), type_of(TYPE_STRING)};
  for (size_t i = 0; i < d->schema->columns; i++)
    table->schema.column[schema_find(&d->file_schema, d->schema->column[i].name)] =
        d->schema->column[i];
  return table;
}

uint64_t dataset_malformed(const struct dataset *d)
{
  return d->malformed + (d->reader != NULL ? csv_reader_counts(d->reader)->malformed : 0);
}

void dataset_close(struct dataset *d)
{
  if (d == NULL)
    return;
  csv_reader_close(d->reader);
  arena_free(&d->arena);
  free(d);
}
