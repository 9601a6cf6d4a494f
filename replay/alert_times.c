/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/alert_times.h"

#include <stdio.h>

#include "base/suggest.h"
#include "replay/alert_windows.h"

struct extra {
  const char *name;
  enum type_kind kind;
};

/* What is computed for each alert and for each sample; the series, if there is one, comes last. */
enum { START, END, SERIES_OF_ALERT, MOST_OF_ALERT };
enum { TIME, SERIES_OF_SAMPLE, MOST_OF_SAMPLE };
static const struct extra OF_ALERT[] = {
    {"start", TYPE_TIMESTAMP}, {"end", TYPE_TIMESTAMP}, {"series", TYPE_STRING}};
static const struct extra OF_SAMPLE[] = {{"the dataset's time", TYPE_TIMESTAMP},
                                         {"series in the dataset", TYPE_STRING}};

static struct query alert_query(const struct alert_request *request,
                                struct slice extra[MOST_OF_ALERT])
{
  const struct alerts *alerts = request->job->alerts;
  struct query query = *request->query;
  extra[START] = alerts->start;
  extra[END] = alerts->end;
  extra[SERIES_OF_ALERT] = alerts->series;
  query.extra = extra;
  query.extras = alerts->series.n != 0 ? MOST_OF_ALERT : SERIES_OF_ALERT;
  return query;
}

static struct query sample_query(const struct alert_request *request,
                                 struct slice extra[MOST_OF_SAMPLE])
{
  extra[TIME] = request->pipeline->dataset.time;
  extra[SERIES_OF_SAMPLE] = request->job->alerts->series;
  return (struct query){
      .text = SLICE("SELECT 0 AS nothing FROM dataset"),
      .tables = 1,
      .table = request->dataset,
      .settings = request->query->settings,
      .executor = request->query->executor,
      .extra = extra,
      .extras = extra[SERIES_OF_SAMPLE].n != 0 ? MOST_OF_SAMPLE : SERIES_OF_SAMPLE,
  };
}

/* --- before anything is read --- */

static bool fail(const struct alert_request *request, enum error_code code, const char *name,
                 const char *text, struct error *err)
{
  const struct alerts *alerts = request->job->alerts;
  return error_at(err, code, request->pipeline->file, alerts->line, alerts->column,
                  "'alerts' of job '%.*s': %s: %s", SLICE_PRINT(request->job->name), name, text);
}

static bool check_type(const struct alert_request *request, const struct extra *extra,
                       struct type type, struct error *err)
{
  char is[128], wanted[128], text[300];
  if (type.kind == extra->kind)
    return true;
  snprintf(text, sizeof text, "must be a %s, not %s",
           type_name(type_of(extra->kind), wanted, sizeof wanted), type_name(type, is, sizeof is));
  return fail(request, ERR_TYPE, extra->name, text, err);
}

/* Binds the query with each of its extra expressions alone, so that an error can name it. */
static bool check_extras(const struct alert_request *request, const struct query *query,
                         const struct extra *extra, struct error *err)
{
  struct arena arena = {0};
  bool good = true;
  for (size_t i = 0; good && i < query->extras; i++) {
    struct query with_one = *query;
    struct schema columns;
    struct error inner = {0};
    with_one.extra = &query->extra[i];
    with_one.extras = 1;
    if (query_columns(&with_one, &columns, &arena, &inner))
      good = check_type(request, &extra[i], columns.column[columns.columns - 1].type, err);
    else
      good = fail(request, inner.code, extra[i].name, inner.text, err);
  }
  arena_free(&arena);
  return good;
}

static bool no_column(const struct alert_request *request, const struct schema *columns,
                      struct arena *arena, struct error *err)
{
  struct slice *names = arena_take(arena, columns->columns, sizeof *names);
  char hint[96];
  for (size_t i = 0; i < columns->columns; i++)
    names[i] = columns->column[i].name;
  suggest_hint(request->job->alerts->when, names, columns->columns, hint, sizeof hint);
  return fail(request, ERR_NAME, "when",
              arena_printf(arena, "the output has no column '%.*s'%s",
                           SLICE_PRINT(request->job->alerts->when), hint),
              err);
}

static bool check_when(const struct alert_request *request, struct error *err)
{
  struct arena arena = {0};
  struct schema columns;
  bool good = query_columns(request->query, &columns, &arena, err);
  int at = good ? schema_find(&columns, request->job->alerts->when) : -1;
  if (good && at < 0)
    good = no_column(request, &columns, &arena, err);
  else if (good && columns.column[at].type.kind != TYPE_BOOLEAN)
    good = check_type(request, &(struct extra){"when", TYPE_STRING}, columns.column[at].type, err);
  arena_free(&arena);
  return good;
}

bool alert_times_check(const struct alert_request *request, struct error *err)
{
  struct slice of_alert[MOST_OF_ALERT], of_sample[MOST_OF_SAMPLE];
  struct query alerts = alert_query(request, of_alert), samples = sample_query(request, of_sample);
  return check_when(request, err) && check_extras(request, &alerts, OF_ALERT, err) &&
         check_extras(request, &samples, OF_SAMPLE, err);
}

/* --- the windows of the alerts, then the samples in them --- */

struct timing {
  const struct alert_request *request;
  const struct sent_times *sent;
  struct alert_windows windows;
  size_t row; /* of the dataset */
};

/* No text is as an empty one, and so is no series at all. */
static struct slice series_at(const struct batch *batch, size_t column, size_t row)
{
  if (column >= batch->columns || column_is_null(&batch->column[column], row))
    return SLICE("");
  return batch->column[column].text[column_index(&batch->column[column], row)];
}

static bool is_alert(const struct column *when, size_t row)
{
  if (when->type.kind == TYPE_BOOLEAN)
    return column_is_true(when, row);
  return !column_is_null(when, row) && when->text[column_index(when, row)].n != 0;
}

static void take_alerts(void *argument, const struct schema *schema, const struct batch *batch)
{
  struct timing *t = argument;
  const struct alerts *alerts = t->request->job->alerts;
  size_t extras = alerts->series.n != 0 ? MOST_OF_ALERT : SERIES_OF_ALERT;
  size_t first = batch->columns - extras;
  const struct column *start = &batch->column[first + START], *end = &batch->column[first + END];
  const struct column *when = &batch->column[schema_find(schema, alerts->when)];
  for (size_t row = 0; row < batch->rows; row++) {
    if (!is_alert(when, row))
      continue;
    bool no_window = column_is_null(start, row) || column_is_null(end, row);
    alert_windows_add(&t->windows, series_at(batch, first + SERIES_OF_ALERT, row),
                      no_window ? 0 : column_integer(start, row),
                      no_window ? 0 : column_integer(end, row));
  }
}

static void take_samples(void *argument, const struct schema *schema, const struct batch *batch)
{
  struct timing *t = argument;
  (void)schema;
  const struct column *time = &batch->column[1 + TIME]; /* behind `nothing` */
  for (size_t row = 0; row < batch->rows && t->row < t->sent->rows; row++, t->row++)
    if (!column_is_null(time, row))
      alert_windows_sample(&t->windows, series_at(batch, 1 + SERIES_OF_SAMPLE, row),
                           column_integer(time, row), sent_times_rank(t->sent, t->row));
}

static uint64_t record(const struct timing *t, int64_t emitted_ns, struct latency *latency)
{
  uint64_t untimed = 0;
  for (size_t i = 0; i < t->windows.windows; i++) {
    uint64_t samples = t->windows.window[i].samples;
    if (samples == 0) {
      untimed++;
      continue;
    }
    struct sent_time sent = sent_times_of(t->sent, samples - 1);
    latency_record(latency, LATENCY_EVENT_TO_ALERT, sent.intended_ns, sent.sent_ns, emitted_ns);
  }
  return untimed;
}

bool alert_times_record(const struct alert_request *request, const struct sent_times *sent,
                        int64_t emitted_ns, struct latency *latency, uint64_t *untimed,
                        struct error *err)
{
  struct slice of_alert[MOST_OF_ALERT], of_sample[MOST_OF_SAMPLE];
  struct query alerts = alert_query(request, of_alert), samples = sample_query(request, of_sample);
  struct timing t = {.request = request, .sent = sent};
  bool good = query_visit(&alerts, take_alerts, &t, err);
  alert_windows_sort(&t.windows);
  good = good && (t.windows.windows == 0 || query_visit(&samples, take_samples, &t, err));
  *untimed = good ? record(&t, emitted_ns, latency) : 0;
  alert_windows_free(&t.windows);
  return good;
}
