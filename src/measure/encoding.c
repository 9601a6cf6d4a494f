/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/encoding.h"

#include <assert.h>
#include <stdlib.h>

enum { WORD_BYTES = 9, LAST_SHIFT = 56 }; /* of 64 bits, 8 bytes hold 7 each, the last one 8 */

#define RATIO_OF_ONE UINT64_C(0x3ff0000000000000) /* 1.0 */

void encoding_put(struct buffer *out, uint64_t value, int bytes)
{
  while (bytes-- > 0)
    buffer_put(out, (char)(value >> 8 * bytes & 0xff));
}

uint64_t encoding_get(const char *p, int bytes)
{
  uint64_t value = 0;
  for (int i = 0; i < bytes; i++)
    value = value << 8 | (unsigned char)p[i];
  return value;
}

static void put_word(struct buffer *out, int64_t value)
{
  uint64_t rest = (uint64_t)value << 1 ^ (uint64_t)(value >> 63);
  char *p = buffer_room(out, WORD_BYTES);
  size_t n = 0;
  for (; rest >= 0x80 && n < WORD_BYTES - 1; rest >>= 7)
    p[n++] = (char)(0x80 | (rest & 0x7f));
  p[n++] = (char)rest;
  out->n += n;
}

static void put_zeros(struct buffer *out, size_t n)
{
  if (n != 0)
    put_word(out, n > 1 ? -(int64_t)n : 0);
}

static void put_counts(struct buffer *out, const struct hist *h)
{
  struct hist_bucket b = {0};
  size_t end = 0;
  for (; hist_next(h, &b); end = b.index + 1) {
    put_zeros(out, b.index - end);
    put_word(out, (int64_t)b.count);
  }
  if (end == 0)
    put_zeros(out, 1); /* HdrHistogram's, of a histogram that is empty */
}

void hist_encode(const struct hist *h, struct buffer *out)
{
  struct buffer counts = {0};
  put_counts(&counts, h);
  encoding_put(out, HIST_COOKIE, 4);
  encoding_put(out, counts.n, 4);
  encoding_put(out, 0, 4);
  encoding_put(out, (uint64_t)h->digits, 4);
  encoding_put(out, 1, 8);
  encoding_put(out, (uint64_t)h->highest, 8);
  encoding_put(out, RATIO_OF_ONE, 8);
  buffer_append(out, counts.p, counts.n);
  buffer_free(&counts);
}

/* Takes a word from the front; false if there is none. */
static bool take_word(struct slice *s, int64_t *value)
{
  uint64_t raw = 0;
  for (size_t i = 0; i < WORD_BYTES && i < s->n; i++) {
    uint64_t byte = (unsigned char)s->p[i];
    bool is_last = byte < 0x80 || i == WORD_BYTES - 1;
    raw |= (i < WORD_BYTES - 1 ? byte & 0x7f : byte) << 7 * i;
    if (!is_last)
      continue;
    *value = (int64_t)(raw >> 1 ^ -(raw & 1));
    *s = (struct slice){s->p + i + 1, s->n - i - 1};
    return true;
  }
  return false;
}

static void count_bucket(struct hist *h, size_t index, uint64_t count, struct hist_totals *totals)
{
  int64_t low = hist_bucket_low(h, index), high = hist_bucket_high(h, index);
  uint64_t middle = (uint64_t)low + ((uint64_t)(high - low) + 1) / 2;
  struct hist_totals these = {count, 0, 0, low, high, (unsigned __int128)middle * count};
  h->bucket[index] += count;
  hist_totals_add(totals, &these);
}

/* Adds the counts to the buckets and to the totals. */
static bool take_counts(struct hist *h, struct slice counts, struct hist_totals *totals)
{
  size_t buckets = hist_index(h, h->highest) + 1, i = 0;
  for (int64_t word; counts.n != 0;) {
    if (!take_word(&counts, &word))
      return false;
    uint64_t zeros = word < 0 ? -(uint64_t)word : word == 0;
    if (zeros > buckets - i || (zeros == 0 && i == buckets))
      return false;
    if (zeros == 0)
      count_bucket(h, i++, (uint64_t)word, totals);
    i += zeros;
  }
  return true;
}

/* What hist_encode() writes always, between the lengths and the digits of its own. */
static bool is_ours(const char *p)
{
  return encoding_get(p + 8, 4) == 0 && encoding_get(p + 16, 8) == 1 &&
         encoding_get(p + 32, 8) == RATIO_OF_ONE;
}

struct hist *hist_decode(struct slice bytes, struct error *err)
{
  if (bytes.n < HIST_HEADER_BYTES || encoding_get(bytes.p, 4) != HIST_COOKIE ||
      encoding_get(bytes.p + 4, 4) != bytes.n - HIST_HEADER_BYTES) {
    error_set(err, ERR_DATA, "no histogram in HdrHistogram's V2 encoding");
    return NULL;
  }
  if (!is_ours(bytes.p)) {
    error_set(err, ERR_UNSUPPORTED, "a histogram whose durations are shifted or scaled");
    return NULL;
  }
  uint64_t digits = encoding_get(bytes.p + 12, 4), highest = encoding_get(bytes.p + 24, 8);
  struct hist *h = hist_new((int64_t)highest, (int)digits, err);
  if (h == NULL)
    return NULL;
  struct slice counts = {bytes.p + HIST_HEADER_BYTES, bytes.n - HIST_HEADER_BYTES};
  if (!take_counts(h, counts, &h->totals)) {
    error_set(err, ERR_DATA,
              "a histogram with more counts than it has buckets, or with half a one");
    free(h);
    return NULL;
  }
  return h;
}

void hist_add_encoded(struct hist *into, struct slice bytes, const struct hist_totals *totals)
{
  struct slice counts = {bytes.p + HIST_HEADER_BYTES, bytes.n - HIST_HEADER_BYTES};
  struct hist_totals of_buckets = {0};
  bool whole = take_counts(into, counts, &of_buckets);
  assert(whole && of_buckets.count == totals->count);
  (void)whole;
  hist_totals_add(&into->totals, totals);
}
