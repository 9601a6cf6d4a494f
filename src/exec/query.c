/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/query.h"

#include "exec/step.h"
#include "sql/binder.h"
#include "sql/parser.h"
#include "table/csv_writer.h"

/* A query that is bound, whose subqueries have run and whose steps stand ready. */
struct running {
  struct arena arena;
  struct plan *plan;
  struct execution execution;
  struct step *root;
};

static struct plan *bind(const struct query *query, struct arena *arena, struct error *err)
{
  struct catalog_table *table = arena_take(arena, query->tables, sizeof *table);
  for (size_t i = 0; i < query->tables; i++)
    table[i] = (struct catalog_table){query->table[i].name, &query->table[i].schema};
  struct catalog catalog = {query->tables, table};
  struct binding binding = {arena, &query->settings, query->file, err};
  struct ast_script *script = sql_parse(query->text, query->file, arena, err);
  return script != NULL ? sql_bind(script, &catalog, &binding) : NULL;
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

static bool start(struct running *r, const struct query *query, struct query_counts *counts,
                  struct error *err)
{
  *r = (struct running){0};
  r->execution = (struct execution){query, &r->arena};
  r->plan = bind(query, &r->arena, err);
  r->root = r->plan != NULL ? step_build(r->plan, &r->execution, err) : NULL;
  if (r->root != NULL && run_scalars(r, counts, err))
    return true;
  if (r->root != NULL)
    name_query(query, err);
  step_close(r->root);
  arena_free(&r->arena);
  return false;
}

static void stop(struct running *r)
{
  step_close(r->root);
  arena_free(&r->arena);
}

/* Two columns of one name cannot be written (Spark 3.5: COLUMN_ALREADY_EXISTS). */
static bool check_names(const struct query *query, const struct schema *schema, struct error *err)
{
  for (size_t i = 0; i < schema->columns; i++)
    for (size_t k = 0; k < i; k++)
      if (slice_equal_nocase(schema->column[i].name, schema->column[k].name))
        return error_at(err, ERR_NAME, query->file, 0, 0,
                        "two columns of the result are called '%.*s'; give one another name with "
                        "AS",
                        SLICE_PRINT(schema->column[i].name));
  return true;
}

static bool flush(struct buffer *bytes, struct outfile *out, struct error *err)
{
  bool good = outfile_write(out, bytes->p, bytes->n, err);
  bytes->n = 0;
  return good;
}

static bool write_rows(struct running *r, struct csv_writer *writer, struct outfile *out,
                       query_visitor *visit, void *argument, uint64_t *rows, struct error *err)
{
  struct buffer bytes = {0};
  struct batch batch;
  csv_writer_header(writer, &bytes);
  bool good = true;
  for (;;) {
    good = step_next(r->root, &batch, err);
    if (!good || batch.rows == 0)
      break;
    *rows += batch.rows;
    if (visit != NULL)
      visit(argument, &r->plan->schema, &batch);
    csv_writer_rows(writer, &batch, &bytes);
    if (!(good = flush(&bytes, out, err)))
      break;
  }
  good = good && flush(&bytes, out, err);
  buffer_free(&bytes);
  return good;
}

bool query_write_visiting(const struct query *query, const struct csv_write_options *options,
                          struct outfile *out, query_visitor *visit, void *argument,
                          struct query_counts *counts, struct error *err)
{
  struct running r;
  struct query_counts counted = {0};
  if (!start(&r, query, &counted, err))
    return false;
  struct csv_writer *writer = NULL;
  bool good = check_names(query, &r.plan->schema, err) &&
              (writer = csv_writer_new(&r.plan->schema, options, query->settings.zone_offset_us,
                                       err)) != NULL &&
              write_rows(&r, writer, out, visit, argument, &counted.rows, err);
  step_count(r.root, &counted);
  if (counts != NULL)
    *counts = counted;
  if (!good)
    name_query(query, err);
  csv_writer_free(writer);
  stop(&r);
  return good;
}

bool query_write(const struct query *query, const struct csv_write_options *options,
                 struct outfile *out, struct query_counts *counts, struct error *err)
{
  return query_write_visiting(query, options, out, NULL, NULL, counts, err);
}

bool query_value(const struct query *query, struct slice *value, bool *found, struct arena *arena,
                 struct error *err)
{
  struct running r;
  struct query_counts counted = {0};
  if (!start(&r, query, &counted, err))
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
