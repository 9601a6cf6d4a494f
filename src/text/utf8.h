/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - characters of a string as Spark counts them (UTF8String): by the first byte, a byte that
 * starts none being one of its own.
 */
#ifndef RETRIAL_TEXT_UTF8_H
#define RETRIAL_TEXT_UTF8_H

#include "base/slice.h"

/* Bytes of the character at p[0], at most the n that are left; n > 0. */
static inline size_t utf8_size(const char *p, size_t n)
{
  unsigned char c = (unsigned char)*p;
  size_t size = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
  return size < n ? size : n;
}

static inline bool utf8_is_ascii(struct slice s)
{
  unsigned char bits = 0;
  for (size_t i = 0; i < s.n; i++)
    bits |= (unsigned char)s.p[i];
  return bits < 0x80;
}

/* Bytes of the well-formed sequence at p[0], at most the n that are left (Unicode 15, table 3-7); 0
 * if there is none; n > 0. */
static inline size_t utf8_well_formed_size(const char *text, size_t n)
{
  const unsigned char *p = (const unsigned char *)text;
  if (p[0] < 0x80)
    return 1;
  size_t size = p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;
  if (size == 0 || size > n)
    return 0;
  /* No overlong form, no surrogate, nothing above U+10FFFF: the second byte tells. */
  unsigned low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
  unsigned high = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
  bool valid = p[1] >= low && p[1] <= high;
  for (size_t i = 2; i < size; i++)
    valid &= (p[i] & 0xc0) == 0x80;
  return valid ? size : 0;
}

static inline bool utf8_is_well_formed(struct slice s)
{
  if (utf8_is_ascii(s))
    return true;
  size_t i = 0, size = 1;
  for (; i < s.n && size != 0; i += size)
    size = utf8_well_formed_size(s.p + i, s.n - i);
  return size != 0;
}

/* Columns that the text takes on a terminal: bytes that do not go on with a character. */
static inline size_t utf8_width(struct slice s)
{
  size_t width = 0;
  for (size_t i = 0; i < s.n; i++)
    width += ((unsigned char)s.p[i] & 0xc0) != 0x80;
  return width;
}

static inline int32_t utf8_count(struct slice s)
{
  int32_t count = 0;
  for (size_t i = 0; i < s.n; i += utf8_size(s.p + i, s.n - i))
    count++;
  return count;
}

/* The byte at which character `index` starts; s.n if there are fewer. */
static inline size_t utf8_offset(struct slice s, int64_t index)
{
  size_t i = 0;
  for (; index > 0 && i < s.n; index--)
    i += utf8_size(s.p + i, s.n - i);
  return i;
}

/* The code point at s.p[*i], and *i moved behind it; a stray byte stands for itself. */
static inline uint32_t utf8_read(struct slice s, size_t *i)
{
  const unsigned char *p = (const unsigned char *)s.p + *i;
  size_t size = utf8_size(s.p + *i, s.n - *i);
  uint32_t c = size == 1 ? p[0] : p[0] & (0x7fu >> size);
  for (size_t k = 1; k < size; k++)
    c = c << 6 | (p[k] & 0x3f);
  *i += size;
  return c;
}

/* Writes c in up to 4 bytes; returns how many. */
static inline size_t utf8_write(uint32_t c, char *out)
{
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t k = size; k-- > 1; c >>= 6)
    out[k] = (char)(0x80 | (c & 0x3f));
  out[0] = (char)((0xf00u >> size) | c);
  return size;
}

#endif
