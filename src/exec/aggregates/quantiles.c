/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/aggregates/quantiles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_SIZE = 50000, COMPRESS_THRESHOLD = 10000 };

/* java.util.Arrays.sort: -0.0 before 0.0, NaN last. */
static int compare_numbers(const void *a, const void *b)
{
  double x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  if (x < y || x > y)
    return x < y ? -1 : 1;
  if (x != x || y != y)
    return (x != x) - (y != y);
  return !!signbit(y) - !!signbit(x);
}

/* Adds sorted numbers to the samples. */
static void insert(struct quantiles *q, double *number, size_t count, struct arena *arena)
{
  qsort(number, count, sizeof *number, compare_numbers);
  struct sample *merged = arena_take(arena, q->samples + count, sizeof *merged);
  size_t n = 0, old = 0;
  for (size_t i = 0; i < count; i++) {
    while (old < q->samples && q->sample[old].value <= number[i])
      merged[n++] = q->sample[old++];
    q->count++;
    bool is_end = n == 0 || (old == q->samples && i == count - 1);
    int64_t delta = is_end ? 0 : (int64_t)floor(2 * q->error * (double)q->count);
    merged[n++] = (struct sample){number[i], 1, delta};
  }
  while (old < q->samples)
    merged[n++] = q->sample[old++];
  q->sample = merged;
  q->samples = n;
}

/* Joins samples from the last one on, as long as they stay below the threshold together. */
static void compress(struct quantiles *q, struct arena *arena)
{
  if (q->samples == 0)
    return;
  double threshold = 2 * q->error * (double)q->count;
  struct sample *kept = arena_take(arena, q->samples + 1, sizeof *kept);
  size_t at = q->samples + 1;
  struct sample head = q->sample[q->samples - 1];
  for (size_t i = q->samples - 1; i-- > 1;) {
    struct sample s = q->sample[i];
    if ((double)(s.g + head.g + head.delta) < threshold) {
      head.g += s.g;
      continue;
    }
    kept[--at] = head;
    head = s;
  }
  kept[--at] = head;
  if (q->sample[0].value <= head.value && q->samples > 1)
    kept[--at] = q->sample[0];
  size_t samples = q->samples + 1 - at;
  q->sample = kept + at;
  q->samples = samples;
}

struct quantiles quantiles_of(double *number, size_t count, double error, struct arena *arena)
{
  struct quantiles q = {.error = error};
  for (size_t from = 0; from < count;) {
    size_t n = count - from < HEAD_SIZE ? count - from : HEAD_SIZE;
    insert(&q, number + from, n, arena);
    from += n;
    if (n == HEAD_SIZE && q.samples >= COMPRESS_THRESHOLD)
      compress(&q, arena);
  }
  compress(&q, arena);
  return q;
}

struct quantiles quantiles_merge(const struct quantiles *a, const struct quantiles *b,
                                 struct arena *arena)
{
  if (a->count == 0 || b->count == 0)
    return a->count == 0 ? *b : *a;
  struct quantiles q = {.error = a->error, .count = a->count + b->count};
  q.sample = arena_take(arena, a->samples + b->samples, sizeof *q.sample);
  int64_t more_a = (int64_t)floor(2 * b->error * (double)b->count);
  int64_t more_b = (int64_t)floor(2 * a->error * (double)a->count);
  size_t i = 0, j = 0;
  while (i < a->samples && j < b->samples) {
    bool takes_a = a->sample[i].value < b->sample[j].value;
    struct sample s = takes_a ? a->sample[i] : b->sample[j];
    s.delta += takes_a ? (j > 0 ? more_a : 0) : (i > 0 ? more_b : 0);
    *(takes_a ? &i : &j) += 1;
    q.sample[q.samples++] = s;
  }
  while (i < a->samples)
    q.sample[q.samples++] = a->sample[i++];
  while (j < b->samples)
    q.sample[q.samples++] = b->sample[j++];
  compress(&q, arena);
  return q;
}

/* A walk over the samples for growing fractions. */
struct walk {
  size_t at;
  int64_t least_rank;
};

static double find(const struct quantiles *q, struct walk *w, double fraction, double error)
{
  int64_t rank = (int64_t)ceil(fraction * (double)q->count);
  int64_t least = w->least_rank;
  for (size_t i = w->at; i + 1 < q->samples; least += q->sample[++i].g) {
    double most = (double)(least + q->sample[i].delta);
    if (most - error <= (double)rank && (double)rank <= (double)least + error) {
      *w = (struct walk){i, least};
      return q->sample[i].value;
    }
  }
  *w = (struct walk){q->samples - 1, 0};
  return q->sample[q->samples - 1].value;
}

static size_t next_fraction(const double *fraction, size_t fractions, const bool *done)
{
  size_t best = fractions;
  for (size_t k = 0; k < fractions; k++)
    if (!done[k] && (best == fractions || fraction[k] < fraction[best]))
      best = k;
  return best;
}

void quantiles_query(const struct quantiles *q, const double *fraction, size_t fractions,
                     double *out, struct arena *arena)
{
  bool *done = arena_zero(arena, fractions, sizeof *done);
  int64_t widest = 0;
  for (size_t i = 0; i < q->samples; i++) {
    int64_t width = q->sample[i].g + q->sample[i].delta;
    widest = width > widest ? width : widest;
  }
  struct walk walk = {0, q->sample[0].g};
  for (size_t i = 0; i < fractions; i++) {
    size_t k = next_fraction(fraction, fractions, done);
    done[k] = true;
    if (fraction[k] <= q->error || q->samples == 1)
      out[k] = q->sample[0].value;
    else if (fraction[k] >= 1 - q->error)
      out[k] = q->sample[q->samples - 1].value;
    else
      out[k] = find(q, &walk, fraction[k], (double)(widest / 2));
  }
}
