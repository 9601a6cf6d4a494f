/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/envelope.h"

#include <assert.h>

#include "base/base64.h"
#include "broker/headers.h"
#include "capture/envelope_decode.h"
#include "text/number.h"
#include "text/utf8.h"

static bool is_plain(char c)
{
  return (unsigned char)c >= ' ' && c != '"' && c != '\\';
}

/* As yajl, which writes kcat's JSON: capital digits. */
static void put_escape(struct buffer *out, char c)
{
  static const char sign[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
  const char *known = c != '\0' ? strchr(sign, c) : NULL;
  buffer_put(out, '\\');
  if (known != NULL) {
    buffer_put(out, letter[known - sign]);
    return;
  }
  buffer_add(out, SLICE("u00"));
  buffer_put(out, c < 0x10 ? '0' : '1');
  buffer_put(out, "0123456789ABCDEF"[c & 15]);
}

static void put_text(struct buffer *out, struct slice text)
{
  if (!utf8_is_well_formed(text)) {
    buffer_add(out, SLICE("{\"base64\":\""));
    base64_put(out, text);
    buffer_add(out, SLICE("\"}"));
    return;
  }
  buffer_put(out, '"');
  for (size_t i = 0, plain; i < text.n; i++) {
    for (plain = i; i < text.n && is_plain(text.p[i]);)
      i++;
    buffer_append(out, text.p + plain, i - plain);
    if (i < text.n)
      put_escape(out, text.p[i]);
  }
  buffer_put(out, '"');
}

static void put_value(struct buffer *out, struct slice value, bool null)
{
  if (null)
    buffer_add(out, SLICE("null"));
  else
    put_text(out, value);
}

static void put_number(struct buffer *out, struct slice name, int64_t number)
{
  buffer_add(out, name);
  out->n += number_print_int(number, buffer_room(out, NUMBER_INT_BYTES));
}

static void put_time(struct buffer *out, enum capture_time time, int64_t timestamp_ms)
{
  if (time == CAPTURE_NO_TIME)
    return;
  buffer_add(out, SLICE(",\"tstype\":"));
  buffer_add(out, time == CAPTURE_CREATE ? SLICE("\"create\"") : SLICE("\"logappend\""));
  put_number(out, SLICE(",\"ts\":"), timestamp_ms);
}

static void put_headers(struct buffer *out, struct slice block)
{
  struct header header;
  size_t at = 0;
  if (block.n == 0)
    return;
  struct slice before = SLICE(",\"headers\":[");
  for (; headers_next(block, &at, &header); before = SLICE(",")) {
    buffer_add(out, before);
    put_text(out, header.name);
    buffer_put(out, ',');
    put_value(out, header.value, header.null);
  }
  buffer_put(out, ']');
}

void envelope_encode(const struct capture_record *record, struct buffer *out)
{
  const struct broker_record *r = &record->record;
  assert(r->partition <= INT32_MAX);
  buffer_add(out, SLICE("{\"topic\":"));
  put_text(out, record->topic);
  put_number(out, SLICE(",\"partition\":"), r->partition);
  put_number(out, SLICE(",\"offset\":"), r->offset);
  put_time(out, record->time, r->timestamp_ms);
  put_number(out, SLICE(",\"broker\":"), record->broker);
  put_headers(out, r->headers);
  buffer_add(out, SLICE(",\"key\":"));
  put_value(out, r->key, !r->keyed);
  buffer_add(out, SLICE(",\"payload\":"));
  put_value(out, r->value, r->tombstone);
  buffer_add(out, SLICE("}\n"));
}

void envelope_room_free(struct envelope_room *room)
{
  arena_free(&room->arena);
  buffer_free(&room->headers);
}

bool envelope_decode(struct slice line, struct capture_record *out, struct envelope_room *room,
                     struct error *err)
{
  return envelope_decode_layout(line, out, room) || envelope_decode_json(line, out, room, err);
}
