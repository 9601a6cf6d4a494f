/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/latency.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/nanoseconds.h"
#include "measure/encoding.h"
#include "text/civil.h"

struct metric {
  struct hist *current;     /* of the second at hand, corrected */
  struct hist *corrected;   /* of the seconds before it */
  struct hist *uncorrected; /* NULL if the metric has none */
  int64_t current_ns;       /* when that second began */
  struct seconds seconds;
};

struct latency {
  int64_t start_ns;
  struct metric metric[LATENCY_METRICS];
};

const char *latency_name(enum latency_metric metric)
{
  static const char *const NAMES[LATENCY_METRICS] = {
      [LATENCY_SCHEDULE_LAG] = "schedule-lag",
      [LATENCY_PRODUCE_TO_ACK] = "produce-to-ack",
      [LATENCY_PRODUCE_TO_CONSUME] = "produce-to-consume",
      [LATENCY_EVENT_TO_ALERT] = "event-to-alert",
  };
  return NAMES[metric];
}

static struct hist *new_hist(void)
{
  return hist_new(LATENCY_HIGHEST_NS, LATENCY_DIGITS, NULL);
}

struct latency *latency_new(int64_t start_ns)
{
  struct latency *l = mem_new(1, sizeof *l);
  l->start_ns = start_ns;
  for (int i = 0; i < LATENCY_METRICS; i++)
    l->metric[i] = (struct metric){
        .current = new_hist(),
        .corrected = new_hist(),
        .uncorrected = i != LATENCY_SCHEDULE_LAG ? new_hist() : NULL,
        .current_ns = start_ns,
    };
  return l;
}

void latency_restart(struct latency *l, int64_t start_ns)
{
  l->start_ns = start_ns;
  for (int i = 0; i < LATENCY_METRICS; i++)
    l->metric[i].current_ns = start_ns;
}

void latency_free(struct latency *l)
{
  if (l == NULL)
    return;
  for (int i = 0; i < LATENCY_METRICS; i++) {
    free(l->metric[i].current);
    free(l->metric[i].corrected);
    free(l->metric[i].uncorrected);
    seconds_free(&l->metric[i].seconds);
  }
  free(l);
}

static int64_t second_of(const struct latency *l, int64_t ns)
{
  return floor_div(ns - l->start_ns, NS_PER_SECOND);
}

/* Puts the second at hand to those before it; more of it may follow. */
static void close_second(const struct latency *l, struct metric *m)
{
  if (m->current->totals.count == 0)
    return;
  hist_add(m->corrected, m->current);
  seconds_put(&m->seconds, second_of(l, m->current_ns), m->current);
}

static void turn_to(const struct latency *l, struct metric *m, int64_t done_ns)
{
  close_second(l, m);
  m->current_ns = l->start_ns + second_of(l, done_ns) * NS_PER_SECOND;
}

void latency_record(struct latency *l, enum latency_metric metric, int64_t intended_ns,
                    int64_t sent_ns, int64_t done_ns)
{
  struct metric *m = &l->metric[metric];
  if (__builtin_expect((uint64_t)(done_ns - m->current_ns) >= (uint64_t)NS_PER_SECOND, 0))
    turn_to(l, m, done_ns);
  hist_record(m->current, done_ns - intended_ns);
  if (m->uncorrected != NULL)
    hist_record(m->uncorrected, done_ns - sent_ns);
}

static void merge_metric(struct latency *into, struct metric *m, const struct metric *from)
{
  close_second(into, m);
  for (size_t i = 0; i < from->seconds.n; i++) {
    const struct second *s = &from->seconds.second[i];
    hist_add_encoded(m->current, s->encoded, &s->totals);
    seconds_put(&m->seconds, s->second, m->current);
  }
  hist_add(m->corrected, from->corrected);
  if (m->uncorrected != NULL)
    hist_add(m->uncorrected, from->uncorrected);
}

void latency_merge(struct latency *into, struct latency *from)
{
  assert(into->start_ns == from->start_ns && into != from);
  for (int i = 0; i < LATENCY_METRICS; i++) {
    close_second(from, &from->metric[i]);
    merge_metric(into, &into->metric[i], &from->metric[i]);
  }
}

uint64_t latency_count(const struct latency *l, enum latency_metric metric)
{
  const struct metric *m = &l->metric[metric];
  return m->corrected->totals.count + m->current->totals.count;
}

int64_t latency_start(const struct latency *l)
{
  return l->start_ns;
}

const struct hist *latency_corrected(struct latency *l, enum latency_metric metric)
{
  close_second(l, &l->metric[metric]);
  return l->metric[metric].corrected;
}

const struct hist *latency_uncorrected(struct latency *l, enum latency_metric metric)
{
  return l->metric[metric].uncorrected;
}

const struct seconds *latency_seconds(struct latency *l, enum latency_metric metric)
{
  close_second(l, &l->metric[metric]);
  return &l->metric[metric].seconds;
}
