/* SPDX-License-Identifier: Apache-2.0 */
/* Reads envelopes as kcat writes them, without a parser. Unlike one it takes bytes that are not
 * UTF-8 as they come, for kcat writes them so. */
#include "base/ascii.h"
#include "base/base64.h"
#include "broker/headers.h"
#include "capture/envelope_decode.h"
#include "text/number.h"

struct cursor {
  const char *p, *end;
  struct arena *arena;
};

static bool take(struct cursor *c, struct slice literal)
{
  if ((size_t)(c->end - c->p) < literal.n || memcmp(c->p, literal.p, literal.n) != 0)
    return false;
  c->p += literal.n;
  return true;
}

static bool take_number(struct cursor *c, int64_t low, int64_t high, int64_t *number)
{
  struct number_plain plain;
  const char *digit = c->p + (c->p < c->end && *c->p == '-');
  const char *after = number_scan_plain(c->p, c->end, &plain);
  if (after == NULL || plain.decimals != 0 || after[-1] == '.' || plain.value > INT64_MAX ||
      (*digit == '0' && after - digit > 1))
    return false;
  *number = plain.negative ? -(int64_t)plain.value : (int64_t)plain.value;
  c->p = after;
  return *number >= low && *number <= high;
}

/* The byte that "\p[0]..." stands for, and *p moved behind it; -1 if kcat writes no such escape. */
static int take_escape(const char **p, const char *end)
{
  static const char letter[] = "\"\\bfnrt", sign[] = "\"\\\b\f\n\r\t";
  const char *e = *p, *known = *e != '\0' ? strchr(letter, *e) : NULL;
  if (known != NULL) {
    *p += 1;
    return sign[known - letter];
  }
  if (end - e < 5 || memcmp(e, "u00", 3) != 0 || (e[3] != '0' && e[3] != '1'))
    return -1;
  *p += 5;
  int low = ascii_hex_digit(e[4]);
  return low < 0 ? -1 : (e[3] - '0') << 4 | low;
}

/* What stands between the quotation marks, escapes and all; false if there is no second one. */
static bool take_quoted(struct cursor *c, struct slice *raw, bool *escaped)
{
  const char *p = c->p;
  *escaped = false;
  for (; p < c->end && *p != '"'; p++) {
    if ((unsigned char)*p < ' ')
      return false;
    if (*p == '\\') {
      *escaped = true;
      if (++p == c->end)
        return false;
    }
  }
  if (p == c->end)
    return false;
  *raw = (struct slice){c->p, (size_t)(p - c->p)};
  c->p = p + 1;
  return true;
}

static bool take_text(struct cursor *c, struct slice *text)
{
  bool escaped;
  if (!take(c, SLICE("\"")) || !take_quoted(c, text, &escaped))
    return false;
  if (!escaped)
    return true;
  char *start = arena_take(c->arena, text->n, 1), *out = start;
  for (const char *p = text->p, *end = p + text->n; p < end;) {
    int byte = (unsigned char)*p++;
    if (byte == '\\')
      byte = take_escape(&p, end);
    if (byte < 0)
      return false;
    *out++ = (char)byte;
  }
  *text = (struct slice){start, (size_t)(out - start)};
  return true;
}

static bool take_bytes(struct cursor *c, struct slice *bytes)
{
  struct slice digits;
  if (!take(c, SLICE("{\"base64\":")))
    return take_text(c, bytes);
  return take_text(c, &digits) && take(c, SLICE("}")) && base64_take(digits, c->arena, bytes);
}

static bool take_value(struct cursor *c, struct slice *value, bool *null)
{
  *null = take(c, SLICE("null"));
  *value = SLICE("");
  return *null || take_bytes(c, value);
}

static bool take_time(struct cursor *c, struct capture_record *out)
{
  out->time = CAPTURE_NO_TIME;
  out->record.timestamp_ms = -1;
  if (!take(c, SLICE(",\"tstype\":")))
    return true;
  bool create = take(c, SLICE("\"create\""));
  out->time = create ? CAPTURE_CREATE : CAPTURE_LOG_APPEND;
  return (create || take(c, SLICE("\"logappend\""))) && take(c, SLICE(",\"ts\":")) &&
         take_number(c, INT64_MIN, INT64_MAX, &out->record.timestamp_ms);
}

static bool take_headers(struct cursor *c, struct buffer *block)
{
  struct header header;
  if (!take(c, SLICE(",\"headers\":[")))
    return true;
  do {
    if (!take_bytes(c, &header.name) || header.name.n > HEADER_NAME_BYTES || !take(c, SLICE(",")) ||
        !take_value(c, &header.value, &header.null))
      return false;
    if (header.null)
      headers_add_null(block, header.name);
    else
      headers_add(block, header.name, header.value);
  } while (take(c, SLICE(",")));
  return take(c, SLICE("]"));
}

bool envelope_decode_layout(struct slice line, struct capture_record *out,
                            struct envelope_room *room)
{
  struct cursor cursor = {line.p, line.p + line.n, &room->arena}, *c = &cursor;
  struct broker_record *r = &out->record;
  bool no_key;
  int64_t partition, broker;
  arena_reset(&room->arena);
  room->headers.n = 0;
  if (!take(c, SLICE("{\"topic\":")) || !take_bytes(c, &out->topic) ||
      !take(c, SLICE(",\"partition\":")) || !take_number(c, 0, INT32_MAX, &partition) ||
      !take(c, SLICE(",\"offset\":")) || !take_number(c, INT64_MIN, INT64_MAX, &r->offset) ||
      !take_time(c, out) || /* */
      !take(c, SLICE(",\"broker\":")) || !take_number(c, INT32_MIN, INT32_MAX, &broker) ||
      !take_headers(c, &room->headers) || /* */
      !take(c, SLICE(",\"key\":")) || !take_value(c, &r->key, &no_key) ||
      !take(c, SLICE(",\"payload\":")) || !take_value(c, &r->value, &r->tombstone) ||
      !take(c, SLICE("}")) || c->p != c->end)
    return false;
  r->keyed = !no_key;
  r->headers = (struct slice){room->headers.p, room->headers.n};
  r->partition = (uint32_t)partition;
  out->broker = (int32_t)broker;
  return true;
}
