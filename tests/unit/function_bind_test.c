/* SPDX-License-Identifier: Apache-2.0 */
/* What binding a call refuses, and what it leaves of a call that is partly constant. The values of
 * functions are checked in function_test.c.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "sql/function.h"
#include "tests/support/check.h"
#include "text/civil.h"

enum { MOST_ARGS = 8 };

/* One environment for each test. */
struct bench {
  struct arena arena;
  struct error err;
  struct sql_settings settings;
  struct binding b;
};

static int start(void **state)
{
  struct bench *t = mem_new(1, sizeof *t);
  t->b = (struct binding){&t->arena, &t->settings, "q.sql", &t->err};
  *state = t;
  return 0;
}

static int stop(void **state)
{
  struct bench *t = *state;
  arena_free(&t->arena);
  free(t);
  return 0;
}

static const struct position here = {3, 14};

static struct expr *column_of(struct bench *t, size_t index, enum type_kind kind)
{
  return expr_column(&t->arena, index, type_of(kind), here);
}

static struct expr *text(struct bench *t, const char *value)
{
  struct column c;
  column_make_text(&c, slice_of(value), &t->arena);
  return expr_literal(&t->arena, c, here);
}

static struct expr *integer(struct bench *t, int32_t value)
{
  struct column c;
  column_make(&c, type_of(TYPE_INT), 1, &t->arena);
  c.i32[0] = value;
  return expr_literal(&t->arena, c, here);
}

static struct expr *boolean(struct bench *t, bool value)
{
  struct column c;
  column_make(&c, type_of(TYPE_BOOLEAN), 1, &t->arena);
  c.boolean[0] = value;
  return expr_literal(&t->arena, c, here);
}

static struct expr *micros(struct bench *t, enum type_kind kind, int64_t value)
{
  struct column c;
  column_make(&c, type_of(kind), 1, &t->arena);
  c.i64[0] = value;
  return expr_literal(&t->arena, c, here);
}

static struct expr *null_of(struct bench *t, enum type_kind kind)
{
  struct column c;
  column_make_null(&c, type_of(kind), &t->arena);
  return expr_literal(&t->arena, c, here);
}

/* Binds name(...); the arguments end with NULL. */
static struct expr *call(struct bench *t, const char *name, ...)
{
  struct expr **arg = arena_take(&t->arena, MOST_ARGS, sizeof *arg);
  size_t args = 0;
  va_list list;
  va_start(list, name);
  while ((arg[args] = va_arg(list, struct expr *)) != NULL)
    args++;
  va_end(list);
  return function_bind(&t->b, slice_of(name), arg, args, here);
}

static void expect_refusal(struct bench *t, struct expr *e, enum error_code code, const char *words)
{
  assert_null(e);
  assert_int_equal(t->err.code, code);
  assert_string_equal(t->err.file, "q.sql");
  assert_int_equal(t->err.line, 3);
  assert_int_equal(t->err.column, 14);
  if (strstr(t->err.text, words) == NULL)
    fail_msg("'%s' does not say '%s'", t->err.text, words);
}

static void expect_type(const struct expr *e, const char *type)
{
  char name[100];
  assert_non_null(e);
  assert_string_equal(type_name(e->type, name, sizeof name), type);
}

static void the_names_are_sorted_and_found_in_any_case(void **state)
{
  (void)state;
  size_t count;
  const struct slice *name = function_names(&count);
  for (size_t i = 1; i < count; i++)
    assert_true(slice_compare(name[i - 1], name[i]) < 0);
  for (size_t i = 0; i < count; i++)
    assert_true(function_exists(name[i]));
  assert_true(function_exists(SLICE("Date_FORMAT")));
  assert_false(function_exists(SLICE("")));
}

static void an_unknown_function_is_refused_with_the_nearest_name(void **state)
{
  struct bench *t = *state;
  expect_refusal(t, call(t, "substrin", text(t, "a"), NULL), ERR_NAME,
                 "function 'substrin' is not known (did you mean 'substring'?)");
}

static void a_wrong_number_of_arguments_is_refused(void **state)
{
  struct bench *t = *state;
  expect_refusal(t, call(t, "substring", text(t, "a"), NULL), ERR_TYPE, "takes 2 to 3 arguments");
  expect_refusal(t, call(t, "upper", text(t, "a"), text(t, "b"), NULL), ERR_TYPE,
                 "takes 1 argument, not 2");
  expect_refusal(t, call(t, "greatest", text(t, "a"), NULL), ERR_TYPE, "takes 2 or more");
}

static void types_that_do_not_fit_are_both_named(void **state)
{
  struct bench *t = *state;
  struct expr *b = column_of(t, 0, TYPE_BOOLEAN), *i = column_of(t, 1, TYPE_INT);
  struct expr *d = column_of(t, 2, TYPE_DATE);
  expect_refusal(t, call(t, "+", i, b, NULL), ERR_TYPE, "INT and BOOLEAN");
  expect_refusal(t, call(t, "=", d, i, NULL), ERR_TYPE, "DATE cannot be compared with INT");
  expect_refusal(t, call(t, "not", i, NULL), ERR_TYPE, "INT, not BOOLEAN");
  expect_refusal(t, call(t, "case", i, i, NULL), ERR_TYPE, "must be BOOLEAN, not INT");
  expect_refusal(t, expr_cast(&t->b, b, type_of(TYPE_DATE), here), ERR_TYPE, "BOOLEAN to DATE");
}

static void what_must_be_constant_is_asked_for(void **state)
{
  struct bench *t = *state;
  struct expr *x = column_of(t, 0, TYPE_DOUBLE), *i = column_of(t, 1, TYPE_INT);
  struct expr *s = column_of(t, 2, TYPE_STRING);
  expect_refusal(t, call(t, "round", x, i, NULL), ERR_TYPE, "scale of round() must be a constant");
  expect_refusal(t, call(t, "rlike", s, s, NULL), ERR_UNSUPPORTED, "not constant");
  expect_refusal(t, call(t, "to_timestamp", s, s, NULL), ERR_UNSUPPORTED, "not constant");
}

static void a_bad_pattern_is_refused_at_binding(void **state)
{
  struct bench *t = *state;
  struct expr *s = column_of(t, 0, TYPE_STRING), *ts = column_of(t, 1, TYPE_TIMESTAMP);
  expect_refusal(t, call(t, "date_format", ts, text(t, "bbb"), NULL), ERR_SYNTAX, "b");
  expect_refusal(t, call(t, "rlike", s, text(t, "(a"), NULL), ERR_SYNTAX, "(a");
  expect_refusal(t, call(t, "rlike", s, text(t, "[a[bc]]"), NULL), ERR_UNSUPPORTED, "class");
  expect_refusal(t, call(t, "rlike", s, text(t, "[a-z&&[^b]]"), NULL), ERR_UNSUPPORTED, "&&");
  expect_refusal(t, call(t, "rlike", s, text(t, "(?|a|b)"), NULL), ERR_UNSUPPORTED, "group");
  expect_refusal(t, call(t, "rlike", s, text(t, "\\p{IsGreek}"), NULL), ERR_UNSUPPORTED,
                 "property");
  expect_refusal(t, call(t, "like", s, text(t, "a\\b"), NULL), ERR_SYNTAX, "escape");
}

static void a_null_pattern_gives_null(void **state)
{
  static const char *const names[] = {"to_timestamp",   "to_date",        "date_format",
                                      "rlike",          "like",           "split",
                                      "regexp_extract", "get_json_object"};
  struct bench *t = *state;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    struct expr *s = column_of(t, 0, TYPE_STRING), *pattern = null_of(t, TYPE_STRING);
    struct expr *e = call(t, names[i], s, pattern, NULL);
    assert_non_null(e);
    assert_int_equal(e->kind, EXPR_LITERAL);
    assert_true(column_is_null(&e->value, 0));
  }
}

static void an_error_of_a_constant_call_names_its_place(void **state)
{
  struct bench *t = *state;
  expect_refusal(t, call(t, "split_part", text(t, "a"), text(t, ","), integer(t, 0), NULL),
                 ERR_RANGE, "not 0");
}

static void a_constant_side_of_and_or_decides_or_vanishes(void **state)
{
  struct bench *t = *state;
  struct expr *x = column_of(t, 0, TYPE_BOOLEAN);
  assert_ptr_equal(call(t, "and", boolean(t, true), x, NULL), x);
  assert_ptr_equal(call(t, "or", x, boolean(t, false), NULL), x);
  struct expr *e = call(t, "and", x, boolean(t, false), NULL);
  assert_int_equal(e->kind, EXPR_LITERAL);
  assert_int_equal(e->value.boolean[0], 0);
  /* null AND x is false or null, so that x still matters */
  assert_int_equal(call(t, "and", null_of(t, TYPE_BOOLEAN), x, NULL)->kind, EXPR_CALL);
}

static void branches_of_case_that_cannot_hold_are_dropped(void **state)
{
  struct bench *t = *state;
  struct expr *x = column_of(t, 0, TYPE_DOUBLE), *y = column_of(t, 1, TYPE_DOUBLE);
  struct expr *is_b = call(t, "=", text(t, "stripped"), text(t, "shortest"), NULL);
  struct expr *is_a = call(t, "=", text(t, "stripped"), text(t, "stripped"), NULL);
  assert_ptr_equal(call(t, "case", is_b, x, is_a, y, x, NULL), y);
  assert_ptr_equal(call(t, "case", is_b, x, y, NULL), y);
  assert_ptr_equal(call(t, "case", null_of(t, TYPE_BOOLEAN), x, y, NULL), y);
  struct expr *none = call(t, "case", is_b, x, NULL);
  assert_int_equal(none->kind, EXPR_LITERAL);
  assert_true(column_is_null(&none->value, 0));
}

static void a_dropped_branch_still_has_its_say_about_the_type(void **state)
{
  struct bench *t = *state;
  struct expr *never = boolean(t, false);
  struct expr *e = call(t, "case", never, column_of(t, 0, TYPE_DOUBLE), integer(t, 1), NULL);
  expect_type(e, "DOUBLE");
}

static void a_written_integer_beside_a_decimal_has_its_own_digits(void **state)
{
  struct bench *t = *state;
  struct expr *d = expr_column(&t->arena, 0, type_decimal(2, 1), here);
  expect_type(call(t, "*", integer(t, 2), d, NULL), "DECIMAL(4,1)");
  struct expr *sum = call(t, "+", integer(t, 1), integer(t, 1), NULL);
  expect_type(call(t, "*", sum, d, NULL), "DECIMAL(13,1)");
}

static int64_t value_of(const struct expr *e)
{
  assert_non_null(e);
  assert_int_equal(e->kind, EXPR_LITERAL);
  return e->type.kind == TYPE_DATE ? e->value.i32[0] : e->value.i64[0];
}

static void intervals_move_times(void **state)
{
  struct bench *t = *state;
  struct expr *day = call(t, "date", text(t, "2025-01-31"), NULL);
  struct expr *time = call(t, "timestamp", text(t, "2025-01-31 10:00:00"), NULL);
  struct expr *hour = micros(t, TYPE_INTERVAL, MICROS_PER_HOUR);
  struct expr *two_days = micros(t, TYPE_INTERVAL, 2 * MICROS_PER_DAY);
  two_days->type = two_days->value.type = type_interval(INTERVAL_DAY, INTERVAL_DAY);
  struct expr *month = call(t, "interval_months", integer(t, 1), NULL);
  int64_t days = civil_to_days(2025, 1, 31), ten = days * MICROS_PER_DAY + 10 * MICROS_PER_HOUR;
  expect_type(call(t, "+", day, two_days, NULL), "DATE");
  assert_int_equal(value_of(call(t, "+", two_days, day, NULL)), days + 2);
  expect_type(call(t, "-", day, hour, NULL), "TIMESTAMP");
  assert_int_equal(value_of(call(t, "-", time, hour, NULL)), ten - MICROS_PER_HOUR);
  assert_int_equal(value_of(call(t, "+", day, month, NULL)), civil_to_days(2025, 2, 28));
  assert_int_equal(value_of(call(t, "-", time, month, NULL)), ten - 31 * MICROS_PER_DAY);
  assert_int_equal(value_of(call(t, "-", time, day, NULL)), 10 * MICROS_PER_HOUR);
  assert_int_equal(value_of(call(t, "*", hour, integer(t, 3), NULL)), 3 * MICROS_PER_HOUR);
  expect_refusal(t, call(t, "+", integer(t, 1), month, NULL), ERR_TYPE, "INTERVAL");
}

static void a_time_that_only_spark_2_reads_stops_under_exception(void **state)
{
  struct bench *t = *state;
  struct expr *s = text(t, "10:00:0x"), *pattern = text(t, "HH:mm:ss");
  struct expr *e = call(t, "to_timestamp", s, pattern, NULL);
  assert_true(column_is_null(&e->value, 0));
  t->settings.time_parser_exception = true;
  expect_refusal(t, call(t, "to_timestamp", s, pattern, NULL), ERR_DATA, "Spark 2");
  assert_non_null(call(t, "to_timestamp", text(t, "noon"), pattern, NULL));
}

static void a_bare_time_of_day_is_cast_to_the_day_of_the_settings(void **state)
{
  struct bench *t = *state;
  t->settings.today = 20000;
  struct expr *e = call(t, "timestamp", text(t, "00:00:01"), NULL);
  assert_int_equal(value_of(e), 20000 * MICROS_PER_DAY + MICROS_PER_SECOND);
}

static void the_session_zone_moves_days_and_hours(void **state)
{
  struct bench *t = *state;
  t->settings.zone_offset_us = -5 * MICROS_PER_HOUR;
  struct expr *time = micros(t, TYPE_TIMESTAMP, 2 * MICROS_PER_HOUR);
  assert_int_equal(call(t, "hour", time, NULL)->value.i32[0], 21);
  assert_int_equal(call(t, "dayofmonth", time, NULL)->value.i32[0], 31);
  struct expr *shown = call(t, "date_format", time, text(t, "HH:mm"), NULL);
  assert_true(slice_is(shown->value.text[0], "21:00"));
  struct expr *back = call(t, "to_timestamp", shown, text(t, "HH:mm"), NULL);
  assert_int_equal(value_of(back), 26 * MICROS_PER_HOUR);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(the_names_are_sorted_and_found_in_any_case),
      TEST(an_unknown_function_is_refused_with_the_nearest_name),
      TEST(a_wrong_number_of_arguments_is_refused),
      TEST(types_that_do_not_fit_are_both_named),
      TEST(what_must_be_constant_is_asked_for),
      TEST(a_bad_pattern_is_refused_at_binding),
      TEST(a_null_pattern_gives_null),
      TEST(an_error_of_a_constant_call_names_its_place),
      TEST(a_constant_side_of_and_or_decides_or_vanishes),
      TEST(branches_of_case_that_cannot_hold_are_dropped),
      TEST(a_dropped_branch_still_has_its_say_about_the_type),
      TEST(a_written_integer_beside_a_decimal_has_its_own_digits),
      TEST(intervals_move_times),
      TEST(a_time_that_only_spark_2_reads_stops_under_exception),
      TEST(a_bare_time_of_day_is_cast_to_the_day_of_the_settings),
      TEST(the_session_zone_moves_days_and_hours),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
