/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "table/csv_writer.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/civil.h"
#include "text/time_text.h"

enum { MOST = 8 };

static struct buffer out;

static void write_batch(const struct schema *schema, const struct csv_write_options *options,
                        const struct batch *batch)
{
  struct error err;
  struct csv_writer *writer = csv_writer_new(schema, options, 0, &err);
  if (writer == NULL)
    fail_msg("%s", err.text);
  out.n = 0;
  csv_writer_header(writer, &out);
  csv_writer_rows(writer, batch, &out);
  csv_writer_free(writer);
}

static void expect_out(const char *want)
{
  if (!slice_is((struct slice){out.p, out.n}, want))
    fail_msg("got %.*s, expected %s", (int)out.n, out.p, want);
}

/* --- texts ----------------------------------------------------------------------------------- */

static bool has(struct slice flags, char flag)
{
  return memchr(flags.p, flag, flags.n) != NULL;
}

static struct slice bytes_of(struct slice hexadecimal, struct arena *arena)
{
  struct buffer bytes = {0};
  struct slice text = data_bytes(hexadecimal, &bytes);
  text.p = arena_copy(arena, text.p, text.n);
  buffer_free(&bytes);
  return text;
}

/* One text of "~,=6162": null and "ab". */
static struct column one_text(struct slice field, struct arena *arena)
{
  struct column column;
  column_make(&column, type_of(TYPE_STRING), 1, arena);
  column.text[0] = SLICE("");
  if (field.p[0] == '~')
    column_flags(&column, 1, arena)[0] = 1;
  else if (field.n > 1)
    column.text[0] = bytes_of((struct slice){field.p + 1, field.n - 1}, arena);
  return column;
}

static void check_written(const struct slice *field)
{
  struct arena arena = {0};
  struct csv_write_options options;
  struct column column[MOST];
  struct field schema_field[MOST];
  size_t count = 0, start = 0;
  csv_write_defaults(&options);
  options.header = false;
  options.separator = bytes_of(field[0], &arena);
  options.quote = bytes_of(field[1], &arena).p[0];
  options.escape = bytes_of(field[2], &arena).p[0];
  options.ignore_leading_blanks = options.ignore_trailing_blanks = has(field[3], 'l');
  options.quote_all = has(field[3], 'q');
  options.escape_quotes = has(field[3], 'e');
  if (has(field[3], 's'))
    options.line_separator = SLICE("\r\n");
  options.null_value = bytes_of(field[4], &arena);
  options.empty_value = bytes_of(field[5], &arena);
  for (size_t i = 0; i <= field[6].n; i++)
    if (i == field[6].n || field[6].p[i] == ',') {
      column[count] = one_text((struct slice){field[6].p + start, i - start}, &arena);
      schema_field[count++] = (struct field){SLICE("c"), type_of(TYPE_STRING)};
      start = i + 1;
    }
  struct schema schema = {count, schema_field};
  write_batch(&schema, &options, &(struct batch){.rows = 1, .columns = count, .column = column});
  struct slice want = bytes_of(field[7], &arena);
  if (!slice_equal((struct slice){out.p, out.n}, want))
    fail_msg("%.*s %.*s: got %.*s, univocity %.*s", SLICE_PRINT(field[3]), SLICE_PRINT(field[6]),
             (int)out.n, out.p, SLICE_PRINT(want));
  arena_free(&arena);
}

static void texts_are_quoted_as_univocity_quotes_them(void **state)
{
  (void)state;
  assert_true(data_each("csv/written.tsv", 8, check_written) > 1000);
}

/* Of each length, with a byte that has to be quoted at each place: the short way must see it. */
static void no_special_byte_is_overlooked(void **state)
{
  (void)state;
  static const char special[] = ",\"\n\r";
  char text[40];
  struct field field = {SLICE("c"), type_of(TYPE_STRING)};
  struct schema schema = {1, &field};
  struct csv_write_options options;
  csv_write_defaults(&options);
  options.header = false;
  for (size_t n = 3; n <= sizeof text; n++)
    for (size_t i = 1; i + 1 < n; i++)
      for (const char *c = special; *c != '\0'; c++) {
        struct slice value = {text, n};
        struct column column = {.type = field.type};
        memset(text, 'x', n);
        text[i] = *c;
        column.text = &value;
        write_batch(&schema, &options, &(struct batch){.rows = 1, .columns = 1, .column = &column});
        assert_int_equal(out.p[0], '"');
        assert_int_equal(out.n, n + 3 + (*c == '"'));
      }
}

/* --- typed values ---------------------------------------------------------------------------- */

static void values_of_each_type_are_written_as_spark_writes_them(void **state)
{
  (void)state;
  uint8_t yes[] = {1, 0}, null[] = {0, 1};
  int32_t small[] = {-2147483647 - 1, 7}, day[] = {-1, 20215};
  int64_t big[] = {INT64_MIN, INT64_MAX};
  int128 decimal[] = {150, -5};
  float single[] = {81.48F, 1.0E7F};
  double real[] = {0.5, (double)NAN};
  struct field field[] = {{SLICE("b"), type_of(TYPE_BOOLEAN)}, {SLICE("i"), type_of(TYPE_INT)},
                          {SLICE("l"), type_of(TYPE_BIGINT)},  {SLICE("d"), type_decimal(5, 2)},
                          {SLICE("f"), type_of(TYPE_FLOAT)},   {SLICE("x"), type_of(TYPE_DOUBLE)},
                          {SLICE("t"), type_of(TYPE_DATE)},    {SLICE("n"), type_of(TYPE_INT)}};
  void *data[] = {yes, small, big, decimal, single, real, day, small};
  struct column column[8];
  struct csv_write_options options;
  csv_write_defaults(&options);
  for (size_t i = 0; i < 8; i++) {
    column[i] = (struct column){.type = field[i].type};
    column[i].data = data[i];
  }
  column[7].null = null;
  write_batch(&(struct schema){8, field}, &options,
              &(struct batch){.rows = 2, .columns = 8, .column = column});
  expect_out("b,i,l,d,f,x,t,n\n"
             "true,-2147483648,-9223372036854775808,1.50,81.48,0.5,1969-12-31,-2147483648\n"
             "false,7,9223372036854775807,-0.05,1.0E7,NaN,2025-05-07,\n");
}

static void numbers_are_quoted_where_the_separator_is_in_them(void **state)
{
  (void)state;
  double real[] = {1.5};
  struct field field[] = {{SLICE("a"), type_of(TYPE_DOUBLE)}, {SLICE("b"), type_of(TYPE_DOUBLE)}};
  struct column column[2] = {{.type = type_of(TYPE_DOUBLE)}, {.type = type_of(TYPE_DOUBLE)}};
  struct csv_write_options options;
  csv_write_defaults(&options);
  options.separator = SLICE(".");
  column[0].f64 = column[1].f64 = real;
  write_batch(&(struct schema){2, field}, &options,
              &(struct batch){.rows = 1, .columns = 2, .column = column});
  expect_out("a.b\n\"1.5\".\"1.5\"\n");
}

static void a_constant_column_is_repeated(void **state)
{
  (void)state;
  struct arena arena = {0};
  struct column column[2];
  struct field field[] = {{SLICE("a"), type_of(TYPE_STRING)}, {SLICE("b"), type_of(TYPE_INT)}};
  struct csv_write_options options;
  csv_write_defaults(&options);
  column_make_text(&column[0], SLICE("x"), &arena);
  column_make_null(&column[1], type_of(TYPE_INT), &arena);
  write_batch(&(struct schema){2, field}, &options,
              &(struct batch){.rows = 3, .columns = 2, .column = column});
  expect_out("a,b\nx,\nx,\nx,\n");
  arena_free(&arena);
}

/* The writer patches the text of the row before; the printer of time_text.h does not. */
static void timestamps_do_not_depend_on_the_rows_before(void **state)
{
  (void)state;
  enum { ROWS = 4000 };
  static int64_t micros[ROWS];
  static const int64_t step[] = {0, 1000, 10 * MICROS_PER_SECOND, MICROS_PER_HOUR, MICROS_PER_DAY};
  struct buffer want = {0};
  struct field field = {SLICE("t"), type_of(TYPE_TIMESTAMP)};
  struct column column = {.type = field.type};
  struct csv_write_options options;
  struct random random;
  char text[TIME_TEXT_ROOM];
  csv_write_defaults(&options);
  options.header = false;
  random_seed(&random, 7);
  micros[0] = -3 * MICROS_PER_DAY;
  for (int i = 0; i < ROWS; i++) {
    if (i != 0)
      micros[i] = micros[i - 1] + step[random_below(&random, 5)] * random_between(&random, -1, 3);
    buffer_append(&want, text, timestamp_print_iso(micros[i], 0, text));
    buffer_put(&want, '\n');
  }
  column.i64 = micros;
  write_batch(&(struct schema){1, &field}, &options,
              &(struct batch){.rows = ROWS, .columns = 1, .column = &column});
  assert_true(slice_equal((struct slice){out.p, out.n}, (struct slice){want.p, want.n}));
  buffer_free(&want);
}

static void a_row_of_one_null_is_no_line(void **state)
{
  (void)state;
  struct slice text[] = {SLICE("x"), SLICE(""), SLICE("y")};
  uint8_t null[] = {0, 1, 0};
  struct field field = {SLICE("s"), type_of(TYPE_STRING)};
  struct column column = {.type = field.type, .null = null};
  struct csv_write_options options;
  csv_write_defaults(&options);
  column.text = text;
  write_batch(&(struct schema){1, &field}, &options,
              &(struct batch){.rows = 3, .columns = 1, .column = &column});
  expect_out("s\nx\ny\n");
}

static void a_struct_cannot_be_written(void **state)
{
  (void)state;
  struct field inner = {SLICE("start"), type_of(TYPE_TIMESTAMP)};
  struct field field = {SLICE("window"), {.kind = TYPE_STRUCT, .items = 1, .item = &inner}};
  struct csv_write_options options;
  struct error err;
  csv_write_defaults(&options);
  assert_null(csv_writer_new(&(struct schema){1, &field}, &options, 0, &err));
  assert_int_equal(err.code, ERR_TYPE);
  field.type = type_of(TYPE_NULL);
  assert_null(csv_writer_new(&(struct schema){1, &field}, &options, 0, &err));
  assert_int_equal(err.code, ERR_TYPE);
}

static int release(void **state)
{
  (void)state;
  buffer_free(&out);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_are_quoted_as_univocity_quotes_them),
      cmocka_unit_test(no_special_byte_is_overlooked),
      cmocka_unit_test(values_of_each_type_are_written_as_spark_writes_them),
      cmocka_unit_test(numbers_are_quoted_where_the_separator_is_in_them),
      cmocka_unit_test(a_constant_column_is_repeated),
      cmocka_unit_test(timestamps_do_not_depend_on_the_rows_before),
      cmocka_unit_test(a_row_of_one_null_is_no_line),
      cmocka_unit_test(a_struct_cannot_be_written),
  };
  return cmocka_run_group_tests_name("csv_writer", tests, NULL, release);
}
