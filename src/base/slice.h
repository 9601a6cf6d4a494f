/* SPDX-License-Identifier: Apache-2.0 */
/* slice.h - a run of bytes that somebody else owns: text, not ended by NUL. */
#ifndef RETRIAL_BASE_SLICE_H
#define RETRIAL_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* p may be NULL only if n is 0. */
struct slice {
  const char *p;
  size_t n; /* bytes */
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

/* For printf's "%.*s". */
#define SLICE_PRINT(s) (int)(s).n, (s).p

static inline struct slice slice_of(const char *text)
{
  return (struct slice){text, strlen(text)};
}

/* Whether n >= 8 bytes are the same: word by word, the last word overlapping the one before. */
static inline bool slice_equal_words(const char *a, const char *b, size_t n)
{
  uint64_t x, y;
  for (size_t i = 0; i + 8 < n; i += 8) {
    memcpy(&x, a + i, 8);
    memcpy(&y, b + i, 8);
    if (x != y)
      return false;
  }
  memcpy(&x, a + n - 8, 8);
  memcpy(&y, b + n - 8, 8);
  return x == y;
}

static inline bool slice_equal(struct slice a, struct slice b)
{
  if (a.n != b.n)
    return false;
  if (a.n >= 8 && a.n <= 32) /* keys and times, mostly: no call is worth it */
    return slice_equal_words(a.p, b.p, a.n);
  return a.n == 0 || memcmp(a.p, b.p, a.n) == 0;
}

static inline bool slice_is(struct slice a, const char *text)
{
  return slice_equal(a, slice_of(text));
}

/* Orders two words of memory by their bytes: the first one counts most. */
static inline int slice_compare_words(uint64_t a, uint64_t b)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  a = __builtin_bswap64(a);
  b = __builtin_bswap64(b);
#endif
  return a < b ? -1 : a > b;
}

/* Below, equal or above zero: the order of unsigned bytes, a prefix first. */
static inline int slice_compare(struct slice a, struct slice b)
{
  if (a.p == b.p && a.n == b.n)
    return 0;
  size_t n = a.n < b.n ? a.n : b.n, i = 0;
  for (uint64_t x, y; i + 8 <= n; i += 8) {
    memcpy(&x, a.p + i, 8);
    memcpy(&y, b.p + i, 8);
    if (x != y)
      return slice_compare_words(x, y);
  }
  int order = i < n ? memcmp(a.p + i, b.p + i, n - i) : 0;
  return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

/* Equal but for the case of ASCII letters, whatever the locale. */
bool slice_equal_nocase(struct slice a, struct slice b);

/* Without blanks, tabs, CR and LF at both ends. */
struct slice slice_trim(struct slice a);

#endif
