/* SPDX-License-Identifier: Apache-2.0 */
/* percentile.h - from the least duration to the greatest, closer together towards 100 %.
 *
 * HdrHistogram's iteration by percentiles with five levels in each half of the distance to 100 that
 * is left: 0, 10, .. 40, 50, 55, .. 70, 75, 77.5, and so on, up to the bucket of the greatest
 * duration, and 100 once more. Levels are exact.
 */
#ifndef RETRIAL_MEASURE_PERCENTILE_H
#define RETRIAL_MEASURE_PERCENTILE_H

#include "measure/histogram.h"

/* A zeroed struct stands before the first level. */
struct percentile {
  unsigned halvings, tick;   /* the level: 100 less (10 - tick) * 10 / 2^halvings, tick is 0..4 */
  bool is_last;              /* it is 100 */
  struct hist_bucket bucket; /* the first one that reaches the level; what is printed is its high */
};

/* To the next level; false behind 100, and if nothing was recorded. */
bool percentile_next(const struct hist *h, struct percentile *p);

/* The level in decimal, all its digits and at least one decimal ("50.0"), ended by NUL. */
enum { PERCENTILE_BYTES = 72 };
const char *percentile_text(const struct percentile *p, char out[PERCENTILE_BYTES]);

#endif
