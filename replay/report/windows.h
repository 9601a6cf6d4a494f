/* SPDX-License-Identifier: Apache-2.0 */
/* windows.h - a job's output as its plot names it: series of values over time, with alerts.
 *
 * Rows are sorted by series, then time; series by name, numbers in them by their value.
 */
#ifndef RETRIAL_REPLAY_REPORT_WINDOWS_H
#define RETRIAL_REPLAY_REPORT_WINDOWS_H

#include "replay/report/run.h"

struct windows_row {
  int64_t time_us; /* since 1970; a bare time of day is one of 1970-01-01 */
  uint32_t series;
  uint32_t label;      /* from 1; 0: no alert */
  size_t nth;          /* of the file */
  const double *value; /* NaN where there is none */
};

struct windows_series {
  struct slice name;
  size_t first, rows; /* its rows */
  uint64_t alerts;
};

struct windows_value {
  struct slice column;
  bool has_threshold;
  double threshold;
  struct slice limit;     /* the threshold as it is printed: as in pipeline.yaml if that is plain */
  double least, greatest; /* NaN if there is no value at all */
  bool quiet_above;       /* rows without an alert are mostly above the threshold */
};

struct windows {
  size_t rows, untimed; /* untimed: left out, their time is none */
  struct windows_row *row;
  size_t series;
  struct windows_series *of;
  size_t labels;
  struct slice *label; /* sorted */
  uint64_t *labelled;  /* rows by label */
  uint64_t alerts;
  size_t values;
  struct windows_value *value;
  int64_t first_us, last_us, step_us; /* step: from one time to the next, the shortest */
  struct arena arena;
};

/* Reads the output of a job with a plot. ERR_IO, or ERR_DATA where a column is missing (with the
 * nearest name). Whether it succeeds or not, the caller releases it with windows_close(). */
bool windows_open(struct windows *windows, const struct run *run, const struct run_job *job,
                  struct error *err);

void windows_close(struct windows *windows);

/* Whether the value is at its threshold or on the side of it where quiet rows are not. */
bool windows_is_beyond(const struct windows_value *value, double x);

/* The series' indexes, those with most alerts first; *count of them have an alert. In the arena. */
const uint32_t *windows_by_alerts(struct windows *windows, size_t *count);

#endif
