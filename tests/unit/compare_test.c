/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/compare.h"
#include "tests/support/check.h"

static struct comparison compare(const char *expected, const char *got)
{
  struct comparison c;
  compare_bytes(slice_of(expected), slice_of(got), &c);
  return c;
}

static void expect_words(const char *expected, const char *got, const char *words)
{
  struct comparison c = compare(expected, got);
  struct buffer out = {0};
  comparison_describe(&c, "out.csv", &out);
  buffer_put(&out, '\0');
  assert_string_equal(out.p, words);
  buffer_free(&out);
}

static void equal_bytes_are_the_same(void **state)
{
  (void)state;
  assert_true(compare("", "").same);
  assert_true(compare("a,b\n1,2\n", "a,b\n1,2\n").same);
  expect_words("a,b\n1,2\n", "a,b\n1,2\n", "out.csv: same (2 lines)\n");
}

static void the_first_difference_has_its_line_and_byte(void **state)
{
  (void)state;
  struct comparison c = compare("a,b\n1,2\n3,45\n6,7\n", "a,b\n1,2\n3,46\n6,8\n");
  assert_false(c.same);
  assert_int_equal(c.line, 3);
  assert_int_equal(c.column, 4);
  assert_true(slice_is(c.expected, "3,45"));
  assert_true(slice_is(c.got, "3,46"));
  assert_int_equal(c.missing, 2);
  assert_int_equal(c.surplus, 2);
}

static void cells_that_differ_are_named_by_the_header(void **state)
{
  (void)state;
  expect_words("server,avg,alert\ns1,75.69,\n", "server,avg,alert\ns1,75.7,\"CPU, high\"\n",
               "out.csv: differs from line 2, column 7 on; 1 of 2 expected lines missing, 1 of 2 "
               "lines not expected\n"
               "  expected s1,75.69,\n"
               "  got      s1,75.7,\"CPU, high\"\n"
               "  cell     avg: expected '75.69', got '75.7'\n"
               "  cell     alert: expected '', got '\"CPU, high\"'\n");
}

static void a_line_too_many_does_not_make_the_rest_differ(void **state)
{
  (void)state;
  struct comparison c = compare("h\na\nb\nc\n", "h\nx\na\nb\nc\n");
  assert_int_equal(c.line, 2);
  assert_int_equal(c.missing, 0);
  assert_int_equal(c.surplus, 1);
  c = compare("h\na\na\n", "h\na\n");
  assert_int_equal(c.missing, 1);
  assert_int_equal(c.surplus, 0);
  assert_true(c.has_expected);
  assert_false(c.has_got);
}

static void a_file_that_ends_early_says_so(void **state)
{
  (void)state;
  expect_words("h\na\n", "h\n",
               "out.csv: differs from line 2, column 1 on; 1 of 2 expected lines missing, 0 of 1 "
               "line not expected\n"
               "  expected a\n"
               "  got      (the file ends before this line)\n");
  expect_words("h\n", "",
               "out.csv: differs from line 1, column 1 on; 1 of 1 expected line missing, 0 of 0 "
               "lines not expected\n"
               "  expected h\n"
               "  got      (the file ends before this line)\n");
}

static void order_and_line_ends_are_differences_too(void **state)
{
  (void)state;
  struct comparison c = compare("h\na\nb\n", "h\nb\na\n");
  assert_false(c.same);
  assert_int_equal(c.missing + c.surplus, 0);
  expect_words("h\na\n", "h\na",
               "out.csv: differs from line 2, column 2 on; the same lines in another order, or "
               "other line ends\n"
               "  expected a\n"
               "  got      a\n");
  expect_words("h\n", "h\r\n",
               "out.csv: differs from line 1, column 2 on; 1 of 1 expected line missing, 1 of 1 "
               "line not expected\n"
               "  expected h\n"
               "  got      h\\r\n");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equal_bytes_are_the_same),
      cmocka_unit_test(the_first_difference_has_its_line_and_byte),
      cmocka_unit_test(cells_that_differ_are_named_by_the_header),
      cmocka_unit_test(a_line_too_many_does_not_make_the_rest_differ),
      cmocka_unit_test(a_file_that_ends_early_says_so),
      cmocka_unit_test(order_and_line_ends_are_differences_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
