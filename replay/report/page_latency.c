/* SPDX-License-Identifier: Apache-2.0 */
/* How long things took: by percentile, over time, and how much went through a second. */
#include <string.h>

#include "replay/report/html.h"
#include "replay/report/measured_pictures.h"

static const struct {
  const char *metric, *about;
} ABOUT[] = {
    {"schedule-lag", "from the moment at which a row was due until it was sent"},
    {"produce-to-ack", "from producing a message until the broker acknowledged it"},
    {"produce-to-consume", "from producing a message until a consumer had it"},
    {"event-to-alert", "from the event until the alert that it led to"},
};

const char *measured_about(const char *name)
{
  for (size_t i = 0; i < sizeof ABOUT / sizeof ABOUT[0]; i++)
    if (strcmp(ABOUT[i].metric, name) == 0)
      return ABOUT[i].about;
  return "";
}

bool measured_is_drawn(const struct measured_metric *m)
{
  return m->corrected.max > 0 || (m->has_uncorrected && m->uncorrected.max > 0);
}

void measured_widen(struct measured_decades *d, json_int_t ns)
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

void measured_set_decades(struct figure *figure, const struct measured_decades *d)
{
  int low = d->has_zero ? d->low - 1 : d->low;
  figure_set(figure, "low=%d; high=%d; has_zero=%d", low, d->high > low ? d->high : low + 1,
             d->has_zero);
}

static void summary_row(struct buffer *out, const char *name, const char *kind,
                        const struct measured_summary *s)
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

static void summary_table(struct buffer *out, const struct measured *measured)
{
  html_table(out, "Latencies",
             "metric|counted|events#|least#|mean#|50 %#|90 %#|99 %#|99.9 %#|99.99 %#|greatest#");
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
    summary_row(out, m->name, "corrected", &m->corrected);
    if (m->has_uncorrected)
      summary_row(out, m->name, "uncorrected", &m->uncorrected);
  }
  html_table_end(out);
}

/* What has no curve because it took no time. */
static void zero_words(struct buffer *out, const struct measured *measured)
{
  for (size_t i = 0; i < measured->metrics; i++) {
    const struct measured_metric *m = &measured->metric[i];
    if (measured_is_drawn(m))
      continue;
    buffer_printf(out, "<p class=\"note\"><b>");
    html_text(out, slice_of(m->name));
    buffer_printf(out, "</b>%s%s: always 0 ns, ", measured_about(m->name)[0] != '\0' ? ", " : "",
                  measured_about(m->name));
    html_count(out, (uint64_t)m->corrected.count);
    buffer_printf(out, " times; so it has no curve.</p>\n");
  }
}

bool page_latency(struct page *page, struct error *err)
{
  const struct measured *measured = page->measured;
  struct buffer *out = page->out;
  if (!measured->is_there || measured->metrics == 0) {
    buffer_printf(out,
                  "<p>This run measured no latencies%s. A run that does writes them to "
                  "<code>" MEASURED_FILE "</code> beside its outputs: under the real clock "
                  "(<code>--clock real</code>), over Kafka, or with a model of the broker's times "
                  "in its pipeline.</p>\n",
                  measured->is_there ? ": its <code>" MEASURED_FILE "</code> lists none" : "");
    return true;
  }
  const char *clock = json_string_value(json_object_get(measured->json, "clock"));
  if (clock != NULL && strcmp(clock, "virtual") == 0)
    buffer_printf(out, "<p>The clock was a virtual one: durations come from the pipeline's own "
                       "deadlines and timeouts, the same on every machine. They say nothing about "
                       "this machine's speed.</p>\n");
  if (!measured_draw_percentiles(page, err))
    return false;
  zero_words(out, measured);
  summary_table(out, measured);
  for (size_t i = 0; i < measured->metrics; i++)
    if (!measured_draw_seconds(page, i, err))
      return false;
  return measured_draw_throughput(page, err);
}
