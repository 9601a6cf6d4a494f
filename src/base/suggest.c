/* SPDX-License-Identifier: Apache-2.0 */
#include "base/suggest.h"

#include <stdio.h>

#include "base/ascii.h"

/* A letter in place of another is less likely than one too many, too few or swapped. */
enum { LONGEST_NAME = 64, SLIP = 2, REPLACEMENT = 3 };

static unsigned least(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

/* Optimal string alignment distance (Damerau-Levenshtein without moves across edits), weighted. */
static unsigned distance(struct slice a, struct slice b)
{
  unsigned rows[3][LONGEST_NAME + 1];
  unsigned *before = rows[0], *last = rows[1], *now = rows[2];
  for (unsigned j = 0; j <= b.n; j++)
    last[j] = j * SLIP;
  for (size_t i = 1; i <= a.n; i++) {
    now[0] = (unsigned)i * SLIP;
    for (size_t j = 1; j <= b.n; j++) {
      unsigned replace =
          last[j - 1] + (ascii_lower(a.p[i - 1]) == ascii_lower(b.p[j - 1]) ? 0 : REPLACEMENT);
      now[j] = least(replace, least(last[j], now[j - 1]) + SLIP);
      if (i > 1 && j > 1 && ascii_lower(a.p[i - 1]) == ascii_lower(b.p[j - 2]) &&
          ascii_lower(a.p[i - 2]) == ascii_lower(b.p[j - 1]))
        now[j] = least(now[j], before[j - 2] + SLIP);
    }
    unsigned *oldest = before;
    before = last, last = now, now = oldest;
  }
  return last[b.n];
}

struct slice suggest(struct slice name, const struct slice *names, size_t count)
{
  struct slice nearest = {0};
  if (name.n == 0 || name.n > LONGEST_NAME)
    return nearest;
  unsigned limit = (unsigned)(name.n + 2) / 3 * REPLACEMENT + 1; /* the first that is too far */
  for (size_t i = 0; i < count; i++) {
    if (names[i].n > LONGEST_NAME)
      continue;
    unsigned d = distance(name, names[i]);
    if (d < limit) {
      limit = d;
      nearest = names[i];
    }
  }
  return nearest;
}

char *suggest_hint(struct slice name, const struct slice *names, size_t count, char *out,
                   size_t size)
{
  struct slice nearest = suggest(name, names, count);
  out[0] = '\0';
  if (nearest.n != 0)
    snprintf(out, size, " (did you mean '%.*s'?)", SLICE_PRINT(nearest));
  return out;
}
