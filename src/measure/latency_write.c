/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/latency_write.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/nanoseconds.h"
#include "measure/hlog.h"
#include "measure/percentile.h"
#include "text/civil.h"
#include "text/time_text.h"

enum { FORMAT = 1 };

static int64_t at_most_max(const struct hist *h, int64_t ns)
{
  return ns < h->totals.max ? ns : h->totals.max;
}

int64_t latency_quantile(const struct hist *h, uint64_t parts, uint64_t of)
{
  return at_most_max(h, hist_quantile(h, parts, of));
}

/* ---- the log ---- */

/* The seconds of all metrics that are not yet written. */
struct cursor {
  const struct second *next[LATENCY_METRICS], *end[LATENCY_METRICS];
};

/* The earliest of them all; at equal times in the metrics' order. NULL at the end. */
static const struct second *take_earliest(struct cursor *c, enum latency_metric *metric)
{
  const struct second *earliest = NULL;
  for (int i = 0; i < LATENCY_METRICS; i++)
    if (c->next[i] != c->end[i] && (earliest == NULL || c->next[i]->second < earliest->second)) {
      earliest = c->next[i];
      *metric = (enum latency_metric)i;
    }
  if (earliest != NULL)
    c->next[*metric]++;
  return earliest;
}

/* Returns behind which second the last one ends. */
static int64_t write_seconds(struct latency *l, struct buffer *out)
{
  struct cursor c;
  enum latency_metric metric = LATENCY_SCHEDULE_LAG;
  int64_t end = 0;
  for (int i = 0; i < LATENCY_METRICS; i++) {
    const struct seconds *s = latency_seconds(l, (enum latency_metric)i);
    c.next[i] = s->second;
    c.end[i] = s->second + s->n;
  }
  for (const struct second *s; (s = take_earliest(&c, &metric)) != NULL; end = s->second + 1)
    hlog_add(out,
             &(struct hlog_interval){
                 .tag = slice_of(latency_name(metric)),
                 .start_ns = s->second * NS_PER_SECOND,
                 .length_ns = NS_PER_SECOND,
                 .max_ns = s->totals.max,
             },
             s->encoded);
  return end;
}

static void write_whole(const char *name, const struct hist *h, int64_t seconds, struct buffer *out)
{
  struct buffer tag = {0}, encoded = {0};
  buffer_printf(&tag, "%s-uncorrected", name);
  hist_encode(h, &encoded);
  hlog_add(out,
           &(struct hlog_interval){
               .tag = {tag.p, tag.n},
               .start_ns = 0,
               .length_ns = seconds * NS_PER_SECOND,
               .max_ns = h->totals.max,
           },
           (struct slice){encoded.p, encoded.n});
  buffer_free(&tag);
  buffer_free(&encoded);
}

void latency_write_hlog(struct latency *l, struct buffer *out)
{
  hlog_start(out, latency_start(l));
  int64_t seconds = write_seconds(l, out);
  for (int i = 0; i < LATENCY_METRICS; i++) {
    const struct hist *h = latency_uncorrected(l, (enum latency_metric)i);
    if (h != NULL && h->totals.count != 0)
      write_whole(latency_name((enum latency_metric)i), h, seconds, out);
  }
}

/* ---- JSON ---- */

static json_t *number(uint64_t n)
{
  return json_integer((json_int_t)n);
}

static json_t *duration(int64_t ns)
{
  return json_integer(ns);
}

static json_t *percentiles(const struct hist *h)
{
  json_t *list = json_array();
  char text[PERCENTILE_BYTES];
  for (struct percentile p = {0}; percentile_next(h, &p);) {
    json_t *level = json_array();
    json_array_append_new(level, json_string(percentile_text(&p, text)));
    json_array_append_new(level, duration(at_most_max(h, p.bucket.high)));
    json_array_append_new(level, number(p.bucket.count_to_there));
    json_array_append_new(list, level);
  }
  return list;
}

static json_t *side(const struct hist *h)
{
  if (h == NULL)
    return json_null();
  json_t *all = json_object();
  json_object_set_new(all, "count", number(h->totals.count));
  json_object_set_new(all, "min", duration(h->totals.min));
  json_object_set_new(all, "mean", duration(hist_mean(h)));
  json_object_set_new(all, "p50", duration(latency_quantile(h, 50, 100)));
  json_object_set_new(all, "p90", duration(latency_quantile(h, 90, 100)));
  json_object_set_new(all, "p99", duration(latency_quantile(h, 99, 100)));
  json_object_set_new(all, "p99.9", duration(latency_quantile(h, 999, 1000)));
  json_object_set_new(all, "p99.99", duration(latency_quantile(h, 9999, 10000)));
  json_object_set_new(all, "max", duration(h->totals.max));
  json_object_set_new(all, "percentiles", percentiles(h));
  return all;
}

/* `scratch` is empty, before and after. */
static json_t *second(const struct second *s, struct hist *scratch)
{
  json_t *all = json_object();
  hist_add_encoded(scratch, s->encoded, &s->totals);
  json_object_set_new(all, "second", json_integer(s->second));
  json_object_set_new(all, "count", number(s->totals.count));
  json_object_set_new(all, "p50", duration(latency_quantile(scratch, 50, 100)));
  json_object_set_new(all, "p99", duration(latency_quantile(scratch, 99, 100)));
  json_object_set_new(all, "max", duration(s->totals.max));
  hist_reset(scratch);
  return all;
}

static json_t *seconds(const struct seconds *s)
{
  struct hist *scratch = hist_new(LATENCY_HIGHEST_NS, LATENCY_DIGITS, NULL);
  json_t *list = json_array();
  for (size_t i = 0; i < s->n; i++)
    json_array_append_new(list, second(&s->second[i], scratch));
  free(scratch);
  return list;
}

static json_t *metric(struct latency *l, enum latency_metric which)
{
  json_t *all = json_object();
  json_object_set_new(all, "metric", json_string(latency_name(which)));
  json_object_set_new(all, "corrected", side(latency_corrected(l, which)));
  json_object_set_new(all, "uncorrected", side(latency_uncorrected(l, which)));
  json_object_set_new(all, "seconds", seconds(latency_seconds(l, which)));
  return all;
}

/* "2025-01-01T00:00:00Z", with a fraction if there is one. */
static json_t *instant(int64_t ns)
{
  char text[TIME_TEXT_ROOM + 1];
  size_t n = timestamp_print(floor_div(ns, NS_PER_US), 0, text);
  char *blank = memchr(text, ' ', n);
  if (blank != NULL)
    *blank = 'T';
  text[n++] = 'Z';
  return json_stringn(text, n);
}

void latency_write_json(struct latency *l, bool is_virtual, struct buffer *out)
{
  json_t *all = json_object(), *metrics = json_array();
  json_object_set_new(all, "format", number(FORMAT));
  json_object_set_new(all, "unit", json_string("ns"));
  json_object_set_new(all, "clock", json_string(is_virtual ? "virtual" : "real"));
  json_object_set_new(all, "start", instant(latency_start(l)));
  for (int i = 0; i < LATENCY_METRICS; i++)
    if (latency_count(l, (enum latency_metric)i) != 0)
      json_array_append_new(metrics, metric(l, (enum latency_metric)i));
  json_object_set_new(all, "metrics", metrics);
  char *text = json_dumps(all, JSON_INDENT(2));
  if (text == NULL)
    mem_exhausted(0);
  buffer_printf(out, "%s\n", text);
  free(text);
  json_decref(all);
}
