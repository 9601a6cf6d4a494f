/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ascii.h"
#include "text/number.h"
#include "text/to_binary.h"
#include "text/unicode_digit.h"

const double number_exact_power[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* What Double.parseDouble understood of a text, before it is a double or a float. */
struct spelled {
  enum { SPELLED_NAN, SPELLED_INFINITY, SPELLED_DECIMAL, SPELLED_BINARY } kind;
  bool negative;
  struct decimal_number decimal; /* SPELLED_DECIMAL */
  uint64_t significand;          /* SPELLED_BINARY: (significand, or more) * 2^exponent */
  int64_t exponent;
  bool more;
};

/* Exponents beyond are as good as infinite; sums with the length of a text stay in range. */
static const int64_t huge_exponent = (int64_t)1 << 40;

/* Java's String.trim(). */
static struct slice trim_blanks(struct slice text)
{
  while (text.n != 0 && (unsigned char)text.p[0] <= ' ') {
    text.p++;
    text.n--;
  }
  while (text.n != 0 && (unsigned char)text.p[text.n - 1] <= ' ')
    text.n--;
  return text;
}

static bool is_blank_or_control(char c)
{
  return (unsigned char)c <= ' ' || c == 0x7f;
}

/* Spark's UTF8String.trimAll(). */
static struct slice trim_controls(struct slice text)
{
  while (text.n != 0 && is_blank_or_control(text.p[0])) {
    text.p++;
    text.n--;
  }
  while (text.n != 0 && is_blank_or_control(text.p[text.n - 1]))
    text.n--;
  return text;
}

/* Takes a sign off the front; whether it was '-'. */
static bool take_sign(const char **p, const char *end)
{
  bool negative = *p < end && **p == '-';
  *p += negative || (*p < end && **p == '+');
  return negative;
}

/* A letter, a sign and at least one digit. */
static bool take_exponent(const char **p, const char *end, char letter, int64_t *exponent)
{
  const char *q = *p;
  int64_t value = 0;
  if (q == end || ascii_lower(*q) != letter)
    return false;
  q++;
  bool negative = take_sign(&q, end);
  if (q == end || !ascii_is_digit(*q))
    return false;
  for (; q < end && ascii_is_digit(*q); q++)
    if (value < huge_exponent)
      value = value * 10 + (*q - '0');
  *exponent = negative ? -value : value;
  *p = q;
  return true;
}

static bool all_zeros(struct slice digits)
{
  for (size_t i = 0; i < digits.n; i++)
    if (digits.p[i] != '0' && digits.p[i] != '.')
      return false;
  return true;
}

/* Digits with at most one point. 19 of them fit in 64 bits, leading zeros aside. */
static bool take_decimal(const char **p, const char *end, struct decimal_number *out)
{
  struct decimal_number x = {0, 0, {NULL, 0}};
  const char *q = *p;
  bool point = false, any = false;
  int digits = 0;
  for (; q < end && (ascii_is_digit(*q) || (*q == '.' && !point)); q++) {
    if (*q == '.') {
      point = true;
      continue;
    }
    any = true;
    if (digits < 19) {
      x.head = x.head * 10 + (uint64_t)(*q - '0');
      x.exponent -= point;
      digits += x.head != 0;
    } else {
      x.exponent += !point;
      x.rest.p = x.rest.p == NULL ? q : x.rest.p;
    }
  }
  if (x.rest.p != NULL)
    x.rest.n = (size_t)(q - x.rest.p);
  if (all_zeros(x.rest))
    x.rest.n = 0;
  *p = q;
  *out = x;
  return any;
}

/* Hexadecimal digits with at most one point, and the exponent that must follow. */
static bool take_hexadecimal(const char **p, const char *end, struct spelled *out)
{
  const char *q = *p;
  bool point = false, any = false;
  int64_t exponent;
  out->kind = SPELLED_BINARY;
  for (; q < end && (ascii_hex_digit(*q) >= 0 || (*q == '.' && !point)); q++) {
    if (*q == '.') {
      point = true;
      continue;
    }
    any = true;
    if (out->significand >> 60 == 0) {
      out->significand = out->significand << 4 | (uint64_t)ascii_hex_digit(*q);
      out->exponent -= point ? 4 : 0;
    } else {
      out->more |= *q != '0';
      out->exponent += point ? 0 : 4;
    }
  }
  if (!any || !take_exponent(&q, end, 'p', &exponent))
    return false;
  out->exponent += exponent;
  *p = q;
  return true;
}

/* The grammar of java.lang.Double.valueOf(String), without the blanks around. */
static bool spell(struct slice text, struct spelled *out)
{
  const char *p = text.p, *end = text.p + text.n;
  int64_t exponent = 0;
  *out = (struct spelled){.kind = SPELLED_DECIMAL};
  out->negative = take_sign(&p, end);
  struct slice rest = {p, (size_t)(end - p)};
  if (slice_equal(rest, SLICE("NaN"))) {
    out->kind = SPELLED_NAN;
    return true;
  }
  if (slice_equal(rest, SLICE("Infinity"))) {
    out->kind = SPELLED_INFINITY;
    return true;
  }
  if (rest.n > 2 && p[0] == '0' && ascii_lower(p[1]) == 'x') {
    p += 2;
    if (!take_hexadecimal(&p, end, out))
      return false;
  } else {
    if (!take_decimal(&p, end, &out->decimal))
      return false;
    if (take_exponent(&p, end, 'e', &exponent))
      out->decimal.exponent += exponent;
  }
  if (p < end && (ascii_lower(*p) == 'f' || ascii_lower(*p) == 'd'))
    p++;
  return p == end;
}

/* "Inf" and "-Inf" are CSVOptions' positiveInf and negativeInf; parseDouble knows neither. */
static bool parse(struct slice text, struct spelled *out)
{
  if (text.n == 0)
    return false;
  if (spell(trim_blanks(text), out))
    return true;
  out->kind = SPELLED_INFINITY;
  out->negative = text.p[0] == '-';
  return slice_equal(text, SLICE("Inf")) || slice_equal(text, SLICE("-Inf"));
}

static bool cast(struct slice text, struct spelled *out)
{
  if (parse(text, out))
    return true;
  text = trim_blanks(text);
  if (slice_equal_nocase(text, SLICE("nan"))) {
    out->kind = SPELLED_NAN;
    return true;
  }
  const char *p = text.p, *end = text.p + text.n;
  out->negative = take_sign(&p, end);
  out->kind = SPELLED_INFINITY;
  text = (struct slice){p, (size_t)(end - p)};
  return slice_equal_nocase(text, SLICE("inf")) || slice_equal_nocase(text, SLICE("infinity"));
}

static double to_double(const struct spelled *s)
{
  double x = 0;
  switch (s->kind) {
  case SPELLED_NAN:
    return __builtin_nan("");
  case SPELLED_INFINITY:
    x = __builtin_inf();
    break;
  case SPELLED_DECIMAL:
    x = double_of_decimal(&s->decimal);
    break;
  case SPELLED_BINARY:
    x = double_of_binary(s->significand, s->more, s->exponent);
    break;
  }
  return s->negative ? -x : x;
}

static float to_float(const struct spelled *s)
{
  float x = 0;
  switch (s->kind) {
  case SPELLED_NAN:
    return __builtin_nanf("");
  case SPELLED_INFINITY:
    x = __builtin_inff();
    break;
  case SPELLED_DECIMAL:
    x = float_of_decimal(&s->decimal);
    break;
  case SPELLED_BINARY:
    x = float_of_binary(s->significand, s->more, s->exponent);
    break;
  }
  return s->negative ? -x : x;
}

/* Appends the run of digits at p to *value, and returns its end. */
static const char *take_digits(const char *p, const char *end, uint64_t *value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t text, eight;
  for (; end - p >= 8; p += 8) {
    memcpy(&text, p, 8);
    if (!number_eight_digits(text, &eight))
      break;
    *value = *value * 100000000 + eight;
  }
#endif
  for (; p < end && ascii_is_digit(*p); p++)
    *value = *value * 10 + (uint64_t)(*p - '0');
  return p;
}

bool number_plain_long(struct slice s, struct number_plain *out)
{
  const char *p = s.p, *end = s.p + s.n, *first, *point;
  *out = (struct number_plain){.negative = s.n != 0 && *p == '-'};
  p = first = p + out->negative;
  p = take_digits(p, end, &out->value);
  if (p == first)
    return false;
  if (p < end && *p == '.') {
    point = ++p;
    p = take_digits(p, end, &out->value);
    out->decimals = (unsigned)(p - point);
  }
  return p == end && p - first <= 19;
}

double number_plain_double(const struct number_plain *plain)
{
  double x = double_of_scaled(plain->value, -(int64_t)plain->decimals);
  return plain->negative ? -x : x;
}

float number_plain_float(const struct number_plain *plain)
{
  float x = float_of_scaled(plain->value, -(int64_t)plain->decimals);
  return plain->negative ? -x : x;
}

bool number_parse_double(struct slice text, double *out)
{
  struct spelled s;
  if (!parse(text, &s))
    return false;
  *out = to_double(&s);
  return true;
}

bool number_parse_float(struct slice text, float *out)
{
  struct spelled s;
  if (!parse(text, &s))
    return false;
  *out = to_float(&s);
  return true;
}

bool number_cast_double(struct slice text, double *out)
{
  struct spelled s;
  if (!cast(text, &s))
    return false;
  *out = to_double(&s);
  return true;
}

bool number_cast_float(struct slice text, float *out)
{
  struct spelled s;
  if (!cast(text, &s))
    return false;
  *out = to_float(&s);
  return true;
}

/* An integer that grows digit by digit, away from zero, and stays within its bounds. */
struct growing {
  int64_t value, low, high;
  bool negative;
};

static bool grow(struct growing *x, int digit)
{
  int64_t next;
  if (__builtin_mul_overflow(x->value, (int64_t)10, &next) ||
      __builtin_add_overflow(next, x->negative ? -(int64_t)digit : (int64_t)digit, &next))
    return false;
  x->value = next;
  return next >= x->low && next <= x->high;
}

bool number_parse_int(struct slice text, int64_t low, int64_t high, int64_t *out)
{
  const char *p = text.p, *end = text.p + text.n;
  struct growing x = {0, low, high, take_sign(&p, end)};
  if (p == end)
    return false;
  while (p < end) {
    int digit = unicode_digit(&p, end);
    if (digit < 0 || !grow(&x, digit))
      return false;
  }
  *out = x.value;
  return true;
}

bool number_cast_int(struct slice text, int64_t low, int64_t high, int64_t *out)
{
  text = trim_controls(text);
  const char *p = text.p, *end = text.p + text.n;
  struct growing x = {0, low, high, take_sign(&p, end)};
  if (p == end)
    return false;
  for (; p < end && ascii_is_digit(*p); p++)
    if (!grow(&x, *p - '0'))
      return false;
  if (p < end && *p == '.') /* toLong() wants no digit on either side: CAST('.' AS INT) is 0 */
    for (p++; p < end && ascii_is_digit(*p);)
      p++;
  *out = p == end ? x.value : *out;
  return p == end;
}

bool number_parse_boolean(struct slice text, bool *out)
{
  *out = slice_equal_nocase(text, SLICE("true"));
  return *out || slice_equal_nocase(text, SLICE("false"));
}

/* StringUtils.isTrueString and isFalseString. */
bool number_cast_boolean(struct slice text, bool *out)
{
  static const struct {
    const char *spelling;
    bool value;
  } word[] = {{"t", true},  {"true", true},   {"y", true},  {"yes", true}, {"1", true},
              {"f", false}, {"false", false}, {"n", false}, {"no", false}, {"0", false}};
  text = trim_controls(text);
  for (size_t i = 0; i < sizeof word / sizeof *word; i++)
    if (slice_equal_nocase(text, slice_of(word[i].spelling))) {
      *out = word[i].value;
      return true;
    }
  return false;
}
