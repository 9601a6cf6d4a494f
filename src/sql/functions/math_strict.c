/* SPDX-License-Identifier: Apache-2.0 */
/* Logarithms, powers, angles of a ratio: StrictMath's functions over columns. sin(), cos() and
 * tan() are refused: the JVM has its own code for them, whose last bit nobody else gives. */
#include <math.h>

#include "base/strict_math.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

struct function_of_one {
  double (*value)(double x);
  double above; /* null for x at or below it (Logarithm.scala) */
};

static double log2_of(double x)
{
  return strict_log(x) / strict_log(2);
}

static double asinh_of(double x)
{
  return isinf(x) && x < 0 ? x : strict_log(x + sqrt(x * x + 1));
}

static double acosh_of(double x)
{
  return strict_log(x + sqrt(x * x - 1));
}

static double atanh_of(double x)
{
  return 0.5 * (strict_log1p(x) - strict_log1p(-x));
}

static const struct function_of_one functions[] = {
    [STRICT_ACOS] = {strict_acos, -INFINITY},
    [STRICT_ACOSH] = {acosh_of, -INFINITY},
    [STRICT_ASIN] = {strict_asin, -INFINITY},
    [STRICT_ASINH] = {asinh_of, -INFINITY},
    [STRICT_ATAN] = {strict_atan, -INFINITY},
    [STRICT_ATANH] = {atanh_of, -INFINITY},
    [STRICT_CBRT] = {strict_cbrt, -INFINITY},
    [STRICT_COSH] = {strict_cosh, -INFINITY},
    [STRICT_EXP] = {strict_exp, -INFINITY},
    [STRICT_EXPM1] = {strict_expm1, -INFINITY},
    [STRICT_LN] = {strict_log, 0},
    [STRICT_LOG10] = {strict_log10, 0},
    [STRICT_LOG1P] = {strict_log1p, -1},
    [STRICT_LOG2] = {log2_of, 0},
    [STRICT_RINT] = {rint, -INFINITY},
    [STRICT_SINH] = {strict_sinh, -INFINITY},
    [STRICT_TANH] = {strict_tanh, -INFINITY},
};

static bool one_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  const struct function_of_one *f = e->state;
  uint8_t *null = NULL;
  bool bounded = f->above > -INFINITY;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    double x = arg[0].f64[column_index(&arg[0], i)];
    out->f64[i] = result_is_null(out, i) ? 0 : f->value(x);
    if (bounded && !result_is_null(out, i) && x <= f->above)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_strict(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_DOUBLE), one_kernel, &functions[c->function->variant]);
}

#define TWO_KERNEL(name, VALUE)                                                                    \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out))                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        double x = arg[0].f64[column_index(&arg[0], i)];                                           \
        double y = arg[1].f64[column_index(&arg[1], i)];                                           \
        out->f64[i] = result_is_null(out, i) ? 0 : (VALUE);                                        \
      }                                                                                            \
    return true;                                                                                   \
  }

TWO_KERNEL(power_kernel, strict_pow(x, y))
TWO_KERNEL(hypot_kernel, strict_hypot(x, y))
TWO_KERNEL(atan2_kernel, strict_atan2(x + 0.0, y + 0.0))

static bool log_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    double base = arg[0].f64[column_index(&arg[0], i)], x = arg[1].f64[column_index(&arg[1], i)];
    out->f64[i] = result_is_null(out, i) ? 0 : strict_log(x) / strict_log(base);
    if (!result_is_null(out, i) && (base <= 0 || x <= 0))
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_strict_pair(struct call *c)
{
  static expr_kernel *const kernels[] = {
      [STRICT_ATAN2] = atan2_kernel, [STRICT_HYPOT] = hypot_kernel, [STRICT_POWER] = power_kernel};
  if (!call_accept(c, 0, type_of(TYPE_DOUBLE)) || !call_accept(c, 1, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_DOUBLE), kernels[c->function->variant], NULL);
}

/* log(x) or log(base, x) */
struct expr *bind_log(struct call *c)
{
  if (c->args == 1)
    return call_other(c, "ln", c->arg, 1);
  if (!call_accept(c, 0, type_of(TYPE_DOUBLE)) || !call_accept(c, 1, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_DOUBLE), log_kernel, NULL);
}
