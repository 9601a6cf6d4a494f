/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/seconds.h"

#include <stdlib.h>

#include "base/memory.h"
#include "measure/encoding.h"

/* Where the second is, or would be. Time goes on: most often it is the last one or behind. */
static size_t place_of(const struct seconds *s, int64_t second)
{
  size_t low = 0, high = s->n;
  if (s->n != 0 && s->second[s->n - 1].second < second)
    return s->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (s->second[middle].second < second)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static struct second *insert(struct seconds *s, size_t place)
{
  if (s->n == s->capacity) {
    s->capacity = s->capacity == 0 ? 64 : s->capacity * 2;
    s->second = mem_resize(s->second, s->capacity, sizeof *s->second);
  }
  struct second *at = s->second + place;
  memmove(at + 1, at, (s->n - place) * sizeof *at);
  s->n++;
  return at;
}

static void release(struct slice encoded)
{
  free((void *)(uintptr_t)encoded.p);
}

void seconds_put(struct seconds *s, int64_t second, struct hist *h)
{
  size_t place = place_of(s, second);
  struct second *at = s->second + place;
  if (place < s->n && at->second == second) {
    hist_add_encoded(h, at->encoded, &at->totals);
    release(at->encoded);
  } else {
    at = insert(s, place);
  }
  struct buffer encoded = {0};
  hist_encode(h, &encoded);
  *at = (struct second){second, h->totals, {mem_resize(encoded.p, encoded.n, 1), encoded.n}};
  hist_reset(h);
}

void seconds_free(struct seconds *s)
{
  for (size_t i = 0; i < s->n; i++)
    release(s->second[i].encoded);
  free(s->second);
  *s = (struct seconds){0};
}
