/* SPDX-License-Identifier: Apache-2.0 */
/* json_text.h - texts within JSON, in pieces of 16 or 8 bytes: which bytes stand for themselves.
 *
 * Private to src/text.
 */
#ifndef RETRIAL_TEXT_JSON_TEXT_H
#define RETRIAL_TEXT_JSON_TEXT_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/slice.h"

#define EACH_BYTE(c) (0x0101010101010101u * (c))

/* Flags, in their top bits, bytes that JSON escapes: below ' ', above '~', '"' and '\'. A flag
 * above the first (in memory order on a little-endian machine) may be wrong. */
static inline uint64_t special_bytes(uint64_t word)
{
  uint64_t quote = word ^ EACH_BYTE('"'), backslash = word ^ EACH_BYTE('\\');
  uint64_t below = (word - EACH_BYTE(' ')) | (quote - EACH_BYTE(1)) | (backslash - EACH_BYTE(1));
  return ((below & ~word) | (word + EACH_BYTE(1)) | word) & EACH_BYTE(0x80);
}

static inline bool is_special(char c)
{
  return c < ' ' || c > '~' || c == '"' || c == '\\'; /* with signed and unsigned char */
}

static inline uint64_t load8(const char *p)
{
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

static inline uint32_t load4(const char *p)
{
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}

#ifdef __SSE2__
/* The same for 16 bytes, a bit for each; no flag is wrong. */
static inline unsigned special_mask(__m128i bytes)
{
  __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')); /* signed: from 0x80 on, too */
  __m128i delete = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));
  __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return (unsigned)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(low, delete), _mm_or_si128(quote, backslash)));
}
#endif

static inline bool has_special(uint64_t head, uint64_t tail)
{
#ifdef __SSE2__
  return special_mask(_mm_set_epi64x((long long)tail, (long long)head)) != 0;
#else
  return (special_bytes(head) | special_bytes(tail)) != 0;
#endif
}

/* Copies a text; false if it has a byte to escape. */
static inline bool copy_plain(char *out, struct slice text)
{
  if (text.n >= 8) { /* from both ends: what is copied twice is the same */
    bool special = false;
    for (size_t i = 8; i + 8 < text.n; i += 8) {
      uint64_t middle = load8(text.p + i);
      memcpy(out + i, &middle, 8);
      special |= has_special(middle, middle);
    }
    uint64_t head = load8(text.p), tail = load8(text.p + text.n - 8);
    memcpy(out, &head, 8);
    memcpy(out + text.n - 8, &tail, 8);
    return !(special | has_special(head, tail));
  }
  if (text.n >= 4) {
    uint32_t head = load4(text.p), tail = load4(text.p + text.n - 4);
    memcpy(out, &head, 4);
    memcpy(out + text.n - 4, &tail, 4);
    return special_bytes(head | (uint64_t)tail << 32) == 0;
  }
  bool plain = true;
  for (size_t i = 0; i < text.n; i++) {
    out[i] = text.p[i];
    plain &= !is_special(text.p[i]);
  }
  return plain;
}

/* Where the first byte to escape is, or end. */
static inline const char *find_special(const char *p, const char *end)
{
#ifdef __SSE2__
  for (; end - p >= 16; p += 16) {
    unsigned special = special_mask(_mm_loadu_si128((const __m128i *)(const void *)p));
    if (special != 0)
      return p + __builtin_ctz(special);
  }
#endif
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (; end - p >= 8; p += 8) {
    uint64_t special = special_bytes(load8(p));
    if (special != 0)
      return p + __builtin_ctzll(special) / 8;
  }
#endif
  while (p < end && !is_special(*p))
    p++;
  return p;
}

#endif
