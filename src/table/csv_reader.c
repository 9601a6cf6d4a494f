/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_reader.h"

#include <inttypes.h>
#include <stdlib.h>

#include "table/csv_block.h"
#include "table/csv_convert.h"
#include "table/csv_reader_internal.h"
#include "table/csv_record.h"

/* A block and its index fit the second level of a processor's cache. */
enum { BLOCK = 256 * 1024 };

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
};

/* --- opening --------------------------------------------------------------------------------- */

static bool is_wanted(const bool *wanted, size_t column)
{
  return wanted == NULL || wanted[column];
}

static bool want_record(struct csv_reader *r, size_t column, struct error *err)
{
  if (r->schema->column[column].type.kind != TYPE_STRING)
    return error_set(err, ERR_TYPE,
                     "column '%.*s' takes the text of malformed rows: make it a STRING",
                     SLICE_PRINT(r->schema->column[column].name));
  r->record = arena_take(&r->arena, BATCH_ROWS, sizeof *r->record);
  r->record_null = arena_take(&r->arena, BATCH_ROWS, 1);
  r->record_output = r->columns++;
  return true;
}

static bool want_columns(struct csv_reader *r, const bool *wanted, int64_t zone_offset_us,
                         struct error *err)
{
  const struct schema *schema = r->schema;
  int corrupt = schema_find(schema, r->options.corrupt_record_column);
  r->reading = arena_take(&r->arena, schema->columns, sizeof *r->reading);
  r->column = arena_zero(&r->arena, schema->columns, sizeof *r->column);
  r->selected = arena_zero(&r->arena, schema->columns, sizeof *r->selected);
  for (size_t i = 0; i < schema->columns; i++) {
    size_t field = r->fields;
    if ((int)i == corrupt) {
      if (is_wanted(wanted, i) && !want_record(r, i, err))
        return false;
      continue;
    }
    r->fields++;
    if (!is_wanted(wanted, i))
      continue;
    struct reading *reading = &r->reading[r->readings++];
    *reading = (struct reading){.field = field, .output = r->columns++};
    reading->converter = csv_converter_new(schema->column[i].name, schema->column[i].type,
                                           &r->options, zone_offset_us, &r->arena, err);
    if (reading->converter == NULL)
      return false;
    reading->cell = csv_converter_cells(reading->converter);
    r->selected[field] = true;
  }
  if (r->record != NULL && r->readings == 0)
    return error_set(
        err, ERR_UNSUPPORTED,
        "a query cannot read column '%.*s' alone (nor can Spark); read another one too",
        SLICE_PRINT(r->options.corrupt_record_column));
  return true;
}

/* UnivocityParser: fields are counted where all columns are read, or the input is a stream
 * (SPARK-46862); else only the columns that are read can make a row malformed. */
static void settle(struct csv_reader *r)
{
  bool pruned = r->readings < r->fields && !r->options.multi_line;
  r->count_fields = !pruned;
  if (!pruned)
    r->selected = NULL;
  csv_dialect_of(&r->dialect, &r->options);
  r->scanner = (struct csv_scanner){.dialect = &r->dialect, .columns = r->fields};
  r->short_way = r->options.separator.n == 1 && !r->options.ignore_leading_blanks &&
                 !r->options.ignore_trailing_blanks;
  r->needles = (struct csv_needles){
      .separator = (unsigned char)r->options.separator.p[0],
      .quote = (unsigned char)r->options.quote,
      .crlf = !r->options.multi_line,
  };
  r->first = true;
}

struct csv_reader *csv_reader_open_tuned(const char *path, const struct schema *schema,
                                         const bool *wanted, const struct csv_read_options *options,
                                         int64_t zone_offset_us, struct csv_tuning tuning,
                                         struct error *err)
{
  struct csv_reader *r = mem_new(1, sizeof *r);
  r->options = *options;
  r->schema = schema;
  r->kernel = tuning.kernel;
  r->block.fd = -1;
  path = arena_copy(&r->arena, path, strlen(path));
  if (!want_columns(r, wanted, zone_offset_us, err) ||
      !csv_block_open(&r->block, path, tuning.block, err)) {
    csv_reader_close(r);
    return NULL;
  }
  settle(r);
  return r;
}

struct csv_reader *csv_reader_open(const char *path, const struct schema *schema,
                                   const bool *wanted, const struct csv_read_options *options,
                                   int64_t zone_offset_us, struct error *err)
{
  struct csv_tuning tuning = {BLOCK, CSV_KERNEL_BEST};
  return csv_reader_open_tuned(path, schema, wanted, options, zone_offset_us, tuning, err);
}

void csv_reader_close(struct csv_reader *r)
{
  if (r == NULL)
    return;
  csv_block_close(&r->block);
  csv_index_free(&r->index);
  csv_scanner_free(&r->scanner);
  arena_free(&r->arena);
  arena_free(&r->texts);
  free(r);
}

/* --- lines ----------------------------------------------------------------------------------- */

static const char *unused(const struct csv_reader *r)
{
  return r->block.text + r->block.used;
}

static const char *text_end(const struct csv_reader *r)
{
  return r->block.text + r->block.end;
}

static void use_up_to(struct csv_reader *r, const char *p)
{
  r->block.used = (size_t)(p - r->block.text);
}

/* Where the last line that is all there ends: behind its LF; behind a CR without LF if there is no
 * LF; at the end of the file. */
static const char *whole_lines_end(const struct csv_reader *r)
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
static struct slice line_at(const char *p, const char *end, const char **behind)
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
static bool is_blank(struct slice line)
{
  for (size_t i = 0; i < line.n; i++)
    if ((unsigned char)line.p[i] > ' ')
      return false;
  return true;
}

static bool is_comment(const struct csv_reader *r, struct slice line)
{
  return r->options.comment != 0 && line.n != 0 && line.p[0] == r->options.comment;
}

static bool fail_at_line(const struct csv_reader *r, uint64_t line, struct error *err,
                         const char *what)
{
  return error_at(err, ERR_DATA, r->block.path, line > UINT32_MAX ? 0 : (uint32_t)line, 0, "%s",
                  what);
}

/* Scans a record; *done says that it was there in whole. */
static bool scan(struct csv_reader *r, const char **p, const char *end, bool final,
                 enum csv_scan *found, struct error *err)
{
  r->scanner.selected = r->first ? NULL : r->selected;
  *found = csv_scan(&r->scanner, p, end, final);
  if (*found == CSV_SCAN_RECORD)
    r->first = false;
  return *found != CSV_SCAN_TOO_MANY ||
         fail_at_line(r, r->line + 1, err,
                      "a record has more than 20480 fields, at which Spark stops");
}

/* --- rows ------------------------------------------------------------------------------------ */

static void begin_row(struct csv_reader *r, struct slice record)
{
  r->row_line[r->rows] = r->line + 1;
  if (r->record != NULL)
    r->record[r->rows] = record;
  r->first = false;
}

static void end_row(struct csv_reader *r, size_t fields)
{
  bool bad = r->count_fields && fields != r->fields;
  r->any_bad |= bad;
  r->bad[r->rows++] = bad;
}

/* The scanner's fields become a row; their bytes move, for the scanner will use its own again. */
static void add_scanned(struct csv_reader *r, struct slice record)
{
  begin_row(r, record);
  for (size_t k = 0; k < r->readings; k++) {
    struct slice text = r->options.null_value;
    if (r->reading[k].field < r->scanner.fields)
      text = csv_scanner_field(&r->scanner, r->reading[k].field);
    if (text.p != r->options.null_value.p)
      text.p = arena_copy(&r->texts, text.p, text.n);
    r->reading[k].cell[r->rows] = text;
  }
  r->high = true;
  end_row(r, r->scanner.fields);
}

/* The fields between the marks `first` .. `last` - 1 of the index; `base` is its text. */
static void add_marked(struct csv_reader *r, const char *base, size_t first, size_t last,
                       struct slice line)
{
  const uint32_t *mark = r->index.mark + first;
  size_t fields = last - first + 1;
  begin_row(r, line);
  for (size_t k = 0; k < r->readings; k++) {
    size_t field = r->reading[k].field;
    struct slice *cell = &r->reading[k].cell[r->rows];
    if (field >= fields) {
      *cell = r->options.null_value;
      continue;
    }
    const char *start = field == 0 ? line.p : base + mark[field - 1] + 1;
    const char *end = field + 1 == fields ? line.p + line.n : base + mark[field];
    *cell = start != end ? (struct slice){start, (size_t)(end - start)} : r->options.null_value;
  }
  end_row(r, fields);
}

/* Takes the line at the front of the block, character by character. */
static bool take_line(struct csv_reader *r, const char *end, struct error *err)
{
  const char *behind, *p;
  struct slice line = line_at(unused(r), end, &behind);
  enum csv_scan found;
  if (!is_blank(line) && !is_comment(r, line)) {
    p = line.p;
    if (r->readings != 0 && !scan(r, &p, line.p + line.n, true, &found, err))
      return false;
    add_scanned(r, line);
  }
  r->line++;
  use_up_to(r, behind);
  return true;
}

static uint64_t count_line_ends(const char *p, const char *end)
{
  uint64_t count = 0;
  for (; p < end; p++)
    count += *p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'));
  return count;
}

/* Takes the record at the front of a stream; *more says that it goes on behind the block. */
static bool take_record(struct csv_reader *r, bool *more, struct error *err)
{
  const char *start = unused(r), *p = start;
  enum csv_scan found;
  if (!scan(r, &p, text_end(r), r->block.at_eof, &found, err))
    return false;
  *more = found == CSV_SCAN_MORE;
  if (*more)
    return true;
  if (found == CSV_SCAN_RECORD)
    add_scanned(r, (struct slice){start, (size_t)(p - start)});
  r->line += count_line_ends(start, p);
  use_up_to(r, p);
  return true;
}

/* --- batches --------------------------------------------------------------------------------- */

/* Takes rows one by one until the batch is full or the text up to `end` is used up. */
static bool fill_long(struct csv_reader *r, const char *end, struct error *err)
{
  bool more = false;
  while (r->rows < BATCH_ROWS && unused(r) < end && !more)
    if (!(r->options.multi_line ? take_record(r, &more, err) : take_line(r, end, err)))
      return false;
  return true;
}

/* Whether the line is a record, and no comment: in a stream a line of blanks is one too, but left
 * to the long way. */
static bool starts_regular(const struct csv_reader *r, struct slice line)
{
  if (line.n == 0 || is_comment(r, line))
    return false;
  return (unsigned char)line.p[0] > ' ' || (!r->options.multi_line && !is_blank(line));
}

/* The same with the help of the index: lines without anything special go the short way. */
static bool fill_short(struct csv_reader *r, const char *end, struct error *err)
{
  struct csv_index *index = &r->index;
  const char *base = unused(r);
  size_t first = 0, special = 0;
  bool more = false;
  csv_index_build(index, base, (size_t)(end - base), BATCH_ROWS, r->needles, r->kernel);
  r->high |= index->high;
  for (size_t i = 0; i < index->lines && r->rows < BATCH_ROWS && !more; i++) {
    size_t last = index->line[i];
    const char *start = unused(r), *stop = base + index->mark[last];
    bool at_start = start == (i == 0 ? base : base + index->mark[first - 1] + 1);
    bool is_special = false;
    for (; special < index->specials && index->special[special] < index->mark[last]; special++)
      is_special = true;
    struct slice line = {start, (size_t)(stop - start)};
    if (at_start && !is_special && starts_regular(r, line)) {
      line.n -= r->needles.crlf && line.p[line.n - 1] == '\r';
      add_marked(r, base, first, last, line);
      r->line++;
      use_up_to(r, stop < end ? stop + 1 : end);
      if (last - first + 1 > CSV_MAX_FIELDS)
        return fail_at_line(r, r->line, err,
                            "a record has more than 20480 fields, at which Spark stops");
    } else {
      while (r->rows < BATCH_ROWS && unused(r) <= stop && unused(r) < end && !more)
        if (!(r->options.multi_line ? take_record(r, &more, err) : take_line(r, end, err)))
          return false;
    }
    first = last + 1;
  }
  return true;
}

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
    if (*found && !scan(r, &p, line.p + line.n, true, &scanned, err))
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
    if (!scan(r, &p, text_end(r), r->block.at_eof, &scanned, err))
      return false;
    if (scanned != CSV_SCAN_MORE) {
      r->line += count_line_ends(start, p);
      use_up_to(r, p);
    }
  }
  *found = scanned == CSV_SCAN_RECORD;
  return true;
}

static bool start(struct csv_reader *r, struct error *err)
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

/* Takes rows from the block, and blocks until there is a row. rows = 0: there is none. */
static bool fill(struct csv_reader *r, struct error *err)
{
  for (;;) {
    const char *end = r->options.multi_line && !r->short_way ? text_end(r) : whole_lines_end(r);
    if (!(r->short_way ? fill_short(r, end, err) : fill_long(r, end, err)))
      return false;
    if (r->rows != 0 || (r->block.at_eof && unused(r) == text_end(r)))
      return true;
    if (unused(r) < end && !r->options.multi_line)
      continue;
    if (!csv_block_refill(&r->block, r->line + 1, err))
      return false;
  }
}

/* --- handing on ------------------------------------------------------------------------------ */

/* scala.collection.immutable.StringLike.stripLineEnd; a form feed is a line end to it. */
static struct slice without_line_end(struct slice text)
{
  if (text.n != 0 && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\f')) {
    text.n--;
    if (text.n != 0 && text.p[text.n] == '\n' && text.p[text.n - 1] == '\r')
      text.n--;
  }
  return text;
}

/* _corrupt_record: the text of the malformed rows, null in the others. */
static void make_record_column(struct csv_reader *r)
{
  struct column *column = &r->column[r->record_output];
  *column = (struct column){.type = type_of(TYPE_STRING), .null = r->record_null};
  column->text = r->record;
  for (size_t i = 0; i < r->rows; i++) {
    bool bad = r->any_bad && r->bad[i];
    r->record_null[i] = !bad;
    if (bad)
      r->record[i] = csv_decode(without_line_end(r->record[i]), r->options.latin_1, &r->texts);
  }
}

static bool convert(struct csv_reader *r, struct error *err)
{
  for (size_t k = 0; k < r->readings; k++)
    r->any_bad |= csv_convert(r->reading[k].converter, r->rows, r->high, r->bad, &r->texts,
                              &r->column[r->reading[k].output]);
  if (r->record != NULL)
    make_record_column(r);
  for (size_t i = 0; r->any_bad && i < r->rows; i++) {
    if (r->bad[i] && r->options.mode == CSV_FAILFAST)
      return fail_at_line(
          r, r->row_line[i], err,
          "a malformed record: a field does not fit its column's type, or there are "
          "too few or too many; mode FAILFAST stops here");
    r->counts.malformed += r->bad[i];
  }
  return true;
}

/* Moves the rows that are kept to the front. */
static void drop_bad(struct csv_reader *r)
{
  for (size_t c = 0; c < r->columns; c++) {
    struct column *column = &r->column[c];
    size_t size = type_size(column->type), kept = 0;
    char *data = column->data;
    for (size_t i = 0; i < r->rows; i++) {
      if (r->bad[i])
        continue;
      memmove(data + kept * size, data + i * size, size);
      if (column->null != NULL)
        column->null[kept] = column->null[i];
      kept++;
    }
  }
  size_t kept = 0;
  for (size_t i = 0; i < r->rows; i++)
    kept += !r->bad[i];
  r->counts.dropped += r->rows - kept;
  r->rows = kept;
}

bool csv_reader_next(struct csv_reader *r, struct batch *out, struct error *err)
{
  *out = (struct batch){.columns = r->columns, .column = r->column};
  if (!r->started && !start(r, err))
    return false;
  do {
    r->rows = 0;
    r->any_bad = r->high = false;
    arena_reset(&r->texts);
    if (!fill(r, err))
      return false;
    if (r->rows == 0)
      return true;
    if (!convert(r, err))
      return false;
    if (r->any_bad && r->options.mode == CSV_DROPMALFORMED)
      drop_bad(r);
  } while (r->rows == 0);
  out->rows = r->rows;
  r->counts.rows += r->rows;
  return true;
}

const struct slice *csv_reader_header(struct csv_reader *r, size_t *count)
{
  *count = r->headers;
  return r->header;
}

const struct csv_counts *csv_reader_counts(const struct csv_reader *r)
{
  return &r->counts;
}
