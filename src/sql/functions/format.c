/* SPDX-License-Identifier: Apache-2.0 */
/* format_string(), printf(), format_number(). */
#include "sql/functions/cast.h"
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/format_number.h"
#include "text/format_string.h"

enum { LINE_BYTES = 256 }; /* to begin with */

static bool bad_format(struct evaluation *ev, struct slice piece)
{
  return error_set(ev->err, ERR_DATA, "format_string(): '%.*s' is no conversion that Java knows",
                   SLICE_PRINT(piece));
}

/* %s of anything but a string: Java's toString(). */
static bool format_as_text(struct buffer *out, const struct format_spec *spec,
                           const struct column *c, size_t row)
{
  struct buffer text = {0};
  cast_append(c, row, 0, &text);
  bool done = format_text(out, spec, (struct slice){text.p, text.n});
  buffer_free(&text);
  return done;
}

static bool format_argument(struct buffer *out, const struct format_spec *spec,
                            const struct column *c, size_t row)
{
  size_t i = column_index(c, row);
  if (column_is_null(c, row))
    return format_null(out, spec);
  if (c->type.kind == TYPE_STRING)
    return format_text(out, spec, c->text[i]);
  if (spec->conversion == 's')
    return format_as_text(out, spec, c, row);
  if (spec->conversion == 'b') /* what is no boolean is true if it is there */
    return format_boolean(out, spec, c->type.kind != TYPE_BOOLEAN || c->boolean[i]);
  switch (c->type.kind) {
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return format_int(out, spec, c->i32[i], java_bits(c->type));
  case TYPE_BIGINT:
    return format_int(out, spec, c->i64[i], 64);
  case TYPE_FLOAT:
    return format_double(out, spec, (double)c->f32[i]);
  case TYPE_DOUBLE:
    return format_double(out, spec, c->f64[i]);
  default:
    return false;
  }
}

/* The argument that a conversion names: its own number, the one before, or the next one. */
static size_t argument_of(const struct format_spec *spec, size_t *next, size_t last)
{
  if (spec->argument == FORMAT_ARGUMENT_SAME)
    return last;
  return spec->argument > 0 ? (size_t)spec->argument : (*next)++;
}

static bool format_row(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t row, struct buffer *out)
{
  struct slice format = arg[0].text[column_index(&arg[0], row)], text;
  size_t next = 1, last = 0;
  for (;;) {
    struct format_spec spec;
    switch (format_next(&format, &text, &spec)) {
    case FORMAT_END:
      return true;
    case FORMAT_TEXT:
      buffer_add(out, text);
      break;
    case FORMAT_BAD:
      return bad_format(ev, text);
    case FORMAT_SPEC:
      last = argument_of(&spec, &next, last);
      if (last == 0 || last >= e->args)
        return error_set(ev->err, ERR_DATA, "%s(): %%%c wants an argument that is not there",
                         e->name, spec.conversion);
      if (!format_argument(out, &spec, &arg[last], row)) {
        char type[100];
        return error_set(ev->err, ERR_DATA, "%s(): %%%c does not print %s (use CAST)", e->name,
                         spec.conversion, type_name(arg[last].type, type, sizeof type));
      }
    }
  }
}

/* Only the format being null makes the result null; a null argument prints as "null". */
static bool format_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct buffer line = {0};
  struct text_writer w = {.arena = ev->arena};
  bool done = true;
  buffer_room(&line, LINE_BYTES);
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows && done; i++) {
    out->text[i] = (struct slice){0};
    if (column_is_null(&arg[0], i)) {
      column_flags(out, rows, ev->arena)[i] = 1;
      continue;
    }
    line.n = 0;
    done = format_row(ev, e, arg, i, &line);
    char *p = text_writer_room(&w, line.n);
    if (line.n != 0)
      memcpy(p, line.p, line.n);
    out->text[i] = text_writer_take(&w, line.n);
  }
  buffer_free(&line);
  return done;
}

struct expr *bind_format_string(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)))
    return NULL;
  for (size_t i = 1; i < c->args; i++)
    if (call_kind(c, i) > TYPE_STRING)
      return call_refuse(c, ERR_UNSUPPORTED,
                         "%.*s() takes numbers, booleans and strings (use CAST AS STRING)",
                         SLICE_PRINT(c->function->name));
  return call_result(c, type_of(TYPE_STRING), format_kernel, NULL);
}

static void format_number_at(struct buffer *out, const struct column *c, size_t i, int decimals)
{
  switch (c->type.kind) {
  case TYPE_BIGINT:
    format_number_int(out, c->i64[i], decimals);
    break;
  case TYPE_DOUBLE:
    format_number_double(out, c->f64[i], decimals);
    break;
  case TYPE_FLOAT:
    format_number_double(out, (double)c->f32[i], decimals);
    break;
  case TYPE_DECIMAL:
    format_number_decimal(out, (struct decimal){c->decimal[i], c->type.scale}, decimals);
    break;
  default:
    format_number_int(out, c->i32[i], decimals);
    break;
  }
}

static bool format_number_kernel(struct evaluation *ev, const struct expr *e,
                                 const struct column *arg, size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct buffer line = {0};
  struct text_writer w = {.arena = ev->arena};
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    int32_t decimals = arg[1].i32[column_index(&arg[1], i)];
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    if (decimals < 0) {
      result_null(ev, out, rows, i, &null);
      continue;
    }
    line.n = 0;
    format_number_at(&line, &arg[0], column_index(&arg[0], i), decimals);
    char *p = text_writer_room(&w, line.n);
    memcpy(p, line.p, line.n);
    out->text[i] = text_writer_take(&w, line.n);
  }
  buffer_free(&line);
  return true;
}

struct expr *bind_format_number(struct call *c)
{
  if (call_kind(c, 0) == TYPE_STRING)
    return call_refuse(c, ERR_TYPE, "format_number() prints numbers, not STRING (use CAST)");
  if (!type_is_numeric(c->arg[0]->type) && !call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  if (call_kind(c, 1) == TYPE_STRING)
    return call_refuse(c, ERR_UNSUPPORTED,
                       "format_number() with a pattern is not supported (give the number of "
                       "digits behind the point)");
  if (!call_expect(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), format_number_kernel, NULL);
}
