/* SPDX-License-Identifier: Apache-2.0 */
/* What stands before the first row: a byte order mark, the header; how the lines of a stream end.
 */
#include "table/csv_reader_state.h"

/* What univocity looks at for the first line end of a stream. */
enum { DETECTED_WITHIN = 1024 * 1024 };

/* Decides by the first line end of a stream, as univocity's LineSeparatorDetector does. */
static bool detect_line_end(struct csv_reader *r, struct error *err)
{
  unsigned char *line_end = r->dialect.line_end;
  size_t i = 0;
  for (;; i++) {
    while (r->block.used + i + 1 >= r->block.end && !r->block.at_eof)
      if (!csv_block_refill(&r->block, 1, err))
        return false;
    const char *p = unused(r) + i;
    if (p == text_end(r) || i == DETECTED_WITHIN || *p == '\n')
      return true;
    if (*p == '\r') {
      line_end[0] = '\r';
      line_end[1] = p + 1 < text_end(r) && p[1] == '\n' ? '\n' : 0;
      r->short_way = false;
      return true;
    }
  }
}

/* Hadoop drops it from the first line whatever the encoding, univocity from a stream of UTF-8. */
static bool skip_byte_order_mark(struct csv_reader *r, struct error *err)
{
  if (r->options.multi_line && r->options.latin_1)
    return true;
  while (!r->block.at_eof && r->block.end < 3)
    if (!csv_block_refill(&r->block, 1, err))
      return false;
  if (r->block.end >= 3 && memcmp(r->block.text, "\xef\xbb\xbf", 3) == 0)
    r->block.used = 3;
  return true;
}

/* CSVHeaderChecker; only what is read is compared. */
static bool check_header(struct csv_reader *r, struct error *err)
{
  size_t column = 0;
  if (r->options.enforce_schema)
    return true;
  if (r->count_fields && r->headers != r->fields)
    return error_at(err, ERR_DATA, r->block.path, (uint32_t)r->line, 0,
                    "CSV header does not conform to the schema: it has %zu columns instead of %zu",
                    r->headers, r->fields);
  for (size_t i = 0, field = 0; i < r->schema->columns; i++) {
    struct slice name = r->schema->column[i].name;
    if (slice_equal_nocase(name, r->options.corrupt_record_column))
      continue;
    column = field++;
    if (!r->count_fields && !r->selected[column])
      continue;
    struct slice found = column < r->headers ? r->header[column] : r->options.null_value;
    if (!slice_equal_nocase(name, found))
      return error_at(err, ERR_DATA, r->block.path, (uint32_t)r->line, 0,
                      "CSV header does not conform to the schema: column %zu is '%.*s' instead of "
                      "'%.*s'",
                      column + 1, SLICE_PRINT(found), SLICE_PRINT(name));
  }
  return true;
}

static void keep_header(struct csv_reader *r)
{
  r->headers = r->scanner.fields;
  r->header = arena_take(&r->arena, r->headers, sizeof *r->header);
  for (size_t i = 0; i < r->headers; i++) {
    struct slice name = csv_scanner_field(&r->scanner, i);
    name.p = arena_copy(&r->arena, name.p, name.n);
    r->header[i] = csv_decode(name, r->options.latin_1, &r->arena);
  }
}

/* The header of lines: the first that is neither blank nor a comment (CSVExprUtils.skipComments).
 * *found: it was there. */
static bool take_header_line(struct csv_reader *r, bool *found, struct error *err)
{
  const char *end = whole_lines_end(r), *behind, *p;
  enum csv_scan scanned;
  while (unused(r) < end && !*found) {
    struct slice line = line_at(unused(r), end, &behind);
    *found = !is_blank(line) && !is_comment(r, line);
    p = line.p;
    if (*found && !csv_reader_scan(r, &p, line.p + line.n, true, &scanned, err))
      return false;
    r->line++;
    use_up_to(r, behind);
  }
  return true;
}

static bool take_header_record(struct csv_reader *r, bool *found, struct error *err)
{
  enum csv_scan scanned = CSV_SCAN_NOTHING;
  while (unused(r) < text_end(r) && scanned == CSV_SCAN_NOTHING) {
    const char *start = unused(r), *p = start;
    if (!csv_reader_scan(r, &p, text_end(r), r->block.at_eof, &scanned, err))
      return false;
    if (scanned != CSV_SCAN_MORE) {
      r->line += count_line_ends(start, p);
      use_up_to(r, p);
    }
  }
  *found = scanned == CSV_SCAN_RECORD;
  return true;
}

bool csv_reader_start(struct csv_reader *r, struct error *err)
{
  bool found = false;
  r->started = true;
  if (!skip_byte_order_mark(r, err) || (r->options.multi_line && !detect_line_end(r, err)))
    return false;
  if (!r->options.header)
    return true;
  for (;;) {
    if (!(r->options.multi_line ? take_header_record(r, &found, err)
                                : take_header_line(r, &found, err)))
      return false;
    if (found) {
      keep_header(r);
      return check_header(r, err);
    }
    if (r->block.at_eof)
      return true;
    if (!csv_block_refill(&r->block, r->line + 1, err))
      return false;
  }
}
