/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_reader.h"

#include <inttypes.h>
#include <stdlib.h>

#include "table/csv_reader_state.h"

/* A block and its index fit the second level of a processor's cache. */
enum { BLOCK = 256 * 1024 };

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

/* A lineSep that means something else too, or within quotes, goes ways of its own in univocity. */
static bool check_line_end(const struct csv_reader *r, struct error *err)
{
  const struct csv_read_options *o = &r->options;
  char c = o->line_end;
  bool other = c == o->quote || c == o->escape || c == o->comment || c == o->escape_escape ||
               memchr(o->separator.p, c, o->separator.n) != NULL;
  if (c == 0 || (!other && !o->multi_line))
    return true;
  return error_at(err, ERR_UNSUPPORTED, r->block.path, 0, 0, "option lineSep is not supported %s",
                  other ? "with a character that another option gives a meaning"
                        : "together with multiLine");
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

struct csv_reader *csv_reader_new(const char *path, const struct schema *schema, const bool *wanted,
                                  const struct csv_read_options *options, int64_t zone_offset_us,
                                  enum csv_kernel kernel, struct error *err)
{
  struct csv_reader *r = mem_new(1, sizeof *r);
  r->options = *options;
  r->schema = schema;
  r->wanted = wanted;
  r->zone_offset_us = zone_offset_us;
  r->kernel = kernel;
  r->block = (struct csv_block){.fd = -1, .path = arena_copy(&r->arena, path, strlen(path))};
  if (!check_line_end(r, err) || !want_columns(r, wanted, zone_offset_us, err)) {
    csv_reader_close(r);
    return NULL;
  }
  settle(r);
  return r;
}

struct csv_reader *csv_reader_open_tuned(const char *path, const struct schema *schema,
                                         const bool *wanted, const struct csv_read_options *options,
                                         int64_t zone_offset_us, struct csv_tuning tuning,
                                         struct error *err)
{
  struct csv_reader *r =
      csv_reader_new(path, schema, wanted, options, zone_offset_us, tuning.kernel, err);
  if (r != NULL && !csv_block_open(&r->block, r->block.path, tuning.block, err)) {
    csv_reader_close(r);
    return NULL;
  }
  if (r != NULL)
    r->block.line_end = options->line_end;
  return r;
}

struct csv_reader *csv_reader_open(const char *path, const struct schema *schema,
                                   const bool *wanted, const struct csv_read_options *options,
                                   int64_t zone_offset_us, struct error *err)
{
  struct csv_tuning tuning = {BLOCK, CSV_KERNEL_BEST};
  return csv_reader_open_tuned(path, schema, wanted, options, zone_offset_us, tuning, err);
}

struct csv_reader *csv_reader_follow(struct growing *growing, const char *path,
                                     const struct schema *schema, const bool *wanted,
                                     const struct csv_read_options *options, int64_t zone_offset_us,
                                     struct error *err)
{
  struct csv_reader *r =
      csv_reader_new(path, schema, wanted, options, zone_offset_us, CSV_KERNEL_BEST, err);
  if (r == NULL)
    return NULL;
  csv_block_follow(&r->block, growing, r->block.path, BLOCK);
  r->block.line_end = options->line_end;
  return r;
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

/* --- rows ------------------------------------------------------------------------------------ */

bool csv_reader_scan(struct csv_reader *r, const char **p, const char *end, bool final,
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
    if (r->readings != 0 && !csv_reader_scan(r, &p, line.p + line.n, true, &found, err))
      return false;
    add_scanned(r, line);
  }
  r->line++;
  use_up_to(r, behind);
  return true;
}

/* Takes the record at the front of a stream; *more says that it goes on behind the block. */
static bool take_record(struct csv_reader *r, bool *more, struct error *err)
{
  const char *start = unused(r), *p = start;
  enum csv_scan found;
  if (!csv_reader_scan(r, &p, text_end(r), r->block.at_eof, &found, err))
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

/* How many of the indexed lines, from the first on, have all their fields and start as records do:
 * their marks are r->fields each. */
static size_t count_regular(const struct csv_reader *r, const char *base)
{
  const struct csv_index *index = &r->index;
  const unsigned char comment = (unsigned char)r->options.comment;
  size_t count = 0, first = 0, most = BATCH_ROWS - r->rows;
  most = most < index->lines ? most : index->lines;
  for (const char *start = base; count < most; count++) {
    size_t last = index->line[count];
    unsigned char byte = (unsigned char)*start;
    if (last - first + 1 != r->fields || byte <= ' ' || byte == comment)
      break;
    start = base + index->mark[last] + 1;
    first = last + 1;
  }
  return count;
}

static void drop_cr(struct slice *cell, size_t count)
{
  for (size_t i = 0; i < count; i++)
    cell[i].n -= cell[i].n != 0 && cell[i].p[cell[i].n - 1] == '\r';
}

static void replace_empty(struct slice *cell, size_t count, struct slice null_value)
{
  for (size_t i = 0; i < count; i++)
    if (cell[i].n == 0)
      cell[i] = null_value;
}

/* The cells of a column in the first `count` lines, which are regular. */
static void cut_cells(struct csv_reader *r, const struct reading *reading, const char *base,
                      size_t count)
{
  const size_t fields = r->fields;
  const uint32_t *end = r->index.mark + reading->field;
  struct slice *cell = reading->cell + r->rows;
  size_t i = 0;
  if (reading->field == 0) { /* no mark is before the first line */
    cell[i++] = (struct slice){base, *end};
    end += fields;
  }
  for (; i < count; i++, end += fields)
    cell[i] = (struct slice){base + end[-1] + 1, *end - end[-1] - 1};
  if (r->needles.crlf && reading->field + 1 == fields)
    drop_cr(cell, count);
  if (r->options.null_value.n != 0)
    replace_empty(cell, count, r->options.null_value);
}

/* Takes the regular lines at the front of the block, column by column; returns how many. */
static size_t take_regular(struct csv_reader *r, const char *base, const char *end)
{
  size_t count = count_regular(r, base);
  if (count == 0)
    return 0;
  for (size_t k = 0; k < r->readings; k++)
    cut_cells(r, &r->reading[k], base, count);
  memset(r->bad + r->rows, 0, count);
  for (size_t i = 0; i < count; i++)
    r->row_line[r->rows + i] = r->line + i + 1;
  r->first = false;
  r->rows += count;
  r->line += count;
  const char *stop = base + r->index.mark[r->index.line[count - 1]];
  use_up_to(r, stop < end ? stop + 1 : end);
  return count;
}

/* The same with the help of the index: lines without anything special go the short way. */
static bool fill_short(struct csv_reader *r, const char *end, struct error *err)
{
  struct csv_index *index = &r->index;
  const char *base = unused(r);
  size_t first, special = 0;
  bool more = false;
  csv_index_build(index, base, (size_t)(end - base), BATCH_ROWS, r->needles, r->kernel);
  r->high |= index->high;
  bool plain = index->specials == 0 && r->record == NULL && r->fields <= CSV_MAX_FIELDS;
  size_t taken = plain ? take_regular(r, base, end) : 0;
  first = taken != 0 ? index->line[taken - 1] + 1 : 0;
  for (size_t i = taken; i < index->lines && r->rows < BATCH_ROWS && !more; i++) {
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
    if (r->bad[i] & CSV_OF_TODAY)
      return fail_at_line(r, r->row_line[i], err,
                          "a time without a date would be one of today, and differ every day; read "
                          "the column as STRING, or give the option timestampFormat");
    if (r->bad[i] && r->options.mode == CSV_FAILFAST)
      return fail_at_line(
          r, r->row_line[i], err,
          "a malformed record: a field does not fit its column's type, or there are "
          "too few or too many; mode FAILFAST stops here");
    r->counts.malformed += r->bad[i] != 0;
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

static bool next_rows(struct csv_reader *r, struct batch *out, struct error *err)
{
  *out = (struct batch){.columns = r->columns, .column = r->column};
  if (!r->started && !csv_reader_start(r, err))
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

bool csv_reader_next(struct csv_reader *r, struct batch *out, struct error *err)
{
  r->failed = !next_rows(r, out, err);
  return !r->failed;
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
