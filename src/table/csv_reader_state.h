/* SPDX-License-Identifier: Apache-2.0 */
/* csv_reader_state.h - what the parts of the CSV reader share: its start, its rows, its lanes. */
#ifndef RETRIAL_TABLE_CSV_READER_STATE_H
#define RETRIAL_TABLE_CSV_READER_STATE_H

#include "table/csv_block.h"
#include "table/csv_convert.h"
#include "table/csv_reader_internal.h"
#include "table/csv_record.h"

/* A column that is read: the place of its field in a record, and of its column in the batch. */
struct reading {
  size_t field, output;
  struct slice *cell;
  struct csv_converter *converter;
};

struct csv_reader {
  struct csv_read_options options;
  const struct schema *schema;
  struct csv_block block;
  struct csv_index index;
  struct csv_needles needles;
  enum csv_kernel kernel;
  struct csv_dialect dialect;
  struct csv_scanner scanner;
  bool short_way; /* a line without quotes is split at its separators, and that is all */
  bool started;   /* the header is behind us */
  bool first;     /* no record was scanned yet */
  uint64_t line;  /* lines before block.used */

  size_t fields; /* that a record should have */
  bool count_fields;
  struct reading *reading;
  size_t readings;
  bool *selected; /* the fields that are read; NULL: all */

  size_t rows; /* of the batch */
  bool any_bad, high;
  uint8_t bad[BATCH_ROWS];
  uint64_t row_line[BATCH_ROWS];
  struct slice *record; /* each row's text, if _corrupt_record is wanted */
  size_t record_output;
  uint8_t *record_null;

  struct column *column;
  size_t columns;
  struct slice *header;
  size_t headers;
  struct csv_counts counts;
  struct arena arena, texts; /* as long as the reader; as long as a batch */

  /* For lanes: */
  const bool *wanted;
  int64_t zone_offset_us;
  size_t deal;      /* bytes of lines to be dealt at once; 0: not known yet */
  uint64_t settled; /* lines that were dealt and whose rows are taken */
  bool failed;      /* of a lane: csv_reader_next() gave an error */
};

/* Takes the byte order mark and the header (csv_start.c). */
bool csv_reader_start(struct csv_reader *r, struct error *err);

/* Scans a record at *p; *found says what it was. */
bool csv_reader_scan(struct csv_reader *r, const char **p, const char *end, bool final,
                     enum csv_scan *found, struct error *err);

/* A reader that has no file yet; NULL with an error. */
struct csv_reader *csv_reader_new(const char *path, const struct schema *schema, const bool *wanted,
                                  const struct csv_read_options *options, int64_t zone_offset_us,
                                  enum csv_kernel kernel, struct error *err);

static inline const char *unused(const struct csv_reader *r)
{
  return r->block.text + r->block.used;
}

static inline const char *text_end(const struct csv_reader *r)
{
  return r->block.text + r->block.end;
}

static inline void use_up_to(struct csv_reader *r, const char *p)
{
  r->block.used = (size_t)(p - r->block.text);
}

/* Where the last line that is all there ends: behind its LF; behind a CR without LF if there is no
 * LF; at the end of the file. */
static inline const char *whole_lines_end(const struct csv_reader *r)
{
  const char *first = unused(r), *end = text_end(r), *p;
  if (r->block.at_eof)
    return end;
  for (p = end; p > first; p--)
    if (p[-1] == '\n')
      return p;
  for (p = end - 1; p > first; p--)
    if (p[-1] == '\r')
      return p;
  return first;
}

/* The line at the front of the text up to `end`, without its LF, CR LF or CR, and what is behind
 * it (org.apache.hadoop.util.LineReader). */
static inline struct slice line_at(const char *p, const char *end, const char **behind)
{
  const char *q = p;
  while (q < end && *q != '\n' && *q != '\r')
    q++;
  *behind = q < end ? q + 1 : end;
  if (q + 1 < end && q[0] == '\r' && q[1] == '\n')
    *behind = q + 2;
  return (struct slice){p, (size_t)(q - p)};
}

/* java.lang.String.trim leaves nothing. */
static inline bool is_blank(struct slice line)
{
  for (size_t i = 0; i < line.n; i++)
    if ((unsigned char)line.p[i] > ' ')
      return false;
  return true;
}

static inline bool is_comment(const struct csv_reader *r, struct slice line)
{
  return r->options.comment != 0 && line.n != 0 && line.p[0] == r->options.comment;
}

static inline bool fail_at_line(const struct csv_reader *r, uint64_t line, struct error *err,
                                const char *what)
{
  return error_at(err, ERR_DATA, r->block.path, line > UINT32_MAX ? 0 : (uint32_t)line, 0, "%s",
                  what);
}

static inline uint64_t count_line_ends(const char *p, const char *end)
{
  uint64_t count = 0;
  for (; p < end; p++)
    count += *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'));
  return count;
}

#endif
