/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_convert.h"

/* Bytes of the UTF-8 character that starts at p; or 0 and in *bad how many bytes U+FFFD stands
 * for: as many as could have started a character (java.lang.String's decoder), but a surrogate,
 * which has the form of one, whole. */
static size_t utf8_length(const unsigned char *p, size_t n, size_t *bad)
{
  *bad = 1;
  if (p[0] < 0x80)
    return 1;
  size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
  if (p[0] < 0xc2 || p[0] > 0xf4 || n < 2 || (p[1] & 0xc0) != 0x80)
    return 0;
  if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90) ||
      (p[0] == 0xf4 && p[1] > 0x8f))
    return 0;
  for (size_t i = 2; i < length; i++) {
    *bad = i;
    if (i == n || (p[i] & 0xc0) != 0x80)
      return 0;
  }
  *bad = length;
  return p[0] == 0xed && p[1] >= 0xa0 ? 0 : length;
}

static struct slice from_utf8(struct slice text, size_t valid, struct arena *texts)
{
  static const char replacement[3] = "\xef\xbf\xbd";
  const unsigned char *p = (const unsigned char *)text.p;
  char *out = arena_take(texts, 3 * text.n, 1);
  size_t n = valid, bad;
  memcpy(out, text.p, valid);
  for (size_t i = valid; i < text.n;) {
    size_t length = utf8_length(p + i, text.n - i, &bad);
    memcpy(out + n, length != 0 ? text.p + i : replacement, length != 0 ? length : 3);
    n += length != 0 ? length : 3;
    i += length != 0 ? length : bad;
  }
  return (struct slice){out, n};
}

static struct slice from_latin_1(struct slice text, struct arena *texts)
{
  char *out = arena_take(texts, 2 * text.n, 1);
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (c >= 0x80)
      out[n++] = (char)(0xc0 | c >> 6);
    out[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
  }
  return (struct slice){out, n};
}

struct slice csv_decode(struct slice text, bool latin_1, struct arena *texts)
{
  const unsigned char *p = (const unsigned char *)text.p;
  size_t i = 0, bad, length;
  while (i < text.n && p[i] < 0x80)
    i++;
  if (i == text.n)
    return text;
  if (latin_1)
    return from_latin_1(text, texts);
  for (; i < text.n; i += length)
    if ((length = utf8_length(p + i, text.n - i, &bad)) == 0)
      return from_utf8(text, i, texts);
  return text;
}
