/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/coercion.h"

#include "sql/function.h"

/* The DECIMAL that holds every value of an integer type (DecimalType.forType). */
static struct type decimal_of_integer(struct type t)
{
  switch (t.kind) {
  case TYPE_TINYINT:
    return type_decimal(3, 0);
  case TYPE_SMALLINT:
    return type_decimal(5, 0);
  case TYPE_INT:
    return type_decimal(10, 0);
  default:
    return type_decimal(20, 0); /* BIGINT */
  }
}

static int digits_of(int64_t x)
{
  int digits = 1;
  while (x /= 10)
    digits++;
  return digits;
}

struct type decimal_of_operand(const struct expr *e)
{
  if (e->type.kind == TYPE_DECIMAL)
    return e->type;
  bool written = e->kind == EXPR_LITERAL && e->name == NULL && !column_is_null(&e->value, 0);
  if (!written)
    return decimal_of_integer(e->type);
  bool wide = e->type.kind == TYPE_BIGINT;
  return type_decimal(digits_of(wide ? e->value.i64[0] : e->value.i32[0]), 0);
}

/* The DECIMAL that holds the values of both, its precision capped at 38. */
static struct type decimal_wider(struct type a, struct type b)
{
  int scale = a.scale > b.scale ? a.scale : b.scale;
  int whole_a = a.precision - a.scale, whole_b = b.precision - b.scale;
  int precision = (whole_a > whole_b ? whole_a : whole_b) + scale;
  if (precision > DECIMAL_DIGITS)
    precision = DECIMAL_DIGITS;
  return type_decimal(precision, scale);
}

static bool is_float(struct type t)
{
  return t.kind == TYPE_FLOAT || t.kind == TYPE_DOUBLE;
}

/* The order of TypeCoercion.numericPrecedence: FLOAT stands above BIGINT. DECIMAL is not in it. */
static int precedence(struct type t)
{
  return type_is_numeric(t) && t.kind != TYPE_DECIMAL ? (int)t.kind : 0;
}

/* DecimalType.isWiderThan: every value of the integer type fits. */
static bool decimal_holds(struct type decimal, struct type integer)
{
  struct type needed = decimal_of_integer(integer);
  return decimal.precision - decimal.scale >= needed.precision;
}

bool type_tightest(struct type a, struct type b, struct type *out)
{
  *out = a;
  if (type_equal(a, b) || b.kind == TYPE_NULL)
    return true;
  *out = b;
  if (a.kind == TYPE_NULL)
    return true;
  if (precedence(a) && precedence(b)) {
    *out = precedence(a) > precedence(b) ? a : b;
    return true;
  }
  if (type_is_integer(a) && b.kind == TYPE_DECIMAL)
    return decimal_holds(b, a);
  *out = a;
  if (type_is_integer(b) && a.kind == TYPE_DECIMAL)
    return decimal_holds(a, b);
  if (type_is_interval(a) && a.kind == b.kind) {
    enum interval_unit af = interval_first(a), bf = interval_first(b);
    enum interval_unit al = interval_last(a), bl = interval_last(b);
    *out = type_interval(af < bf ? af : bf, al > bl ? al : bl);
    return true;
  }
  *out = type_of(TYPE_TIMESTAMP);
  return (a.kind == TYPE_TIMESTAMP && b.kind == TYPE_DATE) ||
         (a.kind == TYPE_DATE && b.kind == TYPE_TIMESTAMP);
}

static bool wider_decimal(struct type a, struct type b, struct type *out)
{
  if (!type_is_numeric(a) || !type_is_numeric(b))
    return false;
  *out = type_of(TYPE_DOUBLE);
  if (is_float(a) || is_float(b))
    return true;
  *out = decimal_wider(a.kind == TYPE_DECIMAL ? a : decimal_of_integer(a),
                       b.kind == TYPE_DECIMAL ? b : decimal_of_integer(b));
  return true;
}

static bool is_atomic(struct type t)
{
  return t.kind != TYPE_NULL && t.items == 0;
}

/* Item by item, fields of the same names (findTypeForComplex). Only where one of the two types will
 * do: no type is made up here. */
static bool common_nested(struct type a, struct type b, struct type *out)
{
  bool left = true, right = true;
  if (a.kind != b.kind || a.items != b.items)
    return false;
  for (unsigned i = 0; i < a.items; i++) {
    struct type item;
    if (a.kind == TYPE_STRUCT && !slice_equal_nocase(a.item[i].name, b.item[i].name))
      return false;
    if (!type_common(a.item[i].type, b.item[i].type, &item))
      return false;
    left &= type_equal(item, a.item[i].type);
    right &= type_equal(item, b.item[i].type);
  }
  *out = left ? a : b;
  return left || right;
}

bool type_common(struct type a, struct type b, struct type *out)
{
  if (a.items != 0 && b.items != 0)
    return common_nested(a, b, out);
  if (type_tightest(a, b, out) || wider_decimal(a, b, out))
    return true;
  struct type other = a.kind == TYPE_STRING ? b : a;
  *out = type_of(TYPE_STRING);
  return (a.kind == TYPE_STRING || b.kind == TYPE_STRING) && is_atomic(other) &&
         other.kind != TYPE_BOOLEAN && !type_is_interval(other);
}

/* One side is a string, the other one is not: that one's type, but DECIMAL and string meet in the
 * middle (findCommonTypeForBinaryComparison). */
static bool string_comparison(struct type other, struct type *out)
{
  *out = other;
  if (other.kind == TYPE_NULL)
    *out = type_of(TYPE_STRING);
  else if (other.kind == TYPE_DECIMAL)
    *out = type_of(TYPE_DOUBLE);
  return other.items == 0 && !type_is_interval(other);
}

bool type_for_comparison(const struct expr *a, const struct expr *b, bool equality,
                         struct type *out)
{
  struct type s = a->type, t = b->type;
  if (s.kind == TYPE_NULL && t.kind == TYPE_NULL) {
    *out = type_of(TYPE_BOOLEAN);
    return true;
  }
  if (s.kind == TYPE_STRING && t.kind != TYPE_STRING)
    return string_comparison(t, out);
  if (t.kind == TYPE_STRING && s.kind != TYPE_STRING)
    return string_comparison(s, out);
  if (s.kind == TYPE_BOOLEAN && type_is_numeric(t)) {
    *out = t; /* BooleanEquality */
    return equality;
  }
  if (t.kind == TYPE_BOOLEAN && type_is_numeric(s)) {
    *out = s;
    return equality;
  }
  if ((s.kind == TYPE_DECIMAL || t.kind == TYPE_DECIMAL) && type_is_numeric(s) &&
      type_is_numeric(t)) {
    *out = type_of(TYPE_DOUBLE);
    if (!is_float(s) && !is_float(t))
      *out = decimal_wider(decimal_of_operand(a), decimal_of_operand(b));
    return true;
  }
  return s.kind != TYPE_MAP && type_tightest(s, t, out);
}

bool type_for_arithmetic(const struct expr *a, const struct expr *b, struct type *out)
{
  struct type s = a->type, t = b->type;
  if (s.kind == TYPE_STRING)
    s = type_of(TYPE_DOUBLE);
  if (t.kind == TYPE_STRING)
    t = type_of(TYPE_DOUBLE);
  if (s.kind == TYPE_NULL && t.kind == TYPE_NULL)
    s = t = type_of(TYPE_DOUBLE);
  if (s.kind == TYPE_NULL)
    s = t;
  if (t.kind == TYPE_NULL)
    t = s;
  if (!type_is_numeric(s) || !type_is_numeric(t))
    return false;
  if (s.kind != TYPE_DECIMAL && t.kind != TYPE_DECIMAL)
    return type_tightest(s, t, out);
  *out = type_of(is_float(s) || is_float(t) ? TYPE_DOUBLE : TYPE_DECIMAL);
  return true;
}

bool type_is_implicit(struct type from, struct type to)
{
  if (from.kind == to.kind && from.kind != TYPE_DECIMAL)
    return from.items == 0 || type_equal(from, to);
  switch (to.kind) {
  case TYPE_STRING:
    return is_atomic(from) || from.kind == TYPE_NULL;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_BIGINT:
  case TYPE_DECIMAL:
  case TYPE_FLOAT:
  case TYPE_DOUBLE:
    return type_is_numeric(from) || from.kind == TYPE_STRING || from.kind == TYPE_NULL;
  case TYPE_DATE:
  case TYPE_TIMESTAMP:
    return from.kind == TYPE_DATE || from.kind == TYPE_TIMESTAMP || from.kind == TYPE_STRING ||
           from.kind == TYPE_NULL;
  default:
    return from.kind == TYPE_NULL;
  }
}

static bool can_cast_items(struct type from, struct type to)
{
  for (unsigned i = 0; i < from.items; i++)
    if (!type_can_cast(from.item[i].type, to.item[i].type))
      return false;
  return true;
}

bool type_can_cast(struct type from, struct type to)
{
  if (type_equal(from, to) || from.kind == TYPE_NULL || to.kind == TYPE_STRING)
    return true;
  if (from.items != 0 || to.items != 0)
    return from.kind == to.kind && from.items == to.items && can_cast_items(from, to);
  bool number = type_is_numeric(from) || from.kind == TYPE_BOOLEAN || from.kind == TYPE_STRING;
  switch (to.kind) {
  case TYPE_BOOLEAN:
    return number || from.kind == TYPE_DATE || from.kind == TYPE_TIMESTAMP;
  case TYPE_DATE:
    return from.kind == TYPE_STRING || from.kind == TYPE_TIMESTAMP;
  case TYPE_TIMESTAMP:
    return number || from.kind == TYPE_DATE;
  case TYPE_INTERVAL:
  case TYPE_MONTHS:
    if (from.kind == to.kind)
      return true;
    if (type_is_integer(from) || from.kind == TYPE_DECIMAL)
      return interval_first(to) == interval_last(to);
    return from.kind == TYPE_STRING;
  case TYPE_NULL:
    return false;
  default:
    if (type_is_interval(from))
      return type_is_integer(to);
    return number || from.kind == TYPE_TIMESTAMP || from.kind == TYPE_DATE;
  }
}
