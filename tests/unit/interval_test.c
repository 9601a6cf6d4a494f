/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/civil.h"
#include "text/interval.h"
#include "text/interval_units.h"

static size_t checked;

static void check_interval(const struct slice *field)
{
  if (!slice_is(field[0], "interval"))
    return;
  struct interval i;
  struct error err = {0};
  char shown[64] = "null";
  if (interval_parse(field[1], &i, &err))
    snprintf(shown, sizeof shown, "%d %d %lld", i.months, i.days, (long long)i.micros);
  if (!slice_is(field[2], shown))
    fail_msg("'%.*s': got %s (%s), expected %.*s", SLICE_PRINT(field[1]), shown, err.text,
             SLICE_PRINT(field[2]));
  checked++;
}

static void a_text_is_the_interval_that_spark_says(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_interval);
  assert_int_equal(checked, 66);
}

static void an_unknown_unit_is_named(void **state)
{
  (void)state;
  struct interval i;
  struct error err;
  assert_false(interval_parse(SLICE("10 ticks"), &i, &err));
  assert_int_equal(err.code, ERR_SYNTAX);
  assert_string_equal(err.text,
                      "'10 ticks' is no interval: 'ticks' is no unit (microseconds to years)");
}

static void months_have_no_length(void **state)
{
  (void)state;
  struct interval month = {.months = 1}, week = {.days = 7, .micros = -1};
  struct interval years = {.days = INT32_MAX, .micros = INT64_MAX};
  int64_t micros;
  struct error err;
  assert_true(interval_micros(&week, &micros, &err));
  assert_int_equal(micros, 7 * MICROS_PER_DAY - 1);
  assert_false(interval_micros(&month, &micros, &err));
  assert_int_equal(err.code, ERR_RANGE);
  assert_false(interval_micros(&years, &micros, &err));
}

/* Found by tests/fuzz/time_fuzz.c: the digits overflowed before they were counted. */
static void a_fraction_of_too_many_digits_is_refused(void **state)
{
  (void)state;
  struct interval i;
  struct error err;
  assert_false(interval_parse(SLICE("1.99999999999999999999999999 seconds"), &i, &err));
  assert_non_null(strstr(err.text, "nine digits"));
}

static void a_duration_is_a_number_and_a_unit(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t ns;
  } good[] = {
      {"30s", 30000000000},
      {"1s", 1000000000},
      {"5 min", 300000000000},
      {"500ms", 500000000},
      {"1.5 s", 1500000000},
      {"2h", 7200000000000},
      {"250us", 250000},
      {"1d", 86400000000000},
      {"5 minutes", 300000000000},
      {"1 second", 1000000000},
      {"0s", 0},
      {"0.25ms", 250000},
      {"0.5ms", 500000},
      {"1.5us", 1500},
      {"0.000001ms", 1},
      {" 7 days ", 604800000000000},
      {"40ns", 40},
      {"9223372036s", 9223372036000000000},
  };
  int64_t ns;
  struct error err;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    if (!duration_parse(slice_of(good[i].text), &ns, &err))
      fail_msg("%s", err.text);
    assert_int_equal(ns, good[i].ns);
  }
  static const char *const bad[] = {
      "",    "30",  "s",  "-1s",  "1.2.3s",      "30 parsecs",           "1e3s",
      "1 m", "1ss", ".s", "1,5s", "9223372037s", "99999999999999999999s"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    assert_false(duration_parse(slice_of(bad[i]), &ns, &err));
}

static void a_wrong_unit_gets_the_nearest_one(void **state)
{
  (void)state;
  int64_t ns;
  struct error err;
  assert_false(duration_parse(SLICE("5 minuts"), &ns, &err));
  assert_string_equal(err.text,
                      "'5 minuts' is no duration: unknown unit 'minuts' (did you mean 'minute'?)");
  assert_false(duration_parse(SLICE("30"), &ns, &err));
  assert_string_equal(err.text, "'30' is no duration: a unit has to follow (ms, s, min, h)");
}

/* Values and texts as Spark 3.5 gives them. */
static void units_are_printed_and_read_as_spark_does(void **state)
{
  (void)state;
  static const struct {
    enum interval_unit first, last;
    int64_t value;
    const char *text;
  } cases[] = {
      {INTERVAL_DAY, INTERVAL_SECOND, 93784500000, "1 02:03:04.5"},
      {INTERVAL_DAY, INTERVAL_SECOND, -7200000000, "-0 02:00:00"},
      {INTERVAL_DAY, INTERVAL_DAY, 1209600000000, "14"},
      {INTERVAL_DAY, INTERVAL_HOUR, 468000000000, "5 10"},
      {INTERVAL_HOUR, INTERVAL_HOUR, 18000000000, "05"},
      {INTERVAL_HOUR, INTERVAL_MINUTE, 90180000000, "25:03"},
      {INTERVAL_MINUTE, INTERVAL_SECOND, 1815250000, "30:15.25"},
      {INTERVAL_SECOND, INTERVAL_SECOND, 100000, "00.1"},
      {INTERVAL_YEAR, INTERVAL_MONTH, -11, "-0-11"},
      {INTERVAL_YEAR, INTERVAL_YEAR, 24, "2"},
      {INTERVAL_MONTH, INTERVAL_MONTH, 40, "40"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char out[INTERVAL_TEXT_ROOM], want[INTERVAL_TEXT_ROOM];
    const char *first = interval_unit_name(cases[i].first);
    const char *last = interval_unit_name(cases[i].last);
    bool one = cases[i].first == cases[i].last;
    snprintf(want, sizeof want, "INTERVAL '%s' %s%s%s", cases[i].text, first, one ? "" : " TO ",
             one ? "" : last);
    out[interval_print(cases[i].value, cases[i].first, cases[i].last, out)] = '\0';
    assert_string_equal(out, want);
    int64_t value;
    assert_true(
        interval_parse_units(slice_of(cases[i].text), cases[i].first, cases[i].last, &value));
    assert_int_equal(value, cases[i].value);
  }
}

static void a_text_of_other_units_is_no_interval(void **state)
{
  (void)state;
  int64_t value;
  assert_false(interval_parse_units(SLICE("1 24"), INTERVAL_DAY, INTERVAL_HOUR, &value));
  assert_false(interval_parse_units(SLICE("1-12"), INTERVAL_YEAR, INTERVAL_MONTH, &value));
  assert_false(interval_parse_units(SLICE("1:2"), INTERVAL_DAY, INTERVAL_HOUR, &value));
  assert_false(interval_parse_units(SLICE("5 "), INTERVAL_DAY, INTERVAL_DAY, &value));
  assert_false(interval_parse_units(SLICE(""), INTERVAL_DAY, INTERVAL_DAY, &value));
  assert_false(interval_parse_units(SLICE("1."), INTERVAL_SECOND, INTERVAL_SECOND, &value));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_text_is_the_interval_that_spark_says),
      cmocka_unit_test(an_unknown_unit_is_named),
      cmocka_unit_test(months_have_no_length),
      cmocka_unit_test(a_fraction_of_too_many_digits_is_refused),
      cmocka_unit_test(a_duration_is_a_number_and_a_unit),
      cmocka_unit_test(a_wrong_unit_gets_the_nearest_one),
      cmocka_unit_test(units_are_printed_and_read_as_spark_does),
      cmocka_unit_test(a_text_of_other_units_is_no_interval),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
