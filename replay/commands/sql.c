/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/infile.h"
#include "replay/commands/commands.h"
#include "replay/header.h"
#include "replay/tables.h"
#include "replay/time/sleeper.h"
#include "sql/variables.h"
#include "text/time_text.h"

static bool take_variables(const struct arguments *arguments, struct variable **variable,
                           size_t *count, struct arena *arena, struct error *err)
{
  size_t cursor = 0;
  *count = 0;
  while (arguments_next(arguments, "set", &cursor) != NULL)
    ++*count;
  *variable = arena_take(arena, *count, sizeof **variable);
  cursor = 0;
  struct variable *next = *variable;
  for (const char *word; (word = arguments_next(arguments, "set", &cursor)) != NULL; next++) {
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word)
      return error_set(err, ERR_USAGE, "--set takes NAME=VALUE, not '%s'", word);
    *next = (struct variable){{word, (size_t)(equals - word)}, slice_of(equals + 1)};
  }
  return true;
}

static bool check_schemas(const struct named_tables *tables, struct error *err)
{
  for (size_t i = 0; i < tables->count; i++) {
    const struct query_table *table = &tables->table[i];
    if (table->schema.columns != 0)
      continue;
    if (!infile_check(table->path, err))
      return false;
    struct buffer columns = {0};
    header_propose(table, &columns);
    error_set(err, ERR_USAGE, "the table '%.*s' has no columns: add --schema '%.*s=%.*s'",
              SLICE_PRINT(table->name), SLICE_PRINT(table->name), (int)columns.n, columns.p);
    buffer_free(&columns);
    return false;
  }
  return true;
}

/* A query where its file was expected. */
static bool check_path(const char *path, struct error *err)
{
  return strpbrk(path, " \n") == NULL || access(path, F_OK) == 0 ||
         error_set(err, ERR_USAGE,
                   "'%.100s' is no file; a query itself goes through standard input: retrial sql - "
                   "<<< 'SELECT ...'",
                   path);
}

/* Reads the query, "-" being standard input, and replaces its variables. */
static bool read_query(const struct arguments *arguments, struct buffer *text, struct slice *query,
                       struct arena *arena, struct error *err)
{
  const char *path = arguments->operand[0];
  struct variable *variable;
  size_t variables;
  return take_variables(arguments, &variable, &variables, arena, err) && check_path(path, err) &&
         infile_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, text, err) &&
         variables_replace((struct slice){text->p, text->n}, variable, variables, path, arena,
                           query, err);
}

/* Ends a result file that is there (NULL is allowed) as the work on it went. */
static bool end_result(struct outfile *out, bool good, struct error *err)
{
  if (good && out != NULL)
    return outfile_commit(out, err);
  outfile_discard(out);
  return good;
}

/* What a user would not see in the result: notes go to standard error. */
static void note_malformed(const struct query *query, const uint64_t *malformed)
{
  for (size_t i = 0; i < query->tables; i++)
    if (malformed[i] != 0)
      fprintf(stderr,
              "retrial: note: table %.*s: %llu row%s of %s %s a field that could not be read "
              "(null)\n",
              SLICE_PRINT(query->table[i].name), (unsigned long long)malformed[i],
              malformed[i] == 1 ? "" : "s", query->table[i].path,
              malformed[i] == 1 ? "has" : "have");
}

static bool write_result(const struct arguments *arguments, const struct query *query,
                         struct arena *arena, struct error *err)
{
  struct csv_write_options options;
  csv_write_defaults(&options);
  bool quiet = arguments_has(arguments, "quiet");
  struct query_counts counts = {.malformed_of =
                                    arena_zero(arena, query->tables, sizeof *counts.malformed_of)};
  for (size_t i = 0; !quiet && i < query->tables; i++)
    header_compare(&query->table[i], stderr);
  const char *path = arguments_value(arguments, "output");
  struct outfile *out = outfile_open(path != NULL ? path : "-", err);
  if (out == NULL || !end_result(out, query_write(query, &options, out, &counts, err), err))
    return false;
  if (!quiet)
    note_malformed(query, counts.malformed_of);
  return true;
}

static int64_t now_ns(void *argument)
{
  (void)argument;
  return sleeper_now();
}

/* Prints the plan where the result would go; --output still takes the result. */
static bool explain(const struct arguments *arguments, const struct query *query, struct error *err)
{
  const struct stopwatch watch = {now_ns, NULL};
  struct csv_write_options options;
  csv_write_defaults(&options);
  bool runs = arguments_has(arguments, "explain");
  const char *path = arguments_value(arguments, "output");
  struct outfile *out = NULL;
  if (runs && arguments_has(arguments, "plan"))
    return error_set(err, ERR_USAGE,
                     "--plan and --explain exclude each other; --explain shows "
                     "the plan, too");
  if (!runs && path != NULL)
    return error_set(err, ERR_USAGE, "--plan runs nothing, so there is no result for --output");
  if (runs && path != NULL && (out = outfile_open(path, err)) == NULL)
    return false;
  struct buffer text = {0};
  bool good = query_explain(query, &options, out, runs ? &watch : NULL, &text, err);
  good = end_result(out, good, err) && outfile_put("-", (struct slice){text.p, text.n}, err);
  buffer_free(&text);
  return good;
}

static bool run(const struct arguments *arguments, struct threads *threads, struct arena *arena,
                struct buffer *text, struct error *err)
{
  struct query query = {.file = arguments->operand[0], .settings.today = TODAY_UNKNOWN};
  struct named_tables tables;
  if (!tables_parse(arguments, &tables, arena, err) || !check_schemas(&tables, err) ||
      !tables_spark(arguments, &query.settings.spark, err) ||
      !read_query(arguments, text, &query.text, arena, err))
    return false;
  query.tables = tables.count;
  query.table = tables.table;
  query.executor = threads_executor(threads);
  return arguments_has(arguments, "explain") || arguments_has(arguments, "plan")
             ? explain(arguments, &query, err)
             : write_result(arguments, &query, arena, err);
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct arena arena = {0};
  struct buffer text = {0};
  struct threads *threads = tables_threads(arguments, err);
  bool good = threads != NULL && run(arguments, threads, &arena, &text, err);
  threads_free(threads);
  buffer_free(&text);
  arena_free(&arena);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option option[] = {
    {"output", 'o', "FILE", "write the result here instead of to standard output", false, false},
    OPTION_TABLE,
    OPTION_SCHEMA,
    OPTION_READER,
    {"set", 's', "NAME=VALUE", "replace ${NAME} in the query", true, false},
    OPTION_SPARK,
    OPTION_THREADS,
    {"quiet", 'q', NULL, "no notes on standard error about headers and fields that are no values",
     false, false},
    {"explain", 0, NULL, "run the query and print its steps with their rows and times instead",
     false, false},
    {"plan", 0, NULL, "print the steps of the query; nothing is run", false, false},
    {0},
};

const struct command command_sql = {
    .name = "sql",
    .summary = "run a query in Spark SQL over CSV files",
    .operands = "FILE.sql",
    .about =
        "The result is what Spark 3.5 writes as CSV: session time zone UTC, ANSI off. A column\n"
        "without AS is called as Spark calls it: count(*) is count(1).\n"
        "FILE.sql may be '-': the query is read from standard input.\n",
    .option = option,
    .exec = exec,
};
