/* SPDX-License-Identifier: Apache-2.0 */
/* windows.h - which windows hold a time (ResolveTimeWindows.scala, TimeWindow.scala).
 *
 * Windows of one spec are numbered: window n starts at spec.start + n * slide. A time t is held by
 * the windows with start <= t < start + duration. Near the ends of what 64 bits hold, times wrap
 * around, as in Java.
 */
#ifndef RETRIAL_EXEC_WINDOWS_H
#define RETRIAL_EXEC_WINDOWS_H

#include "sql/plan.h"

/* The number of the last window that starts at or before t. */
static inline int64_t window_last(const struct window_spec *w, int64_t t)
{
  int64_t from = (int64_t)((uint64_t)t - (uint64_t)w->start);
  int64_t n = from / w->slide;
  return n - (from % w->slide < 0);
}

/* How many windows may hold a time: ceil(duration / slide). */
static inline int64_t window_overlap(const struct window_spec *w)
{
  return w->duration / w->slide + (w->duration % w->slide != 0);
}

/* The number of the window `steps` before window n. */
static inline int64_t window_before(int64_t n, int64_t steps)
{
  return (int64_t)((uint64_t)n - (uint64_t)steps);
}

static inline int64_t window_start(const struct window_spec *w, int64_t n)
{
  return (int64_t)((uint64_t)w->start + (uint64_t)n * (uint64_t)w->slide);
}

static inline int64_t window_end(const struct window_spec *w, int64_t start)
{
  return (int64_t)((uint64_t)start + (uint64_t)w->duration);
}

/* Whether window n, which starts at or before t, holds t. */
static inline bool window_holds(const struct window_spec *w, int64_t n, int64_t t)
{
  return (uint64_t)t - (uint64_t)window_start(w, n) < (uint64_t)w->duration;
}

#endif
