/* SPDX-License-Identifier: Apache-2.0 */
/* hlog.h - histograms as lines of a log that HdrHistogram's tools read (format 1.3).
 *
 *     #[Histogram log format version 1.3]
 *     #[StartTime: 1735689600.000 (seconds since epoch), 2025-01-01 00:00:00 UTC]
 *     #[BaseTime: 1735689600.000 (seconds since epoch)]
 *     "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
 *     Tag=produce-to-ack,0.000,1.000,12.345,HISTFAAAAB...
 *
 * Start and length of an interval are seconds, the start counted from BaseTime; its greatest
 * duration is milliseconds, as HistogramLogWriter has it by default; each with three decimals,
 * rounded half up, printed from integers. Then comes, in base64, the encoding of encoding.h,
 * deflated. The bytes depend on what was recorded and on the build of zlib, on nothing else.
 */
#ifndef RETRIAL_MEASURE_HLOG_H
#define RETRIAL_MEASURE_HLOG_H

#include "measure/encoding.h"

struct hlog_interval {
  struct slice tag; /* no blank, comma or line end in it */
  int64_t start_ns; /* from the log's start */
  int64_t length_ns;
  int64_t max_ns;
};

/* The lines before the first interval; start_ns is since 1970. */
void hlog_start(struct buffer *out, int64_t start_ns);

/* One line; `encoded` is hist_encode()'s. */
void hlog_add(struct buffer *out, const struct hlog_interval *interval, struct slice encoded);

/* Reads a line back: appends what was encoded to `encoded`, for hist_decode(). The tag is part of
 * the line; times are rounded as they were printed. ERR_DATA if hlog_add() did not write it. */
bool hlog_read(struct slice line, struct hlog_interval *interval, struct buffer *encoded,
               struct error *err);

#endif
