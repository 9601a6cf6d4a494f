/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/buffer.h"
#include "sql/variables.h"
#include "tests/support/check.h"

static const struct variable variables[] = {
    {SLICE("cpu_threshold"), SLICE("80.07")},
    {SLICE("exceeds"), SLICE(">=")},
    {SLICE("condition"), SLICE("v ${exceeds} ${cpu_threshold}")},
    {SLICE("empty"), SLICE("")},
    {SLICE("me"), SLICE("x ${me}")},
    {SLICE("ping"), SLICE("${pong}")},
    {SLICE("pong"), SLICE("${ping}")},
    {SLICE("lost"), SLICE("${nowhere}")},
    {SLICE("spark.sql.session.timeZone"), SLICE("UTC")},
};

enum { VARIABLES = sizeof variables / sizeof variables[0] };

static struct arena arena;

static int release(void **state)
{
  (void)state;
  arena_free(&arena);
  return 0;
}

static void gives(const char *text, const char *want)
{
  struct slice out;
  struct error err;
  if (!variables_replace(slice_of(text), variables, VARIABLES, "q.sql", &arena, &out, &err))
    fail_msg("%s: %s", text, err.text);
  assert_int_equal(out.n, strlen(want));
  assert_memory_equal(out.p, want, out.n);
}

static void refuses(const char *text, enum error_code code, const char *want)
{
  struct slice out;
  struct error err;
  char message[1100];
  assert_false(
      variables_replace(slice_of(text), variables, VARIABLES, "q.sql", &arena, &out, &err));
  assert_int_equal(err.code, code);
  assert_string_equal(error_format(&err, message, sizeof message), want);
}

static void every_name_becomes_its_text(void **state)
{
  (void)state;
  gives("SELECT v ${exceeds} ${cpu_threshold}D", "SELECT v >= 80.07D");
  gives("${exceeds}${exceeds}", ">=>=");
  gives("'${empty}'", "''");
  gives("-- ${exceeds}\n`${exceeds}`", "-- >=\n`>=`");
  gives("${spark.sql.session.timeZone}", "UTC");
  gives("", "");
}

static void what_is_no_variable_stays(void **state)
{
  (void)state;
  gives("a $ b $$ ${} ${ exceeds} ${exceeds } $exceeds {exceeds} ${exceeds",
        "a $ b $$ ${} ${ exceeds} ${exceeds } $exceeds {exceeds} ${exceeds");
  gives("$${exceeds}", "$>=");
  gives("regexp_replace(s, '(a)$', '$1')", "regexp_replace(s, '(a)$', '$1')");
}

static void a_text_may_hold_further_names(void **state)
{
  (void)state;
  gives("WHERE ${condition}", "WHERE v >= 80.07");
}

static void an_unknown_name_is_refused_at_its_place(void **state)
{
  (void)state;
  refuses("SELECT 1\n  WHERE v > ${cpu_treshold}", ERR_NAME,
          "q.sql:2:13: variable 'cpu_treshold' is not set (did you mean 'cpu_threshold'?)");
  refuses("${exceeds} ${limit}", ERR_NAME, "q.sql:1:12: variable 'limit' is not set");
  refuses(" ${lost}", ERR_NAME, "q.sql:1:2: variable 'nowhere' is not set");
  refuses("${EXCEEDS}", ERR_NAME,
          "q.sql:1:1: variable 'EXCEEDS' is not set (did you mean 'exceeds'?)");
}

static void a_circle_is_refused(void **state)
{
  (void)state;
  refuses("a ${me}", ERR_RANGE, "q.sql:1:3: variable 'me' refers to itself");
  refuses("${ping}", ERR_RANGE, "q.sql:1:1: variable 'ping' refers to itself through others");
}

/* Each of thirty names holds the next one ten times, and the last one `last`. */
static void check_multiplied(const char *last)
{
  struct variable many[30];
  struct slice out;
  struct error err;
  for (int i = 0; i < 30; i++) {
    struct buffer text = {0};
    for (int k = 0; k < 10; k++)
      buffer_printf(&text, "${v%d}", i + 1);
    many[i].name = slice_of(arena_printf(&arena, "v%d", i));
    many[i].text =
        slice_of(arena_copy(&arena, i < 29 ? text.p : last, i < 29 ? text.n : strlen(last)));
    buffer_free(&text);
  }
  assert_false(variables_replace(SLICE("${v0}"), many, 30, "q.sql", &arena, &out, &err));
  assert_int_equal(err.code, ERR_RANGE);
}

static void texts_that_multiply_are_refused(void **state)
{
  (void)state;
  check_multiplied("");
  check_multiplied("0123456789012345678901234567890123456789012345678901234567890123456789012345");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(every_name_becomes_its_text, release),
      cmocka_unit_test_teardown(what_is_no_variable_stays, release),
      cmocka_unit_test_teardown(a_text_may_hold_further_names, release),
      cmocka_unit_test_teardown(an_unknown_name_is_refused_at_its_place, release),
      cmocka_unit_test_teardown(a_circle_is_refused, release),
      cmocka_unit_test_teardown(texts_that_multiply_are_refused, release),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
