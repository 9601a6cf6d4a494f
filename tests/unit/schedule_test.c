/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/schedule.h"

#include "replay/time/clock.h"
#include "tests/support/check.h"

static void rows_of_one_text_go_together_and_groups_follow_each_other(void **state)
{
  (void)state;
  struct schedule s;
  schedule_start(&s, 100, 10);
  assert_int_equal(schedule_next(&s, SLICE("20:53:00"), false), 100);
  assert_int_equal(schedule_next(&s, SLICE("20:53:00"), false), 100);
  assert_int_equal(schedule_next(&s, SLICE("20:53:05"), false), 110);
  assert_int_equal(schedule_next(&s, SLICE("20:53:00"), false), 120);
  schedule_free(&s);
}

static void no_text_is_a_group_of_its_own(void **state)
{
  (void)state;
  struct schedule s;
  schedule_start(&s, 0, 1);
  assert_int_equal(schedule_next(&s, SLICE(""), true), 0);
  assert_int_equal(schedule_next(&s, SLICE(""), true), 0);
  assert_int_equal(schedule_next(&s, SLICE(""), false), 1);
  assert_int_equal(schedule_next(&s, SLICE("a"), false), 2);
  assert_int_equal(schedule_next(&s, SLICE("a"), true), 3);
  schedule_free(&s);
}

static void the_clock_shows_the_time_of_day_in_utc(void **state)
{
  (void)state;
  struct clock clock;
  char text[CLOCK_TIME_BYTES];
  clock_start(&clock, false);
  clock_time_of_day(clock.now_ns, text);
  assert_memory_equal(text, "00:00:00", 8);
  clock_jump(&clock, clock.now_ns + (23 * 3600 + 59 * 60 + 58) * NS_PER_SECOND + 999999999);
  clock_time_of_day(clock.now_ns, text);
  assert_memory_equal(text, "23:59:58", 8);
  clock_jump(&clock, clock.now_ns + 2 * NS_PER_SECOND);
  clock_time_of_day(clock.now_ns, text);
  assert_memory_equal(text, "00:00:00", 8);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_of_one_text_go_together_and_groups_follow_each_other),
      cmocka_unit_test(no_text_is_a_group_of_its_own),
      cmocka_unit_test(the_clock_shows_the_time_of_day_in_utc),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
