/* SPDX-License-Identifier: Apache-2.0 */
/* progress.h - a line on the terminal about work that takes longer than a second. */
#ifndef RETRIAL_REPLAY_PROGRESS_H
#define RETRIAL_REPLAY_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
  bool shown;       /* standard error is a terminal */
  bool drawn;       /* there is a line to wipe out */
  uint64_t total;   /* rows, as estimated; 0: not known */
  int64_t start_ns; /* by the machine's clock */
  int64_t next_ns;  /* when the line is drawn again */
};

/* For work on a dataset of about total rows; silent unless standard error is a terminal that can
 * move its cursor. */
void progress_start(struct progress *progress, uint64_t total);

/* What is done now, and how many rows are behind; argument is the struct progress. */
void progress_tell(void *argument, const char *doing, uint64_t rows);

/* Wipes the line out; returns the seconds since the start. */
double progress_end(struct progress *progress);

/* How many rows a CSV file has, by its size and the length of its first lines; 0 if that cannot be
 * told. */
uint64_t progress_estimate_rows(const char *path);

#endif
