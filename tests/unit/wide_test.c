/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/check.h"
#include "text/to_binary.h"
#include "text/wide.h"

static void limbs_are_compared_from_the_top(void **state)
{
  (void)state;
  struct wide a, b;
  wide_set(&a, 7);
  wide_set(&b, 9);
  assert_true(wide_compare(&a, &b) < 0);
  wide_shift_left(&a, 64);
  assert_true(wide_compare(&a, &b) > 0);
  assert_true(wide_compare(&b, &a) < 0);
  wide_shift_left(&b, 64);
  wide_multiply_add(&a, 1, 100);
  assert_true(wide_compare(&a, &b) < 0);
  wide_set(&b, 7);
  wide_shift_left(&b, 64);
  assert_true(wide_compare(&a, &b) > 0);
  wide_multiply_add(&b, 1, 100);
  assert_true(wide_compare(&a, &b) == 0);
}

/* 10^80 * 2^3, once as a power of five that is shifted, once digit by digit */
static void powers_of_five_and_of_two_make_powers_of_ten(void **state)
{
  (void)state;
  struct wide a, b;
  wide_set(&a, 1);
  wide_multiply_power_of_five(&a, 80);
  wide_shift_left(&a, 83);
  wide_set(&b, 8);
  for (int i = 0; i < 80; i++)
    wide_multiply_add(&b, 10, 0);
  assert_true(wide_compare(&a, &b) == 0);
  wide_set(&a, 0);
  wide_shift_left(&a, 200);
  assert_int_equal(a.n, 0);
}

/* The doubles' exact values: Python's decimal.Decimal(x) */
static void a_decimal_is_compared_to_the_exact_value_of_a_double(void **state)
{
  (void)state;
  assert_true(decimal_compare_double(1005, -3, 1.005) > 0); /* 1.00499999999999989... */
  assert_true(decimal_compare_double(2675, -3, 2.675) > 0); /* 2.67499999999999982... */
  assert_true(decimal_compare_double(1, -1, 0.1) < 0);      /* 0.10000000000000000555... */
  assert_true(decimal_compare_double(125, -3, 0.125) == 0);
  assert_true(decimal_compare_double(1, 23, 1e23) > 0); /* 99999999999999991611392 */
  assert_true(decimal_compare_double(1, 22, 1e22) == 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(limbs_are_compared_from_the_top),
      cmocka_unit_test(powers_of_five_and_of_two_make_powers_of_ten),
      cmocka_unit_test(a_decimal_is_compared_to_the_exact_value_of_a_double),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
