/* SPDX-License-Identifier: Apache-2.0 */
/* get_json_object() and from_json(), by jansson. */
#include <jansson.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "table/schema.h"
#include "text/decimal.h"
#include "text/number.h"
#include "text/time_text.h"

/* One step of a path: a member by name, or an element by number if the name has no bytes. */
struct json_step {
  struct slice name;
  size_t index;
};

struct json_path {
  size_t steps;
  struct json_step *step;
};

static json_t *parse(struct slice text)
{
  json_error_t ignored;
  return json_loadb(text.p != NULL ? text.p : "", text.n,
                    JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &ignored);
}

/* ".name", "['name']" or "[3]" at path.p[*i]. */
static bool read_step(struct slice path, size_t *i, struct json_step *step)
{
  bool dot = path.p[*i] == '.', quoted = !dot && *i + 1 < path.n && path.p[*i + 1] == '\'';
  if (!dot && path.p[*i] != '[')
    return false;
  size_t first = *i + (quoted ? 2 : 1), end = first;
  while (end < path.n &&
         (dot ? path.p[end] != '.' && path.p[end] != '[' : path.p[end] != (quoted ? '\'' : ']')))
    end++;
  step->name = (struct slice){path.p + first, end - first};
  *i = end + (dot ? 0 : quoted ? 2 : 1);
  if (*i > path.n || step->name.n == 0 || slice_is(step->name, "*"))
    return false;
  if (dot || quoted)
    return true;
  int64_t index;
  if (!number_parse_int(step->name, 0, INT32_MAX, &index))
    return false;
  *step = (struct json_step){{0}, (size_t)index};
  return true;
}

static struct json_path *read_path(struct slice text, struct arena *arena)
{
  struct json_path *path = arena_zero(arena, 1, sizeof *path);
  path->step = arena_take(arena, text.n, sizeof *path->step);
  if (text.n == 0 || text.p[0] != '$')
    return NULL;
  for (size_t i = 1; i < text.n;)
    if (!read_step(text, &i, &path->step[path->steps++]))
      return NULL;
  return path;
}

/* json_object_getn() is younger than the oldest jansson that is supported. */
static const json_t *member(const json_t *object, struct slice name)
{
  char text[256];
  if (name.n >= sizeof text)
    return NULL;
  memcpy(text, name.p, name.n);
  text[name.n] = '\0';
  return json_object_get(object, text);
}

static const json_t *follow(const struct json_path *path, const json_t *value)
{
  for (size_t k = 0; k < path->steps && value != NULL; k++) {
    const struct json_step *step = &path->step[k];
    value = step->name.n != 0 ? member(value, step->name) : json_array_get(value, step->index);
  }
  return value;
}

static void append_json(const json_t *value, struct buffer *out)
{
  char *whole = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  if (whole == NULL)
    mem_exhausted(0);
  buffer_append(out, whole, strlen(whole));
  free(whole);
}

/* A string as it is, the rest as JSON; false for null. */
static bool append_value(const json_t *value, struct buffer *out)
{
  switch (json_typeof(value)) {
  case JSON_NULL:
    return false;
  case JSON_STRING:
    buffer_append(out, json_string_value(value), json_string_length(value));
    return true;
  case JSON_REAL:
    out->n += number_print_double(json_real_value(value), buffer_room(out, NUMBER_DOUBLE_BYTES));
    return true;
  default:
    append_json(value, out);
    return true;
  }
}

static bool get_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct buffer text = {0};
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    json_t *whole = parse(arg[0].text[column_index(&arg[0], i)]);
    const json_t *value = follow(e->state, whole);
    text.n = 0;
    if (value != NULL && append_value(value, &text))
      out->text[i] =
          (struct slice){arena_copy(ev->arena, text.p != NULL ? text.p : "", text.n), text.n};
    else
      result_null(ev, out, rows, i, &null);
    json_decref(whole);
  }
  buffer_free(&text);
  return true;
}

struct expr *bind_get_json_object(struct call *c)
{
  bool null;
  for (size_t i = 0; i < 2; i++)
    if (call_kind(c, i) != TYPE_STRING && call_kind(c, i) != TYPE_NULL)
      return call_refuse_types(c, "two texts");
  if (!call_accept_texts(c, 0, 2) || !call_constant(c, 1, "path", &null))
    return NULL;
  if (null)
    return call_null(c, type_of(TYPE_STRING));
  struct slice text = c->arg[1]->value.text[0];
  const struct json_path *path = read_path(text, c->b->arena);
  if (path == NULL)
    return call_refuse(c, ERR_UNSUPPORTED,
                       "the path '%.*s' of get_json_object() is not supported "
                       "(write $.name, $['name'] and $[0] only)",
                       SLICE_PRINT(text));
  return call_result(c, type_of(TYPE_STRING), get_kernel, path);
}

/* ---- from_json(text, 'a STRING, b DOUBLE') ---- */

static bool store_number(const json_t *value, struct column *c, size_t i)
{
  bool integer = json_is_integer(value);
  json_int_t n = integer ? json_integer_value(value) : 0;
  switch (c->type.kind) {
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    c->i32[i] = (int32_t)n;
    return integer && n >= INT32_MIN && n <= INT32_MAX;
  case TYPE_BIGINT:
    c->i64[i] = n;
    return integer;
  case TYPE_DOUBLE:
    c->f64[i] = json_number_value(value);
    return true;
  case TYPE_FLOAT:
    c->f32[i] = (float)json_number_value(value);
    return true;
  case TYPE_DECIMAL:
    return integer ? decimal_from_int(n, c->type.precision, c->type.scale, &c->decimal[i])
                   : decimal_from_double(json_real_value(value), c->type.precision, c->type.scale,
                                         &c->decimal[i]);
  default:
    return false;
  }
}

/* Spark's JacksonParser: a STRING takes any value as its text, numbers only numbers. */
static bool store(struct evaluation *ev, const json_t *value, struct column *c, size_t i)
{
  struct buffer text = {0};
  if (value == NULL || json_is_null(value))
    return false;
  if (c->type.kind == TYPE_STRING) {
    append_value(value, &text);
    c->text[i] =
        (struct slice){arena_copy(ev->arena, text.p != NULL ? text.p : "", text.n), text.n};
    buffer_free(&text);
    return true;
  }
  if (c->type.kind == TYPE_BOOLEAN) {
    c->boolean[i] = json_is_true(value);
    return json_is_boolean(value);
  }
  return json_is_number(value) && store_number(value, c, i);
}

static bool from_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (unsigned k = 0; k < e->type.items; k++) {
    column_make(&out->item[k], e->type.item[k].type, rows, ev->arena);
    memset(out->item[k].data, 0, rows * type_size(e->type.item[k].type));
  }
  for (size_t i = 0; i < rows; i++) {
    json_t *whole = result_is_null(out, i) ? NULL : parse(arg[0].text[column_index(&arg[0], i)]);
    for (unsigned k = 0; k < e->type.items; k++)
      if (!store(ev, member(whole, e->type.item[k].name), &out->item[k], i))
        column_flags(&out->item[k], rows, ev->arena)[i] = 1;
    json_decref(whole);
  }
  return true;
}

struct expr *bind_from_json(struct call *c)
{
  bool null;
  struct schema schema;
  struct error why = {0};
  for (size_t i = 0; i < 2; i++)
    if (call_kind(c, i) != TYPE_STRING && call_kind(c, i) != TYPE_NULL)
      return call_refuse_types(c, "two texts");
  if (!call_accept_texts(c, 0, 2) || !call_constant(c, 1, "schema", &null))
    return NULL;
  if (null)
    return call_refuse(c, ERR_TYPE, "the schema of from_json() must not be null");
  if (!schema_parse(c->arg[1]->value.text[0], &schema, c->b->arena, &why))
    return call_refuse(c, why.code, "the schema of from_json(): %s", why.text);
  for (size_t k = 0; k < schema.columns; k++)
    if (schema.column[k].type.kind > TYPE_STRING)
      return call_refuse(c, ERR_UNSUPPORTED,
                         "from_json() reads booleans, numbers and strings; CAST them to times");
  struct type type = {TYPE_STRUCT, 0, 0, (uint16_t)schema.columns, schema.column};
  return call_result(c, type, from_kernel, NULL);
}
