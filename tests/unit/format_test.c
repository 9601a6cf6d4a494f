/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/number_fields.h"
#include "text/format_number.h"
#include "text/format_string.h"

static struct buffer text, out;

static struct slice text_of(struct slice field)
{
  text.n = 0;
  return data_bytes(field, &text);
}

/* Formats one argument into `out`; false if it is refused. */
static bool format(struct slice format, struct slice kind, struct slice value)
{
  struct slice literal;
  struct format_spec spec;
  if (format_next(&format, &literal, &spec) != FORMAT_SPEC || format.n != 0)
    return false;
  if (slice_is(kind, "null"))
    return format_null(&out, &spec);
  if (slice_is(kind, "int") || slice_is(kind, "long"))
    return format_int(&out, &spec, data_number(value), slice_is(kind, "int") ? 32 : 64);
  if (slice_is(kind, "text"))
    return format_text(&out, &spec, text_of(value));
  if (slice_is(kind, "boolean"))
    return format_boolean(&out, &spec, slice_is(value, "true"));
  return format_double(&out, &spec, field_double(value));
}

static void expect(struct slice what, struct slice value, struct slice want)
{
  struct slice got = {out.p, out.n};
  struct slice expected = text_of(want);
  if (!slice_equal(got, expected))
    fail_msg("%.*s of %.*s: got '%.*s', expected '%.*s'", SLICE_PRINT(what), SLICE_PRINT(value),
             SLICE_PRINT(got), SLICE_PRINT(expected));
  out.n = 0;
}

/* format format kind value text */
static void check_format(const struct slice *field)
{
  if (!slice_is(field[0], "format"))
    return;
  out.n = 0;
  bool done = format(field[1], field[2], field[3]), wanted = !slice_is(field[4], "null");
  if (done != wanted)
    fail_msg("%.*s of %.*s is %s", SLICE_PRINT(field[1]), SLICE_PRINT(field[3]),
             wanted ? "refused" : "not refused");
  if (done)
    expect(field[1], field[3], field[4]);
}

static void format_string_is_the_formatter_of_java(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_format);
}

/* number decimals bits text long text unscaled scale text */
static void check_number(const struct slice *field)
{
  if (!slice_is(field[0], "number"))
    return;
  int decimals = (int)data_number(field[1]);
  out.n = 0;
  format_number_double(&out, field_double(field[2]), decimals);
  expect(SLICE("double"), field[2], field[3]);
  format_number_int(&out, data_number(field[4]), decimals);
  expect(SLICE("long"), field[4], field[5]);
  struct decimal x = {data_number(field[6]), (int)data_number(field[7])};
  format_number_decimal(&out, x, decimals);
  expect(SLICE("decimal"), field[6], field[8]);
}

static void format_number_is_the_decimal_format_of_java(void **state)
{
  (void)state;
  data_each("number_java.tsv", 3, check_number);
}

static void a_format_falls_into_text_and_conversions(void **state)
{
  (void)state;
  struct slice rest = SLICE("a%%b %2$-5d|%<s%n%"), piece;
  struct format_spec spec;
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_TEXT);
  assert_true(slice_is(piece, "a"));
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_TEXT);
  assert_true(slice_is(piece, "%"));
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_TEXT);
  assert_true(slice_is(piece, "b "));
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_SPEC);
  assert_int_equal(spec.argument, 2);
  assert_int_equal(spec.width, 5);
  assert_int_equal(spec.flags, FORMAT_LEFT);
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_TEXT);
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_SPEC);
  assert_int_equal(spec.argument, FORMAT_ARGUMENT_SAME);
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_TEXT);
  assert_true(slice_is(piece, "\n"));
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_BAD);
  assert_true(slice_is(piece, "%"));
  assert_int_equal(format_next(&rest, &piece, &spec), FORMAT_END);
}

static void what_java_refuses_is_refused(void **state)
{
  (void)state;
  static const char *const bad[] = {"%",    "%5",    "%.d",  "%--5d",        "%-d", "%0d",
                                    "%+ d", "%-05d", "%.2d", "%,x",          "%y",  "%D",
                                    "%F",   "%+s",   "%#s",  "%99999999999d"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct slice rest = slice_of(bad[i]), piece;
    struct format_spec spec;
    if (format_next(&rest, &piece, &spec) != FORMAT_BAD)
      fail_msg("%s is not refused", bad[i]);
  }
}

static int forget(void **state)
{
  (void)state;
  buffer_free(&text);
  buffer_free(&out);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(format_string_is_the_formatter_of_java),
      cmocka_unit_test(format_number_is_the_decimal_format_of_java),
      cmocka_unit_test(a_format_falls_into_text_and_conversions),
      cmocka_unit_test(what_java_refuses_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, forget);
}
