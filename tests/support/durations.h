/* SPDX-License-Identifier: Apache-2.0 */
/* durations.h - the durations of a "set" in tests/data/histogram_java.tsv. */
#ifndef RETRIAL_TESTS_SUPPORT_DURATIONS_H
#define RETRIAL_TESTS_SUPPORT_DURATIONS_H

#include "base/slice.h"
#include "measure/histogram.h"

/* A zeroed struct with `bits` set and `count` as its state begins where HistogramData.java does. */
struct durations {
  uint64_t state;
  unsigned bits, i;
};

static inline int64_t durations_next(struct durations *d)
{
  d->state = d->state * 6364136223846793005 + 1442695040888963407;
  return (int64_t)(d->state >> 20 & (((uint64_t)2 << d->i++ % d->bits) - 1));
}

/* From the fields of its line, "set" digits highest bits count. The caller frees it. */
struct hist *durations_record(const struct slice *field);

#endif
