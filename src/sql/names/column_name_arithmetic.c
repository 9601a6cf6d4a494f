/* SPDX-License-Identifier: Apache-2.0 */
/* Operators that Spark's analyzer replaces by others, told by the types of their operands
 * (BinaryArithmetic of dates in Analyzer.scala, DecimalPrecision.scala, BooleanEquality in
 * TypeCoercion.scala), so that the column is called by what they became. */
#include "sql/names/column_name.h"
#include "text/decimal.h"

/* ---- dates and times ---- */

enum moment {
  NO_TIME,
  A_DATE,
  A_TIMESTAMP,
  DAYS,   /* an interval whose only unit is the day */
  SPAN,   /* any other interval of a fixed length */
  MONTHS, /* an interval of months or years */
};

static enum moment moment_of_type(struct type t)
{
  return t.kind == TYPE_DATE        ? A_DATE
         : t.kind == TYPE_TIMESTAMP ? A_TIMESTAMP
         : t.kind == TYPE_INTERVAL  ? SPAN
                                    : NO_TIME;
}

static enum moment moment_of_sum(enum moment a, enum moment b, bool minus)
{
  if (b == A_DATE || b == A_TIMESTAMP) {
    if (minus)
      return a == A_DATE && b == A_DATE ? DAYS : SPAN;
    enum moment swapped = a;
    a = b;
    b = swapped;
  }
  if (a == A_DATE)
    return b == SPAN ? A_TIMESTAMP : A_DATE;
  if (a == DAYS)
    return b == DAYS ? DAYS : SPAN;
  return a;
}

static enum moment moment_of(const struct naming *n, const struct ast_expr *e)
{
  if (e->kind == AST_LITERAL)
    return moment_of_type(e->value.type) != SPAN                  ? moment_of_type(e->value.type)
           : e->units.from == SPAN_DAY && e->units.to == SPAN_DAY ? DAYS
                                                                  : SPAN;
  if (e->kind == AST_UNARY && strcmp(e->op, "interval_months") == 0)
    return MONTHS;
  if (e->kind == AST_CAST)
    return moment_of_type(e->type);
  if (e->kind == AST_BINARY && strchr("+-*/", e->op[0]) != NULL) {
    enum moment a = moment_of(n, e->arg[0]), b = moment_of(n, e->arg[1]);
    if (*e->op == '+' || *e->op == '-')
      return moment_of_sum(a, b, *e->op == '-');
    a = a != NO_TIME ? a : b;
    return a == DAYS ? SPAN : a;
  }
  const struct expr *bound = name_trial(n, e);
  return bound != NULL ? moment_of_type(bound->type) : NO_TIME;
}

static bool is_interval(enum moment m)
{
  return m == DAYS || m == SPAN || m == MONTHS;
}

static void name_call_of(struct naming *n, const char *name, const struct ast_expr *a,
                         const struct ast_expr *b)
{
  buffer_printf(&n->text, "%s(", name);
  name_expr(n, a);
  name_text(n, ", ");
  name_expr(n, b);
  name_text(n, ")");
}

/* date_add(dt, extractansiintervaldays(INTERVAL '1' DAY)) */
static void name_days(struct naming *n, const struct ast_expr *date, const struct ast_expr *days,
                      bool minus)
{
  name_text(n, "date_add(");
  name_expr(n, date);
  name_text(n, minus ? ", (- extractansiintervaldays(" : ", extractansiintervaldays(");
  name_expr(n, days);
  name_text(n, minus ? ")))" : "))");
}

static void name_shifted(struct naming *n, const struct ast_expr *time,
                         const struct ast_expr *interval, bool minus)
{
  name_expr(n, time);
  name_text(n, minus ? " - " : " + ");
  name_expr(n, interval);
}

/* Whether the sum is one of a date or time and was printed. */
static bool name_time_sum(struct naming *n, const struct ast_expr *e)
{
  const struct ast_expr *left = e->arg[0], *right = e->arg[1];
  bool minus = *e->op == '-';
  enum moment a = moment_of(n, left), b = moment_of(n, right);
  bool swaps = !minus && (is_interval(a) ? !is_interval(b) : b == A_DATE);
  if (swaps) {
    const struct ast_expr *first = left;
    enum moment moment = a;
    left = right, right = first;
    a = b, b = moment;
  }
  bool null = left->kind == AST_LITERAL && left->value.type.kind == TYPE_NULL;
  if (is_interval(b) && !is_interval(a) && !null) {
    if (a == A_DATE && b == DAYS)
      name_days(n, left, right, minus);
    else
      name_shifted(n, left, right, minus);
    return true;
  }
  if (a != A_DATE || b != NO_TIME)
    return false;
  name_call_of(n, minus ? "date_sub" : "date_add", left, right);
  return true;
}

void name_arithmetic(struct naming *n, const struct ast_expr *e)
{
  const struct ast_expr *left = e->arg[0], *right = e->arg[1];
  if ((*e->op == '+' || *e->op == '-') && name_time_sum(n, e))
    return;
  if (*e->op == '*' && is_interval(moment_of(n, right)))
    left = e->arg[1], right = e->arg[0];
  name_text(n, "(");
  name_expr(n, left);
  buffer_printf(&n->text, " %s ", e->op);
  name_expr(n, right);
  name_text(n, ")");
}

/* ---- comparisons ---- */

static bool is_number(const struct ast_expr *e)
{
  return e->kind == AST_LITERAL && type_is_numeric(e->value.type) && !column_is_null(&e->value, 0);
}

static bool is_decimal(const struct ast_expr *e)
{
  return is_number(e) && e->value.type.kind == TYPE_DECIMAL;
}

static struct decimal decimal_of(const struct ast_expr *e)
{
  return (struct decimal){e->value.decimal[0], e->value.type.scale};
}

/* 0 or 1 as an integer or a decimal; else -1, also for DOUBLE and FLOAT. */
static int truth_of(const struct ast_expr *e)
{
  if (is_decimal(e))
    return decimal_compare(decimal_of(e), (struct decimal){1, 0}) == 0   ? 1
           : decimal_compare(decimal_of(e), (struct decimal){0, 0}) == 0 ? 0
                                                                         : -1;
  if (!is_number(e) || !type_is_integer(e->value.type))
    return -1;
  int64_t value = e->value.type.kind == TYPE_BIGINT ? e->value.i64[0] : e->value.i32[0];
  return value == 0 || value == 1 ? (int)value : -1;
}

static bool is_boolean(const struct naming *n, const struct ast_expr *e)
{
  const struct expr *bound = name_trial(n, e);
  return bound != NULL && bound->type.kind == TYPE_BOOLEAN;
}

/* flag = 1 is the flag itself. */
static bool name_truth(struct naming *n, const char *op, const struct ast_expr *flag,
                       const struct ast_expr *number)
{
  int truth = truth_of(number);
  if (truth < 0 || !is_boolean(n, flag))
    return false;
  bool safe = strcmp(op, "<=>") == 0;
  if (safe) {
    name_text(n, "((");
    name_expr(n, flag);
    name_text(n, " IS NOT NULL) AND ");
  }
  name_text(n, truth ? "" : "(NOT ");
  name_expr(n, flag);
  name_text(n, truth ? "" : ")");
  name_text(n, safe ? ")" : "");
  return true;
}

static bool is_integer(const struct naming *n, const struct ast_expr *e)
{
  const struct expr *bound = name_trial(n, e);
  return bound != NULL && type_is_integer(bound->type);
}

/* The whole number that an integer is compared with instead of a decimal. False if it is no
 * BIGINT; then *bound says by its sign on which side it lies. */
static bool whole_bound(const struct ast_expr *e, bool up, int64_t *bound)
{
  int128 whole = up ? decimal_ceiling(decimal_of(e)) : decimal_floor(decimal_of(e));
  bool fits = whole >= INT64_MIN && whole <= INT64_MAX;
  *bound = fits ? (int64_t)whole : whole < 0 ? -1 : 1;
  return fits;
}

/* i > 1.5 is i > 1 (DecimalPrecision.integralAndDecimalLiteral). */
static bool name_whole(struct naming *n, const char *op, const struct ast_expr *a,
                       const struct ast_expr *b)
{
  bool right = is_decimal(b);
  if ((op[0] != '<' && op[0] != '>') || strcmp(op, "<=>") == 0)
    return false;
  if (right ? !is_integer(n, a) : !is_decimal(a) || !is_integer(n, b))
    return false;
  bool above = (op[0] == '>') == right; /* whether the integer is the greater one */
  bool up = above == (op[1] == '=');
  int64_t bound;
  if (!whole_bound(right ? b : a, up, &bound)) {
    name_text(n, above == (bound < 0) ? "true" : "false");
    return true;
  }
  name_text(n, "(");
  if (right) {
    name_expr(n, a);
    buffer_printf(&n->text, " %s %lld)", op, (long long)bound);
  } else {
    buffer_printf(&n->text, "%lld %s ", (long long)bound, op);
    name_expr(n, b);
    name_text(n, ")");
  }
  return true;
}

void name_comparison(struct naming *n, const char *op, const struct ast_expr *a,
                     const struct ast_expr *b)
{
  bool equality = strcmp(op, "=") == 0 || strcmp(op, "<=>") == 0;
  if (equality && (name_truth(n, op, a, b) || name_truth(n, op, b, a)))
    return;
  if (name_whole(n, op, a, b))
    return;
  name_text(n, "(");
  name_expr(n, a);
  buffer_printf(&n->text, " %s ", op);
  name_expr(n, b);
  name_text(n, ")");
}
