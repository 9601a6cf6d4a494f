/* SPDX-License-Identifier: Apache-2.0 */
/* What the jobs found: alerts over time, and the values behind them. */
#include <math.h>
#include <stdlib.h>

#include "replay/report/html.h"
#include "replay/report/job_pictures.h"

/* Series shown one by one: those with most alerts. */
enum { MOST_PANELS = 4, COLOURS = 6 };

/* A mark in the colour and shape that the scripts give the label. */
static void label_key(struct buffer *out, size_t label)
{
  static const char *const SHAPE[COLOURS] = {
      "<circle cx=\"6\" cy=\"6\" r=\"4.5\"/>", "<path d=\"M6 1 11 10.5H1z\"/>",
      "<path d=\"M2 2H10V10H2z\"/>",           "<path d=\"M6 .5 11.5 6 6 11.5 .5 6z\"/>",
      "<path d=\"M6 11 1 1.5H11z\"/>",         "<path d=\"M6 1 11 4.7 9.1 10.5H2.9L1 4.7z\"/>"};
  buffer_printf(out, "<svg class=\"mark k%zu\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">%s</svg>",
                label % COLOURS + 1, SHAPE[label % COLOURS]);
}

static void labels_legend(struct buffer *out, const struct windows *w)
{
  buffer_printf(out, "<ul class=\"legend\">\n");
  for (size_t i = 0; i < w->labels; i++) {
    buffer_printf(out, "<li>");
    label_key(out, i);
    html_text(out, w->label[i]);
    buffer_printf(out, " <span class=\"count\">");
    html_counted(out, w->labelled[i], "window");
    buffer_printf(out, "</span></li>\n");
  }
  buffer_printf(out, "</ul>\n");
}

/* --- alerts over time --- */

/* '|' separates headings. */
static void put_heading(struct buffer *headings, struct slice label)
{
  struct buffer text = {0};
  for (size_t i = 0; i < label.n; i++)
    buffer_put(&text, label.p[i] == '|' ? '/' : label.p[i]);
  buffer_put(headings, '|');
  html_text(headings, (struct slice){text.p, text.n});
  buffer_put(headings, '#');
  buffer_free(&text);
}

static void alerts_table(struct buffer *out, const struct windows *w)
{
  struct buffer headings = {0};
  buffer_printf(&headings, "series|windows#|with an alert#");
  for (size_t i = 0; i < w->labels; i++)
    put_heading(&headings, w->label[i]);
  buffer_put(&headings, '\0');
  buffer_printf(out, "<details><summary>The numbers behind it</summary>\n");
  html_table(out, "Windows with an alert", headings.p);
  buffer_free(&headings);
  uint64_t *count = mem_new(w->labels + 1, sizeof *count);
  for (size_t i = 0; i < w->series; i++) {
    const struct windows_series *s = &w->of[i];
    memset(count, 0, w->labels * sizeof *count);
    for (size_t k = s->first; k < s->first + s->rows; k++)
      if (w->row[k].label != 0)
        count[w->row[k].label - 1]++;
    html_row(out, s->name.n != 0 ? s->name : SLICE("all"));
    html_cell_count(out, s->rows);
    html_cell_count(out, s->alerts);
    for (size_t k = 0; k < w->labels; k++)
      html_cell_count(out, count[k]);
    html_row_end(out);
  }
  free(count);
  html_table_end(out);
  buffer_printf(out, "</details>\n");
}

static bool write_lanes(const struct job_pictures *job, const struct run_plot *plot,
                        struct error *err)
{
  const struct windows *w = job->windows;
  struct buffer *out = job->page->out;
  buffer_printf(out, "<figure>\n<h3>Alerts over time</h3>\n");
  labels_legend(out, w);
  if (!job_draw_lanes(job, err))
    return false;
  buffer_printf(out, "<figcaption>");
  if (plot->series != NULL) {
    buffer_printf(out, "Each lane is one ");
    html_text(out, slice_of(plot->series));
    buffer_printf(out, "; a");
  } else {
    buffer_printf(out, "A");
  }
  buffer_printf(out,
                " coloured bar covers the windows whose alert it is, by the time at which they "
                "start. The number at the right end counts them.");
  if (w->series > JOB_MOST_LANES) {
    buffer_printf(out, " These are the %d with most alerts of ", JOB_MOST_LANES);
    html_count(out, w->series);
    buffer_printf(out, ".");
  }
  buffer_printf(out, "</figcaption>\n");
  alerts_table(out, w);
  buffer_printf(out, "</figure>\n");
  return true;
}

/* --- values --- */

static void value_words(struct buffer *out, const struct windows *w,
                        const struct windows_value *value)
{
  bool marks = w->alerts != 0;
  buffer_printf(out, "<figcaption>%s",
                w->series > 1
                    ? "The band reaches from the least to the greatest value of all series at a "
                      "time; the line in it is their median."
                    : "The line is the value over time.");
  if (value->has_threshold)
    buffer_printf(out, " The dashed line is the threshold.");
  if (marks && value->has_threshold)
    buffer_printf(out,
                  " A mark is a window with an alert whose value is at the threshold or %s "
                  "it.",
                  value->quiet_above ? "below" : "above");
  else if (marks)
    buffer_printf(out, " A mark is a window with an alert.");
  buffer_printf(out, "</figcaption>\n");
}

static bool write_value(const struct job_pictures *job, size_t i, struct error *err)
{
  const struct windows *w = job->windows;
  const struct windows_value *value = &w->value[i];
  struct buffer *out = job->page->out;
  buffer_printf(out, "<figure>\n<h3>");
  html_text(out, value->column);
  if (w->series > 1) {
    buffer_printf(out, " of all ");
    html_count(out, w->series);
  }
  buffer_printf(out, "</h3>\n");
  if (isnan(value->least)) {
    buffer_printf(out, "<p>No row has a value.</p>\n</figure>\n");
    return true;
  }
  if (w->alerts != 0)
    labels_legend(out, w);
  if (!job_draw_band(job, i, err))
    return false;
  value_words(out, w, value);
  buffer_printf(out, "</figure>\n");
  return true;
}

/* --- one by one --- */

static bool write_panel(const struct job_pictures *job, size_t series, struct error *err)
{
  const struct windows *w = job->windows;
  struct buffer *out = job->page->out;
  buffer_printf(out, "<div class=\"panel\">\n<h4>");
  html_text(out, w->of[series].name);
  buffer_printf(out, " <span class=\"count\">");
  html_counted(out, w->of[series].alerts, "alert");
  buffer_printf(out, "</span></h4>\n");
  for (size_t i = 0; i < w->values; i++) {
    if (isnan(w->value[i].least))
      continue;
    buffer_printf(out, "<p class=\"value\">");
    html_text(out, w->value[i].column);
    buffer_printf(out, "</p>\n");
    if (!job_draw_series(job, series, i, err))
      return false;
  }
  buffer_printf(out, "</div>\n");
  return true;
}

static bool write_panels(const struct job_pictures *job, struct error *err)
{
  struct windows *w = job->windows;
  struct buffer *out = job->page->out;
  size_t alerting;
  const uint32_t *order = windows_by_alerts(w, &alerting);
  size_t panels = alerting < MOST_PANELS ? alerting : MOST_PANELS;
  if (w->series < 2 || panels == 0)
    return true;
  buffer_printf(out, "<figure>\n<h3>%s</h3>\n",
                panels < alerting ? "Those with most alerts, one by one" : "One by one");
  labels_legend(out, w);
  buffer_printf(out, "<div class=\"panels\">\n");
  for (size_t i = 0; i < panels; i++)
    if (!write_panel(job, order[i], err))
      return false;
  buffer_printf(out, "</div>\n<figcaption>The same values of single series, with their thresholds; "
                     "marks as "
                     "above.</figcaption>\n</figure>\n");
  return true;
}

/* --- the section --- */

static void headline(struct buffer *out, const struct run_job *job, const struct windows *w)
{
  size_t thresholds = 0;
  buffer_printf(out, "<p>");
  html_counted(out, (uint64_t)job->rows, "row");
  if (job->output != NULL) {
    buffer_printf(out, " in <code>");
    html_text(out, slice_of(job->output));
    buffer_printf(out, "</code>");
  }
  if (w != NULL && job->plot->alert != NULL) {
    buffer_printf(out, ", ");
    html_count(out, w->alerts);
    buffer_printf(out, " of them with an alert");
  }
  for (size_t i = 0; w != NULL && i < w->values; i++) {
    if (!w->value[i].has_threshold)
      continue;
    buffer_printf(out, thresholds++ == 0 ? "; threshold of " : ", ");
    html_text(out, w->value[i].column);
    buffer_put(out, ' ');
    html_text(out, w->value[i].limit);
  }
  buffer_printf(out, ".</p>\n");
  if (w != NULL && w->untimed != 0) {
    buffer_printf(out, "<p class=\"note\">");
    html_counted(out, w->untimed, "row");
    buffer_printf(out, " without a time that can be read: in no picture.</p>\n");
  }
}

static bool write_pictures(const struct job_pictures *job, const struct run_plot *plot,
                           struct error *err)
{
  if (job->windows->rows == 0)
    return true;
  if (job->windows->alerts != 0 && !write_lanes(job, plot, err))
    return false;
  for (size_t i = 0; i < job->windows->values; i++)
    if (!write_value(job, i, err))
      return false;
  return write_panels(job, err);
}

static bool write_job(struct page *page, size_t i, struct error *err)
{
  const struct run_job *job = &page->run->job[i];
  const struct run_file *output = run_output(page->run, job->output);
  struct windows windows;
  buffer_printf(page->out, "<section>\n<h2>");
  html_text(page->out, slice_of(job->name));
  buffer_printf(page->out, "</h2>\n");
  if (job->plot == NULL) {
    headline(page->out, job, NULL);
    buffer_printf(page->out, "<p>No pictures: pipeline.yaml says with <code>plot</code> which "
                             "columns of a job are times, series and values.</p>\n</section>\n");
    return true;
  }
  if (output != NULL && !run_check_output(page->run, output, err))
    return false;
  bool good = windows_open(&windows, page->run, job, err);
  if (good) {
    const struct job_pictures pictures = {page, &windows,
                                          arena_printf(&page->gnuplot->arena, "job-%zu", i + 1)};
    headline(page->out, job, &windows);
    good = write_pictures(&pictures, job->plot, err);
  }
  windows_close(&windows);
  buffer_printf(page->out, "</section>\n");
  return good;
}

bool page_jobs(struct page *page, struct error *err)
{
  if (page->run->jobs == 0)
    buffer_printf(page->out, "<p>This run had no job.</p>\n");
  for (size_t i = 0; i < page->run->jobs; i++)
    if (!write_job(page, i, err))
      return false;
  return true;
}
