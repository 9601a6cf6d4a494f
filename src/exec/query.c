/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/query.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/infile.h"
#include "exec/explain.h"
#include "exec/lanes.h"
#include "sql/binder.h"
#include "sql/extra_items.h"
#include "sql/parser.h"
#include "sql/result_place.h"
#include "table/csv_writer.h"

/* A query that is bound, whose subqueries have run and whose steps stand ready. */
struct running {
  struct arena arena;
  struct ast_script *script;
  struct plan *plan;
  struct execution execution;
  struct step *root;
};

static struct plan *bind(struct running *r, const struct query *query, struct error *err)
{
  struct arena *arena = &r->arena;
  struct catalog_table *table = arena_take(arena, query->tables, sizeof *table);
  for (size_t i = 0; i < query->tables; i++)
    table[i] = (struct catalog_table){query->table[i].name, &query->table[i].schema};
  struct catalog catalog = {query->tables, table};
  struct binding binding = {arena, &query->settings, query->file, err};
  r->script = sql_parse(query->text, query->file, arena, err);
  if (r->script == NULL ||
      (query->extras != 0 && !sql_add_items(r->script, query->extras, query->extra, arena, err)))
    return NULL;
  return sql_bind(r->script, &catalog, &binding);
}

static bool run_scalars(struct running *r, struct query_counts *counts, struct error *err)
{
  for (struct scalar_query *s = r->plan->scalars; s != NULL; s = s->next)
    if (!scalar_run(s, &r->execution, counts, err))
      return false;
  return true;
}

/* Evaluation and the writer know no file; what they refuse, the query asked for. */
static void name_query(const struct query *query, struct error *err)
{
  if (err != NULL && err->file[0] == '\0')
    error_at(err, err->code, query->file, err->line, err->column, "%s", err->text);
}

/* Spark looks for the files of all tables before it reads the query. */
static bool check_files(const struct query *query, struct error *err)
{
  for (size_t i = 0; i < query->tables; i++) {
    const struct query_table *table = &query->table[i];
    if (table->path != NULL && table->growing == NULL && !infile_check(table->path, err))
      return false;
  }
  return true;
}

static void stop(struct running *r)
{
  step_close(r->root);
  arena_free(&r->arena);
}

static bool build(struct running *r, const struct query *query, const struct execution *how,
                  struct error *err)
{
  *r = (struct running){.execution = *how};
  r->execution.query = query;
  r->execution.arena = &r->arena;
  r->plan = check_files(query, err) ? bind(r, query, err) : NULL;
  r->root = r->plan != NULL ? step_build(r->plan, &r->execution, err) : NULL;
  if (r->root == NULL)
    arena_free(&r->arena);
  return r->root != NULL;
}

static bool start(struct running *r, const struct query *query, const struct execution *how,
                  struct query_counts *counts, struct error *err)
{
  if (!build(r, query, how, err))
    return false;
  if (run_scalars(r, counts, err))
    return true;
  name_query(query, err);
  stop(r);
  return false;
}

static unsigned char small(char c)
{
  return (unsigned char)ascii_lower(c);
}

/* By length and letters, whatever their case; of equal ones the first column first. */
static int compare_names(const void *a, const void *b)
{
  const struct field *x = *(const struct field *const *)a, *y = *(const struct field *const *)b;
  if (x->name.n != y->name.n)
    return x->name.n < y->name.n ? -1 : 1;
  for (size_t i = 0; i < x->name.n; i++)
    if (small(x->name.p[i]) != small(y->name.p[i]))
      return small(x->name.p[i]) < small(y->name.p[i]) ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* An error at the item of SELECT that gives a column. */
__attribute__((format(printf, 5, 6))) static bool blame_column(const struct running *r,
                                                               enum error_code code, size_t column,
                                                               struct error *err,
                                                               const char *format, ...)
{
  char text[600];
  struct position at = result_place(r->script, column, r->plan->schema.columns);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return error_at(err, code, r->execution.query->file, at.line, at.column, "%s", text);
}

/* Two columns of one name cannot be written before Spark 4.0 (COLUMN_ALREADY_EXISTS). */
static bool check_names(struct running *r, struct error *err)
{
  const struct query *query = r->execution.query;
  const struct schema *schema = &r->plan->schema;
  const struct field **field = arena_take(&r->arena, schema->columns, sizeof *field);
  for (size_t i = 0; i < schema->columns; i++)
    field[i] = &schema->column[i];
  if (query->settings.spark >= SPARK_4_0)
    return true;
  qsort(field, schema->columns, sizeof *field, compare_names);
  for (size_t i = 1; i < schema->columns; i++)
    if (slice_equal_nocase(field[i - 1]->name, field[i]->name))
      return blame_column(r, ERR_NAME, (size_t)(field[i] - schema->column), err,
                          "two columns of the result are called '%.*s'; give one another name with "
                          "AS",
                          SLICE_PRINT(field[i]->name));
  return true;
}

/* What to write instead of a column that CSV cannot hold. */
static const char *remedy(enum type_kind kind)
{
  switch (kind) {
  case TYPE_NULL:
    return "give its NULL a type: CAST(NULL AS STRING)";
  case TYPE_ARRAY:
    return "array_join(x, ',') makes a text of it, explode(x) makes rows";
  case TYPE_STRUCT:
    return "select its fields, or CAST(x AS STRING)";
  default:
    return "select its parts, or CAST(x AS STRING)";
  }
}

static bool check_types(const struct running *r, struct error *err)
{
  const struct schema *schema = &r->plan->schema;
  char name[128];
  for (size_t i = 0; i < schema->columns; i++)
    if (!csv_writer_takes(schema->column[i].type))
      return blame_column(r, ERR_TYPE, i, err, "column '%.*s': CSV cannot hold %s %s; %s",
                          SLICE_PRINT(schema->column[i].name),
                          schema->column[i].type.kind == TYPE_ARRAY ? "an" : "a",
                          type_name(schema->column[i].type, name, sizeof name),
                          remedy(schema->column[i].type.kind));
  return true;
}

/* The bytes of a batch; each lane of the last steps has its own. */
struct formatter {
  struct csv_writer *writer;
  struct buffer bytes;
  int64_t ns; /* spent on them, if the query is watched */
};

struct output {
  struct running *running;
  struct outfile *out; /* NULL: rows are not written */
  query_visitor *visit;
  void *argument;
  bool in_lanes; /* batches come formatted */
  size_t formatters;
  struct formatter *formatter;
};

static void format(void *argument, size_t lane, const struct batch *batch)
{
  struct output *o = argument;
  struct formatter *f = &o->formatter[lane];
  int64_t start = step_now(o->running->root);
  csv_writer_rows(f->writer, batch, &f->bytes);
  f->ns += step_now(o->running->root) - start;
}

static bool flush(struct buffer *bytes, struct outfile *out, struct error *err)
{
  bool good = outfile_write(out, bytes->p, bytes->n, err);
  bytes->n = 0;
  return good;
}

static bool write_batch(struct output *o, const struct batch *batch, struct error *err)
{
  const struct step *root = o->running->root;
  size_t lane = lanes_current(root);
  struct formatter *f = &o->formatter[lane];
  if (!o->in_lanes)
    format(o, lane, batch);
  int64_t start = step_now(root);
  bool good = flush(&f->bytes, o->out, err);
  f->ns += step_now(root) - start;
  return good;
}

static bool add_formatter(struct output *o, const struct query *query,
                          const struct csv_write_options *options, struct error *err)
{
  struct csv_writer *writer =
      csv_writer_new(&o->running->plan->schema, options, query->settings.zone_offset_us, err);
  if (writer == NULL)
    return false;
  o->formatter = mem_resize(o->formatter, o->formatters + 1, sizeof *o->formatter);
  o->formatter[o->formatters++] = (struct formatter){.writer = writer};
  return true;
}

/* Whether the last step hands on what lanes give is known when it is prepared. */
static bool start_output(struct output *o, const struct query *query,
                         const struct csv_write_options *options, struct error *err)
{
  struct running *r = o->running;
  if (!check_names(r, err) || !check_types(r, err))
    return false;
  if (!add_formatter(o, query, options, err) || (r->root->may_pass && !step_prepare(r->root, err)))
    return false;
  while (o->formatters < lanes_of(r->root))
    if (!add_formatter(o, query, options, err))
      return false;
  o->in_lanes = lanes_also(r->root, format, o);
  return true;
}

/* The header goes out when the first rows are there: a query that fails at once writes nothing. */
static bool write_rows(struct output *o, uint64_t *rows, struct error *err)
{
  struct running *r = o->running;
  struct batch batch;
  struct buffer header = {0};
  bool good = true;
  csv_writer_header(o->formatter[0].writer, &header);
  while (good && (good = step_next(r->root, &batch, err)) && batch.rows != 0) {
    *rows += batch.rows;
    if (o->visit != NULL)
      o->visit(o->argument, &r->plan->schema, &batch);
    good = flush(&header, o->out, err) && write_batch(o, &batch, err);
  }
  good = good && flush(&header, o->out, err);
  buffer_free(&header);
  return good;
}

static void end_output(struct output *o)
{
  for (size_t i = 0; i < o->formatters; i++) {
    csv_writer_free(o->formatter[i].writer);
    buffer_free(&o->formatter[i].bytes);
  }
  free(o->formatter);
}

bool query_write_visiting(const struct query *query, const struct csv_write_options *options,
                          struct outfile *out, query_visitor *visit, void *argument,
                          struct query_counts *counts, struct error *err)
{
  struct running r;
  struct query_counts counted = {.malformed_of = counts != NULL ? counts->malformed_of : NULL};
  if (!start(&r, query, &(struct execution){.takes_all = true}, &counted, err))
    return false;
  struct output o = {.running = &r, .out = out, .visit = visit, .argument = argument};
  bool good = start_output(&o, query, options, err) && write_rows(&o, &counted.rows, err);
  if (good)
    step_count(r.root, &counted);
  if (counts != NULL)
    *counts = counted;
  if (!good)
    name_query(query, err);
  stop(&r);
  end_output(&o);
  return good;
}

bool query_write(const struct query *query, const struct csv_write_options *options,
                 struct outfile *out, struct query_counts *counts, struct error *err)
{
  return query_write_visiting(query, options, out, NULL, NULL, counts, err);
}

bool query_columns(const struct query *query, struct schema *columns, struct arena *arena,
                   struct error *err)
{
  struct running r = {.arena = *arena};
  const struct plan *plan = bind(&r, query, err);
  *arena = r.arena;
  if (plan != NULL)
    *columns = plan->schema;
  return plan != NULL;
}

bool query_check(const struct query *query, struct error *err)
{
  struct running r = {.execution.query = query};
  r.plan = bind(&r, query, err);
  bool good = r.plan != NULL && check_names(&r, err) && check_types(&r, err);
  arena_free(&r.arena);
  return good;
}

bool query_visit(const struct query *query, query_visitor *visit, void *argument, struct error *err)
{
  struct running r;
  struct query_counts counted = {0};
  struct batch batch;
  bool good;
  if (!start(&r, query, &(struct execution){.takes_all = true}, &counted, err))
    return false;
  while ((good = step_next(r.root, &batch, err)) && batch.rows != 0)
    visit(argument, &r.plan->schema, &batch);
  if (!good)
    name_query(query, err);
  stop(&r);
  return good;
}

/* ---- explain ---- */

static bool take_rows(struct running *r, uint64_t *rows, struct error *err)
{
  struct batch batch;
  bool good;
  while ((good = step_next(r->root, &batch, err)) && batch.rows != 0)
    *rows += batch.rows;
  return good;
}

static void explain_writing(const struct output *o, uint64_t rows, struct buffer *text)
{
  int64_t ns = 0;
  for (size_t i = 0; i < o->formatters; i++)
    ns += o->formatter[i].ns;
  explain_line(&o->running->execution, rows, ns, "write", "as CSV", text);
}

/* The subqueries are explained in the order in which they run, below the query. */
static void explain_subqueries(const struct running *r, struct slice subqueries,
                               struct buffer *text)
{
  if (r->plan->scalars == NULL)
    return;
  buffer_add(text, SLICE("\n"));
  buffer_add(text, r->plan->scalars->next != NULL ? SLICE("subqueries, one after another:\n\n")
                                                  : SLICE("the subquery:\n\n"));
  buffer_add(text, subqueries);
}

static bool explain_plan(const struct query *query, struct buffer *text, struct buffer *subqueries,
                         struct error *err)
{
  struct running r;
  bool good = true;
  if (!build(&r, query, &(struct execution){0}, err))
    return false;
  for (struct scalar_query *s = r.plan->scalars; good && s != NULL; s = s->next) {
    struct step *root = step_build(s->plan, &r.execution, err);
    if ((good = root != NULL))
      explain_steps(root, &r.execution, subqueries);
    step_close(root);
  }
  explain_steps(r.root, &r.execution, text);
  explain_subqueries(&r, (struct slice){subqueries->p, subqueries->n}, text);
  stop(&r);
  return good;
}

static bool explain_run(const struct query *query, const struct csv_write_options *options,
                        struct outfile *out, const struct stopwatch *watch, struct buffer *text,
                        struct buffer *subqueries, struct error *err)
{
  struct running r;
  struct query_counts counted = {0};
  struct execution how = {.takes_all = true, .watch = watch, .subqueries = subqueries};
  int64_t began = watch->now_ns != NULL ? watch->now_ns(watch->argument) : 0;
  if (!start(&r, query, &how, &counted, err))
    return false;
  struct output o = {.running = &r, .out = out};
  bool good = check_names(&r, err);
  if (good && out == NULL)
    good = take_rows(&r, &counted.rows, err);
  else
    good = good && start_output(&o, query, options, err) && write_rows(&o, &counted.rows, err);
  if (good) {
    explain_heading(&r.execution, text);
    if (out != NULL)
      explain_writing(&o, counted.rows, text);
    explain_steps(r.root, &r.execution, text);
    explain_subqueries(&r, (struct slice){subqueries->p, subqueries->n}, text);
    explain_total(&r.execution, step_now(r.root) - began, text);
  } else {
    name_query(query, err);
  }
  stop(&r);
  end_output(&o);
  return good;
}

bool query_explain(const struct query *query, const struct csv_write_options *options,
                   struct outfile *out, const struct stopwatch *watch, struct buffer *text,
                   struct error *err)
{
  struct buffer subqueries = {0};
  bool good = watch == NULL ? explain_plan(query, text, &subqueries, err)
                            : explain_run(query, options, out, watch, text, &subqueries, err);
  buffer_free(&subqueries);
  return good;
}

bool query_value(const struct query *query, struct slice *value, bool *found, struct arena *arena,
                 struct error *err)
{
  struct running r;
  struct query_counts counted = {0};
  if (!start(&r, query, &(struct execution){0}, &counted, err))
    return false;
  struct binding binding = {&r.arena, &query->settings, query->file, err};
  struct position nowhere = {0};
  struct evaluation ev = {&r.arena, err};
  struct batch batch;
  struct column text;
  struct expr *cast = NULL;
  *found = false;
  bool good = true;
  if (r.plan->schema.columns != 1)
    good = error_at(err, ERR_TYPE, query->file, 0, 0, "the query must give one column, not %zu",
                    r.plan->schema.columns);
  if (good) {
    struct expr *column = expr_column(&r.arena, 0, r.plan->schema.column[0].type, nowhere);
    cast = expr_cast(&binding, column, type_of(TYPE_STRING), nowhere);
  }
  good = good && cast != NULL && step_next(r.root, &batch, err);
  if (good && batch.rows != 0 && (good = expr_eval(cast, &batch, &ev, &text)) &&
      !column_is_null(&text, 0)) {
    *value = (struct slice){arena_copy(arena, text.text[0].p, text.text[0].n), text.text[0].n};
    *found = true;
  }
  if (!good)
    name_query(query, err);
  stop(&r);
  return good;
}
