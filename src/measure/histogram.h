/* SPDX-License-Identifier: Apache-2.0 */
/* histogram.h - how long things took.
 *
 * A histogram counts durations in nanoseconds with a bounded relative error, in the buckets of
 * HdrHistogram; it never allocates after it was made. Nothing is lost: what does not fit is counted
 * at the end where it belongs, and once more as `overflow` or `negative`. The caller owns what
 * hist_new() returns and releases it with free().
 */
#ifndef RETRIAL_MEASURE_HISTOGRAM_H
#define RETRIAL_MEASURE_HISTOGRAM_H

#include "base/error.h"

/* What is known exactly, whatever the buckets. */
struct hist_totals {
  uint64_t count;
  uint64_t overflow;     /* of these, above the highest duration */
  uint64_t negative;     /* of these, below zero; they count as zero */
  int64_t min, max;      /* ns; INT64_MAX and 0 if there is none */
  unsigned __int128 sum; /* ns */
};

void hist_totals_add(struct hist_totals *into, const struct hist_totals *from);

/* The layout: a duration of less than 2 * half ns has a bucket of its own, and so has every run of
 * 2^k ns from half * 2^k to 2 * half * 2^k. Such a run begins at half * 2^k or above, so that any
 * two durations in it differ by less than 1 / half of either. half is the least power of two that
 * is at least 10^digits; with 3 digits it is 1024 and the error below 0.098 %.
 *
 * Only the functions here look inside. */
struct hist {
  struct hist_totals totals;
  int64_t highest; /* ns */
  int digits;
  unsigned half_bits;
  uint64_t bucket[];
};

/* A histogram for 0 .. highest_ns (at least 2), kept to `digits` (1..5) significant decimal digits.
 * ERR_RANGE (and NULL) if either is outside of its limits. With 3 digits it takes 8 KiB for each
 * doubling of the highest duration beyond a microsecond, 430 KiB for INT64_MAX; pages in which
 * nothing was counted stay untouched. */
struct hist *hist_new(int64_t highest_ns, int digits, struct error *err);

/* Forgets all that was recorded. */
void hist_reset(struct hist *h);

/* Adds what `from` holds; both have the same highest duration and digits. */
void hist_add(struct hist *into, const struct hist *from);

/* The bucket of a duration, 0 or above. */
static inline size_t hist_index(const struct hist *h, int64_t ns)
{
  uint64_t lowest_bits = ((uint64_t)2 << h->half_bits) - 1;
  unsigned shift = 63 - h->half_bits - (unsigned)__builtin_clzll((uint64_t)ns | lowest_bits);
  return ((size_t)shift << h->half_bits) + (size_t)((uint64_t)ns >> shift);
}

/* The lowest and the highest duration that are counted in a bucket, in ns. */
int64_t hist_bucket_low(const struct hist *h, size_t index);
int64_t hist_bucket_high(const struct hist *h, size_t index);

/* Of a duration below zero or above the highest. */
void hist_record_outside(struct hist *h, int64_t ns);

static inline void hist_record(struct hist *h, int64_t ns)
{
  if (__builtin_expect((uint64_t)ns > (uint64_t)h->highest, 0)) {
    hist_record_outside(h, ns);
    return;
  }
  h->bucket[hist_index(h, ns)]++;
  h->totals.count++;
  h->totals.sum += (uint64_t)ns;
  if (ns < h->totals.min)
    h->totals.min = ns;
  if (ns > h->totals.max)
    h->totals.max = ns;
}

/* The mean of the durations as they were recorded, in ns, cut to an integer; 0 if there are none.
 */
int64_t hist_mean(const struct hist *h);

/* The highest duration of the bucket at or below which parts/of (1 <= parts <= of) of the durations
 * lie, in ns; 0 if there are none. As HdrHistogram gives it: it may be above the greatest duration
 * that was recorded by the bucket's width. */
int64_t hist_quantile(const struct hist *h, uint64_t parts, uint64_t of);

/* A bucket that is not empty. */
struct hist_bucket {
  size_t index;
  int64_t low, high; /* ns, both within */
  uint64_t count;
  uint64_t count_to_there; /* of this one and all below */
};

/* From a zeroed bucket to the first, from there to the next one; false behind the last. */
bool hist_next(const struct hist *h, struct hist_bucket *bucket);

#endif
