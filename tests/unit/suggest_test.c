/* SPDX-License-Identifier: Apache-2.0 */
#include "base/suggest.h"
#include "tests/support/check.h"

static const struct slice NAMES[] = {
    SLICE("partitions"), SLICE("key"), SLICE("json"), SLICE("server_id"), SLICE("cpu_pct"),
};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

static void nearest_is(const char *typed, const char *expected)
{
  struct slice nearest = suggest(slice_of(typed), NAMES, NAME_COUNT);
  if (!slice_is(nearest, expected))
    fail_msg("'%s' gave '%.*s', not '%s'", typed, SLICE_PRINT(nearest), expected);
}

static void a_slip_of_the_finger_finds_its_name(void **state)
{
  (void)state;
  nearest_is("partions", "partitions");
  nearest_is("partitoins", "partitions");
  nearest_is("kye", "key");
  nearest_is("PARTITIONS", "partitions");
  nearest_is("serverid", "server_id");
  nearest_is("cpu-pct", "cpu_pct");
}

static void what_resembles_nothing_finds_nothing(void **state)
{
  (void)state;
  nearest_is("", "");
  nearest_is("watermark", "");
  nearest_is("xyz", "");
}

static void a_name_too_long_to_be_a_slip_is_left_alone(void **state)
{
  (void)state;
  char typed[500];
  memset(typed, 'p', sizeof typed);
  struct slice nearest = suggest((struct slice){typed, sizeof typed}, NAMES, NAME_COUNT);
  assert_int_equal(nearest.n, 0);
}

static void of_two_as_near_the_first_is_taken(void **state)
{
  (void)state;
  const struct slice names[] = {SLICE("memb"), SLICE("mema")};
  assert_true(slice_is(suggest(SLICE("memc"), names, 2), "memb"));
}

static void a_hint_is_a_question_or_nothing(void **state)
{
  (void)state;
  char hint[64];
  assert_string_equal(suggest_hint(SLICE("jsno"), NAMES, NAME_COUNT, hint, sizeof hint),
                      " (did you mean 'json'?)");
  assert_string_equal(suggest_hint(SLICE("zzzzz"), NAMES, NAME_COUNT, hint, sizeof hint), "");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_slip_of_the_finger_finds_its_name),
      cmocka_unit_test(what_resembles_nothing_finds_nothing),
      cmocka_unit_test(a_name_too_long_to_be_a_slip_is_left_alone),
      cmocka_unit_test(of_two_as_near_the_first_is_taken),
      cmocka_unit_test(a_hint_is_a_question_or_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
