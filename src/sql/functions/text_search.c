/* SPDX-License-Identifier: Apache-2.0 */
/* Where a string stands in another one, and how far they differ. */
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/utf8.h"

static bool starts(struct slice s, struct slice part)
{
  return s.n >= part.n && (part.n == 0 || memcmp(s.p, part.p, part.n) == 0);
}

static bool ends(struct slice s, struct slice part)
{
  return s.n >= part.n && (part.n == 0 || memcmp(s.p + s.n - part.n, part.p, part.n) == 0);
}

/* The character, from 1, where `part` starts at or behind character `from` (from 0); 0 if it is
 * not there. An empty part is found at once (UTF8String.indexOf). */
static int32_t index_of(struct slice s, struct slice part, int32_t from)
{
  if (part.n == 0)
    return 1;
  int32_t index = 0;
  for (size_t i = 0; i + part.n <= s.n; i += utf8_size(s.p + i, s.n - i), index++)
    if (index >= from && memcmp(s.p + i, part.p, part.n) == 0)
      return index + 1;
  return 0;
}

BOOLEAN_KERNEL(contains_kernel, index_of(TEXT(0), TEXT(1), 0) != 0)
BOOLEAN_KERNEL(starts_kernel, starts(TEXT(0), TEXT(1)))
BOOLEAN_KERNEL(ends_kernel, ends(TEXT(0), TEXT(1)))
INT_KERNEL(instr_kernel, index_of(TEXT(0), TEXT(1), 0))
INT_KERNEL(locate_kernel, index_of(TEXT(1), TEXT(0), 0))
INT_KERNEL(locate_from_kernel, INT(2) < 1 ? 0 : index_of(TEXT(1), TEXT(0), INT(2) - 1))

static expr_kernel *const find_kernels[] = {
    [FIND_CONTAINS] = contains_kernel, [FIND_STARTS] = starts_kernel, [FIND_ENDS] = ends_kernel};

struct expr *bind_find(struct call *c)
{
  if (!call_accept_texts(c, 0, 2))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), find_kernels[c->function->variant], NULL);
}

struct expr *bind_instr(struct call *c)
{
  return call_accept_texts(c, 0, 2) ? call_result(c, type_of(TYPE_INT), instr_kernel, NULL) : NULL;
}

/* locate(part, string[, from]) */
struct expr *bind_locate(struct call *c)
{
  if (!call_accept_texts(c, 0, 2) || (c->args == 3 && !call_accept(c, 2, type_of(TYPE_INT))))
    return NULL;
  expr_kernel *kernel = c->args == 3 ? locate_from_kernel : locate_kernel;
  return call_result(c, type_of(TYPE_INT), kernel, NULL);
}

/* The place of a word in "a,b,c", from 1; 0 if it is not there or has a comma. */
static int32_t find_in_set(struct slice word, struct slice set)
{
  int32_t place = 1;
  size_t start = 0;
  if (word.n != 0 && memchr(word.p, ',', word.n) != NULL)
    return 0;
  for (size_t i = 0; i <= set.n; i++)
    if (i == set.n || set.p[i] == ',') {
      if (slice_equal(word, (struct slice){set.p + start, i - start}))
        return place;
      place++;
      start = i + 1;
    }
  return 0;
}

INT_KERNEL(find_in_set_kernel, find_in_set(TEXT(0), TEXT(1)))

struct expr *bind_find_in_set(struct call *c)
{
  return call_accept_texts(c, 0, 2) ? call_result(c, type_of(TYPE_INT), find_in_set_kernel, NULL)
                                    : NULL;
}

static int32_t least(int32_t a, int32_t b)
{
  return a < b ? a : b;
}

/* Wagner and Fischer 1974, one row of the matrix at a time. */
static int32_t levenshtein(struct slice a, struct slice b, struct arena *arena)
{
  int32_t n = utf8_count(b), line = 0;
  int32_t *row = arena_take(arena, (size_t)n + 1, sizeof *row);
  for (int32_t k = 0; k <= n; k++)
    row[k] = k;
  for (size_t i = 0; i < a.n;) {
    uint32_t x = utf8_read(a, &i);
    int32_t diagonal = row[0], column = 0;
    row[0] = ++line;
    for (size_t k = 0; k < b.n;) {
      int32_t changed = diagonal + (utf8_read(b, &k) != x);
      diagonal = row[++column];
      row[column] = least(changed, least(row[column], row[column - 1]) + 1);
    }
  }
  return row[n];
}

INT_KERNEL(levenshtein_kernel, levenshtein(TEXT(0), TEXT(1), ev->arena))

struct expr *bind_levenshtein(struct call *c)
{
  return call_accept_texts(c, 0, 2) ? call_result(c, type_of(TYPE_INT), levenshtein_kernel, NULL)
                                    : NULL;
}
