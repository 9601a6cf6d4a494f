/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/tables.h"

#include "base/suggest.h"

enum { MOST_THREADS = 256 };

/* Splits NAME<separator>REST. */
static bool split(const char *word, char separator, struct slice *name, const char **rest)
{
  const char *at = strchr(word, separator);
  if (at == NULL || at == word)
    return false;
  *name = (struct slice){word, (size_t)(at - word)};
  *rest = at + 1;
  return true;
}

static struct query_table *find(const struct named_tables *tables, struct slice name)
{
  for (size_t i = 0; i < tables->count; i++)
    if (slice_equal_nocase(tables->table[i].name, name))
      return &tables->table[i];
  return NULL;
}

static struct query_table *expect(const struct named_tables *tables, struct slice name,
                                  const char *option, struct arena *arena, struct error *err)
{
  struct query_table *table = find(tables, name);
  if (table != NULL)
    return table;
  struct slice *known = arena_take(arena, tables->count, sizeof *known);
  for (size_t i = 0; i < tables->count; i++)
    known[i] = tables->table[i].name;
  char hint[100];
  error_set(err, ERR_USAGE, "--%s names the table '%.*s', which no --table gives%s", option,
            SLICE_PRINT(name), suggest_hint(name, known, tables->count, hint, sizeof hint));
  return NULL;
}

static bool take_tables(const struct arguments *arguments, struct named_tables *out,
                        struct arena *arena, struct error *err)
{
  size_t cursor = 0, room = 0;
  while (arguments_next(arguments, "table", &cursor) != NULL)
    room++;
  *out = (struct named_tables){0, arena_zero(arena, room, sizeof *out->table)};
  cursor = 0;
  for (const char *word; (word = arguments_next(arguments, "table", &cursor)) != NULL;) {
    struct query_table table = {0};
    if (!split(word, '=', &table.name, &table.path))
      return error_set(err, ERR_USAGE, "--table takes NAME=FILE, not '%s'", word);
    if (find(out, table.name) != NULL)
      return error_set(err, ERR_USAGE, "the table '%.*s' is given twice", SLICE_PRINT(table.name));
    csv_read_defaults(&table.options);
    out->table[out->count++] = table;
  }
  return true;
}

static bool take_schemas(const struct arguments *arguments, const struct named_tables *tables,
                         struct arena *arena, struct error *err)
{
  size_t cursor = 0;
  for (const char *word; (word = arguments_next(arguments, "schema", &cursor)) != NULL;) {
    struct slice name;
    const char *ddl;
    if (!split(word, '=', &name, &ddl))
      return error_set(err, ERR_USAGE, "--schema takes NAME=DDL, not '%s'", word);
    struct query_table *table = expect(tables, name, "schema", arena, err);
    struct error why;
    if (table == NULL)
      return false;
    if (!schema_parse(slice_of(ddl), &table->schema, arena, &why))
      return error_set(err, ERR_USAGE, "--schema of '%.*s', column %u: %s", SLICE_PRINT(name),
                       why.column, why.text);
  }
  return true;
}

static bool take_options(const struct arguments *arguments, const struct named_tables *tables,
                         struct arena *arena, struct error *err)
{
  size_t cursor = 0;
  for (const char *word; (word = arguments_next(arguments, "option", &cursor)) != NULL;) {
    struct slice name, key;
    const char *rest, *value;
    if (!split(word, '.', &name, &rest) || !split(rest, '=', &key, &value))
      return error_set(err, ERR_USAGE, "--option takes NAME.KEY=VALUE, not '%s'", word);
    struct query_table *table = expect(tables, name, "option", arena, err);
    struct error why;
    if (table == NULL)
      return false;
    if (!csv_read_option(&table->options, key, slice_of(value), arena, &why))
      return error_set(err, ERR_USAGE, "--option %s: %s", word, why.text);
  }
  return true;
}

bool tables_parse(const struct arguments *arguments, struct named_tables *out, struct arena *arena,
                  struct error *err)
{
  return take_tables(arguments, out, arena, err) && take_schemas(arguments, out, arena, err) &&
         take_options(arguments, out, arena, err);
}

struct threads *tables_threads(const struct arguments *arguments, struct error *err)
{
  uint64_t threads = 1;
  if (!arguments_number(arguments, "threads", 1, MOST_THREADS, &threads, err))
    return NULL;
  return threads_new((unsigned)threads);
}

bool tables_spark(const struct arguments *arguments, enum spark_version *out, struct error *err)
{
  const char *text = arguments_value(arguments, "spark");
  struct error why;
  return text == NULL || spark_version_parse(slice_of(text), out, &why) ||
         error_set(err, ERR_USAGE, "--spark: %s", why.text);
}
