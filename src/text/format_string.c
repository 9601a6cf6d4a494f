/* SPDX-License-Identifier: Apache-2.0 */
#include "text/format_string.h"

#include "base/ascii.h"
#include "text/decimal_digits.h"
#include "text/fixed_text.h"
#include "text/number.h"
#include "text/round.h"
#include "text/shortest.h"

/* The flag that a character stands for, or 0. */
static unsigned flag_of(char c)
{
  static const char sign[] = "-#+ 0,(";
  const char *at = c != '\0' ? strchr(sign, c) : NULL;
  return at != NULL ? 1u << (at - sign) : 0;
}

/* Digits, as a number that is at most a million; false if there are none, or too many. */
static bool take_number(const char **p, const char *end, int *out)
{
  const char *first = *p;
  int value = 0;
  for (; *p < end && ascii_is_digit(**p) && value < 100000; (*p)++)
    value = value * 10 + (**p - '0');
  *out = value;
  return *p > first && (*p == end || !ascii_is_digit(**p));
}

/* "2$" or "<", where there is one. */
static void take_argument(const char **p, const char *end, struct format_spec *spec)
{
  const char *q = *p;
  int argument;
  if (q < end && *q == '<') {
    spec->argument = FORMAT_ARGUMENT_SAME;
    *p = q + 1;
  } else if (take_number(&q, end, &argument) && q < end && *q == '$' && **p != '0') {
    spec->argument = argument;
    *p = q + 1;
  }
}

/* What Java's Formatter checks before it looks at the argument. */
static bool is_sound(const struct format_spec *s)
{
  bool numeric = strchr("doxefg", s->conversion) != NULL;
  unsigned both = FORMAT_PLUS | FORMAT_SPACE, sides = FORMAT_LEFT | FORMAT_ZERO;
  if (s->width < 0 && (s->flags & (FORMAT_LEFT | FORMAT_ZERO)))
    return false;
  if (!numeric)
    return (s->flags & ~(unsigned)(FORMAT_LEFT | FORMAT_ALTERNATE)) == 0;
  return (s->flags & both) != both && (s->flags & sides) != sides;
}

/* Flags and precision that the conversion does not know (checkInteger, checkFloat, checkGeneral,
 * checkCharacter). */
static bool is_allowed(const struct format_spec *s)
{
  unsigned refused = 0;
  switch (s->conversion) {
  case 'd':
  case 'g':
  case 'b':
  case 'c':
  case 's': /* '#' is for Formattable only */
    refused = FORMAT_ALTERNATE;
    break;
  case 'o':
  case 'x':
  case 'e':
    refused = FORMAT_GROUP;
    break;
  default:
    break;
  }
  return (s->flags & refused) == 0 && (s->precision < 0 || strchr("doxc", s->conversion) == NULL);
}

/* %[argument$][flags][width][.precision]conversion */
static bool take_spec(const char **p, const char *end, struct format_spec *spec)
{
  const char *q = *p;
  unsigned flag;
  *spec = (struct format_spec){.width = -1, .precision = -1};
  take_argument(&q, end, spec);
  for (; q < end && (flag = flag_of(*q)) != 0; q++) {
    if (spec->flags & flag)
      return false;
    spec->flags |= flag;
  }
  if (spec->argument == FORMAT_ARGUMENT_NEXT && q < end && *q == '<') {
    spec->argument = FORMAT_ARGUMENT_SAME; /* Java takes it for one more flag */
    q++;
  }
  if (q < end && ascii_is_digit(*q) && !take_number(&q, end, &spec->width))
    return false;
  if (q < end && *q == '.') {
    q++;
    if (!take_number(&q, end, &spec->precision))
      return false;
  }
  if (q == end)
    return false;
  spec->upper = *q >= 'A' && *q <= 'Z';
  spec->conversion = spec->upper ? (char)(*q | 0x20) : *q;
  *p = q + 1;
  if (spec->conversion == '\0' ||
      strchr(spec->upper ? "bcegsx" : "bcdefgosx", spec->conversion) == NULL)
    return false;
  return is_sound(spec) && is_allowed(spec);
}

enum format_piece format_next(struct slice *format, struct slice *text, struct format_spec *spec)
{
  const char *first = format->p, *p = first, *end = first + format->n;
  enum format_piece piece = FORMAT_TEXT;
  if (p == end)
    return FORMAT_END;
  if (*p != '%') {
    const char *percent = memchr(p, '%', format->n);
    p = percent != NULL ? percent : end;
    *text = (struct slice){first, (size_t)(p - first)};
  } else if (format->n > 1 && (p[1] == '%' || p[1] == 'n')) {
    *text = p[1] == '%' ? SLICE("%") : SLICE("\n");
    p += 2;
  } else {
    p++;
    piece = take_spec(&p, end, spec) ? FORMAT_SPEC : FORMAT_BAD;
    *text = (struct slice){first, (size_t)(p - first)};
  }
  *format = (struct slice){p, (size_t)(end - p)};
  return piece;
}

/* Java counts UTF-16 units. */
static size_t utf16_length(struct slice text)
{
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    n += ((c & 0xc0) != 0x80) + (c >= 0xf0);
  }
  return n;
}

/* The first `units` UTF-16 units; a character of two that does not fit is left away. */
static struct slice utf16_prefix(struct slice text, size_t units)
{
  size_t i = 0, n = 0;
  while (i < text.n) {
    unsigned char c = (unsigned char)text.p[i];
    n += 1 + (c >= 0xf0);
    if (n > units)
      break;
    for (i++; i < text.n && ((unsigned char)text.p[i] & 0xc0) == 0x80;)
      i++;
  }
  return (struct slice){text.p, i};
}

static void put_many(struct buffer *out, char c, size_t n)
{
  if (n != 0)
    memset(buffer_room(out, n), c, n);
  out->n += n;
}

/* Appends the text in the field's width. */
static void justify(struct buffer *out, const struct format_spec *spec, struct slice text)
{
  size_t length = utf16_length(text);
  size_t blanks =
      spec->width > 0 && (size_t)spec->width > length ? (size_t)spec->width - length : 0;
  if (!(spec->flags & FORMAT_LEFT))
    put_many(out, ' ', blanks);
  size_t from = out->n;
  buffer_add(out, text);
  if (spec->upper) /* ASCII only */
    for (size_t i = from; i < out->n; i++)
      if (out->p[i] >= 'a' && out->p[i] <= 'z')
        out->p[i] = (char)(out->p[i] - 0x20);
  if (spec->flags & FORMAT_LEFT)
    put_many(out, ' ', blanks);
}

/* A number's text: sign, zeros up to the width, digits. `body` is what follows the sign. */
static void put_number(struct buffer *out, const struct format_spec *spec, bool negative,
                       bool padded, struct slice body)
{
  struct buffer text = {0};
  bool paren = negative && (spec->flags & FORMAT_PAREN);
  if (negative)
    buffer_put(&text, paren ? '(' : '-');
  else if (spec->flags & (FORMAT_PLUS | FORMAT_SPACE))
    buffer_put(&text, spec->flags & FORMAT_PLUS ? '+' : ' ');
  size_t taken = text.n + body.n + paren;
  if (padded && (spec->flags & FORMAT_ZERO) && spec->width > 0 && (size_t)spec->width > taken)
    put_many(&text, '0', (size_t)spec->width - taken);
  buffer_add(&text, body);
  if (paren)
    buffer_put(&text, ')');
  justify(out, spec, (struct slice){text.p, text.n});
  buffer_free(&text);
}

/* The two's complement in `bits`, in octal or hexadecimal, behind "0" or "0x" if wanted. */
static void put_radix(struct buffer *out, const struct format_spec *spec, int64_t x, int bits)
{
  uint64_t value = (uint64_t)x & (~(uint64_t)0 >> (64 - bits));
  int shift = spec->conversion == 'x' ? 4 : 3;
  char digit[24], prefix[4];
  size_t n = sizeof digit, prefixed = 0;
  struct format_spec plain = *spec;
  struct buffer body = {0};
  do
    digit[--n] = "0123456789abcdef"[value & ((1u << shift) - 1)];
  while ((value >>= shift) != 0);
  if (spec->flags & FORMAT_ALTERNATE) {
    prefix[prefixed++] = '0';
    if (shift == 4)
      prefix[prefixed++] = 'x';
  }
  size_t taken = prefixed + sizeof digit - n;
  buffer_append(&body, prefix, prefixed);
  if ((spec->flags & FORMAT_ZERO) && (size_t)spec->width > taken)
    put_many(&body, '0', (size_t)spec->width - taken);
  buffer_append(&body, digit + n, sizeof digit - n);
  plain.flags &= FORMAT_LEFT;
  put_number(out, &plain, false, false, (struct slice){body.p, body.n});
  buffer_free(&body);
}

bool format_int(struct buffer *out, const struct format_spec *spec, int64_t x, int bits)
{
  char digit[NUMBER_INT_BYTES];
  struct buffer body = {0};
  if (spec->conversion == 'o' || spec->conversion == 'x') {
    if (spec->flags & (FORMAT_PAREN | FORMAT_SPACE | FORMAT_PLUS))
      return false;
    put_radix(out, spec, x, bits);
    return true;
  }
  if (spec->conversion != 'd')
    return false;
  size_t n = number_print_int(x, digit);
  fixed_text(&body, digit + (x < 0), n - (x < 0), 0, 0, spec->flags & FORMAT_GROUP);
  put_number(out, spec, x < 0, true, (struct slice){body.p, body.n});
  buffer_free(&body);
  return true;
}

/* All that follows needs the digits of a finite number above or equal to zero; zero has one. */
static struct shortest digits_of(double x)
{
  return x == 0 ? (struct shortest){0, 0} : shortest_double(x, SHORTEST_TWO_DIGITS);
}

static void put_point(struct buffer *body, const struct format_spec *spec, int decimals)
{
  if (decimals == 0 && (spec->flags & FORMAT_ALTERNATE))
    buffer_put(body, '.');
}

/* ddd.ddd */
static void put_fixed(struct buffer *body, const struct format_spec *spec, struct shortest x,
                      int decimals)
{
  char digit[DIGITS_BYTES];
  int64_t cut = -(int64_t)decimals - x.exponent;
  if (cut > 0)
    x = (struct shortest){round_digits(x.value, cut, ROUND_HALF_UP), -decimals};
  if (x.value == 0)
    x.exponent = -decimals;
  size_t n = digits_put(x.value, digit);
  fixed_text(body, digit, n, x.exponent, decimals, spec->flags & FORMAT_GROUP);
  put_point(body, spec, decimals);
}

/* x rounded to so many digits; *exponent is the first one's. */
static struct shortest to_digits(struct shortest x, int digits, int *exponent)
{
  char digit[DIGITS_BYTES];
  int n = (int)digits_put(x.value, digit), cut = n - digits;
  if (cut > 0)
    x = (struct shortest){round_digits(x.value, cut, ROUND_HALF_UP), x.exponent + cut};
  *exponent = x.value == 0 ? 0 : x.exponent + (int)digits_put(x.value, digit) - 1;
  return x;
}

/* d.ddde+dd */
static void put_scientific(struct buffer *body, const struct format_spec *spec, struct shortest x,
                           int decimals)
{
  char digit[DIGITS_BYTES];
  int exponent;
  x = to_digits(x, decimals + 1, &exponent);
  size_t n = digits_put(x.value, digit);
  /* 9.99 may have become 10.0: then the last digit has no place, and it is a zero */
  fixed_text(body, digit, n, 1 - (int64_t)n, decimals, false);
  put_point(body, spec, decimals);
  buffer_put(body, 'e');
  buffer_put(body, exponent < 0 ? '-' : '+');
  unsigned size = exponent < 0 ? (unsigned)-exponent : (unsigned)exponent;
  if (size < 10)
    buffer_put(body, '0');
  buffer_append(body, digit, digits_put(size, digit));
}

/* %g: `precision` digits, plain from 10^-4 to 10^precision. */
static void put_general(struct buffer *body, const struct format_spec *spec, struct shortest x,
                        int precision)
{
  int exponent;
  x = to_digits(x, precision, &exponent);
  if (exponent < -4 || exponent >= precision)
    put_scientific(body, spec, x, precision - 1);
  else
    put_fixed(body, spec, x, precision - 1 - exponent);
}

bool format_double(struct buffer *out, const struct format_spec *spec, double x)
{
  struct buffer body = {0};
  struct format_spec plain = *spec;
  double size = __builtin_fabs(x);
  int precision = spec->precision < 0 ? 6 : spec->precision;
  if (strchr("efg", spec->conversion) == NULL)
    return false;
  if (x != x) { /* no sign, whatever the flags */
    justify(out, spec, SLICE("NaN"));
    return true;
  }
  if (size - size != 0) {
    put_number(out, &plain, x < 0, false, SLICE("Infinity"));
    return true;
  }
  if (spec->conversion == 'f')
    put_fixed(&body, spec, digits_of(size), precision);
  else if (spec->conversion == 'e')
    put_scientific(&body, spec, digits_of(size), precision);
  else
    put_general(&body, spec, digits_of(size), precision > 0 ? precision : 1);
  put_number(out, spec, __builtin_signbit(x), true, (struct slice){body.p, body.n});
  buffer_free(&body);
  return true;
}

bool format_text(struct buffer *out, const struct format_spec *spec, struct slice x)
{
  if (spec->conversion != 's')
    return false;
  if (spec->precision >= 0)
    x = utf16_prefix(x, (size_t)spec->precision);
  justify(out, spec, x);
  return true;
}

bool format_boolean(struct buffer *out, const struct format_spec *spec, bool x)
{
  struct format_spec text = *spec;
  if (spec->conversion == 'b')
    text.conversion = 's';
  return format_text(out, &text, x ? SLICE("true") : SLICE("false"));
}

bool format_null(struct buffer *out, const struct format_spec *spec)
{
  struct format_spec text = *spec;
  text.conversion = 's';
  return format_text(out, &text, spec->conversion == 'b' ? SLICE("false") : SLICE("null"));
}
