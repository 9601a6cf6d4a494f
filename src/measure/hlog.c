/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/hlog.h"

#include <inttypes.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/base64.h"
#include "base/nanoseconds.h"
#include "text/civil.h"
#include "text/number.h"
#include "text/time_text.h"

enum {
  DECIMALS = 3,
  PREFIX_BYTES = 8,              /* cookie and length before what zlib wrote */
  MOST_BYTES = 64 * 1024 * 1024, /* more than 9 for each bucket up to INT64_MAX with 5 digits */
};

/* ns / (1000 * thousandth_ns), with three decimals. */
static void put_thousandths(struct buffer *out, int64_t ns, int64_t thousandth_ns)
{
  int64_t x = floor_div(ns, thousandth_ns) + (floor_mod(ns, thousandth_ns) >= thousandth_ns / 2);
  uint64_t size = x < 0 ? -(uint64_t)x : (uint64_t)x;
  buffer_printf(out, "%s%" PRIu64 ".%03u", x < 0 ? "-" : "", size / 1000, (unsigned)(size % 1000));
}

void hlog_start(struct buffer *out, int64_t start_ns)
{
  char text[TIME_TEXT_ROOM];
  size_t n = timestamp_print(floor_div(start_ns, NS_PER_US), 0, text);
  buffer_add(out, SLICE("#[Histogram log format version 1.3]\n#[StartTime: "));
  put_thousandths(out, start_ns, NS_PER_MS);
  buffer_printf(out, " (seconds since epoch), %.*s UTC]\n#[BaseTime: ", (int)n, text);
  put_thousandths(out, start_ns, NS_PER_MS);
  buffer_add(out, SLICE(" (seconds since epoch)]\n\"StartTimestamp\",\"Interval_Length\","
                        "\"Interval_Max\",\"Interval_Compressed_Histogram\"\n"));
}

static void put_compressed(struct buffer *out, struct slice encoded)
{
  uLongf n = compressBound((uLong)encoded.n);
  char *p = buffer_room(out, PREFIX_BYTES + n) + PREFIX_BYTES;
  if (compress2((Bytef *)p, &n, (const Bytef *)encoded.p, (uLong)encoded.n, Z_BEST_COMPRESSION) !=
      Z_OK)
    mem_exhausted(encoded.n); /* there is room: nothing else can fail */
  encoding_put(out, HIST_COMPRESSED_COOKIE, 4);
  encoding_put(out, n, 4);
  out->n += n;
}

void hlog_add(struct buffer *out, const struct hlog_interval *interval, struct slice encoded)
{
  struct buffer compressed = {0};
  put_compressed(&compressed, encoded);
  buffer_printf(out, "Tag=%.*s,", SLICE_PRINT(interval->tag));
  put_thousandths(out, interval->start_ns, NS_PER_MS);
  buffer_put(out, ',');
  put_thousandths(out, interval->length_ns, NS_PER_MS);
  buffer_put(out, ',');
  put_thousandths(out, interval->max_ns, NS_PER_US);
  buffer_put(out, ',');
  base64_put(out, (struct slice){compressed.p, compressed.n});
  buffer_put(out, '\n');
  buffer_free(&compressed);
}

/* Takes the field before the next comma; what is behind stays in `rest`. */
static bool take_field(struct slice *rest, struct slice *field)
{
  const char *comma = rest->n != 0 ? memchr(rest->p, ',', rest->n) : NULL;
  if (comma == NULL)
    return false;
  *field = (struct slice){rest->p, (size_t)(comma - rest->p)};
  *rest = (struct slice){comma + 1, rest->n - field->n - 1};
  return true;
}

static bool take_thousandths(struct slice *rest, int64_t thousandth_ns, int64_t *ns)
{
  struct slice field;
  struct number_plain x;
  if (!take_field(rest, &field) ||
      number_scan_plain(field.p, field.p + field.n, &x) != field.p + field.n ||
      x.decimals != DECIMALS)
    return false;
  int64_t most = INT64_MAX / thousandth_ns; /* which may have been rounded up */
  *ns = x.value <= (uint64_t)most ? (int64_t)x.value * thousandth_ns : INT64_MAX;
  if (x.negative)
    *ns = -*ns;
  return true;
}

static bool take_tag(struct slice *rest, struct slice *tag)
{
  static const char prefix[] = "Tag=";
  const size_t n = sizeof prefix - 1;
  if (!take_field(rest, tag) || tag->n < n || memcmp(tag->p, prefix, n) != 0)
    return false;
  *tag = (struct slice){tag->p + n, tag->n - n};
  return true;
}

/* Grows `out` until all fits; the encoding says nowhere how long it is. */
static bool inflate_all(struct slice compressed, struct buffer *out)
{
  for (size_t room = 4096; room <= MOST_BYTES; room *= 4) {
    uLongf n = (uLongf)room;
    Bytef *p = (Bytef *)buffer_room(out, room);
    int outcome = uncompress(p, &n, (const Bytef *)compressed.p, (uLong)compressed.n);
    if (outcome == Z_OK)
      out->n += n;
    if (outcome != Z_BUF_ERROR)
      return outcome == Z_OK;
  }
  return false;
}

static bool read_compressed(struct slice text, struct buffer *out)
{
  struct arena arena = {0};
  struct slice raw;
  bool good = base64_take(text, &arena, &raw) && raw.n > PREFIX_BYTES &&
              encoding_get(raw.p, 4) == HIST_COMPRESSED_COOKIE &&
              encoding_get(raw.p + 4, 4) == raw.n - PREFIX_BYTES &&
              inflate_all((struct slice){raw.p + PREFIX_BYTES, raw.n - PREFIX_BYTES}, out);
  arena_free(&arena);
  return good;
}

bool hlog_read(struct slice line, struct hlog_interval *interval, struct buffer *encoded,
               struct error *err)
{
  struct slice rest = slice_trim(line);
  if (take_tag(&rest, &interval->tag) && take_thousandths(&rest, NS_PER_MS, &interval->start_ns) &&
      take_thousandths(&rest, NS_PER_MS, &interval->length_ns) &&
      take_thousandths(&rest, NS_PER_US, &interval->max_ns) && read_compressed(rest, encoded))
    return true;
  return error_set(err, ERR_DATA,
                   "no line 'Tag=NAME,start,length,max,histogram' of a histogram log");
}
