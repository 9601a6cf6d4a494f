/* SPDX-License-Identifier: Apache-2.0 */
/* Calls at random, over random columns: a call is bound and evaluated, or refused with a reason.
 * The strings of null rows point nowhere, so that whoever reads one is found out.
 */
#include "base/random.h"
#include "sql/function.h"
#include "tests/support/check.h"

enum { CALLS = 40000, MOST_ARGS = 4, MOST_ROWS = 40 };

static const struct position here = {1, 1};

static const char *const texts[] = {
    "",         "a",
    "Abc",      "\xc3\xa9t\xc3\xa9",
    "10:20:30", "2025-05-07",
    "-1.5",     "NaN",
    "1e400",    "99999999999999999999",
    "HH:mm:ss", "\xff\xfe",
    "\\d+",     "(a)(b)?",
    "%d %s",    "%5.2f",
    "$1",       "{\"a\":1}",
    "$.a",      "a,b",
    "%",        "_a%",
    "true",     " x ",
    "MONTH",    "second",
    "x*",       "yyyy-MM-dd",
    "Mon",      "id INT, v DOUBLE",
};

/* Small ones, the two ends of each width, and anything. */
static int64_t some_integer(struct random *r)
{
  switch (random_below(r, 5)) {
  case 0:
    return random_between(r, -3, 12);
  case 1:
    return INT64_MAX;
  case 2:
    return INT64_MIN;
  case 3:
    return random_between(r, -100000, 100000);
  default:
    return (int64_t)random_next(r);
  }
}

static double some_double(struct random *r)
{
  static const double odd[] = {0.0, -0.0, 1e308 * 10, -1e308 * 10, 5e-324, -1e300};
  uint64_t which = random_below(r, 12);
  if (which < sizeof odd / sizeof odd[0])
    return odd[which];
  return which == 6 ? odd[2] - odd[2] : (double)some_integer(r) / 100;
}

static int128 some_decimal(struct random *r, struct type type)
{
  int128 limit = 1;
  for (int i = 0; i < type.precision; i++)
    limit *= 10;
  return ((int128)some_integer(r) * ((int128)1 << 63) + some_integer(r)) % limit;
}

static struct slice some_text(struct random *r)
{
  return slice_of(texts[random_below(r, sizeof texts / sizeof texts[0])]);
}

/* Half of all are strings: most functions take them. */
static struct type some_type(struct random *r)
{
  static const enum type_kind kinds[] = {TYPE_NULL,   TYPE_BOOLEAN, TYPE_TINYINT,   TYPE_SMALLINT,
                                         TYPE_INT,    TYPE_BIGINT,  TYPE_DECIMAL,   TYPE_FLOAT,
                                         TYPE_DOUBLE, TYPE_DATE,    TYPE_TIMESTAMP, TYPE_INTERVAL};
  if (random_below(r, 2))
    return type_of(TYPE_STRING);
  enum type_kind kind = kinds[random_below(r, sizeof kinds / sizeof kinds[0])];
  int precision = (int)random_between(r, 1, DECIMAL_DIGITS);
  return kind == TYPE_DECIMAL ? type_decimal(precision, (int)random_between(r, 0, precision))
                              : type_of(kind);
}

static void fill_row(struct random *r, struct column *c, size_t i, bool null)
{
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    c->boolean[i] = random_below(r, 2);
    break;
  case TYPE_TINYINT:
    c->i32[i] = (int8_t)some_integer(r);
    break;
  case TYPE_SMALLINT:
    c->i32[i] = (int16_t)some_integer(r);
    break;
  case TYPE_INT:
  case TYPE_DATE:
    c->i32[i] = (int32_t)some_integer(r);
    break;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    c->i64[i] = some_integer(r);
    break;
  case TYPE_DECIMAL:
    c->decimal[i] = some_decimal(r, c->type);
    break;
  case TYPE_FLOAT:
    c->f32[i] = (float)some_double(r);
    break;
  case TYPE_DOUBLE:
    c->f64[i] = some_double(r);
    break;
  case TYPE_STRING:
    c->text[i] = null ? (struct slice){(const char *)16, 1000} : some_text(r);
    break;
  default:
    break;
  }
}

static void fill(struct random *r, struct column *c, size_t rows, struct arena *arena)
{
  column_make(c, some_type(r), rows, arena);
  uint8_t *null = NULL;
  if (c->type.kind != TYPE_NULL && random_below(r, 2))
    null = column_flags(c, rows, arena);
  for (size_t i = 0; i < rows; i++) {
    if (null != NULL)
      null[i] = random_below(r, 3) == 0;
    fill_row(r, c, i, null != NULL && null[i]);
  }
}

/* These may ask for more memory than there is, or want a name that only the binder gives. */
static bool is_left_out(struct slice name)
{
  static const char *const names[] = {"repeat",       "space",          "lpad",     "rpad",
                                      "array_repeat", "array_insert",   "sequence", "format_number",
                                      "field",        "interval_months"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_is(name, names[i]))
      return true;
  return false;
}

/* Every byte of the result can be read. */
static size_t read_all(const struct column *out, size_t rows)
{
  size_t sum = 0;
  for (size_t i = 0; i < rows; i++)
    if (!column_is_null(out, i)) {
      struct slice s = out->text[column_index(out, i)];
      for (size_t k = 0; k < s.n; k++)
        sum += (unsigned char)s.p[k];
    }
  return sum;
}

/* The call's result as text; false with b->err filled. */
static bool evaluate(const struct binding *b, struct expr *e, const struct batch *in)
{
  struct evaluation ev = {b->arena, b->err};
  struct column out;
  bool printable = e->type.kind != TYPE_INTERVAL && e->type.kind != TYPE_NULL;
  if (printable && (e = expr_cast(b, e, type_of(TYPE_STRING), e->at)) == NULL)
    return false;
  if (!expr_eval(e, in, &ev, &out))
    return false;
  if (printable)
    read_all(&out, in->rows);
  return true;
}

/* Whether it was evaluated. */
static bool try_call(struct random *r, struct slice name)
{
  struct arena arena = {0};
  struct error err = {0};
  struct sql_settings settings = {.zone_offset_us =
                                      random_between(r, -12, 12) * INT64_C(3600000000)};
  struct binding b = {&arena, &settings, "fuzz", &err};
  struct column column[MOST_ARGS];
  struct batch in = {.rows = random_below(r, MOST_ROWS), .columns = MOST_ARGS, .column = column};
  size_t args = random_below(r, MOST_ARGS + 1);
  struct expr **arg = arena_take(&arena, MOST_ARGS, sizeof *arg);
  for (size_t k = 0; k < args; k++) {
    bool literal = random_below(r, 2);
    fill(r, &column[k], literal ? 1 : in.rows, &arena);
    arg[k] = literal ? expr_literal(&arena, column[k], here)
                     : expr_column(&arena, k, column[k].type, here);
  }
  struct expr *e = function_bind(&b, name, arg, args, here);
  bool done = e != NULL && evaluate(&b, e, &in);
  if (!done && (err.code == ERR_NONE || err.text[0] == '\0'))
    fail_msg("%.*s() failed without a reason", SLICE_PRINT(name));
  arena_free(&arena);
  return done;
}

static void a_call_is_evaluated_or_refused_with_a_reason(void **state)
{
  (void)state;
  size_t count, evaluated = 0;
  const struct slice *name = function_names(&count);
  struct random r;
  random_seed(&r, 3);
  for (size_t i = 0; i < CALLS; i++) {
    struct slice chosen = name[random_below(&r, count)];
    if (!is_left_out(chosen))
      evaluated += try_call(&r, chosen);
  }
  assert_true(evaluated > CALLS / 20);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_is_evaluated_or_refused_with_a_reason),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
