/* SPDX-License-Identifier: Apache-2.0 */
/* CAST from STRING and to STRING. */
#include "sql/function.h"
#include "sql/functions/cast.h"
#include "sql/functions/result.h"
#include "text/decimal.h"
#include "text/number.h"
#include "text/time_text.h"

#define SETTINGS ((const struct sql_settings *)e->state)

/* READ is false for a text that is no such value. */
#define FROM_TEXT(name, READ)                                                                      \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    uint8_t *null = NULL;                                                                          \
    for (size_t i = 0; i < rows; i++) {                                                            \
      const struct slice x = arg[0].text[i];                                                       \
      if (!result_is_null(out, i) && !(READ))                                                      \
        result_null(ev, out, rows, i, &null);                                                      \
    }                                                                                              \
    return true;                                                                                   \
  }

static bool read_boolean(struct slice text, uint8_t *out)
{
  bool value = false;
  bool done = number_cast_boolean(text, &value);
  *out = value;
  return done;
}

static bool read_int(struct slice text, enum type_kind kind, int32_t *out)
{
  int64_t high = kind == TYPE_TINYINT ? INT8_MAX : kind == TYPE_SMALLINT ? INT16_MAX : INT32_MAX;
  int64_t value = 0;
  bool done = number_cast_int(text, -high - 1, high, &value);
  *out = (int32_t)value;
  return done;
}

FROM_TEXT(to_boolean, read_boolean(x, &out->boolean[i]))
FROM_TEXT(to_i32, read_int(x, e->type.kind, &out->i32[i]))
FROM_TEXT(to_i64, number_cast_int(x, INT64_MIN, INT64_MAX, &out->i64[i]))
FROM_TEXT(to_f32, number_cast_float(x, &out->f32[i]))
FROM_TEXT(to_f64, number_cast_double(x, &out->f64[i]))
FROM_TEXT(to_decimal, decimal_parse(x, e->type.precision, e->type.scale, &out->decimal[i]))
FROM_TEXT(to_date, date_parse(x, &out->i32[i]))

/* A bare time of day is Spark's today: without a today it is refused, rather than null. */
static bool to_timestamp(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  const struct sql_settings *settings = SETTINGS;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    const struct slice x = arg[0].text[i];
    if (result_is_null(out, i) ||
        timestamp_parse(x, settings->zone_offset_us, settings->today, &out->i64[i]))
      continue;
    if (settings->today == TODAY_UNKNOWN &&
        timestamp_parse(x, settings->zone_offset_us, 0, &out->i64[i]))
      return error_set(ev->err, ERR_DATA,
                       "'%.*s' as a TIMESTAMP would be a time of today, and differ every day; use "
                       "to_timestamp with a pattern, such as 'HH:mm:ss'",
                       SLICE_PRINT(x));
    result_null(ev, out, rows, i, &null);
  }
  return true;
}

expr_kernel *cast_from_text(struct type to)
{
  switch (to.kind) {
  case TYPE_BOOLEAN:
    return to_boolean;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return to_i32;
  case TYPE_BIGINT:
    return to_i64;
  case TYPE_FLOAT:
    return to_f32;
  case TYPE_DOUBLE:
    return to_f64;
  case TYPE_DECIMAL:
    return to_decimal;
  case TYPE_DATE:
    return to_date;
  case TYPE_TIMESTAMP:
    return to_timestamp;
  default:
    return NULL;
  }
}

/* PRINT writes at p, where there is room for `bytes`, and gives the length. */
#define TO_TEXT(name, bytes, PRINT)                                                                \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    struct text_writer w = {.arena = ev->arena};                                                   \
    for (size_t i = 0; i < rows; i++) {                                                            \
      if (result_is_null(out, i)) {                                                                \
        out->text[i] = (struct slice){0};                                                          \
        continue;                                                                                  \
      }                                                                                            \
      char *p = text_writer_room(&w, bytes);                                                       \
      out->text[i] = text_writer_take(&w, PRINT);                                                  \
    }                                                                                              \
    return true;                                                                                   \
  }

TO_TEXT(from_i32, NUMBER_INT_BYTES, number_print_int(arg[0].i32[i], p))
TO_TEXT(from_i64, NUMBER_INT_BYTES, number_print_int(arg[0].i64[i], p))
TO_TEXT(from_f32, NUMBER_FLOAT_BYTES, number_print_float(arg[0].f32[i], p))
TO_TEXT(from_f64, NUMBER_DOUBLE_BYTES, number_print_double(arg[0].f64[i], p))
TO_TEXT(from_decimal, DECIMAL_BYTES,
        decimal_print((struct decimal){arg[0].decimal[i], arg[0].type.scale}, p))
TO_TEXT(from_date, TIME_TEXT_ROOM, date_print(arg[0].i32[i], p))
TO_TEXT(from_timestamp, TIME_TEXT_ROOM, timestamp_print(arg[0].i64[i], SETTINGS->zone_offset_us, p))

TO_TEXT(from_micros, INTERVAL_TEXT_ROOM,
        interval_print(arg[0].i64[i], interval_first(arg[0].type), interval_last(arg[0].type), p))
TO_TEXT(from_months, INTERVAL_TEXT_ROOM,
        interval_print(arg[0].i32[i], interval_first(arg[0].type), interval_last(arg[0].type), p))

static struct slice boolean_text(bool x)
{
  return x ? SLICE("true") : SLICE("false");
}

static bool from_boolean(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->text[i] = boolean_text(arg[0].boolean[i]);
  return true;
}

static void append_item(const struct column *c, size_t row, int64_t zone, struct buffer *out)
{
  if (column_is_null(c, row))
    buffer_add(out, SLICE("null"));
  else
    cast_append(c, row, zone, out);
}

static void append_struct(const struct column *c, size_t row, int64_t zone, struct buffer *out)
{
  buffer_put(out, '{');
  for (unsigned k = 0; k < c->type.items; k++) {
    buffer_add(out, k != 0 ? SLICE(", ") : SLICE(""));
    append_item(&c->item[k], row, zone, out);
  }
  buffer_put(out, '}');
}

/* "[a, b]" and "{k -> v}" */
static void append_run(const struct column *c, size_t row, int64_t zone, struct buffer *out)
{
  bool map = c->type.kind == TYPE_MAP;
  size_t first = row != 0 ? c->end[row - 1] : 0;
  buffer_put(out, map ? '{' : '[');
  for (size_t k = first; k < c->end[row]; k++) {
    buffer_add(out, k != first ? SLICE(", ") : SLICE(""));
    append_item(&c->item[0], k, zone, out);
    if (map) {
      buffer_add(out, SLICE(" -> "));
      append_item(&c->item[1], k, zone, out);
    }
  }
  buffer_put(out, map ? '}' : ']');
}

void cast_append(const struct column *c, size_t row, int64_t zone, struct buffer *out)
{
  size_t i = column_index(c, row);
  char *p = buffer_room(out, 64);
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    buffer_add(out, boolean_text(c->boolean[i]));
    break;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    out->n += number_print_int(c->i32[i], p);
    break;
  case TYPE_BIGINT:
    out->n += number_print_int(c->i64[i], p);
    break;
  case TYPE_INTERVAL:
    out->n += interval_print(c->i64[i], interval_first(c->type), interval_last(c->type),
                             buffer_room(out, INTERVAL_TEXT_ROOM));
    break;
  case TYPE_MONTHS:
    out->n += interval_print(c->i32[i], interval_first(c->type), interval_last(c->type),
                             buffer_room(out, INTERVAL_TEXT_ROOM));
    break;
  case TYPE_DECIMAL:
    out->n += decimal_print((struct decimal){c->decimal[i], c->type.scale}, p);
    break;
  case TYPE_FLOAT:
    out->n += number_print_float(c->f32[i], p);
    break;
  case TYPE_DOUBLE:
    out->n += number_print_double(c->f64[i], p);
    break;
  case TYPE_STRING:
    buffer_add(out, c->text[i]);
    break;
  case TYPE_DATE:
    out->n += date_print(c->i32[i], p);
    break;
  case TYPE_TIMESTAMP:
    out->n += timestamp_print(c->i64[i], zone, p);
    break;
  case TYPE_STRUCT:
    append_struct(c, i, zone, out);
    break;
  case TYPE_ARRAY:
  case TYPE_MAP:
    append_run(c, i, zone, out);
    break;
  case TYPE_NULL:
    break;
  }
}

static bool from_nested(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct buffer text = {0};
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    text.n = 0;
    cast_append(&arg[0], i, SETTINGS->zone_offset_us, &text);
    out->text[i] = (struct slice){arena_copy(ev->arena, text.p, text.n), text.n};
  }
  buffer_free(&text);
  return true;
}

expr_kernel *cast_to_text(struct type from)
{
  switch (from.kind) {
  case TYPE_BOOLEAN:
    return from_boolean;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return from_i32;
  case TYPE_BIGINT:
    return from_i64;
  case TYPE_FLOAT:
    return from_f32;
  case TYPE_DOUBLE:
    return from_f64;
  case TYPE_DECIMAL:
    return from_decimal;
  case TYPE_DATE:
    return from_date;
  case TYPE_TIMESTAMP:
    return from_timestamp;
  case TYPE_INTERVAL:
    return from_micros;
  case TYPE_MONTHS:
    return from_months;
  case TYPE_STRUCT:
  case TYPE_ARRAY:
  case TYPE_MAP:
    return from_nested;
  default:
    return NULL;
  }
}
