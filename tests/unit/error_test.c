/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <errno.h>
#include <string.h>

#include "base/slice.h"
#include "tests/support/check.h"

static const char *format(const struct error *err)
{
  static char line[1200];
  return error_format(err, line, sizeof line);
}

static void a_message_says_where_as_far_as_it_is_known(void **state)
{
  (void)state;
  struct error err = {0};
  assert_false(error_at(&err, ERR_NAME, "p.yaml", 14, 5, "unknown key '%s'", "partions"));
  assert_int_equal(err.code, ERR_NAME);
  assert_string_equal(format(&err), "p.yaml:14:5: unknown key 'partions'");
  error_at(&err, ERR_NAME, "p.yaml", 14, 0, "no topic");
  assert_string_equal(format(&err), "p.yaml:14: no topic");
  error_at(&err, ERR_NAME, "p.yaml", 0, 0, "empty");
  assert_string_equal(format(&err), "p.yaml: empty");
  error_set(&err, ERR_USAGE, "no command given");
  assert_string_equal(format(&err), "no command given");
}

static void a_system_error_adds_the_systems_words(void **state)
{
  (void)state;
  struct error err = {0};
  assert_false(error_io(&err, "out/a.csv", ENOSPC, "cannot be written"));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(format(&err), "out/a.csv: cannot be written: No space left on device");
}

static void a_message_may_quote_the_error_that_it_replaces(void **state)
{
  (void)state;
  struct error err = {0};
  error_set(&err, ERR_DATA, "bad row");
  error_at(&err, ERR_DATA, "a.csv", 3, 0, "job CPU_MEM: %s", err.text);
  assert_string_equal(format(&err), "a.csv:3: job CPU_MEM: bad row");
}

static void a_message_too_long_is_cut_and_ends(void **state)
{
  (void)state;
  char name[5000];
  memset(name, 'n', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  struct error err = {0};
  error_at(&err, ERR_IO, name, 1, 1, "%s", name);
  assert_int_equal(strlen(err.text), sizeof err.text - 1);
  assert_int_equal(strlen(err.file), sizeof err.file - 1);
  char small[10];
  assert_string_equal(error_format(&err, small, sizeof small), "nnnnnnnnn");
}

static void an_error_that_nobody_wants_is_not_written(void **state)
{
  (void)state;
  assert_false(error_set(NULL, ERR_USAGE, "x"));
  assert_false(error_at(NULL, ERR_USAGE, "f", 1, 1, "x"));
  assert_false(error_io(NULL, "f", EIO, "x"));
}

static void letters_compare_without_case_only_within_ascii(void **state)
{
  (void)state;
  assert_true(slice_equal_nocase(SLICE("Window_I"), SLICE("wINDOW_i")));
  assert_false(slice_equal_nocase(SLICE("i"), SLICE("\xc4\xb1")));        /* dotless i */
  assert_false(slice_equal_nocase(SLICE("\xc3\xa4"), SLICE("\xc3\x84"))); /* a and A umlaut */
  assert_false(slice_equal_nocase(SLICE("@"), SLICE("`")));
}

static void bytes_order_texts_and_a_prefix_comes_first(void **state)
{
  (void)state;
  assert_true(slice_compare(SLICE("server_1"), SLICE("server_10")) < 0);
  assert_true(slice_compare(SLICE("server_10"), SLICE("server_2")) < 0);
  assert_true(slice_compare(SLICE("\xc3\xa4"), SLICE("z")) > 0);
  assert_int_equal(slice_compare(SLICE(""), (struct slice){0}), 0);
}

static void trimming_takes_blanks_at_the_ends_only(void **state)
{
  (void)state;
  assert_true(slice_is(slice_trim(SLICE(" \t a b\r\n")), "a b"));
  assert_int_equal(slice_trim(SLICE(" \t\r\n ")).n, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_message_says_where_as_far_as_it_is_known),
      cmocka_unit_test(a_system_error_adds_the_systems_words),
      cmocka_unit_test(a_message_may_quote_the_error_that_it_replaces),
      cmocka_unit_test(a_message_too_long_is_cut_and_ends),
      cmocka_unit_test(an_error_that_nobody_wants_is_not_written),
      cmocka_unit_test(letters_compare_without_case_only_within_ascii),
      cmocka_unit_test(bytes_order_texts_and_a_prefix_comes_first),
      cmocka_unit_test(trimming_takes_blanks_at_the_ends_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
