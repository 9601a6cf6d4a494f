/* SPDX-License-Identifier: Apache-2.0 */
#include "text/message.h"

#include <assert.h>
#include <stdlib.h>

#include "text/json_text.h"
#include "text/message_layout.h"
#include "text/number.h"
#include "text/utf8.h"

/* --- texts that have something to escape --- */

/* The code point of the UTF-8 sequence at p, *bytes long; U+FFFD of one byte if it is none. */
static uint32_t code_point(const char *p, size_t left, size_t *bytes)
{
  size_t i = 0;
  *bytes = utf8_well_formed_size(p, left);
  if (*bytes != 0)
    return utf8_read((struct slice){p, *bytes}, &i);
  *bytes = 1;
  return 0xfffd;
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

static char *put_slice(char *out, struct slice text)
{
  if (text.n != 0)
    memcpy(out, text.p, text.n);
  return out + text.n;
}

static inline char *put_literal(char *out, const char *p, size_t n)
{
  if (n <= LITERAL_ROOM)
    memcpy(out, p, LITERAL_ROOM); /* a constant size: two moves instead of a call */
  else
    memcpy(out, p, n);
  return out + n;
}

static inline char *put_value(char *out, enum message_kind kind, const struct message_value *value)
{
  if (value->null)
    return put_slice(out, SLICE("null"));
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
  return put_slice(out, value->boolean ? SLICE("true") : SLICE("false"));
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
  p = put_slice(p, quoted ? SLICE("\"}") : SLICE("}"));
  out->n += (size_t)(p - start);
}
