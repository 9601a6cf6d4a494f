/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/parse/keyword.h"

#include "base/ascii.h"

enum { LONGEST_KEYWORD = 17 };

static const struct slice names[] = {{"", 0},
#define X(name, flags) {#name, sizeof #name - 1},
                                     KEYWORDS(X)
#undef X
};

static const unsigned char flags_of[] = {0,
#define X(name, flags) (flags),
                                         KEYWORDS(X)
#undef X
};

enum keyword keyword_find(struct slice word)
{
  char upper[LONGEST_KEYWORD];
  if (word.n > sizeof upper)
    return KW_NONE;
  for (size_t i = 0; i < word.n; i++)
    upper[i] = ascii_upper(word.p[i]);
  size_t low = 1, high = KEYWORD_COUNT;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = slice_compare((struct slice){upper, word.n}, names[middle]);
    if (order == 0)
      return (enum keyword)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return KW_NONE;
}

struct slice keyword_name(enum keyword keyword)
{
  return names[keyword];
}

unsigned keyword_flags(enum keyword keyword)
{
  return flags_of[keyword];
}
