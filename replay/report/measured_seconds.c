/* SPDX-License-Identifier: Apache-2.0 */
/* Latencies and throughput over time. */
#include "replay/report/html.h"
#include "replay/report/measured_pictures.h"
#include "text/civil.h"

/* A picture has room for so many steps; a longer run has steps of several seconds. */
enum { MOST_STEPS = 480, TICKS = 9 };

/* Seconds in a step, so that all steps have room. */
static json_int_t step_of(const struct measured_metric *m)
{
  json_int_t last = m->seconds != 0 ? m->second[m->seconds - 1].second + 1 : 1;
  return (last + MOST_STEPS - 1) / MOST_STEPS;
}

static json_int_t greater(json_int_t a, json_int_t b)
{
  return a > b ? a : b;
}

/* The seconds from *i on that are in one step, added up: the worst of each number. */
static struct measured_second take_step(const struct measured_metric *m, json_int_t step, size_t *i)
{
  struct measured_second sum = {.second = m->second[*i].second / step * step};
  for (; *i < m->seconds && m->second[*i].second < sum.second + step; ++*i) {
    const struct measured_second *s = &m->second[*i];
    sum.count += s->count;
    sum.p50 = greater(sum.p50, s->p50);
    sum.p99 = greater(sum.p99, s->p99);
    sum.max = greater(sum.max, s->max);
  }
  return sum;
}

static void write_second(struct buffer *out, json_int_t second, const struct measured_second *s)
{
  buffer_printf(out,
                "%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT
                "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\n",
                second, s->count, s->p50, s->p99, s->max);
}

/* A step lasts until the next one; behind the last before a silence it ends. */
static bool write_seconds(struct gnuplot *g, const struct measured_metric *m, const char *file,
                          struct measured_decades *decades, struct error *err)
{
  struct buffer out = {0};
  json_int_t step = step_of(m);
  struct measured_second last = {0};
  buffer_printf(&out, "# second\tcount\tp50\tp99\tmaximum, in nanoseconds\n");
  for (size_t i = 0; i < m->seconds;) {
    bool first = i == 0;
    struct measured_second s = take_step(m, step, &i);
    if (!first && s.second != last.second + step) {
      write_second(&out, last.second + step, &last);
      buffer_put(&out, '\n');
    }
    write_second(&out, s.second, &s);
    measured_widen(decades, s.p50);
    measured_widen(decades, s.max);
    last = s;
  }
  if (m->seconds != 0)
    write_second(&out, last.second + step, &last);
  bool good = gnuplot_data(g, file, &out, err);
  buffer_free(&out);
  return good;
}

static json_int_t end_of(const struct measured *measured)
{
  json_int_t end = 1;
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
    if (m->seconds != 0)
      end = greater(end, m->second[m->seconds - 1].second + step_of(m));
  }
  return end;
}

bool measured_draw_seconds(struct page *page, size_t i, struct error *err)
{
  const struct measured_metric *m = &page->measured->metric[i];
  struct gnuplot *g = page->gnuplot;
  struct buffer *out = page->out;
  struct measured_decades decades = {0};
  struct figure figure = {.script = "seconds.gp"};
  figure.name = arena_printf(&g->arena, "seconds-%zu", i + 1);
  const char *file = arena_printf(&g->arena, "%s.tsv", figure.name);
  if (m->seconds == 0 || !measured_is_drawn(m))
    return true;
  if (!write_seconds(g, m, file, &decades, err))
    return false;
  if (!decades.any)
    return true;
  figure_set(&figure, "data='%s'", file);
  measured_set_decades(&figure, &decades);
  figure_set_time(&figure, 0, end_of(page->measured) * MICROS_PER_SECOND, TICKS);
  html_text(&figure.title, slice_of(m->name));
  buffer_printf(&figure.title, " over time");
  buffer_printf(&figure.about, "Half, 99 %% and all of a step within these durations.");
  buffer_printf(out, "<figure>\n<h3>");
  html_text(out, slice_of(m->name));
  buffer_printf(out,
                " over time</h3>\n<ul class=\"legend\"><li><span class=\"line ink\"></span>half "
                "within</li><li><span class=\"line k2\"></span>99 %% within</li>"
                "<li><span class=\"line faint\"></span>the slowest</li></ul>\n");
  bool good = figure_draw(&figure, g, out, err);
  buffer_printf(out, "<figcaption>How long it took %s, by hours and minutes since the start",
                measured_about(m->name));
  if (step_of(m) > 1)
    buffer_printf(out, "; each step is the worst of its %" JSON_INTEGER_FORMAT " seconds",
                  step_of(m));
  buffer_printf(out, ".%s</figcaption>\n</figure>\n",
                decades.has_zero ? " The lowest line stands for 0." : "");
  return good;
}

/* --- throughput --- */

/* Events a second of each step; seconds without any count as zero. */
static bool write_rates(struct gnuplot *g, const struct measured_metric *m, const char *file,
                        struct error *err)
{
  struct buffer out = {0};
  json_int_t step = step_of(m), at = 0, end = m->second[m->seconds - 1].second + 1;
  buffer_printf(&out, "# second\tevents a second\n");
  for (size_t i = 0; i < m->seconds; at += step) {
    json_int_t count = 0, width = end - at < step ? end - at : step;
    if (m->second[i].second < at + step)
      count = take_step(m, step, &i).count;
    buffer_printf(&out, "%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT ".%03d\n", at,
                  count / width, (int)(count % width * 1000 / width));
  }
  buffer_printf(&out, "%" JSON_INTEGER_FORMAT "\t0\n", end);
  bool good = gnuplot_data(g, file, &out, err);
  buffer_free(&out);
  return good;
}

bool measured_draw_throughput(struct page *page, struct error *err)
{
  struct buffer *out = page->out;
  struct gnuplot *g = page->gnuplot;
  const struct measured_metric *sent = measured_find(page->measured, "schedule-lag"),
                               *acked = measured_find(page->measured, "produce-to-ack");
  struct figure figure = {.script = "throughput.gp", .name = "throughput"};
  bool has_sent = sent != NULL && sent->seconds != 0,
       has_acked = acked != NULL && acked->seconds != 0;
  if (!has_sent && !has_acked)
    return true;
  if ((has_sent && !write_rates(g, sent, "rate-sent.tsv", err)) ||
      (has_acked && !write_rates(g, acked, "rate-acked.tsv", err)))
    return false;
  figure_set(&figure, "sent='%s'; acked='%s'", has_sent ? "rate-sent.tsv" : "",
             has_acked ? "rate-acked.tsv" : "");
  figure_set_time(&figure, 0, end_of(page->measured) * MICROS_PER_SECOND, TICKS);
  buffer_printf(&figure.title, "Throughput over time");
  buffer_printf(&figure.about, "Rows sent and messages acknowledged a second.");
  buffer_printf(out, "<figure>\n<h3>Throughput over time</h3>\n<ul class=\"legend\">");
  if (has_sent)
    buffer_printf(out, "<li><span class=\"line ink\"></span>rows sent a second</li>");
  if (has_acked)
    buffer_printf(out, "<li><span class=\"line k2\"></span>messages acknowledged a second</li>");
  buffer_printf(out, "</ul>\n");
  bool good = figure_draw(&figure, g, out, err);
  json_int_t step = step_of(has_sent ? sent : acked);
  buffer_printf(out, "<figcaption>How much went through, by hours and minutes since the start");
  if (step > 1)
    buffer_printf(out, "; each step is the mean of %" JSON_INTEGER_FORMAT " seconds", step);
  buffer_printf(out, ". One row may become several messages. A gap is a silence, a peak behind it "
                     "what had waited.</figcaption>\n</figure>\n");
  return good;
}
