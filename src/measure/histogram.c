/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/histogram.h"

#include <assert.h>

#include "base/memory.h"

enum { MOST_DIGITS = 5 };

static const struct hist_totals NOTHING = {.min = INT64_MAX};

static unsigned half_bits_of(int digits)
{
  uint64_t least = 1;
  while (digits-- > 0)
    least *= 10;
  return 64 - (unsigned)__builtin_clzll(least - 1);
}

struct hist *hist_new(int64_t highest_ns, int digits, struct error *err)
{
  if (digits < 1 || digits > MOST_DIGITS || highest_ns < 2) {
    error_set(err, ERR_RANGE,
              "no histogram of %d digits up to %lld ns (1 to %d digits, 2 ns or more)", digits,
              (long long)highest_ns, MOST_DIGITS);
    return NULL;
  }
  struct hist layout = {.totals = NOTHING,
                        .highest = highest_ns,
                        .digits = digits,
                        .half_bits = half_bits_of(digits)};
  size_t buckets = hist_index(&layout, highest_ns) + 1;
  struct hist *h = mem_new(1, sizeof layout + buckets * sizeof layout.bucket[0]);
  *h = layout;
  return h;
}

static int64_t within(const struct hist *h, int64_t ns)
{
  return ns < h->highest ? ns : h->highest;
}

/* The buckets that may hold something: from index(min) to index(max), none if nothing was counted.
 * Pages beside these are not touched, so that they cost nothing. */
static size_t first_of(const struct hist *h)
{
  return hist_index(h, within(h, h->totals.min));
}

static size_t end_of(const struct hist *h)
{
  return h->totals.count != 0 ? hist_index(h, within(h, h->totals.max)) + 1 : 0;
}

/* The first bucket from i on that is not empty, or end; seven of eight are empty, mostly. */
static size_t skip_empty(const struct hist *h, size_t i, size_t end)
{
  const uint64_t *b = h->bucket;
  while (i + 8 <= end &&
         (b[i] | b[i + 1] | b[i + 2] | b[i + 3] | b[i + 4] | b[i + 5] | b[i + 6] | b[i + 7]) == 0)
    i += 8;
  while (i < end && b[i] == 0)
    i++;
  return i;
}

void hist_reset(struct hist *h)
{
  size_t end = end_of(h);
  for (size_t i = skip_empty(h, first_of(h), end); i < end; i = skip_empty(h, i + 1, end))
    h->bucket[i] = 0;
  h->totals = NOTHING;
}

void hist_totals_add(struct hist_totals *into, const struct hist_totals *from)
{
  into->count += from->count;
  into->overflow += from->overflow;
  into->negative += from->negative;
  into->sum += from->sum;
  if (from->min < into->min)
    into->min = from->min;
  if (from->max > into->max)
    into->max = from->max;
}

void hist_add(struct hist *into, const struct hist *from)
{
  assert(into->highest == from->highest && into->digits == from->digits);
  size_t end = end_of(from);
  for (size_t i = skip_empty(from, first_of(from), end); i < end; i = skip_empty(from, i + 1, end))
    into->bucket[i] += from->bucket[i];
  hist_totals_add(&into->totals, &from->totals);
}

void hist_record_outside(struct hist *h, int64_t ns)
{
  bool negative = ns < 0;
  int64_t counted = negative ? 0 : ns;
  struct hist_totals one = {1, !negative, negative, counted, counted, (uint64_t)counted};
  h->bucket[hist_index(h, within(h, counted))]++;
  hist_totals_add(&h->totals, &one);
}

/* The k of a bucket of 2^k ns. */
static unsigned shift_of(const struct hist *h, size_t index)
{
  size_t half = index >> h->half_bits;
  return half > 1 ? (unsigned)half - 1 : 0;
}

int64_t hist_bucket_low(const struct hist *h, size_t index)
{
  unsigned shift = shift_of(h, index);
  return (int64_t)((uint64_t)(index - ((size_t)shift << h->half_bits)) << shift);
}

int64_t hist_bucket_high(const struct hist *h, size_t index)
{
  return hist_bucket_low(h, index) + (int64_t)(((uint64_t)1 << shift_of(h, index)) - 1);
}

int64_t hist_mean(const struct hist *h)
{
  return h->totals.count != 0 ? (int64_t)(h->totals.sum / h->totals.count) : 0;
}

int64_t hist_quantile(const struct hist *h, uint64_t parts, uint64_t of)
{
  assert(parts >= 1 && parts <= of);
  unsigned __int128 product = (unsigned __int128)parts * h->totals.count;
  uint64_t rank = (uint64_t)((product + of - 1) / of); /* from 1; 0 if there are none */
  struct hist_bucket b = {0};
  while (b.count_to_there < rank && hist_next(h, &b))
    ;
  return b.high;
}

bool hist_next(const struct hist *h, struct hist_bucket *bucket)
{
  size_t end = end_of(h);
  size_t i = skip_empty(h, bucket->count != 0 ? bucket->index + 1 : first_of(h), end);
  if (i >= end)
    return false;
  *bucket = (struct hist_bucket){
      .index = i,
      .low = hist_bucket_low(h, i),
      .high = hist_bucket_high(h, i),
      .count = h->bucket[i],
      .count_to_there = bucket->count_to_there + h->bucket[i],
  };
  return true;
}
