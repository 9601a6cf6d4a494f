/* SPDX-License-Identifier: Apache-2.0 */
/* How long things took: by percentile, over time, and how much went through a second. */
#include <inttypes.h>
#include <string.h>

#include "replay/report/figure.h"
#include "replay/report/html.h"
#include "replay/report/page.h"
#include "text/civil.h"

/* A picture has room for so many steps; a longer run has steps of several seconds. */
enum { MOST_STEPS = 480, TICKS = 9 };

static const struct {
  const char *metric, *about;
} ABOUT[] = {
    {"schedule-lag", "from the moment at which a row was due until it was sent"},
    {"produce-to-ack", "from producing a message until the broker acknowledged it"},
    {"produce-to-consume", "from producing a message until a consumer had it"},
    {"event-to-alert", "from the event until the alert that it led to"},
};

static const char *about_metric(const char *name)
{
  for (size_t i = 0; i < sizeof ABOUT / sizeof ABOUT[0]; i++)
    if (strcmp(ABOUT[i].metric, name) == 0)
      return ABOUT[i].about;
  return "";
}

/* --- the axis of durations --- */

/* Decades around all durations above zero; a zero has the lowest line for itself. */
struct decades {
  int low, high;
  bool has_zero, any;
};

static void widen(struct decades *d, json_int_t ns)
{
  int e = 0;
  double from = 1;
  if (ns == 0) {
    d->has_zero = true;
    return;
  }
  while (from * 10 <= (double)ns)
    from *= 10, e++;
  int up = from < (double)ns ? e + 1 : e;
  d->low = !d->any || e < d->low ? e : d->low;
  d->high = !d->any || up > d->high ? up : d->high;
  d->any = true;
}

static void set_decades(struct figure *figure, const struct decades *d)
{
  int low = d->has_zero ? d->low - 1 : d->low;
  figure_set(figure, "low=%d; high=%d; has_zero=%d", low, d->high > low ? d->high : low + 1,
             d->has_zero);
}

/* --- by percentile --- */

static void write_steps(struct buffer *out, const struct latency_summary *s, bool backwards)
{
  for (size_t i = 0; i < s->steps; i++) {
    const struct latency_step *step = &s->step[backwards ? s->steps - 1 - i : i];
    buffer_printf(
        out, "%s\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\n",
        step->percent, step->value, step->count, s->count);
  }
}

/* One file: a curve, or (both) what lies between the two curves. */
static bool write_curve(struct gnuplot *g, size_t n, const char *kind,
                        const struct latency_summary *there, const struct latency_summary *back,
                        struct error *err)
{
  struct buffer out = {0};
  buffer_printf(&out, "# percentile\tnanoseconds\tcount at or below\tcount of all\n");
  write_steps(&out, there, false);
  if (back != NULL)
    write_steps(&out, back, true);
  bool good = gnuplot_data(g, arena_printf(&g->arena, "latency-%zu-%s.tsv", n, kind), &out, err);
  buffer_free(&out);
  return good;
}

static bool write_curves(struct gnuplot *g, size_t n, const struct latency_metric *m,
                         struct error *err)
{
  return write_curve(g, n, "corrected", &m->corrected, NULL, err) &&
         (!m->has_uncorrected ||
          (write_curve(g, n, "uncorrected", &m->uncorrected, NULL, err) &&
           write_curve(g, n, "hidden", &m->corrected, &m->uncorrected, err)));
}

/* A metric that is zero throughout has no place on a logarithmic axis. */
static bool is_drawn(const struct latency_metric *m)
{
  return m->corrected.max > 0 || (m->has_uncorrected && m->uncorrected.max > 0);
}

static void add_decades(struct decades *d, const struct latency_summary *s)
{
  for (size_t i = 0; i < s->steps; i++)
    widen(d, s->step[i].value);
}

static void curve_legend(struct buffer *out, const struct latency *latency)
{
  buffer_printf(out, "<ul class=\"legend\">\n");
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    if (!is_drawn(m))
      continue;
    buffer_printf(out, "<li><span class=\"line k%zu\"></span><b>", i % 6 + 1);
    html_text(out, slice_of(m->name));
    buffer_printf(out, "</b> %s</li>\n", about_metric(m->name));
    if (m->has_uncorrected) {
      buffer_printf(out, "<li><span class=\"line dashed k%zu\"></span>", i % 6 + 1);
      html_text(out, slice_of(m->name));
      buffer_printf(out, ", uncorrected</li>\n");
    }
  }
  buffer_printf(out, "</ul>\n");
}

static bool differs(const struct latency_summary *a, const struct latency_summary *b)
{
  return a->p50 != b->p50 || a->p90 != b->p90 || a->p99 != b->p99 || a->p99_9 != b->p99_9 ||
         a->p99_99 != b->p99_99 || a->max != b->max;
}

/* What solid and dashed mean. */
static const char *kinds_words(const struct latency *latency)
{
  bool any = false, some_differ = false;
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    any = any || (m->has_uncorrected && is_drawn(m));
    some_differ = some_differ || (m->has_uncorrected && differs(&m->corrected, &m->uncorrected));
  }
  if (!any)
    return "";
  if (!some_differ)
    return " Solid curves count from the moment at which a message was due, dashed ones only from "
           "when it was really sent; here both are the same, as nothing had to wait to be sent.";
  return " Solid curves count from the moment at which a message was due, dashed ones only from "
         "when it was really sent: while a broker stands still, the messages that wait to be sent "
         "are missing from the dashed curve, and the tinted area is what it hides (coordinated "
         "omission).";
}

/* The metric in which most is hidden at 99.9 %, as a sentence; nothing if nowhere is much. */
static void hidden_words(struct buffer *out, const struct latency *latency)
{
  const struct latency_metric *most = NULL;
  double ratio = 1.5;
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    double r = m->has_uncorrected && m->uncorrected.p99_9 > 0
                   ? (double)m->corrected.p99_9 / (double)m->uncorrected.p99_9
                   : 0;
    if (r > ratio) {
      ratio = r;
      most = m;
    }
  }
  if (most == NULL)
    return;
  buffer_printf(out, "<p class=\"note\">");
  html_text(out, slice_of(most->name));
  buffer_printf(out, ": 99.9 %% took at most <b>");
  html_duration(out, most->corrected.p99_9);
  buffer_printf(out, "</b>; uncorrected it would have read ");
  html_duration(out, most->uncorrected.p99_9);
  buffer_printf(out, ".</p>\n");
}

static bool draw_percentiles(struct page *page, struct error *err)
{
  const struct latency *latency = page->latency;
  struct figure figure = {.script = "latency.gp", .name = "latency"};
  struct decades decades = {0};
  struct buffer corrected = {0}, uncorrected = {0};
  json_int_t most = 1;
  bool good = true;
  for (size_t i = 0; good && i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    if (!is_drawn(m))
      continue;
    add_decades(&decades, &m->corrected);
    buffer_printf(&corrected, " %zu", i + 1);
    most = m->corrected.count > most ? m->corrected.count : most;
    if (m->has_uncorrected) {
      add_decades(&decades, &m->uncorrected);
      buffer_printf(&uncorrected, " %zu", i + 1);
      most = m->uncorrected.count > most ? m->uncorrected.count : most;
    }
    good = write_curves(page->gnuplot, i + 1, m, err);
  }
  if (good && decades.any) {
    figure_set(&figure, "corrected='%.*s'; uncorrected='%.*s'", (int)corrected.n, corrected.p,
               (int)uncorrected.n, uncorrected.n != 0 ? uncorrected.p : "");
    figure_set(&figure, "most=%" JSON_INTEGER_FORMAT, most);
    set_decades(&figure, &decades);
    buffer_printf(&figure.title, "Latency by percentile");
    buffer_printf(&figure.about, "One curve for each metric; its numbers are in the table below.");
    buffer_printf(page->out, "<figure>\n<h3>Latency by percentile</h3>\n");
    curve_legend(page->out, latency);
    good = figure_draw(&figure, page->gnuplot, page->out, err);
    buffer_printf(page->out,
                  "<figcaption>How to read it: above \xe2\x80\x9c"
                  "99 %%\xe2\x80\x9d a "
                  "curve stands at the time within which 99 of 100 were done; further "
                  "right are the rare slow ones.%s%s</figcaption>\n",
                  kinds_words(latency), decades.has_zero ? " The lowest line stands for 0." : "");
    hidden_words(page->out, latency);
    buffer_printf(page->out, "</figure>\n");
  }
  buffer_free(&corrected);
  buffer_free(&uncorrected);
  return good;
}

static void summary_row(struct buffer *out, const char *name, const char *kind,
                        const struct latency_summary *s)
{
  const json_int_t duration[] = {s->min, s->mean,  s->p50,    s->p90,
                                 s->p99, s->p99_9, s->p99_99, s->max};
  html_row(out, slice_of(name));
  html_cell(out, slice_of(kind));
  html_cell_count(out, (uint64_t)s->count);
  for (size_t i = 0; i < sizeof duration / sizeof duration[0]; i++)
    html_cell_duration(out, duration[i]);
  html_row_end(out);
}

static void summary_table(struct buffer *out, const struct latency *latency)
{
  html_table(out, "Latencies",
             "metric|counted|events#|least#|mean#|50 %#|90 %#|99 %#|99.9 %#|99.99 %#|greatest#");
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    summary_row(out, m->name, "corrected", &m->corrected);
    if (m->has_uncorrected)
      summary_row(out, m->name, "uncorrected", &m->uncorrected);
  }
  html_table_end(out);
}

/* --- over time --- */

/* Seconds in a step, so that all steps have room. */
static json_int_t step_of(const struct latency_metric *m)
{
  json_int_t last = m->seconds != 0 ? m->second[m->seconds - 1].second + 1 : 1;
  return (last + MOST_STEPS - 1) / MOST_STEPS;
}

static json_int_t greater(json_int_t a, json_int_t b)
{
  return a > b ? a : b;
}

/* The seconds from *i on that are in one step, added up: the worst of each number. */
static struct latency_second take_step(const struct latency_metric *m, json_int_t step, size_t *i)
{
  struct latency_second sum = {.second = m->second[*i].second / step * step};
  for (; *i < m->seconds && m->second[*i].second < sum.second + step; ++*i) {
    const struct latency_second *s = &m->second[*i];
    sum.count += s->count;
    sum.p50 = greater(sum.p50, s->p50);
    sum.p99 = greater(sum.p99, s->p99);
    sum.max = greater(sum.max, s->max);
  }
  return sum;
}

static void write_second(struct buffer *out, json_int_t second, const struct latency_second *s)
{
  buffer_printf(out,
                "%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT
                "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\n",
                second, s->count, s->p50, s->p99, s->max);
}

/* A step lasts until the next one; behind the last before a silence it ends. */
static bool write_seconds(struct gnuplot *g, const struct latency_metric *m, const char *file,
                          struct decades *decades, struct error *err)
{
  struct buffer out = {0};
  json_int_t step = step_of(m);
  struct latency_second last = {0};
  buffer_printf(&out, "# second\tcount\tp50\tp99\tmaximum, in nanoseconds\n");
  for (size_t i = 0; i < m->seconds;) {
    bool first = i == 0;
    struct latency_second s = take_step(m, step, &i);
    if (!first && s.second != last.second + step) {
      write_second(&out, last.second + step, &last);
      buffer_put(&out, '\n');
    }
    write_second(&out, s.second, &s);
    widen(decades, s.p50);
    widen(decades, s.max);
    last = s;
  }
  if (m->seconds != 0)
    write_second(&out, last.second + step, &last);
  bool good = gnuplot_data(g, file, &out, err);
  buffer_free(&out);
  return good;
}

static json_int_t end_of(const struct latency *latency)
{
  json_int_t end = 1;
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    if (m->seconds != 0)
      end = greater(end, m->second[m->seconds - 1].second + step_of(m));
  }
  return end;
}

static bool draw_seconds(struct page *page, size_t i, struct error *err)
{
  const struct latency_metric *m = &page->latency->metric[i];
  struct gnuplot *g = page->gnuplot;
  struct buffer *out = page->out;
  struct decades decades = {0};
  struct figure figure = {.script = "seconds.gp"};
  figure.name = arena_printf(&g->arena, "seconds-%zu", i + 1);
  const char *file = arena_printf(&g->arena, "%s.tsv", figure.name);
  if (m->seconds == 0 || !is_drawn(m))
    return true;
  if (!write_seconds(g, m, file, &decades, err))
    return false;
  if (!decades.any)
    return true;
  figure_set(&figure, "data='%s'", file);
  set_decades(&figure, &decades);
  figure_set_time(&figure, 0, end_of(page->latency) * MICROS_PER_SECOND, TICKS);
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
                about_metric(m->name));
  if (step_of(m) > 1)
    buffer_printf(out, "; each step is the worst of its %" JSON_INTEGER_FORMAT " seconds",
                  step_of(m));
  buffer_printf(out, ".%s</figcaption>\n</figure>\n",
                decades.has_zero ? " The lowest line stands for 0." : "");
  return good;
}

/* --- throughput --- */

/* Events a second of each step; seconds without any count as zero. */
static bool write_rates(struct gnuplot *g, const struct latency_metric *m, const char *file,
                        struct error *err)
{
  struct buffer out = {0};
  json_int_t step = step_of(m), at = 0;
  buffer_printf(&out, "# second\tevents a second\n");
  for (size_t i = 0; i < m->seconds; at += step) {
    json_int_t count = 0;
    if (m->second[i].second < at + step)
      count = take_step(m, step, &i).count;
    buffer_printf(&out, "%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT ".%03d\n", at,
                  count / step, (int)(count % step * 1000 / step));
  }
  buffer_printf(&out, "%" JSON_INTEGER_FORMAT "\t0\n", at);
  bool good = gnuplot_data(g, file, &out, err);
  buffer_free(&out);
  return good;
}

static bool draw_throughput(struct page *page, struct error *err)
{
  struct buffer *out = page->out;
  struct gnuplot *g = page->gnuplot;
  const struct latency_metric *sent = latency_find(page->latency, "schedule-lag"),
                              *acked = latency_find(page->latency, "produce-to-ack");
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
  figure_set_time(&figure, 0, end_of(page->latency) * MICROS_PER_SECOND, TICKS);
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

/* --- the section --- */

/* What has no curve because it took no time. */
static void zero_words(struct buffer *out, const struct latency *latency)
{
  for (size_t i = 0; i < latency->metrics; i++) {
    const struct latency_metric *m = &latency->metric[i];
    if (is_drawn(m))
      continue;
    buffer_printf(out, "<p class=\"note\"><b>");
    html_text(out, slice_of(m->name));
    buffer_printf(out, "</b>%s%s: always 0 ns, ", about_metric(m->name)[0] != '\0' ? ", " : "",
                  about_metric(m->name));
    html_count(out, (uint64_t)m->corrected.count);
    buffer_printf(out, " times; so it has no curve.</p>\n");
  }
}

bool page_latency(struct page *page, struct error *err)
{
  const struct latency *latency = page->latency;
  struct buffer *out = page->out;
  if (!latency->measured || latency->metrics == 0) {
    buffer_printf(out,
                  "<p>This run measured no latencies%s. A run that does writes them to "
                  "<code>" LATENCY_FILE "</code> beside its outputs: run it again, then "
                  "report it again.</p>\n",
                  latency->measured ? ": its <code>" LATENCY_FILE "</code> lists none" : "");
    return true;
  }
  const char *clock = json_string_value(json_object_get(latency->json, "clock"));
  if (clock != NULL && strcmp(clock, "virtual") == 0)
    buffer_printf(out, "<p>The clock was a virtual one: durations come from the pipeline's own "
                       "deadlines and timeouts, the same on every machine. They say nothing about "
                       "this machine's speed.</p>\n");
  if (!draw_percentiles(page, err))
    return false;
  zero_words(out, latency);
  summary_table(out, latency);
  for (size_t i = 0; i < latency->metrics; i++)
    if (!draw_seconds(page, i, err))
      return false;
  return draw_throughput(page, err);
}
