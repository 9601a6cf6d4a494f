/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>

#include "text/json_text.h"
#include "text/message_layout.h"
#include "text/number.h"

/* --- by the layout; NULL where the message has another, or an error --- */

static inline const char *take_literal(const char *p, const char *end, const char *literal,
                                       size_t n)
{
  if ((size_t)(end - p) < n || n < 5) /* a literal has at least its four signs and a name */
    return (size_t)(end - p) >= n && memcmp(p, literal, n) == 0 ? p + n : NULL;
  uint64_t other = 0;
  if (n >= 8) {
    for (size_t i = 0; i + 8 < n; i += 8)
      other |= load8(p + i) ^ load8(literal + i);
    other |= load8(p + n - 8) ^ load8(literal + n - 8);
  } else {
    other = (load4(p) ^ load4(literal)) | (load4(p + n - 4) ^ load4(literal + n - 4));
  }
  return other == 0 ? p + n : NULL;
}

static inline const char *take_word(const char *p, const char *end, struct slice word)
{
  return (size_t)(end - p) >= word.n && memcmp(p, word.p, word.n) == 0 ? p + word.n : NULL;
}

/* Four hexadecimal digits; false if they are none. */
static bool take_unit(const char *p, const char *end, uint32_t *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, p++) {
    if (p >= end)
      return false;
    unsigned c = (unsigned char)*p, letter = (c | 0x20) - 'a';
    if (c - '0' >= 10 && letter >= 6)
      return false;
    *unit = *unit << 4 | (c - '0' < 10 ? c - '0' : letter + 10);
  }
  return true;
}

static char *put_slice(char *out, struct slice text)
{
  if (text.n != 0)
    memcpy(out, text.p, text.n);
  return out + text.n;
}

static char *put_utf_8(char *out, uint32_t code)
{
  if (code < 0x80) {
    *out++ = (char)code;
    return out;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
  *out++ = (char)(lead[more] | code >> 6 * more);
  while (more-- > 0)
    *out++ = (char)(0x80 | (code >> 6 * more & 0x3f));
  return out;
}

/* What stands behind a backslash, into *out. */
static const char *take_escape(const char *p, const char *end, char **out)
{
  static const char letter[] = "\"\\/bfnrt", sign[] = "\"\\/\b\f\n\r\t";
  uint32_t unit, low;
  if (p == end)
    return NULL;
  const char *known = *p != '\0' ? strchr(letter, *p) : NULL;
  if (known != NULL) {
    *(*out)++ = sign[known - letter];
    return p + 1;
  }
  if (*p != 'u' || !take_unit(p + 1, end, &unit))
    return NULL;
  p += 5;
  if (unit >= 0xd800 && unit < 0xe000) {
    if (unit >= 0xdc00 || end - p < 6 || p[0] != '\\' || p[1] != 'u' ||
        !take_unit(p + 2, end, &low) || low < 0xdc00 || low >= 0xe000)
      return NULL;
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    p += 6;
  }
  *out = put_utf_8(*out, unit);
  return p;
}

/* A text that begins at p and has its first special byte at `special`. */
static const char *take_escaped(const char *p, const char *special, const char *end,
                                struct slice *text, struct arena *arena)
{
  char *start = arena_take(arena, (size_t)(end - p), 1), *out = start;
  for (;;) {
    out = put_slice(out, (struct slice){p, (size_t)(special - p)});
    if (special == end || *special != '\\')
      break;
    p = take_escape(special + 1, end, &out);
    if (p == NULL)
      return NULL;
    special = find_special(p, end);
  }
  *text = (struct slice){start, (size_t)(out - start)};
  return special < end && *special == '"' ? special : NULL;
}

/* Up to the closing quotation mark, which stays. */
static inline const char *take_text(const char *p, const char *end, struct slice *text,
                                    struct arena *arena)
{
  const char *special = find_special(p, end);
  if (special == end || *special != '"')
    return take_escaped(p, special, end, text, arena);
  *text = (struct slice){p, (size_t)(special - p)};
  return special;
}

/* RFC 8259 has no leading zero, and no point without digits behind. */
static inline bool is_json_number(const char *p, const char *end)
{
  p += *p == '-';
  return end[-1] != '.' && (*p != '0' || end - p == 1 || p[1] == '.');
}

static const char *skip_digits(const char *p, const char *end)
{
  while (p < end && *p >= '0' && *p <= '9')
    p++;
  return p;
}

/* A number that is not plain: with an exponent, or with more digits than a double has. */
static const char *take_long_number(const char *p, const char *end, double *number)
{
  const char *start = p, *digits = p + (p < end && *p == '-');
  p = skip_digits(digits, end);
  if (p == digits || (*digits == '0' && p - digits > 1))
    return NULL;
  if (p < end && *p == '.') {
    digits = p + 1;
    p = skip_digits(digits, end);
    if (p == digits)
      return NULL;
  }
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    p += p < end && (*p == '+' || *p == '-');
    digits = p;
    p = skip_digits(digits, end);
    if (p == digits)
      return NULL;
  }
  bool read = number_parse_double((struct slice){start, (size_t)(p - start)}, number);
  return read && *number - *number == 0 ? p : NULL;
}

static inline const char *take_number(const char *p, const char *end, double *number)
{
  const char *after = number_scan_double(p, end, number);
  if (after != NULL && is_json_number(p, after) &&
      (after == end || (*after != 'e' && *after != 'E')))
    return after;
  static const struct {
    struct slice word;
    double value;
  } special[] = {{{"NaN", 3}, __builtin_nan("")},
                 {{"Infinity", 8}, __builtin_inf()},
                 {{"-Infinity", 9}, -__builtin_inf()}};
  for (size_t i = 0; i < 3; i++) {
    *number = special[i].value;
    if ((after = take_word(p, end, special[i].word)) != NULL)
      return after;
  }
  return take_long_number(p, end, number);
}

static inline const char *take_integer(const char *p, const char *end, int64_t *integer)
{
  struct number_plain plain;
  const char *after = number_scan_plain(p, end, &plain);
  if (after == NULL || plain.decimals != 0 || !is_json_number(p, after) ||
      plain.value > (uint64_t)INT64_MAX + plain.negative)
    return NULL;
  *integer = (int64_t)(plain.negative ? -plain.value : plain.value);
  return after;
}

static inline const char *take_boolean(const char *p, const char *end, bool *boolean)
{
  const char *after = take_word(p, end, SLICE("true"));
  *boolean = after != NULL;
  return after != NULL ? after : take_word(p, end, SLICE("false"));
}

static inline const char *take_value(const char *p, const char *end, enum message_kind kind,
                                     struct message_value *value, struct arena *arena)
{
  value->null = *p == 'n';
  if (value->null)
    return take_word(p, end, SLICE("null"));
  switch (kind) {
  case MESSAGE_TEXT:
    return *p == '"' ? take_text(p + 1, end, &value->text, arena) : NULL;
  case MESSAGE_NUMBER:
    return take_number(p, end, &value->number);
  case MESSAGE_INTEGER:
    return take_integer(p, end, &value->integer);
  case MESSAGE_BOOLEAN:
    break;
  }
  return take_boolean(p, end, &value->boolean);
}

static bool decode_layout(const struct message_layout *layout, struct slice bytes,
                          struct message_value *value, struct arena *arena)
{
  const char *p = bytes.p, *end = bytes.p + bytes.n;
  bool quoted = true;
  for (size_t i = 0; i < layout->fields; i++) {
    struct literal literal = layout->before[i];
    size_t skip = !quoted;
    p = take_literal(p, end, literal.p + skip, literal.n - skip - 1);
    if (p == NULL || p == end)
      return false;
    p = take_value(p, end, layout->kind[i], &value[i], arena);
    if (p == NULL)
      return false;
    quoted = layout->kind[i] == MESSAGE_TEXT && !value[i].null;
  }
  p += quoted;
  return end - p == 1 && *p == '}';
}

/* --- any JSON object --- */

static const char *json_kind(const json_t *json)
{
  static const char *const name[] = {
      [JSON_OBJECT] = "an object",   [JSON_ARRAY] = "an array", [JSON_STRING] = "a string",
      [JSON_INTEGER] = "an integer", [JSON_REAL] = "a real",    [JSON_TRUE] = "a boolean",
      [JSON_FALSE] = "a boolean",    [JSON_NULL] = "null",
  };
  return name[json_typeof(json)];
}

/* False if the value is of another kind. */
static bool read_json(const json_t *json, enum message_kind kind, struct message_value *value,
                      struct arena *arena)
{
  value->null = json_is_null(json);
  if (value->null)
    return true;
  switch (kind) {
  case MESSAGE_TEXT:
    if (!json_is_string(json))
      return false;
    value->text.n = json_string_length(json);
    value->text.p = arena_copy(arena, json_string_value(json), value->text.n);
    return true;
  case MESSAGE_NUMBER:
    value->number = json_number_value(json);
    return json_is_number(json);
  case MESSAGE_INTEGER:
    value->integer = json_integer_value(json);
    return json_is_integer(json);
  case MESSAGE_BOOLEAN:
    break;
  }
  value->boolean = json_is_true(json);
  return json_is_boolean(json);
}

static bool read_fields(const struct message_layout *layout, const json_t *object,
                        struct message_value *value, struct arena *arena, struct error *err)
{
  static const char *const wanted[] = {
      [MESSAGE_TEXT] = "a string",
      [MESSAGE_NUMBER] = "a number",
      [MESSAGE_INTEGER] = "an integer",
      [MESSAGE_BOOLEAN] = "a boolean",
  };
  for (size_t i = 0; i < layout->fields; i++) {
    const json_t *field = json_object_get(object, layout->name[i].p);
    if (field == NULL)
      return error_set(err, ERR_DATA, "field '%.*s' is missing", SLICE_PRINT(layout->name[i]));
    if (!read_json(field, layout->kind[i], &value[i], arena))
      return error_set(err, ERR_DATA, "field '%.*s' is %s, not %s", SLICE_PRINT(layout->name[i]),
                       json_kind(field), wanted[layout->kind[i]]);
  }
  return true;
}

static bool decode_json(const struct message_layout *layout, struct slice bytes,
                        struct message_value *value, struct arena *arena, struct error *err)
{
  json_error_t problem;
  json_t *object = json_loadb(bytes.p != NULL ? bytes.p : "", bytes.n, JSON_ALLOW_NUL, &problem);
  if (object == NULL)
    return error_set(err, ERR_DATA, "byte %d: no JSON (%s)", problem.position, problem.text);
  bool read = json_is_object(object)
                  ? read_fields(layout, object, value, arena, err)
                  : error_set(err, ERR_DATA, "%s, not an object", json_kind(object));
  json_decref(object);
  return read;
}

bool message_decode(const struct message_layout *layout, struct slice bytes,
                    struct message_value *value, struct arena *arena, struct error *err)
{
  return decode_layout(layout, bytes, value, arena) ||
         decode_json(layout, bytes, value, arena, err);
}
