/* SPDX-License-Identifier: Apache-2.0 */
/* Scalar functions against the real Spark: tests/data/function_spark.tsv, one call a line. */
#include "sql/function.h"

#include <stdio.h>

#include "table/schema.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

/* Rows of a batch: the line's values, but nulls in row 1, so that no row may look at another. */
enum { ROWS = 5, NULL_ROW = 1, MOST_ARGS = 8 };

struct line {
  struct slice source;           /* the line from its arguments on */
  struct slice name, type, text; /* of the result */
  bool null;
  size_t args;
  struct argument {
    struct type type;
    struct slice text;
    bool null, literal;
  } arg[MOST_ARGS];
};

static const struct sql_settings settings = {0};

static struct slice unescape(struct slice text, struct arena *arena)
{
  char *p = arena_take(arena, text.n, 1);
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (c == '\\') {
      c = text.p[++i];
      c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
    }
    p[n++] = c;
  }
  return (struct slice){p, n};
}

static void read_argument(struct slice field, struct argument *arg, struct arena *arena)
{
  struct error err;
  const char *colon = memchr(field.p, ':', field.n);
  struct slice type = {field.p, (size_t)(colon - field.p)};
  struct slice text = {colon + 1, field.n - type.n - 1};
  arg->literal = type.p[0] == '!';
  type.p += arg->literal;
  type.n -= arg->literal;
  assert_true(type_parse(type, &arg->type, arena, &err));
  arg->null = slice_is(text, "\\N");
  arg->text = unescape(text, arena);
}

static void read_line(const struct slice *field, struct line *line, struct arena *arena)
{
  const char *last = field[3].p;
  *line = (struct line){.name = field[0], .type = field[1]};
  line->null = slice_is(field[2], "\\N");
  line->text = unescape(field[2], arena);
  for (const struct slice *f = field + 3; !slice_is(*f, "."); f++)
    read_argument(*f, &line->arg[line->args++], arena), last = f->p + f->n;
  line->source = (struct slice){field[0].p, (size_t)(last - field[0].p)};
}

/* ---- building a call ---- */

static struct expr *text_literal(const struct binding *b, struct slice text)
{
  struct column value;
  column_make_text(&value, text, b->arena);
  return expr_literal(b->arena, value, (struct position){1, 1});
}

static struct expr *bind(const struct binding *b, const char *name, struct expr **arg, size_t args)
{
  return function_bind(b, slice_of(name), arg, args, (struct position){1, 1});
}

/* An argument as a constant. An array of strings is written "a,b". */
static struct expr *constant(const struct binding *b, const struct argument *arg)
{
  struct column value;
  if (arg->null) {
    column_make_null(&value, arg->type, b->arena);
    return expr_literal(b->arena, value, (struct position){1, 1});
  }
  struct expr *text = text_literal(b, arg->text);
  if (arg->type.kind != TYPE_ARRAY)
    return expr_cast(b, text, arg->type, text->at);
  struct expr **split = arena_take(b->arena, 2, sizeof *split);
  split[0] = text;
  split[1] = text_literal(b, SLICE(","));
  return bind(b, "split", split, 2);
}

/* The constant's value in each row but one. */
static void spread(const struct column *value, struct column *out, struct arena *arena)
{
  uint32_t row[ROWS] = {0};
  row[NULL_ROW] = ROW_NONE;
  column_gather(value, row, ROWS, out, arena);
}

/* Binds the line's call; argument k is a constant if bit k of `constants` is set, else a column of
 * `in`. */
static struct expr *bind_line(const struct binding *b, const struct line *line, unsigned constants,
                              struct batch *in)
{
  struct expr **arg = arena_take(b->arena, MOST_ARGS, sizeof *arg);
  for (size_t k = 0; k < line->args; k++) {
    struct expr *value = constant(b, &line->arg[k]);
    assert_non_null(value);
    spread(&value->value, &in->column[k], b->arena);
    arg[k] = constants & 1u << k ? value : expr_column(b->arena, k, line->arg[k].type, value->at);
  }
  char name[64];
  snprintf(name, sizeof name, "%.*s", SLICE_PRINT(line->name));
  if (strncmp(name, "cast ", 5) != 0)
    return bind(b, name, arg, line->args);
  struct type type;
  assert_true(type_parse(slice_of(name + 5), &type, b->arena, b->err));
  return expr_cast(b, arg[0], type, arg[0]->at);
}

/* ---- checking ---- */

static void complain(const struct line *line, unsigned constants, const char *what)
{
  fail_msg("%.*s (constants %x) is %.*s, not %s", SLICE_PRINT(line->source), constants,
           SLICE_PRINT(line->text), what);
}

static void check_type(const struct line *line, const struct expr *e, unsigned constants)
{
  char type[200];
  if (e->type.kind != TYPE_INTERVAL &&
      !slice_equal_nocase(slice_of(type_name(e->type, type, sizeof type)), line->type))
    complain(line, constants, type);
}

static void check_row(const struct line *line, const struct column *out, size_t row,
                      unsigned constants)
{
  char got[400] = "null";
  bool null = column_is_null(out, row);
  if (!null)
    snprintf(got, sizeof got, "%.*s", SLICE_PRINT(out->text[column_index(out, row)]));
  if (null != line->null || (!null && !slice_equal(out->text[column_index(out, row)], line->text)))
    complain(line, constants, got);
}

static bool is_constant_only(unsigned constants, const struct line *line)
{
  return constants == (1u << line->args) - 1;
}

/* Evaluates the call with these arguments constant and compares every row with Spark's answer. */
static void check_call(const struct line *line, unsigned constants)
{
  struct arena arena = {0};
  struct error err = {0};
  struct binding b = {&arena, &settings, "test", &err};
  struct column column[MOST_ARGS], out;
  struct batch in = {.rows = ROWS, .columns = MOST_ARGS, .column = column};
  struct evaluation ev = {&arena, &err};
  struct expr *e = bind_line(&b, line, constants, &in);
  if (slice_is(line->type, "error")) {
    if (e != NULL)
      complain(line, constants, "Spark refuses it");
    arena_free(&arena);
    return;
  }
  if (e == NULL)
    complain(line, constants, err.text);
  check_type(line, e, constants);
  if (e->type.kind == TYPE_INTERVAL) {
    arena_free(&arena);
    return;
  }
  if (is_constant_only(constants, line))
    assert_true(e->kind == EXPR_LITERAL);
  e = expr_cast(&b, e, type_of(TYPE_STRING), e->at);
  if (e == NULL || !expr_eval(e, &in, &ev, &out))
    complain(line, constants, err.text);
  for (size_t row = 0; row < ROWS; row++)
    if (row != NULL_ROW || out.constant)
      check_row(line, &out, row, constants);
  arena_free(&arena);
}

/* All arguments constant; none but those that must be; and each single one. */
static void check_line(const struct slice *field)
{
  struct arena arena = {0};
  struct line line;
  unsigned needed = 0;
  read_line(field, &line, &arena);
  for (size_t k = 0; k < line.args; k++)
    needed |= line.arg[k].literal ? 1u << k : 0;
  check_call(&line, needed);
  if (slice_is(line.type, "error")) {
    arena_free(&arena);
    return;
  }
  check_call(&line, (1u << line.args) - 1);
  for (size_t k = 0; k < line.args && line.args > 1; k++)
    check_call(&line, needed | 1u << k);
  arena_free(&arena);
}

static void every_call_gives_the_type_and_the_value_of_spark(void **state)
{
  (void)state;
  assert_true(data_each("function_spark.tsv", 4, check_line) > 1000);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_call_gives_the_type_and_the_value_of_spark),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
