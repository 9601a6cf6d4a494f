/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "table/csv_reader_internal.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

static char path[] = "csv_reader_test.XXXXXX";
static struct arena arena;
static struct buffer rows;

static void write_file(struct slice bytes)
{
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
  assert_int_equal(fclose(file), 0);
}

static struct schema schema_of(const char *ddl)
{
  struct schema schema;
  struct error err;
  if (!schema_parse(slice_of(ddl), &schema, &arena, &err))
    fail_msg("%s", err.text);
  return schema;
}

static void add_value(const struct column *c, size_t i)
{
  if (column_is_null(c, i))
    buffer_put(&rows, '~');
  else if (c->type.kind == TYPE_STRING)
    for (size_t k = 0; k < c->text[i].n; k++)
      buffer_printf(&rows, "%02x", (unsigned char)c->text[i].p[k]);
  else if (c->type.kind == TYPE_INT)
    buffer_printf(&rows, "%d", c->i32[i]);
  else if (c->type.kind == TYPE_TIMESTAMP)
    buffer_printf(&rows, "%lld", (long long)c->i64[i]);
  else
    buffer_printf(&rows, "%.17g", c->f64[i]);
}

static void add_rows(const struct batch *batch)
{
  for (size_t i = 0; i < batch->rows; i++) {
    for (size_t k = 0; k < batch->columns; k++) {
      add_value(&batch->column[k], i);
      buffer_put(&rows, ',');
    }
    buffer_put(&rows, ';');
  }
}

static void add_counts(struct csv_counts *to, const struct csv_counts *counts)
{
  to->rows += counts->rows;
  to->malformed += counts->malformed;
  to->dropped += counts->dropped;
}

enum { LANES = 3 };

/* Takes the rows of the lanes' portions, all of them dealt before the first is taken. */
static bool take_portions(struct csv_reader *file, struct csv_reader **lane, size_t portions,
                          struct error *err)
{
  struct batch batch;
  for (size_t i = 0; i < portions; i++) {
    bool ok;
    while ((ok = csv_reader_next(lane[i], &batch, err)) && batch.rows != 0)
      add_rows(&batch);
    csv_reader_settle(file, lane[i], ok ? NULL : err);
    if (!ok)
      return false;
  }
  return true;
}

static bool read_lanes(struct csv_reader *file, struct csv_reader **lane, struct error *err)
{
  for (bool any = true; any;) {
    size_t portions = 0;
    bool ok = true;
    while (portions < LANES && any && (ok = csv_reader_deal(file, lane[portions], &any, err)))
      portions += any;
    struct error later = *err;
    if (!take_portions(file, lane, portions, err))
      return false;
    if (!ok) {
      *err = later;
      return false;
    }
  }
  return true;
}

/* The same as the reader alone has read, through lanes. */
static void expect_the_same_of_lanes(struct csv_reader *file, bool ok,
                                     const struct csv_counts *counts, const struct error *err)
{
  struct csv_reader *lane[LANES];
  struct buffer alone = rows;
  struct csv_counts counted = {0};
  struct error failure = {0};
  rows = (struct buffer){0};
  for (size_t i = 0; i < LANES; i++)
    assert_non_null(lane[i] = csv_reader_lane(file, &failure));
  assert_int_equal(read_lanes(file, lane, &failure), ok);
  for (size_t i = 0; i < LANES; i++) {
    add_counts(&counted, csv_reader_counts(lane[i]));
    csv_reader_close(lane[i]);
  }
  csv_reader_close(file);
  if (ok) {
    assert_int_equal(rows.n, alone.n);
    assert_memory_equal(rows.p, alone.p, alone.n);
    assert_memory_equal(&counted, counts, sizeof counted);
  } else {
    assert_int_equal(failure.line, err->line);
    assert_string_equal(failure.text, err->text);
  }
  buffer_free(&rows);
  rows = alone;
}

/* Reads the file into `rows`: "value,value;" a row. False with *err as the reader has it. What is
 * no stream of records is read through lanes too. */
static bool read_rows(const char *from, const char *ddl, const bool *wanted,
                      const struct csv_read_options *options, struct csv_tuning tuning,
                      struct csv_counts *counts, struct error *err)
{
  struct schema schema = schema_of(ddl);
  struct batch batch;
  rows.n = 0;
  struct csv_reader *reader = csv_reader_open_tuned(from, &schema, wanted, options, 0, tuning, err);
  if (reader == NULL)
    return false;
  bool ok;
  while ((ok = csv_reader_next(reader, &batch, err)) && batch.rows != 0)
    add_rows(&batch);
  *counts = *csv_reader_counts(reader);
  csv_reader_close(reader);
  if (options->multi_line || from != path)
    return ok;
  reader = csv_reader_open_tuned(from, &schema, wanted, options, 0, tuning, err);
  expect_the_same_of_lanes(reader, ok, counts, err);
  return ok;
}

static const struct csv_tuning usual = {65536, CSV_KERNEL_BEST};

static void expect_rows(const char *want)
{
  if (!slice_is((struct slice){rows.p, rows.n}, want))
    fail_msg("got %.*s, expected %s", (int)rows.n, rows.p, want);
}

/* A file's text, read with the default options but for the mode. */
static struct csv_counts read_text(struct slice text, const char *ddl, enum csv_mode mode,
                                   const char *want)
{
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  options.mode = mode;
  write_file(text);
  if (!read_rows(path, ddl, NULL, &options, usual, &counts, &err))
    fail_msg("%s", err.text);
  expect_rows(want);
  return counts;
}

#define NARROW "a STRING, b INT"

/* --- Spark's rows ---------------------------------------------------------------------------- */

static void set_options(struct csv_read_options *options, struct slice list)
{
  struct error err;
  csv_read_defaults(options);
  for (size_t i = 0; i < list.n && !slice_is(list, "-");) {
    size_t end = i, equals = 0;
    for (; end < list.n && list.p[end] != ';'; end++)
      equals = list.p[end] == '=' && equals == 0 ? end : equals;
    if (!csv_read_option(options, (struct slice){list.p + i, equals - i},
                         (struct slice){list.p + equals + 1, end - equals - 1}, &arena, &err))
      fail_msg("%s", err.text);
    i = end + 1;
  }
}

static void check_rows(const struct slice *field)
{
  static const struct csv_tuning tunings[] = {{65536, CSV_KERNEL_BEST},
                                              {7, CSV_KERNEL_PORTABLE},
                                              {64, CSV_KERNEL_SSE2},
                                              {100, CSV_KERNEL_AVX2}};
  static struct buffer text;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  bool wanted[4] = {false};
  for (size_t i = 0; i < field[0].n; i++)
    wanted[field[0].p[i] == '_' ? 3 : field[0].p[i] - 'a'] = true;
  set_options(&options, field[1]);
  text.n = 0;
  write_file(data_bytes(field[2], &text));
  for (size_t i = 0; i < sizeof tunings / sizeof *tunings; i++) {
    if (!csv_kernel_exists(tunings[i].kernel))
      continue;
    bool ok = read_rows(path, "a STRING, b INT, c DOUBLE, _corrupt_record STRING", wanted, &options,
                        tunings[i], &counts, &err);
    struct slice got = {rows.p, rows.n};
    if (ok ? !slice_equal(got, slice_is(field[3], "-") ? SLICE("") : field[3])
           : !slice_is(field[3], "ERROR"))
      fail_msg("%.*s in blocks of %zu: got %.*s, Spark %.*s", SLICE_PRINT(field[2]),
               tunings[i].block, SLICE_PRINT(ok ? got : slice_of(err.text)), SLICE_PRINT(field[3]));
  }
  arena_reset(&arena);
}

static void rows_are_those_of_spark_in_blocks_of_any_size(void **state)
{
  (void)state;
  assert_true(data_each("csv/rows.tsv", 4, check_rows) > 800);
}

/* --- bad input ------------------------------------------------------------------------------- */

static void a_file_without_bytes_has_no_rows(void **state)
{
  (void)state;
  struct csv_counts counts = read_text(SLICE(""), NARROW, CSV_FAILFAST, "");
  assert_int_equal(counts.rows, 0);
}

static void a_header_that_lacks_a_column_changes_no_row(void **state)
{
  (void)state;
  struct csv_counts counts = read_text(SLICE("b\nx,1\n"), NARROW, CSV_PERMISSIVE, "78,1,;");
  assert_int_equal(counts.malformed, 0);
}

static void a_header_that_lacks_a_column_is_refused_when_it_is_compared(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  options.enforce_schema = false;
  write_file(SLICE("\n\nb\nx,1\n"));
  assert_false(read_rows(path, NARROW, NULL, &options, usual, &counts, &err));
  assert_int_equal(err.code, ERR_DATA);
  assert_int_equal(err.line, 3);
}

static void header_names_are_those_of_the_file(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct schema schema = schema_of(NARROW);
  struct error err;
  struct batch batch;
  size_t count;
  csv_read_defaults(&options);
  write_file(SLICE("Time,\"server, id\",x\n"));
  struct csv_reader *reader = csv_reader_open(path, &schema, NULL, &options, 0, &err);
  assert_non_null(reader);
  assert_true(csv_reader_next(reader, &batch, &err));
  const struct slice *name = csv_reader_header(reader, &count);
  assert_int_equal(count, 3);
  assert_true(slice_is(name[0], "Time"));
  assert_true(slice_is(name[1], "server, id"));
  csv_reader_close(reader);
}

static const struct slice malformed = SLICE("a,b\nx,1\ny\nz,3,4\nw,one\nv,\nu,2\n");

static void malformed_rows_are_kept_and_counted(void **state)
{
  (void)state;
  struct csv_counts counts =
      read_text(malformed, NARROW, CSV_PERMISSIVE, "78,1,;79,~,;7a,3,;77,~,;76,~,;75,2,;");
  assert_int_equal(counts.rows, 6);
  assert_int_equal(counts.malformed, 3);
  assert_int_equal(counts.dropped, 0);
}

static void malformed_rows_are_dropped_and_counted(void **state)
{
  (void)state;
  struct csv_counts counts = read_text(malformed, NARROW, CSV_DROPMALFORMED, "78,1,;76,~,;75,2,;");
  assert_int_equal(counts.rows, 3);
  assert_int_equal(counts.malformed, 3);
  assert_int_equal(counts.dropped, 3);
}

static void failfast_names_the_file_and_the_line_of_the_first_malformed_row(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  options.mode = CSV_FAILFAST;
  write_file(SLICE("a,b\r\n\r\nx,1\r\n\"y\",2\r\nw,one\r\n"));
  assert_false(read_rows(path, NARROW, NULL, &options, usual, &counts, &err));
  assert_int_equal(err.code, ERR_DATA);
  assert_string_equal(err.file, path);
  assert_int_equal(err.line, 5);
}

static void a_column_that_is_not_read_makes_no_row_malformed(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  const bool wanted[] = {true, false};
  csv_read_defaults(&options);
  options.mode = CSV_DROPMALFORMED;
  write_file(malformed);
  assert_true(read_rows(path, NARROW, wanted, &options, usual, &counts, &err));
  expect_rows("78,;79,;7a,;77,;76,;75,;");
  assert_int_equal(counts.malformed, 0);
}

static void nul_bytes_are_text(void **state)
{
  (void)state;
  read_text(SLICE("a,b\nx\0y,1\n\0,2\n"), NARROW, CSV_PERMISSIVE, "780079,1,;00,2,;");
}

static void crlf_a_byte_order_mark_and_no_last_line_end_are_no_trouble(void **state)
{
  (void)state;
  struct csv_counts counts = read_text(SLICE("\xef\xbb\xbf"
                                             "a,b\r\nx,1\r\ny,2"),
                                       NARROW, CSV_FAILFAST, "78,1,;79,2,;");
  assert_int_equal(counts.rows, 2);
}

static void a_line_of_ten_megabytes_is_a_row(void **state)
{
  (void)state;
  enum { LONG = 10 * 1000 * 1000 };
  struct csv_read_options options;
  struct schema schema = schema_of(NARROW);
  struct error err;
  struct batch batch;
  struct buffer text = {0};
  csv_read_defaults(&options);
  buffer_append(&text, "a,b\nx,1\n", 8);
  memset(buffer_room(&text, LONG), 'y', LONG);
  text.n += LONG;
  buffer_append(&text, ",2\nz,3\n", 7);
  write_file((struct slice){text.p, text.n});
  struct csv_reader *reader = csv_reader_open(path, &schema, NULL, &options, 0, &err);
  size_t count = 0, longest = 0;
  while (csv_reader_next(reader, &batch, &err) && batch.rows != 0)
    for (size_t i = 0; i < batch.rows; i++) {
      assert_int_equal(batch.column[1].i32[i], ++count);
      longest = batch.column[0].text[i].n > longest ? batch.column[0].text[i].n : longest;
    }
  assert_int_equal(count, 3);
  assert_int_equal(longest, LONG);
  csv_reader_close(reader);
  buffer_free(&text);
}

static void a_record_of_more_fields_than_spark_takes_stops_with_its_line(void **state)
{
  (void)state;
  for (int quoted = 0; quoted < 2; quoted++) {
    struct csv_read_options options;
    struct csv_counts counts;
    struct error err;
    struct buffer text = {0};
    csv_read_defaults(&options);
    buffer_printf(&text, "a,b\nx,1\n%s", quoted ? "\"\"" : "");
    memset(buffer_room(&text, 20480), ',', 20480);
    text.n += 20480;
    write_file((struct slice){text.p, text.n});
    assert_false(read_rows(path, NARROW, NULL, &options, usual, &counts, &err));
    assert_int_equal(err.code, ERR_DATA);
    assert_int_equal(err.line, 3);
    buffer_free(&text);
  }
}

static void a_missing_file_and_a_directory_cannot_be_read(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  assert_false(read_rows("no/such/file.csv", NARROW, NULL, &options, usual, &counts, &err));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(err.file, "no/such/file.csv");
  assert_false(read_rows(".", NARROW, NULL, &options, usual, &counts, &err));
  assert_int_equal(err.code, ERR_IO);
}

static void a_type_that_csv_cannot_hold_is_refused(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  write_file(SLICE("a\n"));
  assert_false(read_rows(path, "a ARRAY<INT>", NULL, &options, usual, &counts, &err));
  assert_int_equal(err.code, ERR_TYPE);
}

/* --- runs of rows ---------------------------------------------------------------------------- */

static void rows_beyond_a_batch_come_in_order(void **state)
{
  (void)state;
  enum { ROWS = 3 * BATCH_ROWS + 17 };
  struct csv_read_options options;
  struct schema schema = schema_of("t TIMESTAMP, n INT, s STRING");
  struct error err;
  struct batch batch;
  struct buffer text = {0};
  csv_read_defaults(&options);
  options.timestamp_format = SLICE("HH:mm:ss");
  buffer_printf(&text, "t,n,s\n");
  for (int i = 0; i < ROWS; i++)
    buffer_printf(&text, i % 5 == 0 ? "00:%02d:%02d,%d,\"q\\\"%d\"\r\n" : "00:%02d:%02d,%d,%d\n",
                  i / 60 % 60, i % 60 / 7, i, i % 100);
  write_file((struct slice){text.p, text.n});
  struct csv_reader *reader = csv_reader_open(path, &schema, NULL, &options, 0, &err);
  int row = 0;
  while (csv_reader_next(reader, &batch, &err) && batch.rows != 0) {
    assert_true(batch.rows <= BATCH_ROWS);
    for (size_t i = 0; i < batch.rows; i++, row++) {
      char want[16];
      snprintf(want, sizeof want, row % 5 == 0 ? "q\"%d" : "%d", row % 100);
      assert_int_equal(batch.column[1].i32[i], row);
      assert_true(slice_is(batch.column[2].text[i], want));
      assert_int_equal(batch.column[0].i64[i],
                       (row / 60 % 60 * 60 + row % 60 / 7) * INT64_C(1000000));
    }
  }
  assert_int_equal(row, ROWS);
  csv_reader_close(reader);
  buffer_free(&text);
}

static void a_quoted_field_of_many_lines_is_one_row(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  csv_read_defaults(&options);
  options.multi_line = true;
  write_file(SLICE("a,b\nx,1\n\"p\nq,r\n\ns\",2\ny,3\n"));
  for (size_t block = 1; block < 40; block++) {
    struct csv_tuning tuning = {block, CSV_KERNEL_BEST};
    assert_true(read_rows(path, NARROW, NULL, &options, tuning, &counts, &err));
    expect_rows("78,1,;700a712c720a0a73,2,;79,3,;");
    assert_int_equal(counts.malformed, 0);
  }
}

static void a_pipe_is_read_to_its_end(void **state)
{
  (void)state;
  struct csv_read_options options;
  struct csv_counts counts;
  struct error err;
  char name[32];
  int ends[2];
  csv_read_defaults(&options);
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "a,b\nx,1\ny,2", 11), 11);
  close(ends[1]);
  snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
  assert_true(read_rows(name, NARROW, NULL, &options, usual, &counts, &err));
  expect_rows("78,1,;79,2,;");
  close(ends[0]);
}

/* --- the index ------------------------------------------------------------------------------- */

static void expect_same(const uint32_t *got, const uint32_t *want, size_t n)
{
  for (size_t i = 0; i < n; i++)
    assert_int_equal(got[i], want[i]);
}

/* Text of `alphabet` at any alignment, indexed byte by byte in the plainest way and by each kernel.
 */
static void check_index(struct random *random, const char *alphabet, bool crlf)
{
  static char text[1000 + CSV_PADDING];
  static uint32_t mark[1001], line[1001], special[1001];
  size_t shift = random_below(random, 8), n = random_below(random, 900), letters = strlen(alphabet);
  size_t marks = 0, lines = 0, specials = 0;
  char *p = text + shift;
  for (size_t i = 0; i < sizeof text; i++)
    text[i] = alphabet[random_below(random, letters)];
  for (size_t i = 0; i < n; i++) {
    bool lone = p[i] == '\r' && (!crlf || i + 1 == n || p[i + 1] != '\n');
    if (p[i] == '"' || lone)
      special[specials++] = (uint32_t)i;
    if (p[i] == '\n')
      line[lines++] = (uint32_t)marks;
    if (p[i] == ',' || p[i] == '\n')
      mark[marks++] = (uint32_t)i;
  }
  if (n != 0 && p[n - 1] != '\n') {
    line[lines++] = (uint32_t)marks;
    mark[marks++] = (uint32_t)n;
  }
  for (enum csv_kernel kernel = CSV_KERNEL_BEST; kernel <= CSV_KERNEL_AVX2; kernel++) {
    struct csv_index index = {0};
    if (!csv_kernel_exists(kernel))
      continue;
    csv_index_build(&index, p, n, SIZE_MAX, (struct csv_needles){',', '"', crlf}, kernel);
    assert_int_equal(index.marks, marks);
    assert_int_equal(index.lines, lines);
    assert_int_equal(index.specials, specials);
    expect_same(index.mark, mark, marks);
    expect_same(index.line, line, lines);
    expect_same(index.special, special, specials);
    csv_index_free(&index);
  }
}

static void all_kernels_index_any_text_alike(void **state)
{
  (void)state;
  struct random random;
  random_seed(&random, 1);
  for (int i = 0; i < 2000; i++) {
    check_index(&random, "abcdefghij,kl\n", i % 2);
    check_index(&random, ",\n\r\"", i % 2);
    check_index(&random, "\xac\x8d\x8a\xa2,\n\x2d\x0b\x0e\x23\x8c\r\xff", i % 2);
  }
}

static int make_file(void **state)
{
  (void)state;
  int fd = mkstemp(path);
  return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
  (void)state;
  arena_free(&arena);
  buffer_free(&rows);
  return unlink(path);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_those_of_spark_in_blocks_of_any_size),
      cmocka_unit_test(a_file_without_bytes_has_no_rows),
      cmocka_unit_test(a_header_that_lacks_a_column_changes_no_row),
      cmocka_unit_test(a_header_that_lacks_a_column_is_refused_when_it_is_compared),
      cmocka_unit_test(header_names_are_those_of_the_file),
      cmocka_unit_test(malformed_rows_are_kept_and_counted),
      cmocka_unit_test(malformed_rows_are_dropped_and_counted),
      cmocka_unit_test(failfast_names_the_file_and_the_line_of_the_first_malformed_row),
      cmocka_unit_test(a_column_that_is_not_read_makes_no_row_malformed),
      cmocka_unit_test(nul_bytes_are_text),
      cmocka_unit_test(crlf_a_byte_order_mark_and_no_last_line_end_are_no_trouble),
      cmocka_unit_test(a_line_of_ten_megabytes_is_a_row),
      cmocka_unit_test(a_record_of_more_fields_than_spark_takes_stops_with_its_line),
      cmocka_unit_test(a_missing_file_and_a_directory_cannot_be_read),
      cmocka_unit_test(a_type_that_csv_cannot_hold_is_refused),
      cmocka_unit_test(rows_beyond_a_batch_come_in_order),
      cmocka_unit_test(a_quoted_field_of_many_lines_is_one_row),
      cmocka_unit_test(a_pipe_is_read_to_its_end),
      cmocka_unit_test(all_kernels_index_any_text_alike),
  };
  return cmocka_run_group_tests_name("csv_reader", tests, make_file, remove_file);
}
