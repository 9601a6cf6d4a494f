/* SPDX-License-Identifier: Apache-2.0 */
/* write-hlog FILE: makes up a run, writes its log of latencies to FILE and to standard output what
 * tests/data/HlogSummary.java must find there. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/outfile.h"
#include "base/random.h"
#include "measure/latency_write.h"

#define START INT64_C(1735689600000000000)
#define NS_PER_MS INT64_C(1000000)

enum { EVENTS = 200000 };

/* A quarter of an hour of events, now and then a second without any; most take a ms, some a minute.
 */
static void record(struct latency *l)
{
  struct random r;
  random_seed(&r, 1);
  int64_t now = START;
  for (int i = 0; i < EVENTS; i++) {
    enum latency_metric metric = (enum latency_metric)random_below(&r, LATENCY_METRICS);
    now +=
        random_between(&r, 0, 9 * NS_PER_MS) + (random_below(&r, 500) == 0 ? 2000 * NS_PER_MS : 0);
    int64_t sent = now - random_between(&r, 0, INT64_C(1) << random_between(&r, 1, 36));
    latency_record(l, metric, sent - random_between(&r, 0, NS_PER_MS), sent, now);
  }
}

static void summarize(const char *name, const char *side, const struct hist *h, uint64_t intervals,
                      int64_t first, int64_t end)
{
  static const uint64_t PARTS[] = {5000, 9000, 9900, 9990, 9999};
  int64_t start_ms = START / NS_PER_MS;
  printf("%s%s %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRId64, name, side, intervals,
         start_ms + first * 1000, start_ms + end * 1000, h->totals.count,
         hist_bucket_high(h, hist_index(h, h->totals.max)));
  for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
    printf(" %" PRId64, hist_quantile(h, PARTS[i], 10000));
  putchar('\n');
}

int main(int argc, char **argv)
{
  struct latency *l = latency_new(START);
  struct buffer log = {0};
  int64_t end = 0;
  record(l);
  latency_write_hlog(l, &log);
  if (argc != 2 || !outfile_put(argv[1], (struct slice){log.p, log.n}, NULL))
    return 99;
  for (int i = 0; i < LATENCY_METRICS; i++) {
    const struct seconds *s = latency_seconds(l, (enum latency_metric)i);
    const struct second *last = &s->second[s->n - 1];
    end = last->second + 1 > end ? last->second + 1 : end;
    summarize(latency_name((enum latency_metric)i), "",
              latency_corrected(l, (enum latency_metric)i), s->n, s->second[0].second,
              last->second + 1);
  }
  for (int i = LATENCY_SCHEDULE_LAG + 1; i < LATENCY_METRICS; i++)
    summarize(latency_name((enum latency_metric)i), "-uncorrected",
              latency_uncorrected(l, (enum latency_metric)i), 1, 0, end);
  latency_free(l);
  buffer_free(&log);
  return 0;
}
