/* SPDX-License-Identifier: Apache-2.0 */
/* tests/data/time_spark.tsv holds what Spark 3.5.3 answered. */
#include <stdio.h>

#include "base/random.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/civil.h"
#include "text/time_pattern.h"

static struct arena arena;

static struct time_pattern *compile(struct slice text, enum time_pattern_use use)
{
  struct error err;
  struct time_pattern *pattern = time_pattern_compile(text, use, &arena, &err);
  if (pattern == NULL)
    fail_msg("%s", err.text);
  return pattern;
}

static size_t checked;

/* "null" or a number */
static void expect(struct slice pattern, struct slice text, bool is_value, int64_t got,
                   struct slice expected)
{
  char shown[32] = "null";
  if (is_value)
    snprintf(shown, sizeof shown, "%lld", (long long)got);
  if (!slice_is(expected, shown))
    fail_msg("'%.*s' by '%.*s': got %s, expected %.*s", SLICE_PRINT(text), SLICE_PRINT(pattern),
             shown, SLICE_PRINT(expected));
  checked++;
}

static void check_parse(const struct slice *field)
{
  int64_t micros = 0;
  if (!slice_is(field[0], "parse"))
    return;
  struct time_pattern *pattern = compile(field[2], TIME_PATTERN_PARSE);
  bool taken =
      time_pattern_parse(pattern, field[3], data_number(field[1]) * MICROS_PER_SECOND, &micros);
  expect(field[2], field[3], taken, micros, field[4]);
}

static void texts_parse_to_the_instant_that_spark_says(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_parse);
  assert_true(checked > 1400);
}

static void check_parse_date(const struct slice *field)
{
  int32_t days = 0;
  if (!slice_is(field[0], "parse-date"))
    return;
  struct time_pattern *pattern = compile(field[1], TIME_PATTERN_PARSE);
  bool taken = time_pattern_parse_date(pattern, field[2], &days);
  expect(field[1], field[2], taken, days, field[3]);
}

static void texts_parse_to_the_day_that_spark_says(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_parse_date);
  assert_true(checked > 600);
}

static void check_print(const struct slice *field)
{
  if (!slice_is(field[0], "print"))
    return;
  struct time_pattern *pattern = compile(field[2], TIME_PATTERN_PRINT);
  char *out = arena_take(&arena, time_pattern_room(pattern), 1); /* asan guards its end */
  size_t n = time_pattern_print(pattern, data_number(field[3]),
                                data_number(field[1]) * MICROS_PER_SECOND, out);
  assert_true(n <= time_pattern_room(pattern));
  if (!slice_equal((struct slice){out, n}, field[4]))
    fail_msg("%.*s by '%.*s': got '%.*s', expected '%.*s'", SLICE_PRINT(field[3]),
             SLICE_PRINT(field[2]), (int)n, out, SLICE_PRINT(field[4]));
  checked++;
}

static void instants_print_as_spark_prints_them(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_print);
  assert_true(checked > 2000);
}

/* From one time to the next: a little, within days, over years and to the ends of time. */
static int64_t next_time(struct random *random, int64_t micros)
{
  static const uint64_t stride[] = {2, 20 * 1000000, UINT64_C(86400) * 1000000,
                                    UINT64_C(400) * 86400 * 1000000};
  uint64_t kind = random_below(random, 20);
  if (kind == 0)
    return (int64_t)random_next(random);
  uint64_t step = random_below(random, stride[kind % 4]);
  return (int64_t)((uint64_t)micros + (kind % 5 == 0 ? -step : step));
}

static void a_time_has_one_text_whatever_was_printed_before(void **state)
{
  (void)state;
  static const char *const text[] = {"yyyy-MM-dd HH:mm:ss", "HH:mm:ss", "dd.MM.yyyy",
                                     "yyyy/MM/dd'T'HH:mm:ss.SSS"};
  static const int64_t zone[] = {0, 19800, -43200};
  struct random random;
  random_seed(&random, 7);
  for (size_t k = 0; k < 12; k++) {
    struct time_pattern *pattern = compile(slice_of(text[k % 4]), TIME_PATTERN_PRINT);
    int64_t offset = zone[k % 3] * MICROS_PER_SECOND, micros = INT64_C(253402300700) * 1000000;
    char *out[2], want[512];
    struct time_printed last = {0};
    for (unsigned i = 0; i < 2; i++)
      out[i] = arena_take(&arena, time_pattern_room(pattern), 1);
    for (unsigned i = 0; i < 5000; i++, micros = next_time(&random, micros)) {
      size_t n = time_pattern_print_next(pattern, micros, offset, &last, out[i % 2]);
      assert_int_equal(n, time_pattern_print(pattern, micros, offset, want));
      assert_memory_equal(out[i % 2], want, n);
    }
  }
}

static void check_refused(const struct slice *field)
{
  enum time_pattern_use use =
      slice_is(field[0], "refuse-parse") ? TIME_PATTERN_PARSE : TIME_PATTERN_PRINT;
  if (use == TIME_PATTERN_PRINT && !slice_is(field[0], "refuse-print"))
    return;
  struct error err = {0};
  bool taken = time_pattern_compile(field[1], use, &arena, &err) != NULL;
  if (taken != slice_is(field[2], "taken"))
    fail_msg("%.*s '%.*s': %.*s by Spark; %s", SLICE_PRINT(field[0]), SLICE_PRINT(field[1]),
             SLICE_PRINT(field[2]), err.text);
  if (!taken)
    assert_non_null(strstr(err.text, "pattern"));
  checked++;
}

static void a_pattern_that_spark_refuses_is_refused(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_refused);
  assert_int_equal(checked, 140);
}

static void expect_message(const char *pattern, enum time_pattern_use use, enum error_code code,
                           const char *text)
{
  struct error err = {0};
  assert_null(time_pattern_compile(slice_of(pattern), use, &arena, &err));
  assert_string_equal(err.text, text);
  assert_int_equal(err.code, code);
}

static void a_refusal_names_the_letter_and_the_pattern(void **state)
{
  (void)state;
  expect_message("bbb", TIME_PATTERN_PRINT, ERR_SYNTAX,
                 "Unknown pattern letter: b (in the time pattern 'bbb')");
  expect_message("YYYY", TIME_PATTERN_PRINT, ERR_SYNTAX,
                 "week-based pattern letters are refused since Spark 3.0: Y (in the time pattern "
                 "'YYYY'); did you mean y?");
  expect_message("HH:mm z", TIME_PATTERN_PARSE, ERR_UNSUPPORTED,
                 "names of time zones are not read: z (in the time pattern 'HH:mm z'); use offsets "
                 "(XXX), or cut the name off");
  expect_message("HH:mm]", TIME_PATTERN_PARSE, ERR_SYNTAX,
                 "time pattern 'HH:mm]': a ] without a [ before it at byte 6");
  expect_message("HH 'x", TIME_PATTERN_PARSE, ERR_SYNTAX,
                 "time pattern 'HH 'x': a quoted text does not end at byte 4");
}

static void check_legacy(const struct slice *field)
{
  enum legacy_parser parser = slice_is(field[0], "legacy-fast") ? LEGACY_FAST : LEGACY_SIMPLE;
  if (parser == LEGACY_SIMPLE && !slice_is(field[0], "legacy-simple"))
    return;
  struct time_pattern *pattern = compile(field[1], TIME_PATTERN_PARSE);
  bool taken = time_pattern_legacy_takes(pattern, field[2], parser);
  if (taken != slice_is(field[3], "true"))
    fail_msg("%.*s '%.*s' by '%.*s': %.*s by Spark", SLICE_PRINT(field[0]), SLICE_PRINT(field[2]),
             SLICE_PRINT(field[1]), SLICE_PRINT(field[3]));
  checked++;
}

static void what_the_parsers_of_spark_2_would_have_taken_is_known(void **state)
{
  (void)state;
  checked = 0;
  data_each("time_spark.tsv", 2, check_legacy);
  assert_true(checked > 1000);
}

static void a_text_may_be_cut_anywhere(void **state)
{
  (void)state;
  struct slice pattern = SLICE("[yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XXX]][d MMMM yyyy, hh:mm a OOOO]");
  static const struct slice texts[] = {{"2025-05-07T10:00:00.25+02:00", 28},
                                       {"7 December 2025, 10:00 PM GMT+02:00", 35}};
  struct time_pattern *compiled = compile(pattern, TIME_PATTERN_PARSE);
  for (size_t i = 0; i < 2; i++)
    for (size_t n = 0; n <= texts[i].n; n++) {
      char *copy = arena_take(&arena, n + 1, 1);
      memcpy(copy, texts[i].p, n);
      int64_t micros;
      bool is_whole = i == 1 ? n == 0 || n == 29 || n == texts[i].n
                             : n == 0 || n == 19 || n == 21 || n == 22 || n == 28;
      assert_int_equal(time_pattern_parse(compiled, (struct slice){copy, n}, 0, &micros), is_whole);
    }
}

static int free_arena(void **state)
{
  (void)state;
  arena_free(&arena);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_parse_to_the_instant_that_spark_says),
      cmocka_unit_test(texts_parse_to_the_day_that_spark_says),
      cmocka_unit_test(instants_print_as_spark_prints_them),
      cmocka_unit_test(a_time_has_one_text_whatever_was_printed_before),
      cmocka_unit_test(a_pattern_that_spark_refuses_is_refused),
      cmocka_unit_test(a_refusal_names_the_letter_and_the_pattern),
      cmocka_unit_test(what_the_parsers_of_spark_2_would_have_taken_is_known),
      cmocka_unit_test(a_text_may_be_cut_anywhere),
  };
  return cmocka_run_group_tests(tests, NULL, free_arena);
}
