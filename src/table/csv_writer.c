/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_writer.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/civil.h"
#include "text/decimal.h"
#include "text/hundredths.h"
#include "text/number.h"
#include "text/time_pattern.h"
#include "text/time_text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The last text of a column of times, quoted as it was written: rows repeat their times, or stay
 * within a day. */
struct last_text {
  bool valid;
  int64_t micros;
  size_t at, n;      /* in `texts` */
  int64_t day_start; /* local; the text of its times of day is at `time_at` */
  size_t time_at;
};

struct csv_writer {
  const struct schema *schema;
  const struct csv_write_options *options;
  int64_t zone_offset_us;
  unsigned char escape_escape;
  bool plain_numbers;      /* no number or default time holds a character that has to be quoted */
  unsigned char kind[256]; /* of each byte, bits below */
  struct time_pattern *timestamp_pattern, *date_pattern;
  struct buffer time; /* room for a time's text before it is quoted */
  struct last_text *last;
  struct buffer texts;
  struct writing *writing; /* of the batch under way */
  struct arena arena;
};

enum { BYTE_TRIGGER = 1, BYTE_QUOTE_OR_ESCAPE = 2, BYTE_BLANK = 4, BYTE_SEPARATOR = 8 };

/* --- one value (univocity's CsvWriter) ------------------------------------------------------- */

static bool separator_at(const struct csv_writer *w, struct slice text, size_t i)
{
  struct slice separator = w->options->separator;
  return i + separator.n <= text.n && memcmp(text.p + i, separator.p, separator.n) == 0;
}

static unsigned kind_of(const struct csv_writer *w, char c)
{
  return w->kind[(unsigned char)c];
}

static bool is_trigger(const struct csv_writer *w, struct slice text, size_t i)
{
  unsigned kind = kind_of(w, text.p[i]);
  return (kind & BYTE_TRIGGER) != 0 || ((kind & BYTE_SEPARATOR) != 0 && separator_at(w, text, i));
}

static bool needs_quotes(const struct csv_writer *w, struct slice text, size_t from)
{
  for (size_t i = from; i < text.n; i++)
    if (is_trigger(w, text, i))
      return true;
  return false;
}

/* With the line separator in place of LF (univocity "denormalizes" line ends within values). */
static void put_char(const struct csv_writer *w, char c, struct buffer *out)
{
  if (c == '\n')
    buffer_add(out, w->options->line_separator);
  else
    buffer_put(out, c);
}

static void put_escaped(const struct csv_writer *w, struct slice text, struct buffer *out)
{
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == w->options->quote)
      buffer_put(out, w->options->escape);
    else if (text.p[i] == w->options->escape && w->escape_escape != 0)
      buffer_put(out, (char)w->escape_escape);
    put_char(w, text.p[i], out);
  }
}

/* Drops blanks behind `start` at the end of what was written. */
static void trim_end(const struct csv_writer *w, struct slice text, size_t start,
                     struct buffer *out)
{
  if (!w->options->ignore_trailing_blanks || text.n == 0 ||
      !(kind_of(w, text.p[text.n - 1]) & BYTE_BLANK))
    return;
  while (out->n > start && (kind_of(w, out->p[out->n - 1]) & BYTE_BLANK))
    out->n--;
}

/* Writes the text without its quotes and tells whether it has to stand in quotes. `constant`: it
 * is the null or the empty value, which may bring its own. */
static bool put_content(const struct csv_writer *w, struct slice text, bool first, bool quoted,
                        bool constant, struct buffer *out)
{
  const struct csv_write_options *options = w->options;
  size_t start = out->n, i = 0;
  while (options->ignore_leading_blanks && i < text.n && (kind_of(w, text.p[i]) & BYTE_BLANK))
    i++;
  if (i < text.n && (text.p[i] == options->quote || (first && text.p[0] == options->comment)))
    quoted = true;
  if (quoted && constant && text.n >= 2 && text.p[0] == options->quote &&
      text.p[text.n - 1] == options->quote) {
    buffer_add(out, text);
    return false;
  }
  for (; !quoted && i < text.n; i++) {
    if (is_trigger(w, text, i) ||
        ((kind_of(w, text.p[i]) & BYTE_QUOTE_OR_ESCAPE) && needs_quotes(w, text, i)))
      quoted = true;
    else if (kind_of(w, text.p[i]) & BYTE_QUOTE_OR_ESCAPE)
      break;
    else
      put_char(w, text.p[i], out);
    if (quoted)
      break;
  }
  struct slice rest = {text.p + i, text.n - i};
  if (quoted)
    put_escaped(w, rest, out);
  else
    for (size_t k = 0; k < rest.n; k++)
      put_char(w, rest.p[k], out);
  trim_end(w, rest.n != 0 ? rest : text, start, out);
  return quoted;
}

/* A value of which nothing is left after trimming is written as the empty value. (Where quotes were
 * put around blanks that only ignoreTrailingWhiteSpace took away, nothing is between them.) */
static void put_value(const struct csv_writer *w, struct slice text, bool first, bool constant,
                      struct buffer *out)
{
  const struct csv_write_options *options = w->options;
  size_t start = out->n;
  buffer_put(out, options->quote);
  bool quoted = put_content(w, text, first, options->quote_all, constant, out);
  if (out->n == start + 1 && !constant && (!quoted || options->ignore_leading_blanks))
    quoted = put_content(w, options->empty_value, first, quoted, true, out);
  if (quoted) {
    buffer_put(out, options->quote);
    return;
  }
  memmove(out->p + start, out->p + start + 1, out->n - start - 1);
  out->n--;
}

static void put_null(const struct csv_writer *w, bool first, struct buffer *out)
{
  if (w->options->null_value.n != 0 || w->options->quote_all)
    put_value(w, w->options->null_value, first, true, out);
}

static void put_text(const struct csv_writer *w, struct slice text, bool first, struct buffer *out)
{
  if (text.n == 0)
    put_value(w, w->options->empty_value, first, true, out);
  else
    put_value(w, text, first, false, out);
}

/* --- texts that need nothing ----------------------------------------------------------------- */

#if defined(__SSE2__)
/* What a text must not hold, sixteen times each. */
struct needles {
  __m128i separator, quote, escape, lf, cr; /* the separator's first byte */
};

static inline struct needles needles_of(const struct csv_writer *w)
{
  const struct csv_write_options *options = w->options;
  return (struct needles){_mm_set1_epi8(options->separator.p[0]), _mm_set1_epi8(options->quote),
                          _mm_set1_epi8(options->escape), _mm_set1_epi8('\n'), _mm_set1_epi8('\r')};
}

/* Bytes that are not zero are needles. */
static inline __m128i match(__m128i v, const struct needles *n)
{
  __m128i line = _mm_or_si128(_mm_cmpeq_epi8(v, n->lf), _mm_cmpeq_epi8(v, n->cr));
  __m128i quote = _mm_or_si128(_mm_cmpeq_epi8(v, n->quote), _mm_cmpeq_epi8(v, n->escape));
  return _mm_or_si128(_mm_or_si128(line, quote), _mm_cmpeq_epi8(v, n->separator));
}

static inline __m128i load_16(const char *p)
{
  return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline __m128i load_8(const char *p)
{
  return _mm_loadl_epi64((const __m128i *)(const void *)p);
}

/* Loads overlap where the length is no multiple of theirs. */
static inline __attribute__((always_inline)) bool
has_special(const struct csv_writer *w, const struct needles *needles, struct slice text)
{
  __m128i hit;
  if (text.n >= 16) {
    hit = _mm_or_si128(match(load_16(text.p), needles),
                       match(load_16(text.p + text.n - 16), needles));
    for (size_t i = 16; i + 16 < text.n; i += 16)
      hit = _mm_or_si128(hit, match(load_16(text.p + i), needles));
  } else if (text.n >= 8) {
    hit = match(_mm_unpacklo_epi64(load_8(text.p), load_8(text.p + text.n - 8)), needles);
  } else {
    unsigned kinds = 0;
    for (size_t i = 0; i < text.n; i++)
      kinds |= kind_of(w, text.p[i]);
    return (kinds & ~(unsigned)BYTE_BLANK) != 0;
  }
  return _mm_movemask_epi8(hit) != 0;
}
#else
struct needles {
  char none;
};

static inline struct needles needles_of(const struct csv_writer *w)
{
  (void)w;
  return (struct needles){0};
}

static inline bool has_special(const struct csv_writer *w, const struct needles *needles,
                               struct slice text)
{
  unsigned kinds = 0;
  (void)needles;
  for (size_t i = 0; i < text.n; i++)
    kinds |= kind_of(w, text.p[i]);
  return (kinds & ~(unsigned)BYTE_BLANK) != 0;
}
#endif

static inline __attribute__((always_inline)) bool
is_plain(const struct csv_writer *w, const struct needles *needles, struct slice text, bool first)
{
  return text.n != 0 && !w->options->quote_all &&
         !((kind_of(w, text.p[0]) | kind_of(w, text.p[text.n - 1])) & BYTE_BLANK) &&
         !(first && text.p[0] == w->options->comment) && !has_special(w, needles, text);
}

/* memcpy() without a call for the lengths that names and times have: two copies that overlap.
 * Returns the end. */
static inline char *copy_short(char *to, struct slice text)
{
  if (text.n >= 16 && text.n <= 32) {
    memcpy(to, text.p, 16);
    memcpy(to + text.n - 16, text.p + text.n - 16, 16);
  } else if (text.n >= 8 && text.n < 16) {
    memcpy(to, text.p, 8);
    memcpy(to + text.n - 8, text.p + text.n - 8, 8);
  } else {
    memcpy(to, text.p, text.n);
  }
  return to + text.n;
}

static inline void put_short(struct slice text, struct buffer *out)
{
  copy_short(buffer_room(out, text.n), text);
  out->n += text.n;
}

static inline void put_string(const struct csv_writer *w, struct slice text, bool first,
                              struct buffer *out)
{
  struct needles needles = needles_of(w);
  if (is_plain(w, &needles, text, first))
    put_short(text, out);
  else
    put_text(w, text, first, out);
}

/* --- typed values ---------------------------------------------------------------------------- */

static size_t print_date(const struct csv_writer *w, int32_t days, char *out)
{
  if (w->date_pattern == NULL)
    return date_print(days, out);
  return time_pattern_print(w->date_pattern, (int64_t)days * MICROS_PER_DAY, 0, out);
}

static size_t print_timestamp(const struct csv_writer *w, int64_t micros, char *out)
{
  if (w->timestamp_pattern == NULL)
    return timestamp_print_iso(micros, w->zone_offset_us, out);
  return time_pattern_print(w->timestamp_pattern, micros, w->zone_offset_us, out);
}

enum { VALUE_ROOM = 2 * TIME_TEXT_ROOM };

/* The text of a value that is neither a string nor null. */
static size_t print_value(const struct csv_writer *w, const struct column *c, size_t i, char *out)
{
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    memcpy(out, c->boolean[i] ? "true" : "false", 5);
    return c->boolean[i] ? 4 : 5;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return number_print_int(c->i32[i], out);
  case TYPE_BIGINT:
    return number_print_int(c->i64[i], out);
  case TYPE_DECIMAL:
    return decimal_print((struct decimal){c->decimal[i], c->type.scale}, out);
  case TYPE_FLOAT:
    return number_print_float(c->f32[i], out);
  case TYPE_DOUBLE:
    return number_print_double(c->f64[i], out);
  case TYPE_DATE:
    return print_date(w, c->i32[i], out);
  case TYPE_TIMESTAMP:
    return print_timestamp(w, c->i64[i], out);
  case TYPE_INTERVAL:
    return interval_print(c->i64[i], interval_first(c->type), interval_last(c->type), out);
  case TYPE_MONTHS:
    return interval_print(c->i32[i], interval_first(c->type), interval_last(c->type), out);
  default:
    return 0;
  }
}

static bool is_time(struct type type)
{
  return type.kind == TYPE_DATE || type.kind == TYPE_TIMESTAMP;
}

/* Times in a pattern of the user's may need quotes; the others do only with odd separators. */
static bool is_always_plain(const struct csv_writer *w, struct type type)
{
  if (type.kind == TYPE_TIMESTAMP && w->timestamp_pattern != NULL)
    return false;
  if (type.kind == TYPE_DATE && w->date_pattern != NULL)
    return false;
  return w->plain_numbers;
}

static void put_printed(struct csv_writer *w, const struct column *c, size_t i, bool first,
                        struct buffer *out)
{
  if (is_always_plain(w, c->type)) {
    out->n += print_value(w, c, i, buffer_room(out, VALUE_ROOM));
    return;
  }
  size_t n = print_value(w, c, i, w->time.p);
  put_string(w, (struct slice){w->time.p, n}, first, out);
}

static void set_two(char *to, unsigned value)
{
  to[0] = (char)('0' + value / 10);
  to[1] = (char)('0' + value % 10);
}

/* The text of the row before with another time of the same day: "..THH:mm:ss.SSS..". */
static void change_time_of_day(char *text, int64_t micros)
{
  unsigned millis = (unsigned)(micros / MICROS_PER_MILLI), seconds = millis / 1000;
  set_two(text, seconds / 3600);
  set_two(text + 3, seconds / 60 % 60);
  set_two(text + 6, seconds % 60);
  text[9] = (char)('0' + millis / 100 % 10);
  set_two(text + 10, millis % 100);
}

/* Fills in `last` for a timestamp in the default format, which needs no quotes; the calendar is
 * asked once a day. */
static void print_last_iso(struct csv_writer *w, struct last_text *last, int64_t micros)
{
  int64_t local, day_start;
  char *text = w->texts.p + last->at, *t;
  if (last->valid && !__builtin_add_overflow(micros, w->zone_offset_us, &local)) {
    day_start = (int64_t)((uint64_t)local - (uint64_t)last->day_start);
    if (day_start >= 0 && day_start < MICROS_PER_DAY) {
      change_time_of_day(text + last->time_at, day_start);
      last->micros = micros;
      return;
    }
  }
  last->n = timestamp_print_iso(micros, w->zone_offset_us, text);
  last->micros = micros;
  t = memchr(text, 'T', last->n);
  last->valid = t != NULL && !__builtin_add_overflow(micros, w->zone_offset_us, &local) &&
                local > INT64_MIN + MICROS_PER_DAY;
  if (last->valid) {
    last->time_at = (size_t)(t + 1 - text);
    last->day_start = local - floor_mod(local, MICROS_PER_DAY);
  }
}

/* The same, from the row before where that had the same time. */
static void put_time(struct csv_writer *w, const struct column *c, size_t i, size_t column,
                     struct buffer *out)
{
  struct last_text *last = &w->last[column];
  int64_t micros = c->type.kind == TYPE_DATE ? c->i32[i] : c->i64[i];
  if (c->type.kind == TYPE_TIMESTAMP && is_always_plain(w, c->type)) {
    if (!last->valid || last->micros != micros)
      print_last_iso(w, last, micros);
  } else if (!last->valid || last->micros != micros) {
    w->texts.n = last->at;
    put_printed(w, c, i, column == 0, &w->texts);
    *last = (struct last_text){.valid = true, .micros = micros, .at = last->at};
    last->n = w->texts.n - last->at;
  }
  put_short((struct slice){w->texts.p + last->at, last->n}, out);
}

static void put_field(struct csv_writer *w, const struct column *c, size_t row, size_t column,
                      struct buffer *out)
{
  size_t i = column_index(c, row);
  if (column_is_null(c, row))
    put_null(w, column == 0, out);
  else if (c->type.kind == TYPE_STRING)
    put_string(w, c->text[i], column == 0, out);
  else if (is_time(c->type))
    put_time(w, c, i, column, out);
  else
    put_printed(w, c, i, column == 0, out);
}

/* --- rows ------------------------------------------------------------------------------------ */

static inline void put_separator(const struct csv_writer *w, struct buffer *out)
{
  if (w->options->separator.n == 1)
    buffer_put(out, w->options->separator.p[0]);
  else
    buffer_add(out, w->options->separator);
}

/* A row that is nothing (a single null) is no line: univocity skips empty lines. */
static void end_line(const struct csv_writer *w, size_t start, struct buffer *out)
{
  struct slice end = w->options->line_separator;
  if (out->n > start && end.n == 1)
    buffer_put(out, end.p[0]);
  else if (out->n > start)
    buffer_add(out, end);
}

void csv_writer_header(struct csv_writer *w, struct buffer *out)
{
  size_t start = out->n;
  if (!w->options->header)
    return;
  for (size_t i = 0; i < w->schema->columns; i++) {
    if (i != 0)
      put_separator(w, out);
    put_text(w, w->schema->column[i].name, i == 0, out);
  }
  end_line(w, start, out);
}

/* How the fields of one column of a batch are written. */
enum way {
  WAY_FIELD,   /* each as it needs */
  WAY_TEXT,    /* all texts stand as they are, a null is nothing */
  WAY_DOUBLE,  /* numbers need no quotes, a null is nothing */
  WAY_PRINTED, /* so do other values */
};

struct writing {
  enum way way;
  const struct column *column;
  const uint8_t *null; /* the column's */
  size_t step;         /* & row: the element, of a constant the only one */
};

/* Whether all texts of the column are plain; *most: the bytes of the longest. Rows repeat their
 * texts, which are looked at once. */
static bool texts_are_plain(const struct csv_writer *w, const struct column *c, size_t rows,
                            bool first, size_t *most)
{
  const struct needles needles = needles_of(w);
  struct slice last = {NULL, 0};
  rows = c->constant ? 1 : rows;
  *most = 0;
  for (size_t i = 0; i < rows; i++) {
    struct slice text = c->text[i];
    if ((c->null != NULL && c->null[i]) || (text.p == last.p && text.n == last.n))
      continue;
    if (!is_plain(w, &needles, text, first))
      return false;
    last = text;
    *most = text.n > *most ? text.n : *most;
  }
  return true;
}

/* Chooses the way; *room: the bytes that it may write in a row. */
static enum way way_of(const struct csv_writer *w, const struct column *c, size_t rows, bool first,
                       size_t *room)
{
  bool nulls = c->null != NULL && (w->options->null_value.n != 0 || w->options->quote_all);
  *room = 0;
  if (nulls || is_time(c->type) || c->type.kind == TYPE_NULL)
    return WAY_FIELD;
  if (c->type.kind == TYPE_STRING)
    return texts_are_plain(w, c, rows, first, room) ? WAY_TEXT : WAY_FIELD;
  *room = VALUE_ROOM;
  if (!is_always_plain(w, c->type))
    return WAY_FIELD;
  return c->type.kind == TYPE_DOUBLE ? WAY_DOUBLE : WAY_PRINTED;
}

/* One row, field by field; `room` is enough for all that are not WAY_FIELD. `byte`: the separator
 * and the line end are one byte each. */
static inline __attribute__((always_inline)) void put_row(struct csv_writer *w,
                                                          const struct writing *field,
                                                          size_t fields, size_t row, size_t room,
                                                          bool byte, struct buffer *out)
{
  const struct slice separator = w->options->separator;
  const char separator_byte = *separator.p;
  size_t start = out->n;
  char *o = buffer_room(out, room);
  for (size_t k = 0; k < fields; k++) {
    const struct writing *f = &field[k];
    size_t i = row & f->step;
    if (k != 0 && byte)
      *o++ = separator_byte;
    else if (k != 0)
      o = copy_short(o, separator);
    if (f->way == WAY_FIELD) {
      out->n = (size_t)(o - out->p);
      put_field(w, f->column, row, k, out);
      o = buffer_room(out, room);
    } else if (f->null == NULL || !f->null[i]) {
      if (f->way == WAY_TEXT)
        o = copy_short(o, f->column->text[i]);
      else if (f->way == WAY_DOUBLE)
        o += number_write_double(f->column->f64[i], o);
      else
        o += print_value(w, f->column, i, o);
    }
  }
  out->n = (size_t)(o - out->p);
  if (!byte)
    end_line(w, start, out);
  else if (out->n > start)
    out->p[out->n++] = *w->options->line_separator.p;
}

void csv_writer_rows(struct csv_writer *w, const struct batch *batch, struct buffer *out)
{
  size_t room = 1, most;
  struct writing *field = w->writing;
  for (size_t i = 0; i < batch->columns; i++) {
    const struct column *c = &batch->column[i];
    enum way way = way_of(w, c, batch->rows, i == 0, &most);
    field[i] = (struct writing){way, c, c->null, c->constant ? 0 : SIZE_MAX};
    room += most + w->options->separator.n;
  }
  if (w->options->separator.n == 1 && w->options->line_separator.n == 1)
    for (size_t row = 0; row < batch->rows; row++)
      put_row(w, field, batch->columns, row, room, true, out);
  else
    for (size_t row = 0; row < batch->rows; row++)
      put_row(w, field, batch->columns, row, room, false, out);
}

/* --- making ---------------------------------------------------------------------------------- */

static void mark_bytes(struct csv_writer *w)
{
  const struct csv_write_options *options = w->options;
  for (unsigned c = 0; c <= ' '; c++)
    w->kind[c] |= BYTE_BLANK;
  w->kind['\n'] |= BYTE_TRIGGER;
  w->kind['\r'] |= BYTE_TRIGGER;
  w->kind[(unsigned char)options->separator.p[0]] |= BYTE_SEPARATOR;
  w->kind[(unsigned char)options->quote] |= BYTE_QUOTE_OR_ESCAPE;
  w->kind[(unsigned char)options->escape] |= BYTE_QUOTE_OR_ESCAPE;
  if (options->escape_quotes)
    w->kind[(unsigned char)options->quote] |= BYTE_TRIGGER;
}

static bool numbers_are_plain(const struct csv_writer *w)
{
  static const char in_numbers[] = "0123456789+-.:ETZINFabcdefghijklmnopqrstuvwxyz";
  for (const char *p = in_numbers; *p != '\0'; p++)
    if (*p == w->options->comment || (kind_of(w, *p) & ~(unsigned)BYTE_BLANK))
      return false;
  return !w->options->quote_all;
}

bool csv_writer_takes(struct type type)
{
  return type.kind != TYPE_NULL && type.items == 0;
}

static bool compile(struct csv_writer *w, struct slice format, struct time_pattern **out,
                    struct error *err)
{
  if (format.n == 0)
    return true;
  *out = time_pattern_compile(format, TIME_PATTERN_PRINT, &w->arena, err);
  if (*out == NULL)
    return false;
  buffer_room(&w->time, time_pattern_room(*out));
  return true;
}

/* Every time column has a place in `texts` for its last text, quoted at worst. */
static void place_times(struct csv_writer *w)
{
  size_t room = 3 * w->time.capacity + 8;
  w->last = arena_zero(&w->arena, w->schema->columns + 1, sizeof *w->last);
  for (size_t i = 0; i < w->schema->columns; i++)
    w->last[i].at = i * room;
  buffer_room(&w->texts, (w->schema->columns + 1) * room);
}

struct csv_writer *csv_writer_new(const struct schema *schema,
                                  const struct csv_write_options *options, int64_t zone_offset_us,
                                  struct error *err)
{
  char name[128];
  for (size_t i = 0; i < schema->columns; i++)
    if (!csv_writer_takes(schema->column[i].type)) {
      error_set(err, ERR_TYPE, "column '%.*s': CSV cannot hold %s",
                SLICE_PRINT(schema->column[i].name),
                type_name(schema->column[i].type, name, sizeof name));
      return NULL;
    }
  struct csv_writer *w = mem_new(1, sizeof *w);
  w->schema = schema;
  w->options = options;
  w->zone_offset_us = zone_offset_us;
  if (options->escape_escape != 0)
    w->escape_escape = (unsigned char)options->escape_escape;
  else if (options->quote != options->escape)
    w->escape_escape = (unsigned char)options->escape;
  mark_bytes(w);
  w->plain_numbers = numbers_are_plain(w);
  buffer_room(&w->time, VALUE_ROOM);
  if (!compile(w, options->timestamp_format, &w->timestamp_pattern, err) ||
      !compile(w, options->date_format, &w->date_pattern, err)) {
    csv_writer_free(w);
    return NULL;
  }
  place_times(w);
  w->writing = arena_take(&w->arena, schema->columns, sizeof *w->writing);
  return w;
}

void csv_writer_free(struct csv_writer *w)
{
  if (w == NULL)
    return;
  buffer_free(&w->time);
  buffer_free(&w->texts);
  arena_free(&w->arena);
  free(w);
}
