/* SPDX-License-Identifier: Apache-2.0 */
#include "text/message.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/number.h"

/* What stands between two values: `", "name": "`. The quotation mark at either end belongs to a
 * text there and is left out beside any other value. */
enum { LITERAL_ROOM = 32 };

struct literal {
  const char *p; /* LITERAL_ROOM bytes can be read here */
  size_t n;
};

struct message_layout {
  size_t fields;
  enum message_kind *kind;
  struct slice *name;
  struct literal *before; /* before each field */
  size_t literal_bytes;   /* of all of them, and what closes the message */
  struct arena arena;
};

/* --- plain text, in pieces of 16 or 8 bytes --- */

#define EACH_BYTE(c) (0x0101010101010101u * (c))

/* Flags, in their top bits, bytes that JSON escapes: below ' ', above '~', '"' and '\'. A flag
 * above the first (in memory order on a little-endian machine) may be wrong. */
static inline uint64_t special_bytes(uint64_t word)
{
  uint64_t quote = word ^ EACH_BYTE('"'), backslash = word ^ EACH_BYTE('\\');
  uint64_t below = (word - EACH_BYTE(' ')) | (quote - EACH_BYTE(1)) | (backslash - EACH_BYTE(1));
  return ((below & ~word) | (word + EACH_BYTE(1)) | word) & EACH_BYTE(0x80);
}

static inline bool is_special(char c)
{
  return c < ' ' || c > '~' || c == '"' || c == '\\'; /* with signed and unsigned char */
}

static inline uint64_t load8(const char *p)
{
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

static inline uint32_t load4(const char *p)
{
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}

#ifdef __SSE2__
/* The same for 16 bytes, a bit for each; no flag is wrong. */
static inline unsigned special_mask(__m128i bytes)
{
  __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')); /* signed: from 0x80 on, too */
  __m128i delete = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));
  __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return (unsigned)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(low, delete), _mm_or_si128(quote, backslash)));
}
#endif

static inline bool has_special(uint64_t head, uint64_t tail)
{
#ifdef __SSE2__
  return special_mask(_mm_set_epi64x((long long)tail, (long long)head)) != 0;
#else
  return (special_bytes(head) | special_bytes(tail)) != 0;
#endif
}

/* Copies a text; false if it has a byte to escape. */
static inline bool copy_plain(char *out, struct slice text)
{
  if (text.n >= 8) { /* from both ends: what is copied twice is the same */
    bool special = false;
    for (size_t i = 8; i + 8 < text.n; i += 8) {
      uint64_t middle = load8(text.p + i);
      memcpy(out + i, &middle, 8);
      special |= has_special(middle, middle);
    }
    uint64_t head = load8(text.p), tail = load8(text.p + text.n - 8);
    memcpy(out, &head, 8);
    memcpy(out + text.n - 8, &tail, 8);
    return !(special | has_special(head, tail));
  }
  if (text.n >= 4) {
    uint32_t head = load4(text.p), tail = load4(text.p + text.n - 4);
    memcpy(out, &head, 4);
    memcpy(out + text.n - 4, &tail, 4);
    return special_bytes(head | (uint64_t)tail << 32) == 0;
  }
  bool plain = true;
  for (size_t i = 0; i < text.n; i++) {
    out[i] = text.p[i];
    plain &= !is_special(text.p[i]);
  }
  return plain;
}

/* Where the first byte to escape is, or end. */
static inline const char *find_special(const char *p, const char *end)
{
#ifdef __SSE2__
  for (; end - p >= 16; p += 16) {
    unsigned special = special_mask(_mm_loadu_si128((const __m128i *)(const void *)p));
    if (special != 0)
      return p + __builtin_ctz(special);
  }
#endif
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (; end - p >= 8; p += 8) {
    uint64_t special = special_bytes(load8(p));
    if (special != 0)
      return p + __builtin_ctzll(special) / 8;
  }
#endif
  while (p < end && !is_special(*p))
    p++;
  return p;
}

/* --- escapes --- */

/* The code point of the UTF-8 sequence at p, *bytes long; U+FFFD of one byte if it is none
 * (Unicode 15, table 3-7). */
static uint32_t code_point(const char *text, size_t left, size_t *bytes)
{
  const unsigned char *p = (const unsigned char *)text;
  size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
  bool valid = n != 0 && p[0] < 0xf5 && n <= left;
  uint32_t code = n == 1 ? p[0] : p[0] & (0x7f >> n);
  for (size_t i = 1; valid && i < n; i++) {
    valid = (p[i] & 0xc0) == 0x80;
    code = code << 6 | (p[i] & 0x3f);
  }
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (!valid || code < least[n] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    *bytes = 1;
    return 0xfffd;
  }
  *bytes = n;
  return code;
}

static char *put_unit(char *out, unsigned unit)
{
  *out++ = '\\';
  *out++ = 'u';
  for (int shift = 12; shift >= 0; shift -= 4)
    *out++ = "0123456789abcdef"[unit >> shift & 15];
  return out;
}

/* As json.encoder.py_encode_basestring_ascii; at most six bytes for each. */
static char *put_escaped(char *out, struct slice text)
{
  static const char sign[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
  for (size_t i = 0, bytes; i < text.n; i += bytes) {
    uint32_t code = code_point(text.p + i, text.n - i, &bytes);
    const char *known = code != 0 && code < 0x80 ? strchr(sign, (int)code) : NULL;
    if (known != NULL) {
      *out++ = '\\';
      *out++ = letter[known - sign];
    } else if (code >= ' ' && code <= '~') {
      *out++ = (char)code;
    } else if (code < 0x10000) {
      out = put_unit(out, code);
    } else {
      out = put_unit(out, 0xd800 + ((code - 0x10000) >> 10));
      out = put_unit(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
    }
  }
  return out;
}

enum { ESCAPED_BYTES = 6 };

/* --- the layout --- */

static struct literal make_literal(struct message_layout *layout, struct slice name, bool first)
{
  struct slice start = first ? SLICE("{\"") : SLICE("\", \"");
  size_t most = start.n + ESCAPED_BYTES * name.n + 4;
  char *p = arena_zero(&layout->arena, most > LITERAL_ROOM ? most : LITERAL_ROOM, 1);
  memcpy(p, start.p, start.n);
  char *out = put_escaped(p + start.n, name);
  memcpy(out, "\": \"", 4);
  return (struct literal){p, (size_t)(out + 4 - p)};
}

struct message_layout *message_layout_new(size_t fields, const struct slice *name,
                                          const enum message_kind *kind)
{
  assert(fields >= 1);
  struct message_layout *layout = mem_new(1, sizeof *layout);
  layout->fields = fields;
  layout->kind = arena_take(&layout->arena, fields, sizeof *layout->kind);
  layout->name = arena_take(&layout->arena, fields, sizeof *layout->name);
  layout->before = arena_take(&layout->arena, fields, sizeof *layout->before);
  layout->literal_bytes = sizeof "\"}";
  for (size_t i = 0; i < fields; i++) {
    layout->kind[i] = kind[i];
    layout->name[i] = (struct slice){arena_copy(&layout->arena, name[i].p, name[i].n), name[i].n};
    layout->before[i] = make_literal(layout, name[i], i == 0);
    layout->literal_bytes += layout->before[i].n;
  }
  return layout;
}

void message_layout_free(struct message_layout *layout)
{
  if (layout == NULL)
    return;
  arena_free(&layout->arena);
  free(layout);
}

/* --- encoding --- */

static inline char *put_literal(char *out, const char *p, size_t n)
{
  if (n <= LITERAL_ROOM)
    memcpy(out, p, LITERAL_ROOM); /* a constant size: two moves instead of a call */
  else
    memcpy(out, p, n);
  return out + n;
}

static char *put_word(char *out, struct slice word)
{
  memcpy(out, word.p, word.n);
  return out + word.n;
}

static inline char *put_value(char *out, enum message_kind kind, const struct message_value *value)
{
  if (value->null)
    return put_word(out, SLICE("null"));
  switch (kind) {
  case MESSAGE_TEXT:
    return copy_plain(out, value->text) ? out + value->text.n : put_escaped(out, value->text);
  case MESSAGE_NUMBER:
    return out + number_print_json(value->number, out);
  case MESSAGE_INTEGER:
    return out + number_print_int(value->integer, out);
  case MESSAGE_BOOLEAN:
    break;
  }
  return put_word(out, value->boolean ? SLICE("true") : SLICE("false"));
}

void message_encode(const struct message_layout *layout, const struct message_value *value,
                    struct buffer *out)
{
  size_t fields = layout->fields;
  size_t most = layout->literal_bytes + LITERAL_ROOM + NUMBER_DOUBLE_BYTES * fields;
  for (size_t i = 0; i < fields; i++)
    if (layout->kind[i] == MESSAGE_TEXT && !value[i].null)
      most += ESCAPED_BYTES * value[i].text.n;
  char *start = buffer_room(out, most), *p = start;
  bool quoted = true; /* the first literal has no quotation mark to leave out */
  for (size_t i = 0; i < fields; i++) {
    struct literal literal = layout->before[i];
    size_t skip = !quoted;
    quoted = layout->kind[i] == MESSAGE_TEXT && !value[i].null;
    p = put_literal(p, literal.p + skip, literal.n - skip - !quoted);
    p = put_value(p, layout->kind[i], &value[i]);
  }
  p = put_word(p, quoted ? SLICE("\"}") : SLICE("}"));
  out->n += (size_t)(p - start);
}

/* --- decoding by the layout; NULL where the message has another --- */

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

/* Up to the closing quotation mark, which stays. */
static inline const char *take_text(const char *p, const char *end, struct slice *text)
{
  const char *quote = find_special(p, end);
  if (quote == end || *quote != '"')
    return NULL;
  *text = (struct slice){p, (size_t)(quote - p)};
  return quote;
}

/* RFC 8259 has no leading zero, and no point without digits behind. */
static inline bool is_json_number(const char *p, const char *end)
{
  p += *p == '-';
  return end[-1] != '.' && (*p != '0' || end - p == 1 || p[1] == '.');
}

static inline const char *take_number(const char *p, const char *end, double *number)
{
  const char *after = number_scan_double(p, end, number);
  if (after != NULL)
    return is_json_number(p, after) ? after : NULL;
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
  return NULL;
}

static inline const char *take_integer(const char *p, const char *end, int64_t *integer)
{
  struct number_plain plain;
  const char *after = number_scan_plain(p, end, &plain);
  if (after == NULL || plain.decimals != 0 || !is_json_number(p, after) ||
      plain.value > INT64_MAX || after - p > 18)
    return NULL;
  *integer = plain.negative ? -(int64_t)plain.value : (int64_t)plain.value;
  return after;
}

static inline const char *take_boolean(const char *p, const char *end, bool *boolean)
{
  const char *after = take_word(p, end, SLICE("true"));
  *boolean = after != NULL;
  return after != NULL ? after : take_word(p, end, SLICE("false"));
}

static inline const char *take_value(const char *p, const char *end, enum message_kind kind,
                                     struct message_value *value)
{
  value->null = *p == 'n';
  if (value->null)
    return take_word(p, end, SLICE("null"));
  switch (kind) {
  case MESSAGE_TEXT:
    return *p == '"' ? take_text(p + 1, end, &value->text) : NULL;
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
                          struct message_value *value)
{
  const char *p = bytes.p, *end = bytes.p + bytes.n;
  bool quoted = true;
  for (size_t i = 0; i < layout->fields; i++) {
    struct literal literal = layout->before[i];
    size_t skip = !quoted;
    p = take_literal(p, end, literal.p + skip, literal.n - skip - 1);
    if (p == NULL || p == end)
      return false;
    p = take_value(p, end, layout->kind[i], &value[i]);
    if (p == NULL)
      return false;
    quoted = layout->kind[i] == MESSAGE_TEXT && !value[i].null;
  }
  p += quoted;
  return end - p == 1 && *p == '}';
}

/* --- decoding any JSON object --- */

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
  return decode_layout(layout, bytes, value) || decode_json(layout, bytes, value, arena, err);
}
