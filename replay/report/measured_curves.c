/* SPDX-License-Identifier: Apache-2.0 */
/* Latencies by percentile. */
#include "replay/report/html.h"
#include "replay/report/measured_pictures.h"

static void write_steps(struct buffer *out, const struct measured_summary *s, bool backwards)
{
  for (size_t i = 0; i < s->steps; i++) {
    const struct measured_step *step = &s->step[backwards ? s->steps - 1 - i : i];
    buffer_printf(
        out, "%s\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\n",
        step->percent, step->value, step->count, s->count);
  }
}

/* One file: a curve, or (both) what lies between the two curves. */
static bool write_curve(struct gnuplot *g, size_t n, const char *kind,
                        const struct measured_summary *there, const struct measured_summary *back,
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

static bool write_curves(struct gnuplot *g, size_t n, const struct measured_metric *m,
                         struct error *err)
{
  return write_curve(g, n, "corrected", &m->corrected, NULL, err) &&
         (!m->has_uncorrected ||
          (write_curve(g, n, "uncorrected", &m->uncorrected, NULL, err) &&
           write_curve(g, n, "hidden", &m->corrected, &m->uncorrected, err)));
}

static void curve_legend(struct buffer *out, const struct measured *measured)
{
  buffer_printf(out, "<ul class=\"legend\">\n");
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
    if (!measured_is_drawn(m))
      continue;
    buffer_printf(out, "<li><span class=\"line k%zu\"></span><b>", i % 6 + 1);
    html_text(out, slice_of(m->name));
    buffer_printf(out, "</b> %s</li>\n", measured_about(m->name));
    if (m->has_uncorrected) {
      buffer_printf(out, "<li><span class=\"line dashed k%zu\"></span>", i % 6 + 1);
      html_text(out, slice_of(m->name));
      buffer_printf(out, ", uncorrected</li>\n");
    }
  }
  buffer_printf(out, "</ul>\n");
}

static bool differs(const struct measured_summary *a, const struct measured_summary *b)
{
  return a->p50 != b->p50 || a->p90 != b->p90 || a->p99 != b->p99 || a->p99_9 != b->p99_9 ||
         a->p99_99 != b->p99_99 || a->max != b->max;
}

/* What solid and dashed mean. */
static const char *kinds_words(const struct measured *measured)
{
  bool any = false, some_differ = false;
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
    any = any || (m->has_uncorrected && measured_is_drawn(m));
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
static void hidden_words(struct buffer *out, const struct measured *measured)
{
  const struct measured_metric *most = NULL;
  double ratio = 1.5;
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
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

/* What the curves need: their data in files, their numbers in lists, the ends of the axes. */
struct curves {
  struct buffer corrected, uncorrected;
  struct measured_decades decades;
  json_int_t most;
};

static void add_curve(struct curves *c, size_t n, const struct measured_summary *s,
                      struct buffer *list)
{
  buffer_printf(list, "%s%zu", list->n != 0 ? " " : "", n);
  c->most = s->count > c->most ? s->count : c->most;
  for (size_t i = 0; i < s->steps; i++)
    measured_widen(&c->decades, s->step[i].value);
}

static bool add_metric(struct curves *c, size_t n, const struct measured_metric *m,
                       struct gnuplot *g, struct error *err)
{
  if (!measured_is_drawn(m))
    return true;
  add_curve(c, n, &m->corrected, &c->corrected);
  if (m->has_uncorrected)
    add_curve(c, n, &m->uncorrected, &c->uncorrected);
  return write_curves(g, n, m, err);
}

static bool draw_curves(struct page *page, const struct curves *c, struct error *err)
{
  struct buffer *out = page->out;
  struct figure figure = {.script = "latency.gp", .name = "latency"};
  figure_set(&figure, "corrected='%.*s'; uncorrected='%.*s'", (int)c->corrected.n, c->corrected.p,
             (int)c->uncorrected.n, c->uncorrected.n != 0 ? c->uncorrected.p : "");
  figure_set(&figure, "most=%" JSON_INTEGER_FORMAT, c->most);
  measured_set_decades(&figure, &c->decades);
  buffer_printf(&figure.title, "Latency by percentile");
  buffer_printf(&figure.about, "One curve for each metric; its numbers are in the table below.");
  buffer_printf(out, "<figure>\n<h3>Latency by percentile</h3>\n");
  curve_legend(out, page->measured);
  bool good = figure_draw(&figure, page->gnuplot, out, err);
  buffer_printf(out,
                "<figcaption>How to read it: above 99 %% a curve stands at the time within which "
                "99 of 100 were done; further right are the rare slow ones.%s%s</figcaption>\n",
                kinds_words(page->measured),
                c->decades.has_zero ? " The lowest line stands for 0." : "");
  hidden_words(out, page->measured);
  buffer_printf(out, "</figure>\n");
  return good;
}

bool measured_draw_percentiles(struct page *page, struct error *err)
{
  struct curves curves = {.most = 1};
  bool good = true;
  for (size_t i = 0; good && i < page->measured->metrics; i++)
    good = add_metric(&curves, i + 1, &page->measured->metric[i], page->gnuplot, err);
  if (good && curves.decades.any)
    good = draw_curves(page, &curves, err);
  buffer_free(&curves.corrected);
  buffer_free(&curves.uncorrected);
  return good;
}
