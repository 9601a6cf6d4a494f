/* SPDX-License-Identifier: Apache-2.0 */
/* latency_write.h - the latencies of a run for other programs; equal latencies give equal bytes.
 *
 * Metrics of which nothing was recorded are left out. No percentile is written above the greatest
 * duration, as the upper end of its bucket would be.
 */
#ifndef RETRIAL_MEASURE_LATENCY_WRITE_H
#define RETRIAL_MEASURE_LATENCY_WRITE_H

#include "base/buffer.h"
#include "measure/latency.h"

/* A log as in hlog.h: ordered by seconds, a line for each metric of which something was done then,
 * with the metric as its tag. At the end a line for the whole of "METRIC-uncorrected", for each
 * that has it. */
void latency_write_hlog(struct latency *l, struct buffer *out);

/* {"format": 1, "unit": "ns", "clock": "virtual" or "real", "start": "2025-01-01T00:00:00Z",
 *  "metrics": [{"metric", "corrected", "uncorrected" (null if there is none), "seconds"}, ..]}
 * A side is {"count", "min", "mean", "p50", .. "p99.99", "max", "percentiles": [[level as a decimal
 * text, ns, count at or below], ..]} (see percentile.h), a second {"second", "count", "p50", "p99",
 * "max"}. Ends with a line end. */
void latency_write_json(struct latency *l, bool is_virtual, struct buffer *out);

/* As above: at or below which parts/of of the durations lie; never above the greatest one. */
int64_t latency_quantile(const struct hist *h, uint64_t parts, uint64_t of);

#endif
