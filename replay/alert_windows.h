/* SPDX-License-Identifier: Apache-2.0 */
/* alert_windows.h - the windows of a job's alerts, and the last sample in each of them.
 *
 * First all windows are added, then come all samples, in any order. A sample costs one look-up
 * and a step for each window of its series that holds it: the job itself took no fewer. Memory is
 * by the alerts, not by the samples.
 */
#ifndef RETRIAL_REPLAY_ALERT_WINDOWS_H
#define RETRIAL_REPLAY_ALERT_WINDOWS_H

#include <stdint.h>

#include "base/memory.h"
#include "base/slice.h"

struct alert_window {
  int64_t start_us, end_us; /* a time t is within: start <= t < end */
  int64_t reach_us;         /* the latest end of this one and those before it in its series */
  uint32_t series;
  uint64_t samples; /* none: 0; else 1 + the greatest rank of a sample within */
};

/* Zeroed, it is empty; alert_windows_free() releases it. */
struct alert_windows {
  size_t windows, room;
  struct alert_window *window; /* once sorted: by series, start and end */
  uint32_t series;
  struct alert_series *of; /* by series */
  size_t slots;
  uint32_t *slot; /* 1 + series, at the hash of its name or behind; 0: free */
  struct arena arena;
};

void alert_windows_add(struct alert_windows *w, struct slice series, int64_t start_us,
                       int64_t end_us);

/* No window comes any more. */
void alert_windows_sort(struct alert_windows *w);

void alert_windows_sample(struct alert_windows *w, struct slice series, int64_t time_us,
                          uint64_t rank);

void alert_windows_free(struct alert_windows *w);

#endif
