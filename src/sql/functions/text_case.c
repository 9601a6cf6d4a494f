/* SPDX-License-Identifier: Apache-2.0 */
/* upper(), lower(), initcap(). ASCII goes byte by byte, the rest by text/letter_case.h. */
#include "base/ascii.h"
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/letter_case.h"
#include "text/utf8.h"

/* A letter grows to 3 code points of 3 bytes at most (U+0390: 2 bytes to 6). */
enum { MOST_BYTES_FOR_ONE = 6 };

static struct slice ascii_case(struct text_writer *w, struct slice s, char first, char bit)
{
  char *p = text_writer_room(w, s.n);
  for (size_t i = 0; i < s.n; i++)
    p[i] = (unsigned char)(s.p[i] - first) < 26 ? (char)(s.p[i] ^ bit) : s.p[i];
  return text_writer_take(w, s.n);
}

static struct slice to_upper(struct text_writer *w, struct slice s)
{
  if (utf8_is_ascii(s))
    return ascii_case(w, s, 'a', 0x20);
  char *p = text_writer_room(w, s.n * MOST_BYTES_FOR_ONE);
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    uint32_t letter[UPPER_CASE_LETTERS];
    size_t letters = letter_upper(utf8_read(s, &i), letter);
    for (size_t k = 0; k < letters; k++)
      n += utf8_write(letter[k], p + n);
  }
  return text_writer_take(w, n);
}

static bool is_cased(uint32_t c)
{
  uint32_t upper[UPPER_CASE_LETTERS];
  return letter_lower(c) != c || letter_upper(c, upper) != 1 || upper[0] != c;
}

/* Unicode's Final_Sigma, without marks in between: a letter before it and none behind. */
static bool is_final(struct slice s, size_t at, size_t behind)
{
  size_t before = at;
  while (before > 0 && ((unsigned char)s.p[--before] & 0xc0) == 0x80)
    ;
  if (at == 0 || !is_cased(utf8_read(s, &before)))
    return false;
  return behind >= s.n || !is_cased(utf8_read(s, &behind));
}

static struct slice to_lower(struct text_writer *w, struct slice s)
{
  enum { CAPITAL_SIGMA = 0x3a3, FINAL_SIGMA = 0x3c2, DOTTED_I = 0x130, DOT_ABOVE = 0x307 };
  if (utf8_is_ascii(s))
    return ascii_case(w, s, 'A', 0x20);
  char *p = text_writer_room(w, s.n * MOST_BYTES_FOR_ONE);
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    size_t at = i;
    uint32_t c = utf8_read(s, &i);
    if (c == CAPITAL_SIGMA && is_final(s, at, i))
      n += utf8_write(FINAL_SIGMA, p + n);
    else
      n += utf8_write(letter_lower(c), p + n);
    if (c == DOTTED_I)
      n += utf8_write(DOT_ABOVE, p + n);
  }
  return text_writer_take(w, n);
}

/* The first letter behind a blank, or behind the start; only U+0020 parts words. */
static struct slice to_initcap(struct text_writer *w, struct slice s)
{
  struct slice lower = to_lower(w, s);
  char *p = text_writer_room(w, lower.n * MOST_BYTES_FOR_ONE);
  size_t n = 0;
  bool first = true;
  for (size_t i = 0; i < lower.n;) {
    uint32_t c = utf8_read(lower, &i);
    n += utf8_write(first ? letter_title(c) : c, p + n);
    first = c == ' ';
  }
  return text_writer_take(w, n);
}

TEXT_KERNEL(upper_kernel, to_upper(&w, TEXT(0)))
TEXT_KERNEL(lower_kernel, to_lower(&w, TEXT(0)))
TEXT_KERNEL(initcap_kernel, to_initcap(&w, TEXT(0)))

static struct expr *bind_text(struct call *c, expr_kernel *kernel)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), kernel, NULL);
}

struct expr *bind_upper(struct call *c)
{
  return bind_text(c, upper_kernel);
}

struct expr *bind_lower(struct call *c)
{
  return bind_text(c, lower_kernel);
}

struct expr *bind_initcap(struct call *c)
{
  return bind_text(c, initcap_kernel);
}
