/* SPDX-License-Identifier: Apache-2.0 */
/* job_pictures.h - the pictures of a job's output, with their data. */
#ifndef RETRIAL_REPLAY_REPORT_JOB_PICTURES_H
#define RETRIAL_REPLAY_REPORT_JOB_PICTURES_H

#include "replay/report/page.h"
#include "replay/report/windows.h"

/* More lanes than these no one can read. */
enum { JOB_MOST_LANES = 40 };

struct job_pictures {
  struct page *page;
  struct windows *windows;
  const char *name; /* "job-1", of files and ids */
};

/* Who had an alert when; those with most alerts if there are more than JOB_MOST_LANES series. */
bool job_draw_lanes(const struct job_pictures *job, struct error *err);

/* One value of all series. */
bool job_draw_band(const struct job_pictures *job, size_t value, struct error *err);

/* One value of one series. */
bool job_draw_series(const struct job_pictures *job, size_t series, size_t value,
                     struct error *err);

#endif
