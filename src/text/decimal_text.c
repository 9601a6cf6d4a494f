/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "text/decimal_digits.h"
#include "text/decimal_scale.h"
#include "text/number.h"
#include "text/shortest.h"
#include "text/unicode_digit.h"

/* The digits of x, at most 39; returns their number. */
static size_t put_digits(uint128 x, char *out)
{
  const uint64_t nineteen = 10000000000000000000u;
  if (x < nineteen)
    return digits_put((uint64_t)x, out);
  size_t n = put_digits(x / nineteen, out);
  uint64_t rest = (uint64_t)(x % nineteen);
  char *p = out + n + 19;
  for (int i = 0; i < 19; i++, rest /= 10)
    *--p = (char)('0' + rest % 10);
  return n + 19;
}

/* Digits with a point, behind a sign that is written already. */
static size_t put_plain(const char *digit, size_t n, size_t scale, char *out)
{
  char *p = out;
  if (n <= scale) { /* all of them are behind the point */
    *p++ = '0';
    *p++ = '.';
    memset(p, '0', scale - n);
    memcpy(p + scale - n, digit, n);
    return scale + 2;
  }
  memcpy(p, digit, n - scale);
  p += n - scale;
  if (scale != 0) {
    *p++ = '.';
    memcpy(p, digit + n - scale, scale);
    p += scale;
  }
  return (size_t)(p - out);
}

static size_t put_scientific(const char *digit, size_t n, unsigned size, char *out)
{
  char *p = out;
  *p++ = digit[0];
  if (n > 1) {
    *p++ = '.';
    memcpy(p, digit + 1, n - 1);
    p += n - 1;
  }
  *p++ = 'E';
  *p++ = '-';
  return (size_t)(p - out) + digits_put(size, p);
}

size_t decimal_print_plain(struct decimal x, char *out)
{
  char digit[DECIMAL_BYTES];
  size_t sign = x.unscaled < 0;
  size_t n = put_digits(decimal_magnitude(x.unscaled), digit);
  *out = '-';
  return sign + put_plain(digit, n, (size_t)x.scale, out + sign);
}

size_t decimal_print(struct decimal x, char *out)
{
  enum { LEAST_PLAIN = -6 };
  char digit[DECIMAL_BYTES];
  size_t sign = x.unscaled < 0;
  size_t n = put_digits(decimal_magnitude(x.unscaled), digit);
  int exponent = (int)n - 1 - x.scale;
  *out = '-';
  if (exponent >= LEAST_PLAIN)
    return sign + put_plain(digit, n, (size_t)x.scale, out + sign);
  return sign + put_scientific(digit, n, (unsigned)-exponent, out + sign);
}

/* What a text or a double says: head * 10^exponent, and `next` is the first digit that head has no
 * room for. */
struct digits {
  uint128 head; /* below 10^38 */
  int64_t exponent;
  int next;
  bool negative;
};

static bool settle(struct digits x, int precision, int scale, int128 *out)
{
  int64_t shift = x.exponent + scale;
  uint128 size = x.head;
  if (shift > 0 && size != 0) {
    if (shift > DECIMAL_MAX_DIGITS || size >= decimal_power(DECIMAL_MAX_DIGITS - (int)shift))
      return false;
    size *= decimal_power((int)shift);
  } else if (shift == 0) {
    size += x.next >= 5;
  } else if (shift < -DECIMAL_MAX_DIGITS) {
    size = 0;
  } else if (shift < 0) {
    uint128 power = decimal_power((int)-shift);
    size = size / power + (2 * (size % power) >= power);
  }
  *out = x.negative ? -(int128)size : (int128)size;
  return decimal_fits(*out, precision);
}

bool decimal_from_int(int64_t x, int precision, int scale, int128 *out)
{
  return decimal_rescale((struct decimal){x, 0}, precision, scale, out);
}

bool decimal_from_double(double x, int precision, int scale, int128 *out)
{
  *out = 0;
  if (x - x != 0)
    return false;
  if (x == 0)
    return true;
  struct shortest text = shortest_double(__builtin_fabs(x), SHORTEST_TWO_DIGITS);
  return settle((struct digits){text.value, text.exponent, 0, x < 0}, precision, scale, out);
}

int64_t decimal_to_int(struct decimal x)
{
  return (int64_t)(x.unscaled / (int128)decimal_power(x.scale));
}

/* Through the text, but for what one division of exact numbers gives. */
double decimal_to_double(struct decimal x)
{
  char text[DECIMAL_BYTES];
  double result = 0;
  if (decimal_magnitude(x.unscaled) <= (uint128)1 << 53 && x.scale <= 22)
    return (double)(int64_t)x.unscaled / number_exact_power[x.scale];
  number_parse_double((struct slice){text, decimal_print_plain(x, text)}, &result);
  return result;
}

float decimal_to_float(struct decimal x)
{
  char text[DECIMAL_BYTES];
  float result = 0;
  number_parse_float((struct slice){text, decimal_print_plain(x, text)}, &result);
  return result;
}

/* Digits of any script with at most one point; false if there are none. */
static bool take_digits(const char **p, const char *end, struct digits *x)
{
  bool any = false, point = false;
  for (;;) {
    int digit;
    if (!point && *p < end && **p == '.') {
      point = true;
      (*p)++;
    } else if ((digit = unicode_digit(p, end)) < 0) {
      return any;
    } else {
      any = true;
      if (x->head < decimal_power(DECIMAL_MAX_DIGITS - 1)) {
        x->head = x->head * 10 + (unsigned)digit;
        x->exponent -= point;
      } else {
        x->next = x->next < 0 ? digit : x->next;
        x->exponent += !point;
      }
    }
  }
}

/* An exponent that is an int. */
static bool take_exponent(const char **p, const char *end, int64_t *exponent)
{
  int64_t value = 0;
  int digit;
  const char *first;
  bool negative = *p < end && **p == '-';
  *p += negative || (*p < end && **p == '+');
  for (first = *p; (digit = unicode_digit(p, end)) >= 0;) {
    value = value * 10 + digit;
    if (value > INT32_MAX)
      return false;
  }
  *exponent += negative ? -value : value;
  return *p > first;
}

/* The grammar of java.math.BigDecimal(String). */
static bool spell(struct slice text, struct digits *x)
{
  const char *p = text.p, *end = text.p + text.n;
  *x = (struct digits){0, 0, -1, p < end && *p == '-'};
  p += p < end && (*p == '-' || *p == '+');
  if (!take_digits(&p, end, x))
    return false;
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    if (!take_exponent(&p, end, &x->exponent))
      return false;
  }
  return p == end && x->exponent >= -INT32_MAX && x->exponent <= INT32_MAX;
}

bool decimal_parse(struct slice text, int precision, int scale, int128 *out)
{
  struct digits x;
  while (text.n != 0 && (unsigned char)text.p[0] <= ' ') {
    text.p++;
    text.n--;
  }
  while (text.n != 0 && (unsigned char)text.p[text.n - 1] <= ' ')
    text.n--;
  return spell(text, &x) && settle(x, precision, scale, out);
}

bool decimal_literal(struct slice text, struct decimal *out, int *precision)
{
  struct digits x;
  char digit[DECIMAL_BYTES];
  if (!spell(text, &x) || x.next >= 0 || x.exponent < -DECIMAL_MAX_DIGITS)
    return false;
  out->scale = x.exponent < 0 ? (int)-x.exponent : 0;
  if (!settle(x, DECIMAL_MAX_DIGITS, out->scale, &out->unscaled))
    return false;
  *precision = (int)put_digits(decimal_magnitude(out->unscaled), digit);
  if (*precision < out->scale)
    *precision = out->scale;
  return true;
}
