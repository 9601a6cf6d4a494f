/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/number_fields.h"
#include "text/decimal.h"
#include "text/format_number.h"

static void expect(const char *what, bool fits, int128 got, struct slice want,
                   const struct slice *field)
{
  bool wanted = !slice_is(want, "null");
  if (fits != wanted || (fits && got != field_hex(want)))
    fail_msg("%s of %.*s %.*s %.*s %.*s as (%.*s, %.*s): expected %.*s", what,
             SLICE_PRINT(field[1]), SLICE_PRINT(field[2]), SLICE_PRINT(field[3]),
             SLICE_PRINT(field[4]), SLICE_PRINT(field[5]), SLICE_PRINT(field[6]),
             SLICE_PRINT(want));
}

static struct decimal decimal_of(const struct slice *field)
{
  return (struct decimal){field_hex(field[0]), (int)data_number(field[1])};
}

/* decimal a scale b scale precision scale add subtract multiply divide remainder rescale compare */
static void check_arithmetic(const struct slice *field)
{
  int128 out = 0;
  if (!slice_is(field[0], "decimal") || field[7].n == 0)
    return;
  struct decimal a = decimal_of(field + 1), b = decimal_of(field + 3);
  int p = (int)data_number(field[5]), s = (int)data_number(field[6]);
  bool fits = decimal_add(a, b, p, s, &out);
  expect("sum", fits, out, field[7], field);
  fits = decimal_subtract(a, b, p, s, &out);
  expect("difference", fits, out, field[8], field);
  fits = decimal_multiply(a, b, p, s, &out);
  expect("product", fits, out, field[9], field);
  fits = decimal_divide(a, b, p, s, &out);
  expect("quotient", fits, out, field[10], field);
  fits = decimal_remainder(a, b, p, s, &out);
  expect("remainder", fits, out, field[11], field);
  fits = decimal_rescale(a, p, s, &out);
  expect("rescaled", fits, out, field[12], field);
  assert_int_equal(decimal_compare(a, b), data_number(field[13]));
}

static void arithmetic_is_exact_and_rounds_once(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_arithmetic);
}

/* decimal_round x scale precision scale digits up even floor ceiling */
static void check_round(const struct slice *field)
{
  int128 out = 0;
  if (!slice_is(field[0], "decimal_round"))
    return;
  struct decimal x = decimal_of(field + 1);
  int p = (int)data_number(field[3]), s = (int)data_number(field[4]);
  int digits = (int)data_number(field[5]);
  bool fits = decimal_round(x, digits, ROUND_HALF_UP, p, s, &out);
  expect("round", fits, out, field[6], field);
  fits = decimal_round(x, digits, ROUND_HALF_EVEN, p, s, &out);
  expect("bround", fits, out, field[7], field);
  expect("floor", true, decimal_floor(x), field[8], field);
  expect("ceiling", true, decimal_ceiling(x), field[9], field);
}

static void rounding_takes_halves_up_or_to_the_even_digit(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_round);
}

/* decimal_as x scale double float long text plain */
static void check_conversion(const struct slice *field)
{
  char out[DECIMAL_BYTES];
  struct decimal literal;
  int precision;
  if (!slice_is(field[0], "decimal_as"))
    return;
  struct decimal x = decimal_of(field + 1);
  assert_true(same_double(decimal_to_double(x) + 0.0, field_double(field[3]) + 0.0));
  assert_true(same_float(decimal_to_float(x) + 0.0F, field_float(field[4]) + 0.0F));
  assert_int_equal(decimal_to_int(x), data_number(field[5]));
  struct slice text = {out, decimal_print(x, out)};
  if (!slice_equal(text, field[6]))
    fail_msg("got %.*s, expected %.*s", SLICE_PRINT(text), SLICE_PRINT(field[6]));
  text.n = decimal_print_plain(x, out);
  if (!slice_equal(text, field[7]))
    fail_msg("got %.*s, expected %.*s", SLICE_PRINT(text), SLICE_PRINT(field[7]));
  assert_true(decimal_literal(text, &literal, &precision));
  assert_true(literal.unscaled == x.unscaled && literal.scale == x.scale);
  assert_true(decimal_fits(x.unscaled, precision) && precision >= x.scale);
}

static void a_decimal_is_printed_and_converted_as_big_decimal_does_it(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_conversion);
}

/* decimal_of bits precision scale value; decimal_read text precision scale value */
static void check_source(const struct slice *field)
{
  static struct buffer text;
  int128 out = 0;
  bool read = slice_is(field[0], "decimal_read"), fits;
  if (!read && !slice_is(field[0], "decimal_of"))
    return;
  int p = (int)data_number(field[2]), s = (int)data_number(field[3]);
  if (read)
    fits = decimal_parse(data_bytes(field[1], &text), p, s, &out);
  else
    fits = decimal_from_double(field_double(field[1]), p, s, &out);
  bool wanted = !slice_is(field[4], "null");
  if (fits != wanted || (fits && out != field_hex(field[4])))
    fail_msg("%.*s %.*s as (%d, %d): expected %.*s", SLICE_PRINT(field[0]), SLICE_PRINT(field[1]),
             p, s, SLICE_PRINT(field[4]));
  buffer_free(&text);
}

static void doubles_and_texts_become_decimals_through_their_digits(void **state)
{
  (void)state;
  int128 out;
  data_each("number_java.tsv", 3, check_source);
  assert_false(decimal_from_double(__builtin_nan(""), 10, 2, &out));
  assert_false(decimal_from_double(__builtin_inf(), 10, 2, &out));
}

static void an_integer_must_fit(void **state)
{
  (void)state;
  int128 out;
  assert_true(decimal_from_int(-999, 5, 2, &out) && out == -99900);
  assert_false(decimal_from_int(1000, 5, 2, &out));
  assert_true(decimal_from_int(INT64_MIN, 38, 19, &out));
}

static void a_literal_has_the_precision_of_its_digits(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int precision, scale;
  } literal[] = {{"1.50", 3, 2},  {"0.0", 1, 1},    {".5", 1, 1},  {"5.", 1, 0},
                 {"100.0", 4, 1}, {"0.0001", 4, 4}, {"1E3", 4, 0}, {"9223372036854775808", 19, 0}};
  struct decimal x;
  int precision;
  for (size_t i = 0; i < sizeof literal / sizeof *literal; i++) {
    assert_true(decimal_literal(slice_of(literal[i].text), &x, &precision));
    assert_int_equal(precision, literal[i].precision);
    assert_int_equal(x.scale, literal[i].scale);
  }
  assert_false(decimal_literal(SLICE("0.000000000000000000000000000000000000001"), &x, &precision));
  assert_false(decimal_literal(SLICE("123456789012345678901234567890123456789"), &x, &precision));
}

static void division_by_zero_is_refused(void **state)
{
  (void)state;
  struct decimal one = {1, 0}, zero = {0, 3};
  int128 out;
  int64_t quotient;
  assert_false(decimal_divide(one, zero, 10, 2, &out));
  assert_false(decimal_remainder(one, zero, 10, 2, &out));
  assert_false(decimal_quotient(one, zero, &quotient));
  assert_true(decimal_quotient((struct decimal){-75, 1}, (struct decimal){2, 0}, &quotient));
  assert_int_equal(quotient, -3);
}

static void expect_text(int128 unscaled, int scale, struct slice want)
{
  char out[DECIMAL_BYTES];
  struct slice got = {out, decimal_print((struct decimal){unscaled, scale}, out)};
  if (!slice_equal(got, want))
    fail_msg("got %.*s, Spark says %.*s", SLICE_PRINT(got), SLICE_PRINT(want));
}

/* decimal scale digits text round bround floor ceil double bigint format_number */
static void check_spark(const struct slice *field)
{
  int128 out;
  struct decimal x;
  struct buffer text = {0};
  if (!slice_is(field[0], "decimal"))
    return;
  int scale = (int)data_number(field[1]), digits = (int)data_number(field[2]);
  int after = digits < 0 ? 0 : digits < scale ? digits : scale;
  assert_true(decimal_parse(field[3], DECIMAL_MAX_DIGITS, scale, &out));
  x = (struct decimal){out, scale};
  expect_text(out, scale, field[3]);
  assert_true(decimal_round(x, digits, ROUND_HALF_UP, DECIMAL_MAX_DIGITS, after, &out));
  expect_text(out, after, field[4]);
  assert_true(decimal_round(x, digits, ROUND_HALF_EVEN, DECIMAL_MAX_DIGITS, after, &out));
  expect_text(out, after, field[5]);
  expect_text(decimal_floor(x), 0, field[6]);
  expect_text(decimal_ceiling(x), 0, field[7]);
  assert_true(same_double(decimal_to_double(x) + 0.0, field_double(field[8])));
  assert_int_equal(decimal_to_int(x), data_number(field[9]));
  format_number_decimal(&text, x, 3);
  assert_true(slice_equal((struct slice){text.p, text.n}, field[10]));
  buffer_free(&text);
}

/* cast text DECIMAL(p,s) answer */
static void check_cast(const struct slice *field)
{
  int128 out;
  char printed[DECIMAL_BYTES];
  struct buffer text = {0};
  int precision = 5, scale = 2;
  if (!slice_is(field[0], "cast") || memcmp(field[2].p, "DECIMAL", 7) != 0)
    return;
  if (slice_is(field[2], "DECIMAL(38,10)")) {
    precision = 38;
    scale = 10;
  }
  struct slice got = SLICE("null");
  if (decimal_parse(data_bytes(field[1], &text), precision, scale, &out))
    got = (struct slice){printed, decimal_print((struct decimal){out, scale}, printed)};
  if (!slice_equal(got, field[3]))
    fail_msg("%.*s as %.*s: got %.*s, Spark says %.*s", SLICE_PRINT(field[1]),
             SLICE_PRINT(field[2]), SLICE_PRINT(got), SLICE_PRINT(field[3]));
  buffer_free(&text);
}

static void spark_agrees(void **state)
{
  (void)state;
  data_each("number_spark.tsv", 4, check_spark);
  data_each("number_spark.tsv", 4, check_cast);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(arithmetic_is_exact_and_rounds_once),
      cmocka_unit_test(rounding_takes_halves_up_or_to_the_even_digit),
      cmocka_unit_test(a_decimal_is_printed_and_converted_as_big_decimal_does_it),
      cmocka_unit_test(doubles_and_texts_become_decimals_through_their_digits),
      cmocka_unit_test(an_integer_must_fit),
      cmocka_unit_test(a_literal_has_the_precision_of_its_digits),
      cmocka_unit_test(division_by_zero_is_refused),
      cmocka_unit_test(spark_agrees),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
