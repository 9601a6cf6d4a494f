/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/civil.h"

/* The line's numbers are what Spark's functions say of the day. */
static void check_day(const struct slice *field)
{
  if (!slice_is(field[0], "calendar"))
    return;
  int64_t day = data_number(field[1]), months = data_number(field[2]);
  struct civil_date date = civil_from_days(day);
  char facts[128];
  snprintf(facts, sizeof facts, "%d %d %d %d %d %d %lld %lld", date.year, date.month, date.day,
           civil_weekday(day), civil_day_of_year(day), civil_iso_week(day),
           (long long)civil_month_end(day), (long long)civil_add_months(day, months));
  struct slice got = slice_of(facts);
  if (!slice_equal(got, field[3]))
    fail_msg("day %lld: got %s, expected %.*s", (long long)day, facts, SLICE_PRINT(field[3]));
  assert_int_equal(civil_to_days(date.year, date.month, date.day), day);
}

static void the_calendar_is_that_of_spark(void **state)
{
  (void)state;
  data_each("time_spark.tsv", 2, check_day);
}

static void a_day_and_back_is_the_same_day_over_the_whole_range(void **state)
{
  (void)state;
  struct civil_date before = civil_from_days(-106751992);
  for (int64_t day = -106751991; day <= 106751992;
       day += day % 3000 == 0 ? 1 : 1 + day % 7 * day % 7) {
    struct civil_date date = civil_from_days(day);
    assert_true(civil_is_date(date.year, date.month, date.day));
    assert_int_equal(civil_to_days(date.year, date.month, date.day), day);
    assert_true(date.year > before.year || date.month > before.month || date.day > before.day ||
                day == -106751991);
    before = date;
  }
}

static void midnights_follow_each_other_across_the_limits_of_the_fast_way(void **state)
{
  (void)state;
  static const int64_t limits[] = {-10000000, 10000000, 0, -719468, 11016};
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
    for (int64_t day = limits[i] - 800; day < limits[i] + 800; day++) {
      struct civil_date a = civil_from_days(day), b = civil_from_days(day + 1);
      bool month_ends = a.day == civil_month_length(a.year, a.month);
      assert_int_equal(b.day, month_ends ? 1 : a.day + 1);
      assert_int_equal(b.month, month_ends ? a.month % 12 + 1 : a.month);
      assert_int_equal(b.year, a.year + (month_ends && a.month == 12));
    }
}

/* java.time.LocalDateTime of Instant.MIN and MAX in microseconds of a long */
static void the_first_and_the_last_microsecond_have_a_date(void **state)
{
  (void)state;
  struct civil_time last = civil_from_micros(INT64_MAX), first = civil_from_micros(INT64_MIN);
  assert_int_equal(last.date.year, 294247);
  assert_int_equal(last.date.month, 1);
  assert_int_equal(last.date.day, 10);
  assert_int_equal(last.hour, 4);
  assert_int_equal(last.second, 54);
  assert_int_equal(last.micros, 775807);
  assert_int_equal(first.date.year, -290308);
  assert_int_equal(first.date.month, 12);
  assert_int_equal(first.date.day, 21);
  assert_int_equal(first.micros, 224192);
  int64_t micros;
  assert_true(civil_to_micros(&last, &micros));
  assert_int_equal(micros, INT64_MAX);
  assert_true(civil_to_micros(&first, &micros));
  assert_int_equal(micros, INT64_MIN);
  last.micros++;
  assert_false(civil_to_micros(&last, &micros));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_calendar_is_that_of_spark),
      cmocka_unit_test(a_day_and_back_is_the_same_day_over_the_whole_range),
      cmocka_unit_test(midnights_follow_each_other_across_the_limits_of_the_fast_way),
      cmocka_unit_test(the_first_and_the_last_microsecond_have_a_date),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
