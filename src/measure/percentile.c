/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/percentile.h"

#include <stdio.h>

enum { TICKS_PER_HALF = 5, TICKS = 2 * TICKS_PER_HALF };

typedef unsigned __int128 uint128;

static void raise(struct percentile *p)
{
  if (++p->tick == TICKS_PER_HALF) {
    p->tick = 0;
    p->halvings++;
  }
}

/* Whether the durations above the bucket are no more than the level leaves:
 * above / all <= (TICKS - tick) / (TICKS * 2^halvings). */
static bool is_reached(const struct hist *h, const struct percentile *p)
{
  uint64_t all = h->totals.count, above = all - p->bucket.count_to_there;
  return (uint128)above * TICKS << p->halvings <= (uint128)(TICKS - p->tick) * all;
}

bool percentile_next(const struct hist *h, struct percentile *p)
{
  if (p->bucket.count_to_there == h->totals.count) {
    bool was_last = p->is_last || h->totals.count == 0;
    p->is_last = true;
    return !was_last;
  }
  if (p->bucket.count_to_there != 0)
    raise(p);
  else
    hist_next(h, &p->bucket);
  while (!is_reached(h, p))
    hist_next(h, &p->bucket);
  return true;
}

const char *percentile_text(const struct percentile *p, char out[PERCENTILE_BYTES])
{
  uint128 one = (uint128)1 << p->halvings, level = 100 * one;
  if (!p->is_last)
    level -= (uint128)(TICKS - p->tick) * 100 / TICKS;
  int n = snprintf(out, PERCENTILE_BYTES, "%d.", (int)(level / one));
  do {
    level = level % one * 10;
    out[n++] = (char)('0' + (int)(level / one));
  } while (level % one != 0);
  out[n] = '\0';
  return out;
}
