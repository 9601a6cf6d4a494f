/* SPDX-License-Identifier: Apache-2.0 */
/* number.h - numbers from text and to text, exactly, whatever the locale.
 *
 * Reading is correctly rounded for any number of digits (a FLOAT is never read through a double);
 * printing gives the shortest digits that read back. Two spellings are read: the CSV reader's
 * (number_parse_*: what Java's parseDouble and parseInt take) and CAST's (number_cast_*).
 */
#ifndef RETRIAL_TEXT_NUMBER_H
#define RETRIAL_TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Room that the number_print_* functions need at `out`. They may write anywhere in it, also
 * behind the text, whose length they return; no NUL is added. */
enum {
  NUMBER_DOUBLE_BYTES = 48,
  NUMBER_FLOAT_BYTES = 48,
  NUMBER_INT_BYTES = 32,
};

/* Double.toString of JDK 19 and later: at least two digits, plain for 1e-3 <= |x| < 1e7, else
 * "1.0E7"; NaN, Infinity, -0.0. */
size_t number_print_double(double x, char *out);
size_t number_print_float(float x, char *out);

/* What number_print_double prints for value / 10^digits: |value| < 10^15, 0 <= digits <= 6. For
 * numbers that were rounded to a few digits and are still at hand as integers. */
size_t number_print_scaled(int64_t value, int digits, char *out);

/* As Python's repr(float) and json.dumps: "26.49", "0.0", "1e+16", "1e-05"; NaN, Infinity. */
size_t number_print_json(double x, char *out);
size_t number_print_json_float(float x, char *out); /* shortest digits of the float */

size_t number_print_int(int64_t x, char *out);

/* For people: "28,800", ended by NUL, somewhere in `out`; returns where it starts. */
enum { NUMBER_GROUPED_BYTES = 32 };
const char *number_print_grouped(uint64_t x, char out[NUMBER_GROUPED_BYTES]);

/* Double.parseDouble, and the CSV reader's "Inf" and "-Inf": blanks (bytes up to U+0020) around,
 * a sign, "NaN", "Infinity", a suffix f, F, d or D, hexadecimal floats. Out of range gives an
 * infinity or zero. False if it is no number; *out is then not changed. */
bool number_parse_double(struct slice text, double *out);
bool number_parse_float(struct slice text, float *out);

/* CAST(text AS DOUBLE): the same, and "nan", "inf", "infinity" in any case (Spark's
 * Cast.processFloatingPointSpecialLiterals). */
bool number_cast_double(struct slice text, double *out);
bool number_cast_float(struct slice text, float *out);

/* Integer.parseInt: a sign and digits (of any script), nothing else, from low to high. */
bool number_parse_int(struct slice text, int64_t low, int64_t high, int64_t *out);

/* CAST(text AS INT): blanks and control characters around, a fraction is cut (UTF8String.toLong).
 */
bool number_cast_int(struct slice text, int64_t low, int64_t high, int64_t *out);

/* The CSV reader takes "true" and "false" in any case; CAST takes t, true, y, yes, 1 and f, false,
 * n, no, 0 in any case, with blanks around. */
bool number_parse_boolean(struct slice text, bool *out);
bool number_cast_boolean(struct slice text, bool *out);

/* 10^0 .. 10^22, all that are exact in a double. */
extern const double number_exact_power[23];

/* A sign, digits, and perhaps a point and digits: value / 10^decimals. */
struct number_plain {
  uint64_t value;
  unsigned decimals;
  bool negative;
};

/* Reads such a decimal at p and returns where it ended, or NULL if there is none or it has more
 * than 19 digits. */
static inline const char *number_scan_plain(const char *p, const char *end,
                                            struct number_plain *out)
{
  const char *first, *point = NULL;
  uint64_t value = 0;
  unsigned digit;
  out->negative = p < end && *p == '-';
  p += out->negative;
  first = p;
  for (; p < end && (digit = (unsigned)(unsigned char)*p - '0') < 10; p++)
    value = value * 10 + digit;
  if (p == first)
    return NULL;
  out->decimals = 0;
  if (p < end && *p == '.') {
    point = ++p;
    for (; p < end && (digit = (unsigned)(unsigned char)*p - '0') < 10; p++)
      value = value * 10 + digit;
    out->decimals = (unsigned)(p - point);
  }
  out->value = value;
  return p - first <= 19 ? p : NULL;
}

/* The number that eight digits make, all weighed at once (Lemire 2021); false if one is none. The
 * first is the lowest byte. */
static inline bool number_eight_digits(uint64_t text, uint64_t *value)
{
  const uint64_t ones = 0x0101010101010101, pairs = 0x000000ff000000ff;
  const uint64_t first = 100 + ((uint64_t)1000000 << 32), second = 1 + ((uint64_t)10000 << 32);
  text ^= '0' * ones;
  bool digits = ((text | (text + 6 * ones)) & 0xf0 * ones) == 0;
  text = text * 10 + (text >> 8); /* each other byte is a number of two digits */
  *value = ((text & pairs) * first + (text >> 16 & pairs) * second) >> 32;
  return digits;
}

/* Digits, a point and two digits, 4 to 8 bytes in all, without a sign, as most measurements are:
 * the number times 100. At the end of a word the point always has the same place. False for any
 * other text. */
static inline bool number_hundredths(struct slice s, uint64_t *value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const uint64_t zeros = 0x3030303030303030, before_point = 0xffffffffff;
  uint32_t head, tail;
  if (s.n - 4 > 4)
    return false;
  memcpy(&head, s.p, 4);
  memcpy(&tail, s.p + s.n - 4, 4);
  /* Where they overlap they are equal. */
  uint64_t text = (uint64_t)tail << 32 | (uint64_t)head << (64 - 8 * s.n);
  uint64_t digits = (text & before_point) << 8 | (text >> 48) << 48;
  return (text >> 40 & 0xff) == '.' && number_eight_digits(digits | zeros >> (8 * s.n - 8), value);
#else
  (void)s, (void)value;
  return false;
#endif
}

/* number_scan_plain() for a text of 4 to 8 bytes that is nothing else, as most samples are, without
 * a branch on its length or on where the point is. False if it is left to number_plain_long(). */
static inline bool number_plain_short(struct slice s, struct number_plain *out)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  const uint64_t ones = 0x0101010101010101;
  uint32_t head, tail;
  memcpy(&head, s.p, 4);
  memcpy(&tail, s.p + s.n - 4, 4);
  uint64_t text = head | (uint64_t)tail << (8 * (s.n - 4)); /* where they overlap they are equal */
  out->negative = *s.p == '-';
  text >>= 8 * out->negative;
  unsigned digits = (unsigned)s.n - out->negative;
  uint64_t other = text ^ '.' * ones; /* the lowest byte that is zero is the point */
  uint64_t point = (other - ones) & ~other & 0x80 * ones;
  out->decimals = 0;
  if (point != 0) {
    uint64_t before = ((point & -point) >> 7) - 1;
    if (before == 0)
      return false;
    digits--;
    out->decimals = digits - (unsigned)__builtin_ctzll(point) / 8;
    text = (text & before) | (text >> 8 & ~before);
  }
  text = text << (64 - 8 * digits) | '0' * ones >> (8 * digits - 8) >> 8;
  return number_eight_digits(text, &out->value);
#else
  (void)s, (void)out;
  return false;
#endif
}

/* The same for any text, eight digits at a time. */
bool number_plain_long(struct slice s, struct number_plain *out);

/* Divides two exact doubles (Clinger 1990), where value and power are exact. */
static inline bool number_plain_settles(const struct number_plain *plain, double *out)
{
  double x = (double)(int64_t)plain->value / number_exact_power[plain->decimals];
  *out = plain->negative ? -x : x;
  return plain->value <= (uint64_t)1 << 53;
}

/* The same with floats: exact up to 2^24 and 10^10. */
static inline bool number_plain_settles_float(const struct number_plain *plain, float *out)
{
  float x = (float)(int64_t)plain->value / (float)number_exact_power[plain->decimals];
  *out = plain->negative ? -x : x;
  return plain->value <= 1 << 24 && plain->decimals <= 10;
}

/* Reads a plain decimal at p and returns where it ended, or NULL if it must be left to
 * number_parse_double: another spelling, or too many digits. For readers that split fields and
 * read numbers in one pass: the field is such a number if the end returned is the field's. */
static inline const char *number_scan_double(const char *p, const char *end, double *out)
{
  struct number_plain plain;
  p = number_scan_plain(p, end, &plain);
  return p != NULL && number_plain_settles(&plain, out) ? p : NULL;
}

static inline const char *number_scan_float(const char *p, const char *end, float *out)
{
  struct number_plain plain;
  p = number_scan_plain(p, end, &plain);
  return p != NULL && number_plain_settles_float(&plain, out) ? p : NULL;
}

/* The numbers nearest to a plain decimal, whatever its digits. */
double number_plain_double(const struct number_plain *plain);
float number_plain_float(const struct number_plain *plain);

/* Whether the whole text is a plain decimal. */
static inline bool number_is_plain(struct slice s, struct number_plain *out)
{
  return (s.n - 4 <= 4 && number_plain_short(s, out)) || number_plain_long(s, out);
}

/* number_parse_double with its fast path in line. */
static inline bool number_read_double(struct slice text, double *out)
{
  struct number_plain plain;
  uint64_t hundredths;
  if (number_hundredths(text, &hundredths)) {
    *out = (double)(int64_t)hundredths / 100; /* both are exact */
    return true;
  }
  if (!number_is_plain(text, &plain))
    return number_parse_double(text, out);
  if (!number_plain_settles(&plain, out))
    *out = number_plain_double(&plain);
  return true;
}

static inline bool number_read_float(struct slice text, float *out)
{
  struct number_plain plain;
  uint64_t hundredths;
  if (number_hundredths(text, &hundredths)) {
    *out = (float)(int64_t)hundredths / 100; /* both are exact: they are below 2^24 */
    return true;
  }
  if (!number_is_plain(text, &plain))
    return number_parse_float(text, out);
  if (!number_plain_settles_float(&plain, out))
    *out = number_plain_float(&plain);
  return true;
}

/* number_parse_int with its fast path in line. */
static inline bool number_read_int(struct slice text, int64_t low, int64_t high, int64_t *out)
{
  bool negative = text.n != 0 && text.p[0] == '-';
  size_t i = negative;
  int64_t value = 0;
  unsigned digit;
  if (text.n > 18 || i == text.n)
    return number_parse_int(text, low, high, out);
  for (; i < text.n && (digit = (unsigned)(unsigned char)text.p[i] - '0') < 10; i++)
    value = value * 10 + (int64_t)digit;
  value = negative ? -value : value;
  if (i < text.n || value < low || value > high)
    return number_parse_int(text, low, high, out);
  *out = value;
  return true;
}

#endif
