/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_options.h"
#include "table/schema.h"
#include "tests/support/check.h"

static struct arena arena;
static struct error err;

static void columns_have_the_types_that_spark_gives_them(void **state)
{
  (void)state;
  static const struct {
    const char *ddl, *type;
  } cases[] = {
      {"a BOOLEAN", "BOOLEAN"},
      {"a tinyint", "TINYINT"},
      {"a BYTE", "TINYINT"},
      {"a SHORT", "SMALLINT"},
      {"a integer", "INT"},
      {"a: Long", "BIGINT"},
      {"a REAL", "FLOAT"},
      {"a double not null", "DOUBLE"},
      {"a STRING COMMENT 'it\\'s, one'", "STRING"},
      {"a DATE", "DATE"},
      {"a TIMESTAMP", "TIMESTAMP"},
      {"a DECIMAL", "DECIMAL(10,0)"},
      {"a DEC(5)", "DECIMAL(5,0)"},
      {"a numeric ( 38 , 18 )", "DECIMAL(38,18)"},
      {"a ARRAY<STRUCT<x: INT, y STRING>>", "ARRAY<STRUCT<x: INT, y: STRING>>"},
      {"a MAP<STRING,DOUBLE>", "MAP<STRING, DOUBLE>"},
      {"a INTERVAL DAY TO SECOND", "INTERVAL DAY TO SECOND"},
      {"a interval hour", "INTERVAL HOUR"},
      {"a INTERVAL YEAR TO MONTH", "INTERVAL YEAR TO MONTH"},
  };
  char name[128];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct schema schema;
    if (!schema_parse(slice_of(cases[i].ddl), &schema, &arena, &err))
      fail_msg("%s: %s", cases[i].ddl, err.text);
    assert_int_equal(schema.columns, 1);
    assert_string_equal(type_name(schema.column[0].type, name, sizeof name), cases[i].type);
  }
}

static void names_keep_their_letters_and_are_found_in_any_case(void **state)
{
  (void)state;
  struct schema schema;
  assert_true(schema_parse(SLICE(" ts STRING,\n`cpu ``pct`` %` FLOAT , Server_ID\tSTRING, 2nd INT"),
                           &schema, &arena, &err));
  assert_int_equal(schema.columns, 4);
  assert_true(slice_is(schema.column[1].name, "cpu `pct` %"));
  assert_true(slice_is(schema.column[2].name, "Server_ID"));
  assert_int_equal(schema_find(&schema, SLICE("SERVER_id")), 2);
  assert_int_equal(schema_find(&schema, SLICE("2ND")), 3);
  assert_int_equal(schema_find(&schema, SLICE("server")), -1);
}

static void what_does_not_parse_is_named_with_its_place(void **state)
{
  (void)state;
  static const struct {
    const char *ddl;
    enum error_code code;
    uint32_t line, column;
  } cases[] = {
      {"", ERR_SYNTAX, 1, 1},
      {"a", ERR_SYNTAX, 1, 2},
      {"a INT,", ERR_SYNTAX, 1, 7},
      {"a INT b INT", ERR_SYNTAX, 1, 7},
      {"a INT,\n  b STRNG", ERR_SYNTAX, 2, 5},
      {"a DECIMAL(39)", ERR_RANGE, 1, 10},
      {"a DECIMAL(5,6)", ERR_RANGE, 1, 10},
      {"a DECIMAL(5,x)", ERR_SYNTAX, 1, 13},
      {"a-b INT", ERR_SYNTAX, 1, 2},
      {"`a INT", ERR_SYNTAX, 1, 1},
      {"`` INT", ERR_SYNTAX, 1, 1},
      {"a INT, A STRING", ERR_NAME, 1, 8},
      {"a INT NOT", ERR_SYNTAX, 1, 10},
      {"a VARCHAR(3)", ERR_TYPE, 1, 3},
      {"a INT COMMENT 'x", ERR_SYNTAX, 1, 7},
      {"a ARRAY<INT", ERR_SYNTAX, 1, 12},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct schema schema;
    if (schema_parse(slice_of(cases[i].ddl), &schema, &arena, &err))
      fail_msg("'%s' was taken", cases[i].ddl);
    if (err.code != cases[i].code || err.line != cases[i].line || err.column != cases[i].column)
      fail_msg("'%s': %u:%u: %s", cases[i].ddl, err.line, err.column, err.text);
  }
}

static void the_nearest_type_is_suggested(void **state)
{
  (void)state;
  struct type type;
  assert_false(type_parse(SLICE("DUOBLE"), &type, &arena, &err));
  assert_non_null(strstr(err.text, "did you mean 'double'"));
}

static void a_type_must_end_where_its_text_ends(void **state)
{
  (void)state;
  struct type type;
  assert_true(type_parse(SLICE(" DECIMAL(10, 2) "), &type, &arena, &err));
  assert_int_equal(type.scale, 2);
  assert_false(type_parse(SLICE("INT x"), &type, &arena, &err));
}

static void types_within_types_do_not_exhaust_the_stack(void **state)
{
  (void)state;
  struct type type;
  enum { DEEP = 100000 };
  char *text = arena_take(&arena, 6 * DEEP, 1);
  for (size_t i = 0; i < DEEP; i++)
    memcpy(text + 6 * i, "ARRAY<", 6);
  assert_false(type_parse((struct slice){text, 6 * DEEP}, &type, &arena, &err));
  assert_int_equal(err.code, ERR_RANGE);
}

/* --- CSV options ----------------------------------------------------------------------------- */

static bool set(struct csv_read_options *options, const char *name, const char *value)
{
  return csv_read_option(options, slice_of(name), slice_of(value), &arena, &err);
}

static void options_have_the_names_of_spark(void **state)
{
  (void)state;
  struct csv_read_options options;
  csv_read_defaults(&options);
  assert_true(set(&options, "HEADER", "False"));
  assert_false(options.header);
  assert_true(set(&options, "delimiter", "\\t"));
  assert_true(slice_is(options.separator, "\t"));
  assert_true(set(&options, "sep", "::"));
  assert_true(slice_is(options.separator, "::"));
  assert_true(set(&options, "quote", ""));
  assert_int_equal(options.quote, 0);
  assert_true(set(&options, "mode", "failfast"));
  assert_int_equal(options.mode, CSV_FAILFAST);
  assert_true(set(&options, "encoding", "iso-8859-1"));
  assert_true(options.latin_1);
}

static void options_that_do_not_fit_are_refused(void **state)
{
  (void)state;
  static const struct {
    const char *name, *value;
    enum error_code code;
  } cases[] = {
      {"heder", "true", ERR_NAME},
      {"header", "yes", ERR_RANGE},
      {"sep", "", ERR_RANGE},
      {"sep", "\\", ERR_RANGE},
      {"sep", "\\x", ERR_RANGE},
      {"quote", "ab", ERR_RANGE},
      {"quote", "\xc3\xa9", ERR_RANGE},
      {"mode", "lenient", ERR_RANGE},
      {"encoding", "UTF-16", ERR_UNSUPPORTED},
      {"lineSep", "\r\n", ERR_RANGE},
      {"locale", "de", ERR_UNSUPPORTED},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct csv_read_options options;
    csv_read_defaults(&options);
    assert_false(set(&options, cases[i].name, cases[i].value));
    if (err.code != cases[i].code)
      fail_msg("%s=%s: %s", cases[i].name, cases[i].value, err.text);
  }
  assert_non_null(strstr(err.text, "locale"));
}

static int release(void **state)
{
  (void)state;
  arena_free(&arena);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(columns_have_the_types_that_spark_gives_them),
      cmocka_unit_test(names_keep_their_letters_and_are_found_in_any_case),
      cmocka_unit_test(what_does_not_parse_is_named_with_its_place),
      cmocka_unit_test(the_nearest_type_is_suggested),
      cmocka_unit_test(a_type_must_end_where_its_text_ends),
      cmocka_unit_test(types_within_types_do_not_exhaust_the_stack),
      cmocka_unit_test(options_have_the_names_of_spark),
      cmocka_unit_test(options_that_do_not_fit_are_refused),
  };
  return cmocka_run_group_tests_name("schema", tests, NULL, release);
}
