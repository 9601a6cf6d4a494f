/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/infile.h"
#include "sql/parser.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/sql_dump.h"

static struct arena arena;

static struct slice slice_of_buffer(const struct buffer *b)
{
  return (struct slice){b->p, b->n};
}

static struct ast_script *parse(struct slice text, struct error *err)
{
  return sql_parse(text, "q.sql", &arena, err);
}

static int release(void **state)
{
  (void)state;
  arena_free(&arena);
  return 0;
}

/* The code of the error that refuses the text. */
static enum error_code refusal(struct slice text)
{
  struct error err = {0};
  assert_null(parse(text, &err));
  assert_int_not_equal(err.line, 0);
  return err.code;
}

/* `first`, then `count` times `part`, then `last`. */
static struct slice repeated(struct buffer *b, const char *first, const char *part, size_t count,
                             const char *last)
{
  buffer_add(b, slice_of(first));
  for (size_t i = 0; i < count; i++)
    buffer_add(b, slice_of(part));
  buffer_add(b, slice_of(last));
  return slice_of_buffer(b);
}

/* ---- files ---- */

static const char *path_of(const char *folder, const char *name, const char *suffix)
{
  const char *top = getenv("srcdir");
  return arena_printf(&arena, "%s/tests/data/sql/%s/%s%s", top != NULL ? top : ".", folder, name,
                      suffix);
}

static void write_tree(struct buffer *out, struct slice text, const char *name)
{
  struct error err;
  char message[1100];
  struct ast_script *script = sql_parse(text, name, &arena, &err);
  if (script != NULL)
    dump_script(out, script);
  else
    buffer_printf(out, "%s\n", error_format(&err, message, sizeof message));
}

/* With RETRIAL_ACCEPT set the expected file is written instead; read it before committing. */
static bool accept(const char *path, const struct buffer *got)
{
  if (getenv("RETRIAL_ACCEPT") == NULL)
    return false;
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fwrite(got->p, 1, got->n, file);
  fclose(file);
  return true;
}

/* folder/NAME.sql has to give folder/NAME`suffix`. */
static void check_file(const char *folder, const char *name, const char *suffix)
{
  struct buffer text = {0}, want = {0}, got = {0};
  struct error err;
  assert_true(infile_read(path_of(folder, name, ".sql"), &text, &err));
  write_tree(&got, slice_of_buffer(&text), arena_printf(&arena, "%s.sql", name));
  const char *expected = path_of(folder, name, suffix);
  if (!accept(expected, &got)) {
    if (!infile_read(expected, &want, &err) ||
        !slice_equal(slice_of_buffer(&got), slice_of_buffer(&want)))
      fail_msg("%s gives\n%.*s", expected, SLICE_PRINT(slice_of_buffer(&got)));
  }
  buffer_free(&text);
  buffer_free(&want);
  buffer_free(&got);
}

static size_t check_folder(const char *folder, const char *suffix)
{
  DIR *files = opendir(path_of(folder, "", ""));
  size_t checked = 0;
  assert_non_null(files);
  for (struct dirent *entry; (entry = readdir(files)) != NULL;) {
    size_t n = strlen(entry->d_name);
    if (n < 5 || strcmp(entry->d_name + n - 4, ".sql") != 0)
      continue;
    check_file(folder, arena_printf(&arena, "%.*s", (int)n - 4, entry->d_name), suffix);
    checked++;
  }
  closedir(files);
  return checked;
}

static void every_valid_query_gives_its_tree(void **state)
{
  (void)state;
  assert_true(check_folder("valid", ".tree") > 40);
}

static void every_invalid_query_is_refused_with_its_message(void **state)
{
  (void)state;
  assert_true(check_folder("invalid", ".error") > 80);
}

static void check_precedence(const struct slice *field)
{
  struct buffer got = {0};
  struct error err;
  struct ast_expr *e = sql_parse_expression(field[0], "e", &arena, &err);
  if (e == NULL)
    fail_msg("%.*s: %s", SLICE_PRINT(field[0]), err.text);
  dump_as_spark(&got, e);
  if (!slice_equal(slice_of_buffer(&got), field[1]))
    fail_msg("%.*s\ngives %.*s\n  not %.*s", SLICE_PRINT(field[0]),
             SLICE_PRINT(slice_of_buffer(&got)), SLICE_PRINT(field[1]));
  buffer_free(&got);
}

static void operators_bind_as_in_spark(void **state)
{
  (void)state;
  assert_true(data_each("sql/precedence.tsv", 2, check_precedence) > 300);
}

/* ---- bounds ---- */

static void deep_nesting_is_refused_without_harm(void **state)
{
  static const char *const parts[][2] = {
      {"", "("},
      {"", "SELECT ("},
      {"SELECT ", "("},
      {"SELECT ", "f("},
      {"SELECT ", "CASE WHEN "},
      {"SELECT ", "a["},
      {"SELECT ", "NOT "},
      {"SELECT ", "~"},
      {"SELECT ", "- "},
      {"SELECT ", "CAST("},
      {"SELECT ", "a IN ("},
      {"SELECT ", "EXISTS(SELECT "},
      {"SELECT ", "x -> "},
      {"SELECT ", "trim(BOTH "},
      {"SELECT ", "a BETWEEN ("},
      {"SELECT * FROM ", "("},
      {"", "SELECT a FROM ("},
      {"", "SELECT 1 UNION ("},
      {"SELECT * FROM ", "a JOIN ("},
      {"", "WITH a AS ("},
      {"SELECT ", "f() OVER (ORDER BY "},
  };
  (void)state;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    struct buffer text = {0};
    assert_int_equal(refusal(repeated(&text, parts[i][0], parts[i][1], 100000, "1")), ERR_RANGE);
    buffer_free(&text);
    arena_reset(&arena);
  }
}

static void deep_chains_are_refused_without_harm(void **state)
{
  static const char *const parts[] = {
      " + a", "[0]", ".a[0].b", " = a", " UNION SELECT a", " FROM t JOIN u", " FROM t, u"};
  (void)state;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    struct buffer text = {0};
    bool from = strncmp(parts[i], " FROM t", 7) == 0;
    const char *first = from ? "SELECT a FROM t" : "SELECT f(a)";
    struct slice query = repeated(&text, first, parts[i] + (from ? 7 : 0), 100000, "");
    assert_int_equal(refusal(query), ERR_RANGE);
    buffer_free(&text);
    arena_reset(&arena);
  }
}

static void a_hundred_levels_are_fine(void **state)
{
  struct buffer text = {0};
  struct error err;
  (void)state;
  repeated(&text, "SELECT ", "(1 + ", 100, "1");
  assert_non_null(parse(repeated(&text, "", ")", 100, ""), &err));
  buffer_free(&text);
}

static void a_hundred_thousand_conditions_make_a_flat_tree(void **state)
{
  struct buffer text = {0};
  struct error err;
  (void)state;
  struct ast_script *script = parse(repeated(&text, "SELECT a", " OR a = 1", 100000, ""), &err);
  assert_non_null(script);
  assert_true(script->query->height < 25);
  buffer_free(&text);
}

static void ten_megabytes_are_fine(void **state)
{
  struct buffer text = {0};
  struct error err;
  (void)state;
  struct slice query = repeated(&text, "SELECT a IN (0", ", 123456789", 1000000, ") FROM t");
  assert_true(query.n > 10 * 1024 * 1024);
  assert_non_null(parse(query, &err));
  buffer_free(&text);
}

/* ---- the other doors ---- */

static void an_expression_ends_where_the_text_does(void **state)
{
  struct error err;
  (void)state;
  struct ast_expr *e =
      sql_parse_expression(SLICE("to_timestamp(ts, 'HH:mm:ss')"), "p", &arena, &err);
  assert_non_null(e);
  assert_int_equal(e->kind, AST_CALL);
  assert_true(slice_is(e->source, "to_timestamp(ts, 'HH:mm:ss')"));
  assert_null(sql_parse_expression(SLICE("a b"), "p", &arena, &err));
  assert_string_equal(err.text, "expected the end of the expression, found 'b'");
  assert_int_equal(err.column, 3);
  assert_null(sql_parse_expression(SLICE(""), "p", &arena, &err));
}

static void a_list_of_items_has_names(void **state)
{
  struct error err;
  (void)state;
  struct ast_script *script =
      parse(SLICE("SELECT original_ts AS ts, server_id, a + 1 b FROM t"), &err);
  assert_non_null(script);
  const struct ast_select *select = script->query->body->select;
  const struct ast_item *item = select->item;
  assert_int_equal(select->items, 3);
  assert_true(slice_is(item[0].alias, "ts"));
  assert_int_equal(item[1].alias.n, 0);
  assert_true(slice_is(item[2].expr->source, "a + 1"));
  assert_null(parse(SLICE("SELECT a,"), &err));
}

static void an_expression_knows_its_own_text(void **state)
{
  struct error err;
  (void)state;
  struct ast_script *script = parse(SLICE("SELECT round( avg(x) , 2 ), (a) AND b AND (c)"), &err);
  assert_non_null(script);
  const struct ast_item *item = script->query->body->select->item;
  assert_true(slice_is(item[0].expr->source, "round( avg(x) , 2 )"));
  assert_true(slice_is(item[0].expr->arg[0]->source, "avg(x)"));
  assert_true(slice_is(item[1].expr->source, "(a) AND b AND (c)"));
  assert_int_equal(item[1].expr->arg[1]->at.column, 44);
}

static void zero_bytes_are_refused(void **state)
{
  (void)state;
  assert_int_equal(refusal((struct slice){"SELECT 1\0", 9}), ERR_SYNTAX);
  assert_int_equal(refusal((struct slice){NULL, 0}), ERR_SYNTAX);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(every_valid_query_gives_its_tree, release),
      cmocka_unit_test_teardown(every_invalid_query_is_refused_with_its_message, release),
      cmocka_unit_test_teardown(operators_bind_as_in_spark, release),
      cmocka_unit_test_teardown(deep_nesting_is_refused_without_harm, release),
      cmocka_unit_test_teardown(deep_chains_are_refused_without_harm, release),
      cmocka_unit_test_teardown(a_hundred_levels_are_fine, release),
      cmocka_unit_test_teardown(a_hundred_thousand_conditions_make_a_flat_tree, release),
      cmocka_unit_test_teardown(ten_megabytes_are_fine, release),
      cmocka_unit_test_teardown(an_expression_ends_where_the_text_does, release),
      cmocka_unit_test_teardown(a_list_of_items_has_names, release),
      cmocka_unit_test_teardown(an_expression_knows_its_own_text, release),
      cmocka_unit_test_teardown(zero_bytes_are_refused, release),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
