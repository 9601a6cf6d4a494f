/* SPDX-License-Identifier: Apache-2.0 */
/* measured_pictures.h - the pictures of a run's latencies, with their data, and what they share. */
#ifndef RETRIAL_REPLAY_REPORT_MEASURED_PICTURES_H
#define RETRIAL_REPLAY_REPORT_MEASURED_PICTURES_H

#include "replay/report/figure.h"
#include "replay/report/page.h"

/* "from producing a message until ..."; "" for a metric that is not known. */
const char *measured_about(const char *metric);

/* A metric that is zero throughout has no place on a logarithmic axis. */
bool measured_is_drawn(const struct measured_metric *metric);

/* Decades around all durations above zero; a zero has the lowest line for itself. */
struct measured_decades {
  int low, high;
  bool has_zero, any;
};

void measured_widen(struct measured_decades *decades, json_int_t ns);
void measured_set_decades(struct figure *figure, const struct measured_decades *decades);

/* By percentile, all metrics that are drawn. */
bool measured_draw_percentiles(struct page *page, struct error *err);

/* One metric over time. */
bool measured_draw_seconds(struct page *page, size_t metric, struct error *err);

/* Rows sent and messages acknowledged a second. */
bool measured_draw_throughput(struct page *page, struct error *err);

#endif
