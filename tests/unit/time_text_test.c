/* SPDX-License-Identifier: Apache-2.0 */
/* tests/data/time_spark.tsv holds what Spark 3.5.3 answered. */
#include <stdio.h>

#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/civil.h"
#include "text/time_text.h"

static size_t checked;

static void expect(struct slice text, bool is_value, int64_t got, struct slice expected)
{
  char shown[32] = "null";
  if (is_value)
    snprintf(shown, sizeof shown, "%lld", (long long)got);
  if (!slice_is(expected, shown))
    fail_msg("'%.*s': got %s, expected %.*s", SLICE_PRINT(text), shown, SLICE_PRINT(expected));
  checked++;
}

/* A region gives null here, which the header says; Spark reads some texts as one. */
static void check_cast(const struct slice *field)
{
  int64_t micros = 0;
  if (!slice_is(field[0], "cast"))
    return;
  bool taken =
      timestamp_parse(field[2], data_number(field[1]) * MICROS_PER_SECOND, TODAY_UNKNOWN, &micros);
  expect(field[2], taken, micros, field[3]);
}

static void check_bare(const struct slice *field)
{
  int64_t micros = 0;
  if (!slice_is(field[0], "cast-bare"))
    return;
  bool taken = timestamp_parse(field[1], 0, 0, &micros);
  expect(field[1], taken, floor_mod(micros, MICROS_PER_DAY), field[2]);
  assert_false(timestamp_parse(field[1], 0, TODAY_UNKNOWN, &micros));
}

static void check_cast_date(const struct slice *field)
{
  int32_t days = 0;
  if (!slice_is(field[0], "cast-date"))
    return;
  bool taken = date_parse(field[1], &days);
  expect(field[1], taken, days, field[2]);
}

static void a_text_casts_to_the_timestamp_that_spark_says(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_cast);
  assert_true(checked > 1500);
}

static void a_bare_time_of_day_is_that_time_today_or_null(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_bare);
  assert_true(checked > 15);
  int64_t micros;
  assert_true(timestamp_parse(SLICE("10:15"), MICROS_PER_HOUR, 20215, &micros));
  assert_int_equal(micros, INT64_C(1746609300000000)); /* 2025-05-07 10:15:00+01:00 */
}

static void a_text_casts_to_the_date_that_spark_says(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_cast_date);
  assert_true(checked > 500);
}

static void expect_text(struct slice got, struct slice expected)
{
  if (!slice_equal(got, expected))
    fail_msg("got '%.*s', expected '%.*s'", SLICE_PRINT(got), SLICE_PRINT(expected));
  checked++;
}

static void check_print(const struct slice *field)
{
  char out[TIME_TEXT_ROOM];
  bool is_iso = slice_is(field[0], "iso");
  if (slice_is(field[0], "date-string")) {
    size_t n = date_print((int32_t)data_number(field[1]), out);
    expect_text((struct slice){out, n}, field[2]);
  }
  if (!is_iso && !slice_is(field[0], "string"))
    return;
  int64_t offset = data_number(field[1]) * MICROS_PER_SECOND, micros = data_number(field[2]);
  size_t n =
      is_iso ? timestamp_print_iso(micros, offset, out) : timestamp_print(micros, offset, out);
  expect_text((struct slice){out, n}, field[3]);
}

static void times_print_as_spark_prints_them(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_print);
  assert_true(checked > 450);
}

static void the_ends_of_the_range_print_and_read_back(void **state)
{
  (void)state;
  static const int64_t ends[] = {INT64_MIN, INT64_MAX};
  for (size_t i = 0; i < 2; i++)
    for (int64_t offset = -18; offset <= 18; offset += 6) {
      char out[TIME_TEXT_ROOM];
      int64_t micros;
      size_t n = timestamp_print(ends[i], offset * MICROS_PER_HOUR, out);
      assert_true(timestamp_parse((struct slice){out, n}, offset * MICROS_PER_HOUR, 0, &micros));
      assert_int_equal(micros, ends[i]);
    }
}

static void a_zone_is_utc_or_an_offset(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t minutes;
  } good[] = {{"UTC", 0},    {"Z", 0},       {"GMT", 0},        {"+05:30", 330},
              {"-8", -480},  {"+0530", 330}, {"GMT+1", 60},     {"UTC-03:00", -180},
              {"UT+2", 120}, {"+2:00", 120}, {"-18:00", -1080}, {"Etc/UTC", 0}};
  int64_t offset;
  struct error err;
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    assert_true(zone_offset_parse(slice_of(good[i].text), &offset, &err));
    assert_int_equal(offset, good[i].minutes * MICROS_PER_MINUTE);
  }
  assert_false(zone_offset_parse(SLICE("Europe/Berlin"), &offset, &err));
  assert_int_equal(err.code, ERR_UNSUPPORTED);
  assert_string_equal(
      err.text, "time zone 'Europe/Berlin' is not known: give UTC or an offset such as +05:30");
  assert_false(zone_offset_parse(SLICE("+18:01"), &offset, &err));
  assert_int_equal(err.code, ERR_RANGE);
  assert_false(zone_offset_parse(SLICE(""), &offset, &err));
  assert_false(zone_offset_parse(SLICE("+"), &offset, &err));
  assert_false(zone_offset_parse(SLICE("utc"), &offset, &err));
}

static void an_empty_text_is_nothing(void **state)
{
  (void)state;
  struct slice empty = {NULL, 0};
  int64_t micros;
  int32_t days;
  struct error err;
  assert_false(timestamp_parse(empty, 0, 0, &micros));
  assert_false(date_parse(empty, &days));
  assert_false(zone_offset_parse(empty, &micros, &err));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_text_casts_to_the_timestamp_that_spark_says),
      cmocka_unit_test(a_bare_time_of_day_is_that_time_today_or_null),
      cmocka_unit_test(a_text_casts_to_the_date_that_spark_says),
      cmocka_unit_test(times_print_as_spark_prints_them),
      cmocka_unit_test(the_ends_of_the_range_print_and_read_back),
      cmocka_unit_test(a_zone_is_utc_or_an_offset),
      cmocka_unit_test(an_empty_text_is_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
