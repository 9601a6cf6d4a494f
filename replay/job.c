/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/job.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/infile.h"
#include "text/time_text.h"

static const char AUTOMATIC[] = "auto"; /* the value of a parameter that a query finds out */
#define ASSUMED SLICE("0 seconds")      /* before it has: most are offsets of windows */

struct query_table *job_tables(const struct pipeline *pipeline, const char *directory,
                               struct arena *arena)
{
  struct query_table *table = arena_zero(arena, pipeline->tables, sizeof *table);
  for (size_t i = 0; i < pipeline->tables; i++) {
    const struct stored_table *stored = &pipeline->table[i];
    table[i].name = stored->name;
    table[i].path = arena_printf(arena, "%s/%.*s", directory, SLICE_PRINT(stored->file));
    table[i].schema = stored->schema;
    csv_read_defaults(&table[i].options);
  }
  return table;
}

/* Reads a query of the pipeline and puts the variables in; *query has the rest already. */
static bool load_query(const struct job_request *request, struct slice file,
                       const struct variable *variable, size_t variables, struct query *query,
                       struct arena *arena, struct error *err)
{
  struct buffer text = {0};
  query->file = arena_printf(arena, "%s/%.*s", request->pipeline->directory, SLICE_PRINT(file));
  bool good = infile_read(query->file, &text, err);
  if (good) {
    struct slice whole = {arena_copy(arena, text.p, text.n), text.n};
    good = variables_replace(whole, variable, variables, query->file, arena, &query->text, err);
  }
  buffer_free(&text);
  return good;
}

static bool is_automatic(const struct variable *variable, const struct automatic *automatic)
{
  return slice_equal(variable->name, automatic->parameter) &&
         slice_is(variable->text, AUTOMATIC);
}

static bool is_left_to_us(const struct job *job, const struct variable *variable)
{
  for (size_t i = 0; i < job->automatics; i++)
    if (is_automatic(variable, &job->automatic[i]))
      return true;
  return false;
}

/* Gives each automatic parameter that is left to us the value that its query finds. */
static bool find_automatics(const struct job_request *request, struct variable *variable,
                            size_t variables, struct query *query, struct arena *arena,
                            struct error *err)
{
  const struct job *job = request->job;
  for (size_t i = 0; i < job->automatics; i++) {
    const struct automatic *automatic = &job->automatic[i];
    for (size_t k = 0; k < variables; k++) {
      bool found;
      if (!is_automatic(&variable[k], automatic))
        continue;
      if (!load_query(request, automatic->query_file, variable, variables, query, arena, err) ||
          !query_value(query, &variable[k].text, &found, arena, err))
        return false;
      if (!found)
        return error_set(err, ERR_DATA,
                         "%.*s: cannot window: no row has a time (the timestamps are null, empty "
                         "or do not match), so '%.*s' cannot be found out",
                         SLICE_PRINT(job->name), SLICE_PRINT(automatic->parameter));
    }
  }
  return true;
}

/* --- alerts by label --- */

struct tally {
  struct job_outcome *outcome;
  size_t room;
};

static void count_label(struct tally *tally, struct slice label)
{
  struct job_outcome *o = tally->outcome;
  for (size_t i = 0; i < o->alerts; i++) {
    if (slice_equal(o->alert[i].label, label)) {
      o->alert[i].rows++;
      return;
    }
  }
  if (o->alerts == tally->room) {
    struct job_alert *wider = arena_take(&o->arena, 2 * tally->room + 8, sizeof *wider);
    if (o->alerts != 0)
      memcpy(wider, o->alert, o->alerts * sizeof *wider);
    tally->room = 2 * tally->room + 8;
    o->alert = wider;
  }
  o->alert[o->alerts++] =
      (struct job_alert){{arena_copy(&o->arena, label.p, label.n), label.n}, 1};
}

static void count_alerts(void *argument, const struct schema *schema, const struct batch *batch)
{
  struct tally *tally = argument;
  int at = schema_find(schema, SLICE("alert"));
  if (at < 0 || schema->column[at].type.kind != TYPE_STRING)
    return;
  const struct column *column = &batch->column[at];
  tally->outcome->has_alerts = true;
  for (size_t row = 0; row < batch->rows; row++) {
    if (column_is_null(column, row))
      continue;
    struct slice label = column->text[column_index(column, row)];
    if (label.n != 0)
      count_label(tally, label);
  }
}

static int by_label(const void *left, const void *right)
{
  const struct job_alert *a = left, *b = right;
  return slice_compare(a->label, b->label);
}

/* --- the job --- */

static void fill_account(struct job_outcome *outcome, struct slice name)
{
  const struct query_counts *c = &outcome->counts;
  uint64_t placed = c->windowed + c->filtered + c->null_time;
  outcome->account = (struct account_job){
      .name = name,
      .read = c->read,
      .windowed = c->windowed,
      .filtered = c->filtered,
      .null_time = c->null_time,
      .unasked = c->read > placed ? c->read - placed : 0,
  };
}

static bool check(const struct job_outcome *outcome, struct error *err)
{
  const struct query_counts *c = &outcome->counts;
  if (c->null_time != 0 && c->windowed == 0)
    return error_set(err, ERR_DATA,
                     "%.*s: cannot window: all %" PRIu64
                     " timestamps are null, empty or do not match the job's pattern",
                     SLICE_PRINT(outcome->account.name), c->null_time);
  return account_close_job(&outcome->account, err);
}

static struct outfile *write_output(const struct job_request *request, const struct query *query,
                                    struct job_outcome *outcome, struct error *err)
{
  struct csv_write_options options;
  csv_write_defaults(&options);
  struct tally tally = {outcome, 0};
  struct outfile *out = outfile_open(request->output, err);
  if (out == NULL)
    return NULL;
  bool good =
      query_write_visiting(query, &options, out, count_alerts, &tally, &outcome->counts, err);
  fill_account(outcome, request->job->name);
  if (!good || !check(outcome, err)) {
    outfile_discard(out);
    return NULL;
  }
  if (outcome->alerts > 1)
    qsort(outcome->alert, outcome->alerts, sizeof *outcome->alert, by_label);
  return out;
}

/* The outcome of a job that has not run: its query has all but the text. */
static struct variable *begin(const struct job_request *request, struct job_outcome *outcome,
                              size_t *variables)
{
  *outcome = (struct job_outcome){.query = {
                                      .tables = request->tables,
                                      .table = request->table,
                                      .executor = request->executor,
                                      .settings.today = TODAY_UNKNOWN,
                                      .settings.spark = request->pipeline->spark,
                                  }};
  return pipeline_variables(request->pipeline, variables, &outcome->arena);
}

bool job_check(const struct job_request *request, struct job_outcome *outcome, struct error *err)
{
  size_t variables;
  struct variable *variable = begin(request, outcome, &variables);
  struct query *query = &outcome->query;
  struct error why;
  bool assumed = false;
  for (size_t i = 0; i < variables; i++) {
    if (!is_left_to_us(request->job, &variable[i]))
      continue;
    variable[i].text = ASSUMED;
    assumed = true;
  }
  if (load_query(request, request->job->query_file, variable, variables, query, &outcome->arena,
                 &why) &&
      query_check(query, &why))
    return true;
  *query = (struct query){0};
  if (assumed && why.code != ERR_NAME)
    return true;
  *err = why;
  return false;
}

struct outfile *job_run(const struct job_request *request, struct job_outcome *outcome,
                        struct error *err)
{
  size_t variables;
  struct variable *variable = begin(request, outcome, &variables);
  struct query *query = &outcome->query;
  struct arena *arena = &outcome->arena;
  if (!find_automatics(request, variable, variables, query, arena, err) ||
      !load_query(request, request->job->query_file, variable, variables, query, arena, err))
    return NULL;
  return write_output(request, query, outcome, err);
}

void job_outcome_free(struct job_outcome *outcome)
{
  arena_free(&outcome->arena);
}
