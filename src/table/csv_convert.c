/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_convert.h"

#include <math.h>

#include "text/decimal.h"
#include "text/number.h"
#include "text/time_pattern.h"
#include "text/time_text.h"

struct csv_converter {
  struct type type;
  const struct csv_read_options *options;
  bool own_specials; /* nanValue, positiveInf, negativeInf are not Spark's own */
  int64_t zone_offset_us;
  struct time_pattern *pattern; /* NULL: the default format */
  bool fallback;                /* what does not match is read as CAST reads it */
  struct slice *cell;
  void *data;
  uint8_t *null;
};

/* The conversion of a batch under way. */
struct conversion {
  const struct csv_converter *converter;
  struct slice *cell;
  size_t rows;
  uint8_t *bad;
  struct arena *texts;
  bool nulls, any_bad;
};

static bool type_is_readable(struct type type)
{
  return type.kind >= TYPE_BOOLEAN && type.kind <= TYPE_TIMESTAMP;
}

struct csv_converter *csv_converter_new(struct slice name, struct type type,
                                        const struct csv_read_options *options,
                                        int64_t zone_offset_us, struct arena *arena,
                                        struct error *err)
{
  char text[64];
  struct csv_converter *c = arena_zero(arena, 1, sizeof *c);
  struct slice format =
      type.kind == TYPE_TIMESTAMP ? options->timestamp_format : options->date_format;
  if (!type_is_readable(type)) {
    error_set(err, ERR_TYPE, "column '%.*s': CSV cannot hold a %s", SLICE_PRINT(name),
              type_name(type, text, sizeof text));
    return NULL;
  }
  c->type = type;
  c->options = options;
  c->own_specials = !slice_is(options->nan_value, "NaN") ||
                    !slice_is(options->positive_inf, "Inf") ||
                    !slice_is(options->negative_inf, "-Inf");
  c->zone_offset_us = zone_offset_us;
  c->fallback = options->time_fallback_given ? options->time_fallback : format.n == 0;
  if (type.kind == TYPE_DATE && !c->fallback && format.n == 0)
    format = SLICE("yyyy-MM-dd"); /* the default format, which no CAST makes wider here */
  if ((type.kind == TYPE_TIMESTAMP || type.kind == TYPE_DATE) && format.n != 0) {
    c->pattern = time_pattern_compile(format, TIME_PATTERN_PARSE, arena, err);
    if (c->pattern == NULL)
      return NULL;
  }
  c->cell = arena_take(arena, BATCH_ROWS, sizeof *c->cell);
  c->data = type.kind == TYPE_STRING ? c->cell : arena_take(arena, BATCH_ROWS, type_size(type));
  c->null = arena_take(arena, BATCH_ROWS, 1);
  return c;
}

struct slice *csv_converter_cells(struct csv_converter *converter)
{
  return converter->cell;
}

static void set_null(struct conversion *v, size_t row)
{
  uint8_t *null = v->converter->null;
  if (!v->nulls)
    memset(null, 0, v->rows);
  v->nulls = true;
  null[row] = 1;
}

static void set_bad(struct conversion *v, size_t row)
{
  set_null(v, row);
  v->bad[row] |= CSV_MALFORMED;
  v->any_bad = true;
}

/* The loops below differ only in how a cell becomes an element: `read` is an expression that
 * stores cell[i] and tells whether it could. */
#define CONVERT(v, read)                                                                           \
  do {                                                                                             \
    const struct slice *cell = (v)->cell, null_value = (v)->converter->options->null_value;        \
    for (size_t i = 0; i < (v)->rows; i++) {                                                       \
      if (cell[i].n == null_value.n && slice_equal(cell[i], null_value))                           \
        set_null((v), i);                                                                          \
      else if (!(read))                                                                            \
        set_bad((v), i);                                                                           \
    }                                                                                              \
  } while (0)

static void convert_boolean(struct conversion *v, uint8_t *out)
{
  bool x = false;
  CONVERT(v, number_parse_boolean(cell[i], &x) ? (out[i] = x, true) : false);
}

static void convert_int(struct conversion *v, int32_t *out)
{
  int bits = v->converter->type.kind == TYPE_TINYINT    ? 8
             : v->converter->type.kind == TYPE_SMALLINT ? 16
                                                        : 32;
  int64_t low = -((int64_t)1 << (bits - 1)), high = -low - 1, x = 0;
  CONVERT(v, number_read_int(cell[i], low, high, &x) ? (out[i] = (int32_t)x, true) : false);
}

static void convert_bigint(struct conversion *v, int64_t *out)
{
  CONVERT(v, number_read_int(cell[i], INT64_MIN, INT64_MAX, &out[i]));
}

/* Where the options rename NaN and the infinities, Spark's own "Inf" and "-Inf" are no numbers
 * any more; what Java reads ("NaN", "Infinity") still is one. */
static bool read_special(const struct csv_read_options *options, struct slice text, double *out)
{
  if (slice_equal(text, options->nan_value))
    *out = (double)NAN;
  else if (slice_equal(text, options->negative_inf))
    *out = -(double)INFINITY;
  else if (slice_equal(text, options->positive_inf))
    *out = (double)INFINITY;
  else
    return false;
  return true;
}

static bool is_spark_inf(struct slice text)
{
  return slice_is(text, "Inf") || slice_is(text, "-Inf");
}

static bool read_own_double(const struct csv_read_options *options, struct slice text, double *out)
{
  return read_special(options, text, out) ||
         (!is_spark_inf(text) && number_parse_double(text, out));
}

static bool read_own_float(const struct csv_read_options *options, struct slice text, float *out)
{
  double special;
  if (!read_special(options, text, &special))
    return !is_spark_inf(text) && number_parse_float(text, out);
  *out = (float)special;
  return true;
}

static void convert_float(struct conversion *v, float *out)
{
  if (v->converter->own_specials)
    CONVERT(v, read_own_float(v->converter->options, cell[i], &out[i]));
  else
    CONVERT(v, number_read_float(cell[i], &out[i]));
}

/* What is not two decimals, and perhaps null. */
static __attribute__((noinline)) void convert_other_double(struct conversion *v, size_t row,
                                                           double *out)
{
  if (slice_equal(v->cell[row], v->converter->options->null_value))
    set_null(v, row);
  else if (!number_read_double(v->cell[row], out))
    set_bad(v, row);
}

static void convert_hundredths(struct conversion *v, double *out)
{
  const struct slice *cell = v->cell;
  for (size_t i = 0, rows = v->rows; i < rows; i++) {
    uint64_t hundredths;
    if (__builtin_expect(number_hundredths(cell[i], &hundredths), 1))
      out[i] = (double)(int64_t)hundredths / 100; /* as number_read_double() */
    else
      convert_other_double(v, i, &out[i]);
  }
}

static void convert_double(struct conversion *v, double *out)
{
  uint64_t hundredths;
  if (v->converter->own_specials)
    CONVERT(v, read_own_double(v->converter->options, cell[i], &out[i]));
  else if (number_hundredths(v->converter->options->null_value, &hundredths))
    CONVERT(v, number_read_double(cell[i], &out[i]));
  else
    convert_hundredths(v, out);
}

/* ExprUtils.getDecimalParser: BigDecimal of the text without its commas; no blanks. */
static bool read_decimal(const struct conversion *v, struct slice text, int128 *out)
{
  struct type type = v->converter->type;
  size_t n = 0;
  char *digits = NULL;
  for (size_t i = 0; i < text.n; i++)
    if ((unsigned char)text.p[i] <= ' ')
      return false;
  if (memchr(text.p, ',', text.n) != NULL) {
    digits = arena_take(v->texts, text.n, 1);
    for (size_t i = 0; i < text.n; i++)
      if (text.p[i] != ',')
        digits[n++] = text.p[i];
    text = (struct slice){digits, n};
  }
  return text.n != 0 && decimal_parse(text, type.precision, type.scale, out);
}

static void convert_decimal(struct conversion *v, int128 *out)
{
  CONVERT(v, read_decimal(v, cell[i], &out[i]));
}

/* DateTimeUtils.cleanLegacyTimestampStr, of which the fallback is a CAST. */
static struct slice without_gmt(struct slice text, struct arena *texts)
{
  char *out = arena_take(texts, text.n, 1);
  size_t n = 0;
  for (size_t i = 0; i < text.n;)
    if (i + 3 <= text.n && memcmp(text.p + i, "GMT", 3) == 0)
      i += 3;
    else
      out[n++] = text.p[i++];
  return (struct slice){out, n};
}

static bool read_date(const struct conversion *v, struct slice text, int32_t *out)
{
  const struct csv_converter *c = v->converter;
  bool good =
      c->pattern != NULL ? time_pattern_parse_date(c->pattern, text, out) : date_parse(text, out);
  return good || (c->fallback && date_parse(without_gmt(text, v->texts), out));
}

static void convert_date(struct conversion *v, int32_t *out)
{
  CONVERT(v, read_date(v, cell[i], &out[i]));
}

/* A bare time of day is Spark's today where CAST reads it, and nothing here knows the day. */
static bool read_cast(const struct conversion *v, size_t row, struct slice text, int64_t *out)
{
  int64_t zone = v->converter->zone_offset_us;
  if (timestamp_parse(text, zone, TODAY_UNKNOWN, out))
    return true;
  if (timestamp_parse(text, zone, 0, out))
    v->bad[row] |= CSV_OF_TODAY;
  return false;
}

static bool read_timestamp(const struct conversion *v, size_t row, int64_t *out)
{
  const struct csv_converter *c = v->converter;
  struct slice text = v->cell[row];
  bool good = c->pattern != NULL ? time_pattern_parse(c->pattern, text, c->zone_offset_us, out)
                                 : read_cast(v, row, text, out);
  return good || (c->fallback && read_cast(v, row, without_gmt(text, v->texts), out));
}

static uint64_t word_at(const char *p)
{
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

/* slice_equal() for texts of 8 to 24 bytes, as times are, without a call. */
static bool same_time(struct slice a, struct slice b)
{
  if (a.n != b.n || a.n < 8 || a.n > 24)
    return slice_equal(a, b);
  size_t middle = a.n > 16 ? 8 : 0;
  return word_at(a.p) == word_at(b.p) && word_at(a.p + a.n - 8) == word_at(b.p + b.n - 8) &&
         word_at(a.p + middle) == word_at(b.p + middle);
}

/* Rows of one time stand together more often than not: a text is read once in a run. */
static void convert_timestamp(struct conversion *v, int64_t *out)
{
  struct slice last = {NULL, 0};
  int64_t value = 0;
  CONVERT(v, last.n != 0 && same_time(cell[i], last) ? (out[i] = value, true)
             : read_timestamp(v, i, &out[i])         ? (last = cell[i], value = out[i], true)
                                                     : false);
}

static void convert_string(struct conversion *v)
{
  struct slice null_value = v->converter->options->null_value;
  for (size_t i = 0; i < v->rows; i++)
    if (v->cell[i].n == null_value.n && slice_equal(v->cell[i], null_value))
      set_null(v, i);
}

/* Only texts can hold what is not ASCII; but Latin-1 bytes must not be taken for the UTF-8 of
 * another script's digits. */
static void decode(struct conversion *v)
{
  bool latin_1 = v->converter->options->latin_1;
  if (v->converter->type.kind == TYPE_STRING || latin_1)
    for (size_t i = 0; i < v->rows; i++)
      v->cell[i] = csv_decode(v->cell[i], latin_1, v->texts);
}

bool csv_convert(struct csv_converter *c, size_t rows, bool high, uint8_t *bad, struct arena *texts,
                 struct column *out)
{
  struct conversion v = {.converter = c, .cell = c->cell, .rows = rows, .bad = bad, .texts = texts};
  if (high)
    decode(&v);
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    convert_boolean(&v, c->data);
    break;
  case TYPE_BIGINT:
    convert_bigint(&v, c->data);
    break;
  case TYPE_DECIMAL:
    convert_decimal(&v, c->data);
    break;
  case TYPE_FLOAT:
    convert_float(&v, c->data);
    break;
  case TYPE_DOUBLE:
    convert_double(&v, c->data);
    break;
  case TYPE_STRING:
    convert_string(&v);
    break;
  case TYPE_DATE:
    convert_date(&v, c->data);
    break;
  case TYPE_TIMESTAMP:
    convert_timestamp(&v, c->data);
    break;
  default:
    convert_int(&v, c->data);
  }
  *out = (struct column){.type = c->type, .null = v.nulls ? c->null : NULL};
  out->data = c->data;
  return v.any_bad;
}
