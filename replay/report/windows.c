/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/windows.h"

#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/infile.h"
#include "base/suggest.h"
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
  size_t room, series_room, label_room;
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

/* Rows come series by series or, at each time, one of each in turn: the last name and the one
 * behind it are looked at first. */
static uint32_t name_index(struct arena *arena, struct slice **name, size_t *count, size_t *room,
                           struct slice text, uint32_t last)
{
  for (uint32_t i = last; i < *count && i <= last + 1; i++)
    if (slice_equal((*name)[i], text))
      return i;
  for (size_t i = 0; i < *count; i++)
    if (slice_equal((*name)[i], text))
      return (uint32_t)i;
  if (*count == *room) {
    *room = *room != 0 ? 2 * *room : 16;
    *name = mem_resize(*name, *room, sizeof **name);
  }
  (*name)[*count] = (struct slice){arena_copy(arena, text.p, text.n), text.n};
  return (uint32_t)(*count)++;
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

/* Names as they are met; sorted later. */
struct names {
  struct slice *series, *label;
  size_t labels, serieses;
};

static void read_row(struct loading *l, struct names *names)
{
  struct windows *w = l->windows;
  struct windows_row row = {0}, *before = w->rows != 0 ? &w->row[w->rows - 1] : NULL;
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
  row.series = name_index(&w->arena, &names->series, &names->serieses, &l->series_room,
                          field(l, l->at.series), before != NULL ? before->series : 0);
  if (label.n != 0)
    row.label = 1 + name_index(&w->arena, &names->label, &names->labels, &l->label_room, label, 0);
  if (w->rows == l->room) {
    l->room = l->room != 0 ? 2 * l->room : 1024;
    w->row = mem_resize(w->row, l->room, sizeof *w->row);
  }
  w->row[w->rows++] = row;
}

static bool read_file(struct loading *l, struct slice text, struct names *names)
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
      read_row(l, names);
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

static int by_name(const void *left, const void *right)
{
  return natural(*(const struct slice *)left, *(const struct slice *)right);
}

/* Sorts the names; returns the new place of each old one. */
static uint32_t *sort_names(struct arena *arena, struct slice *name, size_t count)
{
  struct slice *sorted = arena_take(arena, count + 1, sizeof *sorted);
  uint32_t *place = arena_zero(arena, count + 1, sizeof *place);
  if (count == 0)
    return place;
  memcpy(sorted, name, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, by_name);
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < count; k++)
      if (slice_equal(name[i], sorted[k]))
        place[i] = (uint32_t)k;
  memcpy(name, sorted, count * sizeof *sorted);
  return place;
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

static void put_in_order(struct windows *w, struct names *names)
{
  uint32_t *series = sort_names(&w->arena, names->series, names->serieses);
  uint32_t *label = sort_names(&w->arena, names->label, names->labels);
  w->series = names->serieses;
  w->of = arena_zero(&w->arena, w->series, sizeof *w->of);
  w->labels = names->labels;
  w->label = arena_zero(&w->arena, w->labels, sizeof *w->label);
  w->labelled = arena_zero(&w->arena, w->labels, sizeof *w->labelled);
  for (size_t i = 0; i < w->series; i++)
    w->of[i].name = names->series[i];
  for (size_t i = 0; i < w->labels; i++)
    w->label[i] = names->label[i];
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
  struct names names = {0};
  struct loading l = {.windows = w, .job = job, .err = err};
  *w = (struct windows){0};
  l.file = arena_printf(&w->arena, "%s/%s", run->directory, job->output);
  bool good = infile_read(l.file, &text, err);
  good = good && read_file(&l, (struct slice){text.p, text.n}, &names);
  if (good) {
    put_in_order(w, &names);
    count_rows(w);
    find_quiet_sides(w);
  }
  csv_scanner_free(&l.scanner);
  buffer_free(&text);
  free(names.series);
  free(names.label);
  return good;
}

void windows_close(struct windows *windows)
{
  free(windows->row);
  arena_free(&windows->arena);
}
