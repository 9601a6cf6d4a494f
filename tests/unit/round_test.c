/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/number_fields.h"
#include "text/number.h"
#include "text/round.h"

/* round bits digits up even */
static void check_double(const struct slice *field)
{
  if (!slice_is(field[0], "round"))
    return;
  int digits = (int)data_number(field[2]);
  double x = field_double(field[1]), all[3] = {x, 0.125, x};
  for (int k = 0; k < 2; k++) {
    enum rounding mode = k == 0 ? ROUND_HALF_UP : ROUND_HALF_EVEN;
    double want = field_double(field[3 + k]), got = round_double(x, digits, mode);
    if (!same_double(got, want))
      fail_msg("%a to %d digits: got %a, expected %a", x, digits, got, want);
    double out[3];
    round_doubles(all, 3, digits, mode, out);
    assert_true(same_double(out[0], want) && same_double(out[2], want));
  }
}

static void doubles_are_rounded_on_their_shortest_text(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_double);
}

/* round_float bits digits up even */
static void check_float(const struct slice *field)
{
  if (!slice_is(field[0], "round_float"))
    return;
  int digits = (int)data_number(field[2]);
  float x = field_float(field[1]);
  for (int k = 0; k < 2; k++) {
    enum rounding mode = k == 0 ? ROUND_HALF_UP : ROUND_HALF_EVEN;
    float want = field_float(field[3 + k]), got = round_float(x, digits, mode), out;
    if (!same_float(got, want))
      fail_msg("%a to %d digits: got %a, expected %a", (double)x, digits, (double)got,
               (double)want);
    round_floats(&x, 1, digits, mode, &out);
    assert_true(same_float(out, want));
  }
}

static void floats_are_rounded_on_the_text_of_the_double_and_narrowed_once(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_float);
}

/* round_long value digits up even up_as_int up_as_short up_as_byte */
static void check_integer(const struct slice *field)
{
  if (!slice_is(field[0], "round_long"))
    return;
  int64_t x = data_number(field[1]);
  int digits = (int)data_number(field[2]);
  assert_int_equal(round_int(x, digits, ROUND_HALF_UP, 64), data_number(field[3]));
  assert_int_equal(round_int(x, digits, ROUND_HALF_EVEN, 64), data_number(field[4]));
  if (digits == 0) /* nothing is rounded, and nothing wraps */
    return;
  assert_int_equal(round_int(x, digits, ROUND_HALF_UP, 32), data_number(field[5]));
  assert_int_equal(round_int(x, digits, ROUND_HALF_UP, 16), data_number(field[6]));
  assert_int_equal(round_int(x, digits, ROUND_HALF_UP, 8), data_number(field[7]));
}

static void integers_are_rounded_left_of_the_point_and_wrap(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_integer);
  assert_int_equal(round_int(149, 2, ROUND_HALF_UP, 32), 149);
  assert_int_equal(round_int(2147483647, -1, ROUND_HALF_UP, 32), -2147483646);
}

/* round/zero-signs-nan-infinity */
static void zero_has_no_sign_and_what_is_no_number_passes(void **state)
{
  (void)state;
  static const int digits[] = {-400, -1, 0, 2, 22, 23, 400};
  for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
    assert_true(same_double(round_double(-0.0, digits[i], ROUND_HALF_UP), 0.0));
    assert_true(same_float(round_float(-0.0F, digits[i], ROUND_HALF_EVEN), 0.0F));
    double infinity = round_double(-__builtin_inf(), digits[i], ROUND_HALF_UP);
    assert_true(same_double(infinity, -__builtin_inf()));
    double nan = round_double(__builtin_nan(""), digits[i], ROUND_HALF_UP);
    assert_true(same_double(nan, __builtin_nan("")));
  }
  assert_true(same_double(round_double(-0.001, 2, ROUND_HALF_UP), 0.0));
}

/* round_to_scaled() and number_print_scaled() give the text of round_double(). */
static void check_scaled(const struct slice *field)
{
  int64_t value;
  if (!slice_is(field[0], "round"))
    return;
  int digits = (int)data_number(field[2]);
  double x = field_double(field[1]);
  if (digits < 0 || digits > 6 || !round_to_scaled(x, digits, ROUND_HALF_UP, &value))
    return;
  char got[NUMBER_DOUBLE_BYTES], want[NUMBER_DOUBLE_BYTES];
  size_t n = number_print_scaled(value, digits, got);
  size_t m = number_print_double(field_double(field[3]), want);
  if (n != m || memcmp(got, want, n) != 0)
    fail_msg("%a: got %.*s, expected %.*s", x, (int)n, got, (int)m, want);
}

static void rounding_to_an_integer_and_printing_it_gives_the_same_text(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_scaled);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(doubles_are_rounded_on_their_shortest_text),
      cmocka_unit_test(floats_are_rounded_on_the_text_of_the_double_and_narrowed_once),
      cmocka_unit_test(integers_are_rounded_left_of_the_point_and_wrap),
      cmocka_unit_test(zero_has_no_sign_and_what_is_no_number_passes),
      cmocka_unit_test(rounding_to_an_integer_and_printing_it_gives_the_same_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
