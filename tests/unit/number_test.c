/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/number_fields.h"
#include "text/number.h"

static struct buffer text; /* of the field at hand */

static struct slice text_of(struct slice field)
{
  text.n = 0;
  return data_bytes(field, &text);
}

static void expect_text(const char *what, struct slice input, struct slice got, struct slice want)
{
  if (!slice_equal(got, want))
    fail_msg("%s of %.*s: got %.*s, expected %.*s", what, SLICE_PRINT(input), SLICE_PRINT(got),
             SLICE_PRINT(want));
}

/* print bits text */
static void check_print(const struct slice *field)
{
  char out[NUMBER_DOUBLE_BYTES];
  size_t n;
  if (slice_is(field[0], "print"))
    n = number_print_double(field_double(field[1]), out);
  else if (slice_is(field[0], "print_float"))
    n = number_print_float(field_float(field[1]), out);
  else
    return;
  expect_text("text", field[1], (struct slice){out, n}, field[2]);
}

static void doubles_and_floats_print_as_java_19_prints_them(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_print);
}

static void check_json(const struct slice *field)
{
  char out[NUMBER_DOUBLE_BYTES];
  size_t n = number_print_json(field_double(field[0]), out);
  expect_text("JSON", field[0], (struct slice){out, n}, field[1]);
}

static void json_numbers_print_as_python_prints_them(void **state)
{
  (void)state;
  data_each("number_python.tsv", 2, check_json);
}

static void a_json_float_has_the_digits_of_the_float(void **state)
{
  (void)state;
  char out[NUMBER_FLOAT_BYTES];
  size_t n = number_print_json_float(81.48F, out);
  expect_text("JSON", SLICE("81.48f"), (struct slice){out, n}, SLICE("81.48"));
  n = number_print_json_float(1e-45F, out);
  expect_text("JSON", SLICE("1e-45f"), (struct slice){out, n}, SLICE("1e-45"));
}

/* read text double float */
static void check_read(const struct slice *field)
{
  double x = 0, inlined = 0;
  float f = 0, inlined_float = 0;
  if (!slice_is(field[0], "read"))
    return;
  struct slice input = text_of(field[1]);
  bool number = !slice_is(field[2], "null");
  if (number_parse_double(input, &x) != number || number_parse_float(input, &f) != number ||
      number_read_double(input, &inlined) != number ||
      number_read_float(input, &inlined_float) != number)
    fail_msg("'%.*s' is %sa number", SLICE_PRINT(input), number ? "" : "not ");
  if (!number)
    return;
  double want = field_double(field[2]);
  float want_float = field_float(field[3]);
  if (!same_double(x, want) || !same_double(inlined, want))
    fail_msg("'%.*s' is %a or %a, expected %a", SLICE_PRINT(input), x, inlined, want);
  if (!same_float(f, want_float) || !same_float(inlined_float, want_float))
    fail_msg("'%.*s' is %a or %a, expected the float %a", SLICE_PRINT(input), (double)f,
             (double)inlined_float, (double)want_float);
}

static void texts_are_read_as_parse_double_and_parse_float_read_them(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_read);
}

static void what_was_printed_reads_back(void **state)
{
  (void)state;
  uint64_t bits = 0x9e3779b97f4a7c15;
  for (int i = 0; i < 20000; i++) {
    char out[NUMBER_DOUBLE_BYTES];
    double x, back;
    float f, float_back;
    bits = bits * 6364136223846793005 + 1442695040888963407;
    uint32_t half = (uint32_t)(bits >> 32);
    memcpy(&x, &bits, sizeof x);
    memcpy(&f, &half, sizeof f);
    assert_true(number_read_double((struct slice){out, number_print_double(x, out)}, &back));
    assert_true(same_double(x, back));
    assert_true(number_read_float((struct slice){out, number_print_float(f, out)}, &float_back));
    assert_true(same_float(f, float_back));
  }
}

static void an_integer_and_its_scale_print_as_the_double_would(void **state)
{
  (void)state;
  static const double unit[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  static const int64_t limit = 1000000000000000;
  for (int digits = 0; digits <= 6; digits++)
    for (int64_t i = -3000; i <= 3000; i++) {
      /* small ones, and some on both sides of each power of ten */
      int64_t value = i;
      if (i % 3 == 1)
        for (int k = 0; k < -i % 15 || k < i % 15; k++)
          value = value * 10 + i % 10;
      if (value >= limit || value <= -limit)
        continue;
      char scaled[NUMBER_DOUBLE_BYTES], printed[NUMBER_DOUBLE_BYTES];
      size_t n = number_print_scaled(value, digits, scaled);
      size_t m = number_print_double((double)value / unit[digits], printed);
      expect_text("scaled", (struct slice){printed, m}, (struct slice){scaled, n},
                  (struct slice){printed, m});
    }
}

/* "Inf" and "-Inf" are Spark's (CSVOptions.positiveInf, negativeInf): read/double-spellings */
static void the_reader_knows_inf_as_spark_spells_it(void **state)
{
  (void)state;
  double x = 0;
  assert_true(number_parse_double(SLICE("Inf"), &x) && x == __builtin_inf());
  assert_true(number_parse_double(SLICE("-Inf"), &x) && x == -__builtin_inf());
  assert_false(number_parse_double(SLICE("inf"), &x));
  assert_false(number_parse_double(SLICE(" Inf"), &x));
  assert_false(number_parse_double(SLICE("+Inf"), &x));
}

static void nothing_is_read_beyond_the_end_of_a_field(void **state)
{
  (void)state;
  double x;
  int64_t i;
  assert_true(number_read_double((struct slice){"12.345", 4}, &x) && same_double(x, 12.3));
  assert_true(number_read_double((struct slice){"1e15", 3}, &x) && same_double(x, 10));
  assert_false(number_read_double((struct slice){NULL, 0}, &x));
  assert_true(number_read_int((struct slice){"123", 2}, -128, 127, &i) && i == 12);
  assert_false(number_read_int((struct slice){NULL, 0}, -128, 127, &i));
}

/* The fast ways against the long one, on texts that are numbers or nearly. */
static void a_short_text_is_read_as_the_long_way_reads_it(void **state)
{
  (void)state;
  static const char byte[] = "0123456789012345678901234567890123456789....-+e fN,";
  struct random random;
  random_seed(&random, 11);
  for (int i = 0; i < 400000; i++) {
    char text[10];
    double x = 1, want = 1;
    float f = 1, want_float = 1;
    struct slice s = {text, random_below(&random, sizeof text + 1)};
    for (size_t k = 0; k < s.n; k++)
      text[k] = byte[random_below(&random, sizeof byte - 1)];
    if (i % 3 == 0 && s.n > 3)
      text[s.n - 3] = '.';
    bool number = number_parse_double(s, &want);
    assert_int_equal(number_read_double(s, &x), number);
    assert_true(same_double(x, want));
    number_parse_float(s, &want_float);
    assert_int_equal(number_read_float(s, &f), number);
    assert_true(same_float(f, want_float));
  }
}

static void a_scan_stops_where_the_number_ends(void **state)
{
  (void)state;
  const char line[] = "-12.50,7";
  double x = 0;
  float f = 0;
  assert_ptr_equal(number_scan_double(line, line + 8, &x), line + 6);
  assert_true(same_double(x, -12.5));
  assert_ptr_equal(number_scan_float(line + 7, line + 8, &f), line + 8);
  assert_true(same_float(f, 7));
  assert_null(number_scan_double(line + 6, line + 8, &x));
}

/* integer text int long */
static void check_integer(const struct slice *field)
{
  int64_t value = 0;
  if (!slice_is(field[0], "integer"))
    return;
  struct slice input = text_of(field[1]);
  bool is_int = !slice_is(field[2], "null"), is_long = !slice_is(field[3], "null");
  assert_int_equal(number_parse_int(input, INT32_MIN, INT32_MAX, &value), is_int);
  assert_int_equal(number_read_int(input, INT32_MIN, INT32_MAX, &value), is_int);
  assert_true(!is_int || value == data_number(field[2]));
  assert_int_equal(number_parse_int(input, INT64_MIN, INT64_MAX, &value), is_long);
  assert_int_equal(number_read_int(input, INT64_MIN, INT64_MAX, &value), is_long);
  assert_true(!is_long || value == data_number(field[3]));
}

static void integers_are_read_as_parse_int_and_parse_long_read_them(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_integer);
}

static void integers_print_all_their_digits(void **state)
{
  (void)state;
  static const struct {
    int64_t value;
    const char *text;
  } number[] = {{0, "0"},
                {-1, "-1"},
                {99999999, "99999999"},
                {100000000, "100000000"},
                {10000000000000000, "10000000000000000"},
                {INT64_MAX, "9223372036854775807"},
                {INT64_MIN, "-9223372036854775808"}};
  for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
    char out[NUMBER_INT_BYTES];
    size_t n = number_print_int(number[i].value, out);
    expect_text("text", SLICE("integer"), (struct slice){out, n}, slice_of(number[i].text));
  }
}

/* Writes what CAST(CAST(text AS type) AS STRING) would be, for the integers and BOOLEAN. */
static struct slice cast(struct slice input, struct slice type, char *out)
{
  static const struct {
    const char *type;
    int64_t low, high;
  } integer[] = {{"TINYINT", INT8_MIN, INT8_MAX},
                 {"SMALLINT", INT16_MIN, INT16_MAX},
                 {"INT", INT32_MIN, INT32_MAX},
                 {"BIGINT", INT64_MIN, INT64_MAX}};
  int64_t i;
  bool b;
  for (size_t k = 0; k < sizeof integer / sizeof *integer; k++)
    if (slice_is(type, integer[k].type) &&
        number_cast_int(input, integer[k].low, integer[k].high, &i))
      return (struct slice){out, number_print_int(i, out)};
  if (slice_is(type, "BOOLEAN") && number_cast_boolean(input, &b))
    return b ? SLICE("true") : SLICE("false");
  return SLICE("null");
}

/* A FLOAT is given as the double that it is. */
static void check_real(struct slice input, struct slice type, struct slice want)
{
  double x = 0;
  float f = 0;
  bool is_float = slice_is(type, "FLOAT"), wanted = !slice_is(want, "null");
  bool done = is_float ? number_cast_float(input, &f) : number_cast_double(input, &x);
  if (is_float)
    x = (double)f;
  if (done != wanted || (done && !same_double(x, field_double(want))))
    fail_msg("'%.*s' as %.*s: got %a", SLICE_PRINT(input), SLICE_PRINT(type), x);
}

/* cast text type answer */
static void check_cast(const struct slice *field)
{
  char out[NUMBER_INT_BYTES];
  if (!slice_is(field[0], "cast") || memcmp(field[2].p, "DECIMAL", 7) == 0)
    return;
  struct slice input = text_of(field[1]);
  if (slice_is(field[2], "FLOAT") || slice_is(field[2], "DOUBLE"))
    check_real(input, field[2], field[3]);
  else
    expect_text("cast", field[1], cast(input, field[2], out), field[3]);
}

static void casts_are_those_of_spark(void **state)
{
  (void)state;
  data_each("number_spark.tsv", 4, check_cast);
}

/* read/boolean-spellings */
static void the_reader_knows_true_and_false_only(void **state)
{
  (void)state;
  bool b;
  assert_true(number_parse_boolean(SLICE("TRUE"), &b) && b);
  assert_true(number_parse_boolean(SLICE("False"), &b) && !b);
  assert_false(number_parse_boolean(SLICE("t"), &b));
  assert_false(number_parse_boolean(SLICE("1"), &b));
  assert_false(number_parse_boolean(SLICE(" true"), &b));
}

static int forget(void **state)
{
  (void)state;
  buffer_free(&text);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(doubles_and_floats_print_as_java_19_prints_them),
      cmocka_unit_test(json_numbers_print_as_python_prints_them),
      cmocka_unit_test(a_json_float_has_the_digits_of_the_float),
      cmocka_unit_test(a_short_text_is_read_as_the_long_way_reads_it),
      cmocka_unit_test(texts_are_read_as_parse_double_and_parse_float_read_them),
      cmocka_unit_test(what_was_printed_reads_back),
      cmocka_unit_test(an_integer_and_its_scale_print_as_the_double_would),
      cmocka_unit_test(the_reader_knows_inf_as_spark_spells_it),
      cmocka_unit_test(nothing_is_read_beyond_the_end_of_a_field),
      cmocka_unit_test(a_scan_stops_where_the_number_ends),
      cmocka_unit_test(integers_are_read_as_parse_int_and_parse_long_read_them),
      cmocka_unit_test(integers_print_all_their_digits),
      cmocka_unit_test(casts_are_those_of_spark),
      cmocka_unit_test(the_reader_knows_true_and_false_only),
  };
  return cmocka_run_group_tests(tests, NULL, forget);
}
