/* SPDX-License-Identifier: Apache-2.0 */
/* Texts put into code: soundex(), mask(), luhn_check(), url_encode(), url_decode(). */
#include "base/ascii.h"
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/utf8.h"

/* UTF8String.soundex: the first letter and three digits; a text that begins with no letter stays.
 * H and W do not part letters of one code, others do. */
static struct slice soundex(struct text_writer *w, struct slice s)
{
  static const char code[] = "01230127022455012623017202"; /* A .. Z; 7: H and W */
  unsigned char first = s.n != 0 ? (unsigned char)s.p[0] & 0xdf : 0;
  if (s.n == 0 || first < 'A' || first > 'Z' || (unsigned char)s.p[0] >= 0x80)
    return s;
  char *p = text_writer_room(w, 4);
  size_t n = 1;
  char last = code[first - 'A'];
  memcpy(p, "0000", 4);
  p[0] = (char)first;
  for (size_t i = 1; i < s.n && n < 4; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if ((c | 0x20) < 'a' || (c | 0x20) > 'z') {
      last = '0';
      continue;
    }
    char now = code[(c & 0xdf) - 'A'];
    if (now == '7')
      continue;
    if (now != '0' && now != last)
      p[n++] = now;
    last = now;
  }
  return text_writer_take(w, 4);
}

TEXT_KERNEL(soundex_kernel, soundex(&w, TEXT(0)))

struct expr *bind_soundex(struct call *c)
{
  if (!call_expect(c, 0, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), soundex_kernel, NULL);
}

/* ---- mask(s[, for capitals, for small letters, for digits, for others]) ---- */

enum { MASKS = 4 };

/* What stands for each kind of character; a text without bytes: the character itself. */
struct masks {
  struct slice with[MASKS];
};

static struct slice mask(struct text_writer *w, const struct masks *m, struct slice s)
{
  size_t room = 4 * s.n, n = 0;
  char *p = text_writer_room(w, room);
  for (size_t i = 0; i < s.n;) {
    char c = s.p[i];
    size_t size = utf8_size(s.p + i, s.n - i);
    const struct slice *with = &m->with[c >= 'A' && c <= 'Z'   ? 0
                                        : c >= 'a' && c <= 'z' ? 1
                                        : c >= '0' && c <= '9' ? 2
                                                               : 3];
    if (with->n == 0) {
      memcpy(p + n, s.p + i, size);
      n += size;
    } else {
      memcpy(p + n, with->p, with->n);
      n += with->n;
    }
    i += size;
  }
  return text_writer_take(w, n);
}

/* Java looks at the case of all letters; here only ASCII's are told apart. */
static bool mask_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  struct text_writer w = {.arena = ev->arena};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    if (!utf8_is_ascii(TEXT(0)))
      return error_set(ev->err, ERR_UNSUPPORTED,
                       "mask() of '%.*s', with letters beyond ASCII, is not "
                       "supported",
                       SLICE_PRINT(TEXT(0)));
    out->text[i] = mask(&w, e->state, TEXT(0));
  }
  return true;
}

struct expr *bind_mask(struct call *c)
{
  static const char *const usual[MASKS] = {"X", "x", "n", ""};
  struct masks *m = arena_zero(c->b->arena, 1, sizeof *m);
  if (!call_accept_texts(c, 0, 1))
    return NULL;
  for (size_t i = 0; i < MASKS; i++) {
    bool null = false;
    m->with[i] = slice_of(usual[i]);
    if (i + 1 >= c->args)
      continue;
    if (call_kind(c, i + 1) == TYPE_NULL) {
      m->with[i] = SLICE("");
      continue;
    }
    if (call_kind(c, i + 1) != TYPE_STRING || !call_constant(c, i + 1, "mask", &null))
      return call_refuse_types(c, "texts of one character");
    m->with[i] = null ? SLICE("") : c->arg[i + 1]->value.text[0];
    if (!null && (utf8_count(m->with[i]) != 1 || m->with[i].n > 4))
      return call_refuse_types(c, "texts of one character");
  }
  struct call one = *c;
  one.args = 1;
  return call_result(&one, type_of(TYPE_STRING), mask_kernel, m);
}

/* ---- luhn_check(digits) ---- */

static bool luhn(struct slice s)
{
  int sum = 0;
  bool twice = false;
  for (size_t i = s.n; i-- > 0; twice = !twice) {
    if (s.p[i] < '0' || s.p[i] > '9')
      return false;
    int digit = (s.p[i] - '0') * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return s.n != 0 && sum % 10 == 0;
}

BOOLEAN_KERNEL(luhn_kernel, luhn(TEXT(0)))

struct expr *bind_luhn_check(struct call *c)
{
  return call_accept_texts(c, 0, 1) ? call_result(c, type_of(TYPE_BOOLEAN), luhn_kernel, NULL)
                                    : NULL;
}

/* ---- URLs: application/x-www-form-urlencoded, as java.net.URLEncoder has it ---- */

static bool stays(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '-' || c == '*' || c == '_';
}

static struct slice url_encode(struct text_writer *w, struct slice s)
{
  char *p = text_writer_room(w, 3 * s.n);
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (stays(s.p[i]) || c == ' ') {
      p[n++] = c == ' ' ? '+' : s.p[i];
      continue;
    }
    p[n++] = '%';
    p[n++] = "0123456789ABCDEF"[c >> 4];
    p[n++] = "0123456789ABCDEF"[c & 15];
  }
  return text_writer_take(w, n);
}

TEXT_KERNEL(url_encode_kernel, url_encode(&w, TEXT(0)))

static bool url_decode(struct text_writer *w, struct slice s, struct slice *out)
{
  char *p = text_writer_room(w, s.n);
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] != '%') {
      p[n++] = s.p[i] == '+' ? ' ' : s.p[i];
      continue;
    }
    int high = i + 2 < s.n ? ascii_hex_digit(s.p[i + 1]) : -1,
        low = i + 2 < s.n ? ascii_hex_digit(s.p[i + 2]) : -1;
    if (high < 0 || low < 0)
      return false;
    p[n++] = (char)(high << 4 | low);
    i += 2;
  }
  *out = text_writer_take(w, n);
  return true;
}

static bool url_decode_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  struct text_writer w = {.arena = ev->arena};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (!result_is_null(out, i) && !url_decode(&w, TEXT(0), &out->text[i]))
      return error_set(ev->err, ERR_DATA, "'%.*s' is no encoded URL", SLICE_PRINT(TEXT(0)));
  }
  return true;
}

/* variant: 1 decodes */
struct expr *bind_url(struct call *c)
{
  if (!call_accept_texts(c, 0, 1))
    return NULL;
  return call_result(c, type_of(TYPE_STRING),
                     c->function->variant ? url_decode_kernel : url_encode_kernel, NULL);
}
