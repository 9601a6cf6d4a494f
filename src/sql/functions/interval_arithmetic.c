/* SPDX-License-Identifier: Apache-2.0 */
/* Intervals with intervals and with numbers (intervalExpressions.scala). What leaves the range is
 * an error, also without ANSI. */
#include <math.h>

#include "sql/coercion.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/decimal.h"

/* A value, checked against the range of out's type. */
static bool put(struct column *out, size_t i, int64_t value)
{
  if (out->type.kind == TYPE_INTERVAL) {
    out->i64[i] = value;
    return true;
  }
  out->i32[i] = (int32_t)value;
  return value >= INT32_MIN && value <= INT32_MAX;
}

/* a, b: the values of row i. COMPUTE is false if the result does not fit; it goes to `value`. */
#define INTERVAL_KERNEL(name, B_TYPE, B, COMPUTE)                                                  \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    for (size_t i = 0; i < rows; i++) {                                                            \
      int64_t value;                                                                               \
      if (result_is_null(out, i))                                                                  \
        continue;                                                                                  \
      int64_t a = column_integer(&arg[0], i);                                                      \
      B_TYPE b = (B);                                                                              \
      if (!(COMPUTE) || !put(out, i, value))                                                       \
        return error_set(ev->err, ERR_DATA,                                                        \
                         "an interval is out of its range, or divided by zero");                   \
    }                                                                                              \
    return true;                                                                                   \
  }

#define SECOND column_index(&arg[1], i)

static bool nearest(double x, int64_t *out)
{
  double rounded = round(x); /* HALF_UP: away from zero */
  *out = rounded >= -0x1p63 && rounded < 0x1p63 ? (int64_t)rounded : 0;
  return rounded >= -0x1p63 && rounded < 0x1p63;
}

/* a / b, HALF_UP. */
static bool divide(int128 a, int128 b, int64_t *out)
{
  if (b == 0)
    return false;
  if (b < 0)
    a = -a, b = -b;
  int128 quotient = a / b, rest = a % b, away = a < 0 ? -1 : 1;
  if (rest * away >= b - rest * away)
    quotient += away;
  *out = (int64_t)quotient;
  return quotient == *out;
}

static int128 power_of_ten(int digits)
{
  int128 power = 1;
  while (digits-- > 0)
    power *= 10;
  return power;
}

static bool times_decimal(int64_t a, struct decimal b, int64_t *out)
{
  int128 product;
  return !__builtin_mul_overflow((int128)a, b.unscaled, &product) &&
         divide(product, power_of_ten(b.scale), out);
}

static bool by_decimal(int64_t a, struct decimal b, int64_t *out)
{
  int128 dividend;
  return !__builtin_mul_overflow((int128)a, power_of_ten(b.scale), &dividend) &&
         divide(dividend, b.unscaled, out);
}

#define DECIMAL_B ((struct decimal){arg[1].decimal[SECOND], arg[1].type.scale})

INTERVAL_KERNEL(add, int64_t, column_integer(&arg[1], i), !__builtin_add_overflow(a, b, &value))
INTERVAL_KERNEL(subtract, int64_t, column_integer(&arg[1], i),
                !__builtin_sub_overflow(a, b, &value))
INTERVAL_KERNEL(times_integer, int64_t, column_integer(&arg[1], i),
                !__builtin_mul_overflow(a, b, &value))
INTERVAL_KERNEL(times_double, double, arg[1].f64[SECOND], nearest((double)a *b, &value))
INTERVAL_KERNEL(times_exact, struct decimal, DECIMAL_B, times_decimal(a, b, &value))
INTERVAL_KERNEL(by_integer, int64_t, column_integer(&arg[1], i), divide(a, b, &value))
INTERVAL_KERNEL(by_double, double, arg[1].f64[SECOND], b != 0 && nearest((double)a / b, &value))
INTERVAL_KERNEL(by_exact, struct decimal, DECIMAL_B, by_decimal(a, b, &value))

static bool negate(struct evaluation *ev, const struct expr *e, const struct column *arg,
                   size_t rows, struct column *out)
{
  bool is_abs = *(const bool *)e->state;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    int64_t a = column_integer(&arg[0], i);
    if (a == INT64_MIN || !put(out, i, is_abs && a >= 0 ? a : -a))
      return error_set(ev->err, ERR_DATA, "an interval is out of its range");
  }
  return true;
}

struct expr *bind_interval_sign(struct call *c, bool is_abs)
{
  bool *state = arena_take(c->b->arena, 1, sizeof *state);
  *state = is_abs;
  return call_result(c, c->arg[0]->type, negate, state);
}

static struct expr *refuse(const struct call *c)
{
  return call_refuse_types(c, "intervals of one kind, or an interval and a number");
}

static struct expr *sum(struct call *c, expr_kernel *kernel)
{
  struct type type;
  for (size_t i = 0; i < 2; i++) /* a bare NULL is of the other's type */
    if (call_kind(c, i) == TYPE_NULL && !call_cast(c, i, c->arg[1 - i]->type))
      return NULL;
  if (!type_tightest(c->arg[0]->type, c->arg[1]->type, &type) || !type_is_interval(type))
    return refuse(c);
  return call_result(c, type, kernel, NULL);
}

static struct expr *scaled(struct call *c, bool multiplies)
{
  struct type by = c->arg[1]->type;
  if (by.kind == TYPE_FLOAT && !call_cast(c, 1, type_of(TYPE_DOUBLE)))
    return NULL;
  if (by.kind == TYPE_NULL && !call_cast(c, 1, type_of(TYPE_BIGINT)))
    return NULL;
  by = c->arg[1]->type;
  expr_kernel *kernel = by.kind == TYPE_DOUBLE    ? (multiplies ? times_double : by_double)
                        : by.kind == TYPE_DECIMAL ? (multiplies ? times_exact : by_exact)
                                                  : (multiplies ? times_integer : by_integer);
  if (!type_is_numeric(by))
    return refuse(c);
  return call_result(c, type_of(call_kind(c, 0)), kernel, NULL);
}

struct expr *bind_interval_arithmetic(struct call *c)
{
  switch ((enum arithmetic)c->function->variant) {
  case ARITHMETIC_ADD:
    return sum(c, add);
  case ARITHMETIC_SUBTRACT:
    return sum(c, subtract);
  case ARITHMETIC_MULTIPLY:
    if (!type_is_interval(c->arg[0]->type)) {
      struct expr *first = c->arg[0];
      c->arg[0] = c->arg[1];
      c->arg[1] = first;
    }
    return type_is_interval(c->arg[1]->type) ? refuse(c) : scaled(c, true);
  case ARITHMETIC_DIVIDE:
    return type_is_interval(c->arg[0]->type) && !type_is_interval(c->arg[1]->type)
               ? scaled(c, false)
               : refuse(c);
  default:
    return refuse(c);
  }
}
