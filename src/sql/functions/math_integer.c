/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of integers: factorials, bits, digits to other bases, buckets. */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"

enum { FACTORIALS = 21 }; /* 20! is the last one that a BIGINT holds */

static bool factorial_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                             size_t rows, struct column *out)
{
  int64_t factorial[FACTORIALS] = {1};
  uint8_t *null = NULL;
  for (int n = 1; n < FACTORIALS; n++)
    factorial[n] = factorial[n - 1] * n;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    int32_t n = result_is_null(out, i) ? 0 : INT(0);
    bool known = n >= 0 && n < FACTORIALS;
    out->i64[i] = known ? factorial[n] : 0;
    if (!known)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_factorial(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_BIGINT), factorial_kernel, NULL);
}

#define LONG(k) (arg[k].i64[column_index(&arg[k], i)])

/* The digits of x in a base that is a power of two, without zeros before them. */
static struct slice digits_of(struct text_writer *w, uint64_t x, int bits)
{
  int n = 1;
  while (n * bits < 64 && x >> (n * bits) != 0)
    n++;
  char *p = text_writer_room(w, 64);
  for (int k = 0; k < n; k++)
    p[k] = "0123456789ABCDEF"[x >> ((n - 1 - k) * bits) & ((1u << bits) - 1)];
  return text_writer_take(w, (size_t)n);
}

static struct slice hex_of_bytes(struct text_writer *w, struct slice s)
{
  char *p = text_writer_room(w, 2 * s.n);
  for (size_t k = 0; k < s.n; k++) {
    p[2 * k] = "0123456789ABCDEF"[(unsigned char)s.p[k] >> 4];
    p[2 * k + 1] = "0123456789ABCDEF"[s.p[k] & 15];
  }
  return text_writer_take(w, 2 * s.n);
}

TEXT_KERNEL(bin_kernel, digits_of(&w, (uint64_t)LONG(0), 1))
TEXT_KERNEL(hex_kernel, digits_of(&w, (uint64_t)LONG(0), 4))
TEXT_KERNEL(hex_text_kernel, hex_of_bytes(&w, TEXT(0)))

struct expr *bind_bin(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_BIGINT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), bin_kernel, NULL);
}

/* hex() of an integer, or of the bytes of a text. */
struct expr *bind_hex(struct call *c)
{
  bool number = type_is_numeric(c->arg[0]->type) || call_kind(c, 0) == TYPE_NULL;
  if (!call_accept(c, 0, type_of(number ? TYPE_BIGINT : TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), number ? hex_kernel : hex_text_kernel, NULL);
}

/* ---- bits ---- */

static bool count_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    size_t k = column_index(&arg[0], i);
    int64_t x = arg[0].type.kind == TYPE_BOOLEAN  ? arg[0].boolean[k]
                : arg[0].type.kind == TYPE_BIGINT ? arg[0].i64[k]
                                                  : arg[0].i32[k];
    out->i32[i] = __builtin_popcountll((unsigned long long)x); /* a negative INT counts as BIGINT */
  }
  return true;
}

struct expr *bind_bit_count(struct call *c)
{
  if (!type_is_integer(c->arg[0]->type) && call_kind(c, 0) != TYPE_BOOLEAN)
    return call_refuse_types(c, "an integer or a BOOLEAN");
  return call_result(c, type_of(TYPE_INT), count_kernel, NULL);
}

static bool get_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  int bits = java_bits(arg[0].type);
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    int32_t place = INT(1);
    size_t k = column_index(&arg[0], i);
    if (place < 0 || place >= bits)
      return error_set(ev->err, ERR_RANGE, "the bits of a %s count from 0 to %d",
                       bits == 64 ? "BIGINT" : "number of this type", bits - 1);
    int64_t x = bits == 64 ? arg[0].i64[k] : arg[0].i32[k];
    out->i32[i] = (int32_t)((uint64_t)x >> place & 1);
  }
  return true;
}

struct expr *bind_bit_get(struct call *c)
{
  if (!type_is_integer(c->arg[0]->type))
    return call_refuse_types(c, "an integer and a place in it");
  if (!call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_TINYINT), get_kernel, NULL);
}

/* ---- conv(digits, from base, to base) ---- */

static int digit_of(char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

/* NumberConverter.convert(): an unsigned 64-bit number, all ones if it overflows; a negative target
 * base says that the result is signed. Digits end at the first that is none. */
static struct slice convert(struct text_writer *w, struct slice s, int from, int to)
{
  uint64_t x = 0;
  bool negative = s.n > 0 && s.p[0] == '-', full = false;
  unsigned base = (unsigned)(to < 0 ? -to : to), digit;
  for (size_t i = negative; i < s.n && (digit = (unsigned)digit_of(s.p[i])) < (unsigned)from; i++) {
    full |= x > (UINT64_MAX - digit) / (unsigned)from;
    x = full ? UINT64_MAX : x * (unsigned)from + digit;
  }
  if (negative && to > 0)
    x = full || (int64_t)x < 0 ? UINT64_MAX : 0 - x;
  if (to < 0 && (int64_t)x < 0) {
    x = 0 - x;
    negative = true;
  }
  char text[65];
  size_t at = sizeof text;
  do
    text[--at] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[x % base];
  while ((x /= base) != 0);
  if (negative && to < 0)
    text[--at] = '-';
  char *p = text_writer_room(w, sizeof text);
  memcpy(p, text + at, sizeof text - at);
  return text_writer_take(w, sizeof text - at);
}

static bool conv_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  struct text_writer w = {.arena = ev->arena};
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    struct slice s = TEXT(0);
    while (s.n > 0 && s.p[0] == ' ')
      s.p++, s.n--;
    while (s.n > 0 && s.p[s.n - 1] == ' ')
      s.n--;
    int64_t from = INT(1), to = INT(2), size = to < 0 ? -to : to;
    if (s.n == 0 || from < 2 || from > 36 || size < 2 || size > 36)
      result_null(ev, out, rows, i, &null);
    else
      out->text[i] = convert(&w, s, (int)from, (int)to);
  }
  return true;
}

struct expr *bind_conv(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !call_accept(c, 1, type_of(TYPE_INT)) ||
      !call_accept(c, 2, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), conv_kernel, NULL);
}

/* ---- width_bucket(x, low, high, buckets) ---- */

static bool bucket_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->i64[i] = 0;
    if (result_is_null(out, i))
      continue;
    double x = arg[0].f64[column_index(&arg[0], i)], low = arg[1].f64[column_index(&arg[1], i)];
    double high = arg[2].f64[column_index(&arg[2], i)];
    int64_t count = LONG(3);
    bool finite = low - low == 0 && high - high == 0;
    if (count <= 0 || count == INT64_MAX || x != x || !finite || low == high)
      result_null(ev, out, rows, i, &null);
    else if (low < high)
      out->i64[i] = x < low     ? 0
                    : x >= high ? count + 1
                                : java_long((double)count * (x - low) / (high - low)) + 1;
    else
      out->i64[i] = x > low     ? 0
                    : x <= high ? count + 1
                                : java_long((double)count * (low - x) / (low - high)) + 1;
  }
  return true;
}

struct expr *bind_width_bucket(struct call *c)
{
  for (size_t i = 0; i < 3; i++)
    if (call_kind(c, i) == TYPE_INTERVAL || !call_accept(c, i, type_of(TYPE_DOUBLE)))
      return call_kind(c, i) == TYPE_INTERVAL ? call_refuse_types(c, "numbers") : NULL;
  if (!call_accept(c, 3, type_of(TYPE_BIGINT)))
    return NULL;
  return call_result(c, type_of(TYPE_BIGINT), bucket_kernel, NULL);
}
