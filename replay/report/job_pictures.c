/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/job_pictures.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "replay/report/figure.h"
#include "replay/report/html.h"
#include "text/civil.h"
#include "text/number.h"
#include "text/utf8.h"

enum { LETTER = 8, LEAST_LEFT = 64, PANEL_LEFT = 56 }; /* pixels */
enum { LONGEST_NAME = 24 };                            /* characters */
enum { BAND_STEPS = 6, BAND_TICKS = 9, PANEL_STEPS = 3, PANEL_TICKS = 5 };
enum { FEW_ROWS = 100 }; /* of a series, from which on dots would touch */

/* Numbers go out as the shortest text that reads back. */
static void put_number(struct buffer *out, double x)
{
  if (isnan(x))
    buffer_printf(out, "NaN");
  else
    out->n += number_print_double(x, buffer_room(out, NUMBER_DOUBLE_BYTES));
}

static bool put_file(const struct job_pictures *job, const char *name, struct buffer *bytes,
                     struct error *err)
{
  struct gnuplot *g = job->page->gnuplot;
  bool good = gnuplot_data(g, arena_printf(&g->arena, "%s-%s.tsv", job->name, name), bytes, err);
  buffer_free(bytes);
  return good;
}

static int64_t end_us(const struct windows *w)
{
  return w->last_us + (w->step_us != 0 ? w->step_us : MICROS_PER_SECOND);
}

/* Room left of the axis, the same in all pictures of a job so that their times stand in line. */
static size_t left_of(const struct windows *w)
{
  size_t left = LEAST_LEFT;
  for (size_t i = 0; i < w->series; i++) {
    size_t letters = utf8_width(w->of[i].name);
    size_t wide = LETTER * (letters < LONGEST_NAME ? letters : LONGEST_NAME) + LETTER;
    left = wide > left ? wide : left;
  }
  return left;
}

/* And right of it, for thresholds and counts. */
static size_t right_of(const struct windows *w)
{
  char count[NUMBER_INT_BYTES];
  size_t most = number_print_int((int64_t)w->alerts, count);
  for (size_t i = 0; i < w->values; i++)
    most = w->value[i].limit.n > most ? w->value[i].limit.n : most;
  return LETTER * (most + 2);
}

/* The labels that are used, as a list, and whether each row has room for a dot. */
static void set_labels(struct figure *figure, const struct windows *w, const bool *used)
{
  struct buffer list = {0};
  for (size_t i = 0; i < w->labels; i++)
    if (used[i + 1])
      buffer_printf(&list, "%s%zu", list.n != 0 ? " " : "", i + 1);
  buffer_printf(&figure->settings, "; labels='%.*s'; few='%s'", (int)list.n,
                list.n != 0 ? list.p : "", w->rows / (w->series + 1) < FEW_ROWS ? "1" : "");
  buffer_free(&list);
}

static void set_value(struct figure *figure, const struct windows_value *value, int most_steps)
{
  double least = value->least, greatest = value->greatest;
  if (value->has_threshold) {
    least = value->threshold < least ? value->threshold : least;
    greatest = value->threshold > greatest ? value->threshold : greatest;
  }
  figure_set(figure, "limit='%.*s'", SLICE_PRINT(value->limit));
  figure_set_values(figure, least, greatest, most_steps);
}

/* --- lanes --- */

static bool is_same_stretch(const struct windows *w, const struct windows_row *a,
                            const struct windows_row *b)
{
  return a->series == b->series && a->label == b->label && b->time_us - a->time_us <= w->step_us;
}

static void put_bars(struct buffer *out, const struct windows *w, size_t lane, size_t series,
                     bool *used)
{
  const struct windows_series *s = &w->of[series];
  int64_t step = w->step_us != 0 ? w->step_us : MICROS_PER_SECOND;
  for (size_t i = s->first, end = s->first + s->rows; i < end;) {
    size_t last = i;
    while (last + 1 < end && is_same_stretch(w, &w->row[last], &w->row[last + 1]))
      last++;
    used[w->row[i].label] = true;
    if (w->row[i].label != 0) {
      buffer_printf(out, "%zu\t", lane);
      figure_seconds(out, w->row[i].time_us);
      buffer_put(out, '\t');
      figure_seconds(out, w->row[last].time_us + step);
      buffer_printf(out, "\t%u\n", w->row[i].label);
    }
    i = last + 1;
  }
}

static int by_index(const void *a, const void *b)
{
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* All series, or those with most alerts, in their order. */
static const uint32_t *choose_lanes(struct windows *w, size_t *lanes)
{
  size_t alerting;
  const uint32_t *order = windows_by_alerts(w, &alerting);
  *lanes = w->series < JOB_MOST_LANES ? w->series : JOB_MOST_LANES;
  uint32_t *chosen = arena_take(&w->arena, *lanes + 1, sizeof *chosen);
  for (size_t i = 0; i < *lanes; i++)
    chosen[i] = order[i];
  qsort(chosen, *lanes, sizeof *chosen, by_index);
  return chosen;
}

bool job_draw_lanes(const struct job_pictures *job, struct error *err)
{
  struct windows *w = job->windows;
  struct gnuplot *g = job->page->gnuplot;
  struct figure figure = {.script = "lanes.gp",
                          .name = arena_printf(&g->arena, "%s-lanes", job->name)};
  struct buffer names = {0}, bars = {0};
  size_t lanes;
  bool *used = arena_zero(&w->arena, w->labels + 1, sizeof *used);
  const uint32_t *lane = choose_lanes(w, &lanes);
  buffer_printf(&names, "# lane\tname\twindows with an alert\n");
  buffer_printf(&bars, "# lane\tstart\tend\tlabel\n");
  for (size_t i = 0; i < lanes; i++) {
    buffer_printf(&names, "%zu\t", i + 1);
    figure_name(&names, w->of[lane[i]].name, LONGEST_NAME);
    buffer_printf(&names, "\t%" PRIu64 "\n", w->of[lane[i]].alerts);
    put_bars(&bars, w, i + 1, lane[i], used);
  }
  if (!put_file(job, "lanes", &names, err) || !put_file(job, "bars", &bars, err))
    return false;
  figure_set(&figure, "job='%s'; lanes=%zu", job->name, lanes);
  set_labels(&figure, w, used);
  figure_set(&figure, "left=%zu; right=%zu", left_of(w), right_of(w));
  figure_set_time(&figure, w->first_us, end_us(w), BAND_TICKS);
  buffer_printf(&figure.title, "Alerts over time");
  buffer_printf(&figure.about, "A lane for each series, a bar for each stretch of alerts.");
  return figure_draw(&figure, g, job->page->out, err);
}

/* --- the band --- */

struct point {
  int64_t time_us;
  double value;
};

static int by_time_and_value(const void *left, const void *right)
{
  const struct point *a = left, *b = right;
  if (a->time_us != b->time_us)
    return a->time_us < b->time_us ? -1 : 1;
  return a->value < b->value ? -1 : a->value > b->value;
}

static struct point *sorted_points(const struct windows *w, size_t value, size_t *count)
{
  struct point *point = mem_new(w->rows + 1, sizeof *point);
  *count = 0;
  for (size_t i = 0; i < w->rows; i++)
    if (!isnan(w->row[i].value[value]))
      point[(*count)++] = (struct point){w->row[i].time_us, w->row[i].value[value]};
  qsort(point, *count, sizeof *point, by_time_and_value);
  return point;
}

static void put_band(struct buffer *out, const struct windows *w, size_t value)
{
  size_t count;
  struct point *point = sorted_points(w, value, &count);
  buffer_printf(out, "# seconds\tleast\tmedian\tgreatest\n");
  for (size_t i = 0, n; i < count; i += n) {
    for (n = 1; i + n < count && point[i + n].time_us == point[i].time_us;)
      n++;
    if (i != 0 && point[i].time_us - point[i - 1].time_us > w->step_us)
      buffer_put(out, '\n'); /* a gap */
    double median = (point[i + (n - 1) / 2].value + point[i + n / 2].value) / 2;
    figure_seconds(out, point[i].time_us);
    const double shown[] = {point[i].value, median, point[i + n - 1].value};
    for (size_t k = 0; k < 3; k++) {
      buffer_put(out, '\t');
      put_number(out, shown[k]);
    }
    buffer_put(out, '\n');
  }
  free(point);
}

/* The label of a row that has a mark on this value's curve, or 0. */
static uint32_t mark_of(const struct windows *w, const struct windows_row *row, size_t value)
{
  double x = row->value[value];
  return !isnan(x) && windows_is_beyond(&w->value[value], x) ? row->label : 0;
}

static void put_point(struct buffer *out, const struct windows *w, const struct windows_row *row,
                      size_t value, bool *used)
{
  uint32_t mark = mark_of(w, row, value);
  used[mark] = true;
  figure_seconds(out, row->time_us);
  buffer_put(out, '\t');
  put_number(out, row->value[value]);
  buffer_printf(out, "\t%u\n", mark);
}

bool job_draw_band(const struct job_pictures *job, size_t value, struct error *err)
{
  struct windows *w = job->windows;
  struct gnuplot *g = job->page->gnuplot;
  const char *name = arena_printf(&g->arena, "%zu-band", value + 1);
  struct figure figure = {.script = "band.gp",
                          .name = arena_printf(&g->arena, "%s-%s", job->name, name)};
  struct buffer band = {0}, marks = {0};
  bool *used = arena_zero(&w->arena, w->labels + 1, sizeof *used);
  put_band(&band, w, value);
  buffer_printf(&marks, "# seconds\tvalue\tlabel\n");
  for (size_t i = 0; i < w->rows; i++)
    if (mark_of(w, &w->row[i], value) != 0)
      put_point(&marks, w, &w->row[i], value, used);
  if (!put_file(job, name, &band, err) ||
      !put_file(job, arena_printf(&g->arena, "%zu-marks", value + 1), &marks, err))
    return false;
  figure_set(&figure, "job='%s'; value=%zu", job->name, value + 1);
  set_labels(&figure, w, used);
  figure_set(&figure, "left=%zu; right=%zu", left_of(w), right_of(w));
  set_value(&figure, &w->value[value], BAND_STEPS);
  figure_set_time(&figure, w->first_us, end_us(w), BAND_TICKS);
  html_text(&figure.title, w->value[value].column);
  buffer_printf(&figure.title, " over time");
  buffer_printf(&figure.about, "The range over all series, their median and the alerts.");
  return figure_draw(&figure, g, job->page->out, err);
}

/* --- one series --- */

bool job_draw_series(const struct job_pictures *job, size_t series, size_t value, struct error *err)
{
  struct windows *w = job->windows;
  const struct windows_series *s = &w->of[series];
  struct gnuplot *g = job->page->gnuplot;
  const char *name = arena_printf(&g->arena, "%zu-series-%zu", value + 1, series + 1);
  struct figure figure = {.script = "series.gp",
                          .name = arena_printf(&g->arena, "%s-%s", job->name, name)};
  struct buffer points = {0};
  bool *used = arena_zero(&w->arena, w->labels + 1, sizeof *used);
  buffer_printf(&points, "# seconds\tvalue\tlabel of the mark\n");
  for (size_t i = s->first; i < s->first + s->rows; i++) {
    if (i != s->first && w->row[i].time_us - w->row[i - 1].time_us > w->step_us)
      buffer_put(&points, '\n'); /* a gap */
    put_point(&points, w, &w->row[i], value, used);
  }
  if (!put_file(job, name, &points, err))
    return false;
  figure_set(&figure, "data='%s-%s.tsv'", job->name, name);
  set_labels(&figure, w, used);
  figure_set(&figure, "left=%d; right=%zu", PANEL_LEFT, right_of(w));
  set_value(&figure, &w->value[value], PANEL_STEPS);
  figure_set_time(&figure, w->first_us, end_us(w), PANEL_TICKS);
  html_text(&figure.title, w->value[value].column);
  buffer_printf(&figure.title, " of ");
  html_text(&figure.title, s->name);
  buffer_printf(&figure.about, "The values over time, the threshold and the alerts.");
  return figure_draw(&figure, g, job->page->out, err);
}
