/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/windows.h"

#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/infile.h"
#include "base/suggest.h"
#include "exec/key_table.h"
#include "table/csv_record.h"
#include "text/number.h"
#include "text/time_text.h"

enum { MOST_COLUMNS = 256, LONGEST_LIMIT = 16, DAY_ONE = 0 };

/* From 1970, either way: differences of two times fit. */
static const int64_t FARTHEST_US = INT64_MAX / 4;

/* Where the plot's columns are among the file's; -1: the plot has none. */
struct places {
  int time, series, alert, *value;
};

struct loading {
  struct windows *windows;
  const struct run_job *job;
  const char *file;
  struct places at;
  struct csv_scanner scanner;
  struct key_table *series, *labels; /* as they are met; sorted later */
  size_t room;
  struct error *err;
};

/* --- the header --- */

static bool place(struct loading *l, const char *column, int *out)
{
  struct slice names[MOST_COLUMNS];
  size_t n = l->scanner.fields < MOST_COLUMNS ? l->scanner.fields : MOST_COLUMNS;
  *out = -1;
  if (column == NULL)
    return true;
  for (size_t i = 0; i < n; i++) {
    names[i] = csv_scanner_field(&l->scanner, i);
    if (slice_equal_nocase(names[i], slice_of(column))) {
      *out = (int)i;
      return true;
    }
  }
  char hint[96];
  suggest_hint(slice_of(column), names, n, hint, sizeof hint);
  return error_at(l->err, ERR_DATA, l->file, 1, 0,
                  "has no column '%.100s'%s, which the plot of job '%.100s' names; correct it in "
                  "pipeline.yaml and run again",
                  column, hint, l->job->name);
}

static void read_threshold(struct loading *l, const char *text, struct windows_value *out)
{
  char digits[NUMBER_DOUBLE_BYTES];
  if (text == NULL || !number_parse_double(slice_of(text), &out->threshold) ||
      !isfinite(out->threshold))
    return;
  out->has_threshold = true;
  out->limit = slice_of(text);
  if (out->limit.n <= LONGEST_LIMIT && strspn(text, "-0123456789.") == out->limit.n)
    return;
  size_t n = number_print_double(out->threshold, digits);
  out->limit = (struct slice){arena_copy(&l->windows->arena, digits, n), n};
}

static bool read_header(struct loading *l)
{
  struct windows *w = l->windows;
  const struct run_plot *plot = l->job->plot;
  w->values = plot->values;
  w->value = arena_zero(&w->arena, plot->values, sizeof *w->value);
  l->at.value = arena_zero(&w->arena, plot->values, sizeof *l->at.value);
  for (size_t i = 0; i < plot->values; i++) {
    struct windows_value *value = &w->value[i];
    value->column = slice_of(plot->value[i].column);
    value->least = value->greatest = NAN;
    read_threshold(l, plot->value[i].threshold, value);
    if (!place(l, plot->value[i].column, &l->at.value[i]))
      return false;
  }
  return place(l, plot->time, &l->at.time) && place(l, plot->series, &l->at.series) &&
         place(l, plot->alert, &l->at.alert);
}

/* --- the rows --- */

/* The name's number, a new one if it was not met before. */
static uint32_t number_of(struct key_table *names, struct slice name)
{
  uint32_t number;
  struct column column = {.type = type_of(TYPE_STRING), .text = &name};
  key_table_add(names, &column, 1, &number);
  return number;
}

static struct slice field(const struct loading *l, int at)
{
  return at >= 0 && (size_t)at < l->scanner.fields ? csv_scanner_field(&l->scanner, (size_t)at)
                                                   : SLICE("");
}

static void read_values(struct loading *l, double *value)
{
  for (size_t i = 0; i < l->windows->values; i++) {
    struct windows_value *v = &l->windows->value[i];
    if (!number_parse_double(field(l, l->at.value[i]), &value[i]) || !isfinite(value[i])) {
      value[i] = NAN;
      continue;
    }
    v->least = v->least <= value[i] ? v->least : value[i]; /* comparing with NaN is false */
    v->greatest = v->greatest >= value[i] ? v->greatest : value[i];
  }
}

static void read_row(struct loading *l)
{
  struct windows *w = l->windows;
  struct windows_row row = {0};
  if (!timestamp_parse(field(l, l->at.time), 0, DAY_ONE, &row.time_us) ||
      row.time_us < -FARTHEST_US || row.time_us > FARTHEST_US) {
    w->untimed++;
    return;
  }
  double *value = arena_take(&w->arena, w->values, sizeof *value);
  struct slice label = field(l, l->at.alert);
  read_values(l, value);
  row.value = value;
  row.nth = w->rows;
  row.series = number_of(l->series, field(l, l->at.series));
  if (label.n != 0)
    row.label = 1 + number_of(l->labels, label);
  if (w->rows == l->room) {
    l->room = l->room != 0 ? 2 * l->room : 1024;
    w->row = mem_resize(w->row, l->room, sizeof *w->row);
  }
  w->row[w->rows++] = row;
}

static bool read_file(struct loading *l, struct slice text)
{
  struct csv_read_options options;
  struct csv_dialect dialect;
  bool header = false;
  csv_read_defaults(&options);
  options.multi_line = true; /* a text in quotes may hold line ends */
  csv_dialect_of(&dialect, &options);
  l->scanner.dialect = &dialect;
  for (const char *p = text.p, *end = text.p + text.n; !l->scanner.ended;) {
    enum csv_scan found = csv_scan(&l->scanner, &p, end, true);
    if (found == CSV_SCAN_TOO_MANY)
      return error_at(l->err, ERR_DATA, l->file, 0, 0, "has a row of too many fields");
    if (found != CSV_SCAN_RECORD)
      continue;
    if (header)
      read_row(l);
    else if (!read_header(l))
      return false;
    header = true;
  }
  return header || error_at(l->err, ERR_DATA, l->file, 0, 0, "has no header; run again");
}

/* --- in order --- */

static size_t digits(struct slice s, size_t i)
{
  size_t n = 0;
  while (i + n < s.n && ascii_is_digit(s.p[i + n]))
    n++;
  return n;
}

/* server_9 before server_10. */
static int natural(struct slice a, struct slice b)
{
  for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
    size_t m = digits(a, i), n = digits(b, k);
    while (m > 1 && a.p[i] == '0')
      i++, m--;
    while (n > 1 && b.p[k] == '0')
      k++, n--;
    if (m != n && m != 0 && n != 0)
      return m < n ? -1 : 1;
    size_t step = m != 0 && n != 0 ? m : 1;
    int order = memcmp(a.p + i, b.p + k, step);
    if (order != 0)
      return order;
    i += step;
    k += step;
  }
  return slice_compare(a, b);
}

struct name {
  struct slice text;
  uint32_t met; /* its number as it was met */
};

static int by_name(const void *left, const void *right)
{
  return natural(((const struct name *)left)->text, ((const struct name *)right)->text);
}

/* The names in order, kept in the arena; place[]: where each number has gone. */
static struct name *sort_names(struct arena *arena, const struct key_table *names, uint32_t **place)
{
  size_t count = key_table_keys(names);
  uint32_t *number = arena_take(arena, count + 1, sizeof *number);
  struct name *name = arena_take(arena, count + 1, sizeof *name);
  struct column column;
  for (size_t i = 0; i < count; i++)
    number[i] = (uint32_t)i;
  key_table_values(names, number, count, &column, arena);
  for (size_t i = 0; i < count; i++) {
    struct slice text = column.text[i];
    name[i] = (struct name){{arena_copy(arena, text.p, text.n), text.n}, (uint32_t)i};
  }
  qsort(name, count, sizeof *name, by_name);
  for (size_t i = 0; i < count; i++)
    number[name[i].met] = (uint32_t)i;
  *place = number;
  return name;
}

static int by_series_and_time(const void *left, const void *right)
{
  const struct windows_row *a = left, *b = right;
  if (a->series != b->series)
    return a->series < b->series ? -1 : 1;
  if (a->time_us != b->time_us)
    return a->time_us < b->time_us ? -1 : 1;
  return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static void put_in_order(struct loading *l)
{
  struct windows *w = l->windows;
  uint32_t *series, *label;
  const struct name *series_name = sort_names(&w->arena, l->series, &series);
  const struct name *label_name = sort_names(&w->arena, l->labels, &label);
  w->series = key_table_keys(l->series);
  w->of = arena_zero(&w->arena, w->series, sizeof *w->of);
  w->labels = key_table_keys(l->labels);
  w->label = arena_zero(&w->arena, w->labels, sizeof *w->label);
  w->labelled = arena_zero(&w->arena, w->labels, sizeof *w->labelled);
  for (size_t i = 0; i < w->series; i++)
    w->of[i].name = series_name[i].text;
  for (size_t i = 0; i < w->labels; i++)
    w->label[i] = label_name[i].text;
  for (size_t i = 0; i < w->rows; i++) {
    struct windows_row *row = &w->row[i];
    row->series = series[row->series];
    row->label = row->label != 0 ? 1 + label[row->label - 1] : 0;
  }
  if (w->rows != 0)
    qsort(w->row, w->rows, sizeof *w->row, by_series_and_time);
}

/* --- what follows from the rows --- */

static void count_rows(struct windows *w)
{
  w->first_us = w->rows != 0 ? INT64_MAX : 0;
  w->last_us = w->rows != 0 ? INT64_MIN : 0;
  for (size_t i = 0; i < w->rows; i++) {
    const struct windows_row *row = &w->row[i];
    struct windows_series *s = &w->of[row->series];
    int64_t step = 0;
    if (s->rows++ == 0)
      s->first = i;
    else
      step = row->time_us - w->row[i - 1].time_us;
    if (step > 0 && (w->step_us == 0 || step < w->step_us))
      w->step_us = step;
    w->first_us = row->time_us < w->first_us ? row->time_us : w->first_us;
    w->last_us = row->time_us > w->last_us ? row->time_us : w->last_us;
    if (row->label != 0) {
      w->labelled[row->label - 1]++;
      s->alerts++;
      w->alerts++;
    }
  }
}

static void find_quiet_sides(struct windows *w)
{
  for (size_t v = 0; v < w->values; v++) {
    struct windows_value *value = &w->value[v];
    uint64_t above = 0, below = 0;
    for (size_t i = 0; value->has_threshold && i < w->rows; i++) {
      double x = w->row[i].value[v];
      above += w->row[i].label == 0 && x > value->threshold;
      below += w->row[i].label == 0 && x < value->threshold;
    }
    value->quiet_above = above > below;
  }
}

bool windows_is_beyond(const struct windows_value *value, double x)
{
  if (!value->has_threshold)
    return true;
  return value->quiet_above ? x <= value->threshold : x >= value->threshold;
}

static int by_alerts(const void *left, const void *right)
{
  const struct windows_series *const *a = left, *const *b = right;
  if ((*a)->alerts != (*b)->alerts)
    return (*a)->alerts > (*b)->alerts ? -1 : 1;
  return *a < *b ? -1 : *a > *b;
}

const uint32_t *windows_by_alerts(struct windows *w, size_t *count)
{
  const struct windows_series **order = arena_take(&w->arena, w->series + 1, sizeof *order);
  uint32_t *index = arena_take(&w->arena, w->series + 1, sizeof *index);
  for (size_t i = 0; i < w->series; i++)
    order[i] = &w->of[i];
  if (w->series != 0)
    qsort(order, w->series, sizeof *order, by_alerts);
  *count = 0;
  for (size_t i = 0; i < w->series; i++) {
    index[i] = (uint32_t)(order[i] - w->of);
    *count += order[i]->alerts != 0;
  }
  return index;
}

bool windows_open(struct windows *w, const struct run *run, const struct run_job *job,
                  struct error *err)
{
  struct buffer text = {0};
  const struct type text_type = type_of(TYPE_STRING);
  struct loading l = {
      .windows = w,
      .job = job,
      .series = key_table_new(1, &text_type),
      .labels = key_table_new(1, &text_type),
      .err = err,
  };
  *w = (struct windows){0};
  l.file = arena_printf(&w->arena, "%s/%s", run->directory, job->output);
  bool good = infile_read(l.file, &text, err);
  good = good && read_file(&l, (struct slice){text.p, text.n});
  if (good) {
    put_in_order(&l);
    count_rows(w);
    find_quiet_sides(w);
  }
  csv_scanner_free(&l.scanner);
  buffer_free(&text);
  key_table_free(l.series);
  key_table_free(l.labels);
  return good;
}

void windows_close(struct windows *windows)
{
  free(windows->row);
  arena_free(&windows->arena);
}
