/* SPDX-License-Identifier: Apache-2.0 */
/* seconds.h - a histogram for every second in which something was recorded, in few bytes.
 *
 * A zeroed struct holds none; whoever declares it releases it with seconds_free(). What it holds
 * does not depend on the order in which it came.
 */
#ifndef RETRIAL_MEASURE_SECONDS_H
#define RETRIAL_MEASURE_SECONDS_H

#include "base/slice.h"
#include "measure/histogram.h"

struct second {
  int64_t second; /* from the start; may be below 0 */
  struct hist_totals totals;
  struct slice encoded; /* hist_encode()'s */
};

/* In ascending order. */
struct seconds {
  size_t n, capacity;
  struct second *second;
};

/* Adds a histogram, not empty, to those of its second, and empties it. All have the same layout. */
void seconds_put(struct seconds *s, int64_t second, struct hist *h);

void seconds_free(struct seconds *s);

#endif
