/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "base/suggest.h"
#include "replay/commands/commands.h"
#include "replay/job.h"
#include "replay/open.h"
#include "replay/tables.h"

static const struct job *find_job(const struct pipeline *pipeline, const char *name,
                                  struct error *err)
{
  struct slice known[64];
  size_t count = 0;
  for (size_t i = 0; i < pipeline->jobs; i++) {
    if (slice_is(pipeline->job[i].name, name))
      return &pipeline->job[i];
    if (count < sizeof known / sizeof known[0])
      known[count++] = pipeline->job[i].name;
  }
  char hint[100];
  suggest_hint(slice_of(name), known, count, hint, sizeof hint);
  error_set(err, ERR_USAGE, "pipeline '%.*s' has no job '%s'%s", SLICE_PRINT(pipeline->name), name,
            hint);
  return NULL;
}

static struct query_table *find_table(struct query_table *table, size_t tables, struct slice name)
{
  for (size_t i = 0; i < tables; i++)
    if (slice_equal_nocase(table[i].name, name))
      return &table[i];
  return NULL;
}

/* The pipeline's tables, each with the file, the columns and the options that are given for it;
 * one without a file may not be read. */
static struct query_table *fill_tables(const struct pipeline *pipeline,
                                       const struct named_tables *given, struct arena *arena,
                                       struct error *err)
{
  struct query_table *table = job_tables(pipeline, "", arena);
  struct slice *known = arena_take(arena, pipeline->tables, sizeof *known);
  for (size_t i = 0; i < pipeline->tables; i++) {
    table[i].path = NULL;
    known[i] = table[i].name;
  }
  for (size_t i = 0; i < given->count; i++) {
    const struct query_table *from = &given->table[i];
    struct query_table *to = find_table(table, pipeline->tables, from->name);
    char hint[100];
    if (to == NULL) {
      suggest_hint(from->name, known, pipeline->tables, hint, sizeof hint);
      error_set(err, ERR_USAGE, "pipeline '%.*s' has no table '%.*s'%s",
                SLICE_PRINT(pipeline->name), SLICE_PRINT(from->name), hint);
      return NULL;
    }
    struct schema declared = to->schema;
    *to = *from;
    if (from->schema.columns == 0)
      to->schema = declared;
  }
  return table;
}

/* What a reader of the result may want to know beside it. */
static void print_summary(const struct job_outcome *outcome)
{
  const struct query_counts *c = &outcome->counts;
  fprintf(stderr, "%" PRIu64 " rows read, %" PRIu64 " in windows, %" PRIu64 " without a time, ",
          c->read, c->windowed, c->null_time);
  fprintf(stderr, "%" PRIu64 " with a bad field; %" PRIu64 " rows written\n", c->malformed,
          c->rows);
}

static bool run(const struct arguments *arguments, struct pipeline *pipeline,
                struct threads *threads, struct arena *arena, struct error *err)
{
  struct named_tables tables;
  const char *output = arguments_value(arguments, "output");
  struct job_request request = {.pipeline = pipeline,
                                .executor = threads_executor(threads),
                                .output = output != NULL ? output : "-"};
  if ((request.job = find_job(pipeline, arguments->operand[1], err)) == NULL ||
      !tables_parse(arguments, &tables, arena, err) ||
      !tables_spark(arguments, &pipeline->spark, err))
    return false;
  request.tables = pipeline->tables;
  if ((request.table = fill_tables(pipeline, &tables, arena, err)) == NULL)
    return false;
  struct job_outcome outcome;
  struct outfile *out = job_run(&request, &outcome, err);
  bool good = out != NULL && outfile_commit(out, err);
  if (good && output != NULL && outcome.counts.malformed + outcome.counts.null_time != 0)
    print_summary(&outcome);
  job_outcome_free(&outcome);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct arena arena = {0};
  struct pipeline *pipeline = open_pipeline(arguments, err);
  struct threads *threads = pipeline != NULL ? tables_threads(arguments, err) : NULL;
  bool good = threads != NULL && run(arguments, pipeline, threads, &arena, err);
  threads_free(threads);
  pipeline_free(pipeline);
  arena_free(&arena);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option option[] = {
    {"output", 'o', "FILE", "write the result here instead of to standard output", false, false},
    OPTION_TABLE,
    OPTION_SCHEMA,
    OPTION_READER,
    OPTION_SET,
    OPTION_SPARK,
    OPTION_THREADS,
    {0},
};

const struct command command_job = {
    .name = "job",
    .summary = "run one job of a pipeline over stored tables",
    .operands = "PIPELINE JOB",
    .about = "The tables are the pipeline's own, with the columns that it declares; --schema is\n"
             "for a file whose columns are laid out otherwise. The version of Spark is the\n"
             "pipeline's unless --spark is given.\n",
    .option = option,
    .exec = exec,
};
