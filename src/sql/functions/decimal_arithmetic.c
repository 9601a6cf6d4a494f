/* SPDX-License-Identifier: Apache-2.0 */
/* DECIMAL + - * / % pmod div: types of results as in DecimalPrecision.scala, values from
 * text/decimal.h. What does not fit its type is null.
 */
#include "sql/coercion.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/decimal.h"

/* DecimalType.adjustPrecisionScale: beyond 38 digits the fraction gives way, down to 6 digits. */
static struct type adjusted(int precision, int scale)
{
  enum { KEPT_FRACTION = 6 };
  if (precision <= DECIMAL_DIGITS)
    return type_decimal(precision, scale);
  int whole = precision - scale;
  int least = scale < KEPT_FRACTION ? scale : KEPT_FRACTION;
  int room = DECIMAL_DIGITS - whole;
  return type_decimal(DECIMAL_DIGITS, room > least ? room : least);
}

static int larger(int a, int b)
{
  return a > b ? a : b;
}

static struct type result_type(enum arithmetic operation, struct type a, struct type b)
{
  int whole_a = a.precision - a.scale, whole_b = b.precision - b.scale;
  int scale = larger(a.scale, b.scale);
  switch (operation) {
  case ARITHMETIC_ADD:
  case ARITHMETIC_SUBTRACT:
    return adjusted(larger(whole_a, whole_b) + scale + 1, scale);
  case ARITHMETIC_MULTIPLY:
    return adjusted(a.precision + b.precision + 1, a.scale + b.scale);
  case ARITHMETIC_DIVIDE:
    scale = larger(6, a.scale + b.precision + 1);
    return adjusted(whole_a + b.scale + scale, scale);
  default: /* % and pmod */
    return adjusted((whole_a < whole_b ? whole_a : whole_b) + scale, scale);
  }
}

static bool modulo(struct decimal a, struct decimal b, int precision, int scale, int128 *out)
{
  int128 r;
  if (!decimal_remainder(a, b, precision, scale, &r))
    return false;
  *out = r;
  if (r >= 0)
    return true;
  struct decimal rest = {r, scale};
  int128 sum;
  return decimal_add(rest, b, DECIMAL_DIGITS, scale, &sum) &&
         decimal_remainder((struct decimal){sum, scale}, b, precision, scale, out);
}

typedef bool decimal_operation(struct decimal a, struct decimal b, int precision, int scale,
                               int128 *out);

static bool apply(struct evaluation *ev, const struct expr *e, const struct column *arg,
                  size_t rows, struct column *out, decimal_operation *operation)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  int scale_a = arg[0].type.scale, scale_b = arg[1].type.scale;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    struct decimal a = {arg[0].decimal[column_index(&arg[0], i)], scale_a};
    struct decimal b = {arg[1].decimal[column_index(&arg[1], i)], scale_b};
    if (!operation(a, b, e->type.precision, e->type.scale, &out->decimal[i]))
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

#define DECIMAL_KERNEL(name, operation)                                                            \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    return apply(ev, e, arg, rows, out, operation);                                                \
  }

DECIMAL_KERNEL(add, decimal_add)
DECIMAL_KERNEL(subtract, decimal_subtract)
DECIMAL_KERNEL(multiply, decimal_multiply)
DECIMAL_KERNEL(divide, decimal_divide)
DECIMAL_KERNEL(remainder_kernel, decimal_remainder)
DECIMAL_KERNEL(pmod, modulo)

static expr_kernel *const kernels[] = {
    [ARITHMETIC_ADD] = add,           [ARITHMETIC_SUBTRACT] = subtract,
    [ARITHMETIC_MULTIPLY] = multiply, [ARITHMETIC_DIVIDE] = divide,
    [ARITHMETIC_MODULO] = pmod,       [ARITHMETIC_REMAINDER] = remainder_kernel,
};

/* a div b is a BIGINT. */
static bool quotient(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    struct decimal a = {arg[0].decimal[column_index(&arg[0], i)], arg[0].type.scale};
    struct decimal b = {arg[1].decimal[column_index(&arg[1], i)], arg[1].type.scale};
    if (!decimal_quotient(a, b, &out->i64[i]))
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_decimal_arithmetic(struct call *c)
{
  enum arithmetic operation = (enum arithmetic)c->function->variant;
  for (size_t i = 0; i < 2; i++) {
    struct expr *other = c->arg[1 - i];
    struct type own = call_kind(c, i) == TYPE_NULL ? other->type : decimal_of_operand(c->arg[i]);
    if (!call_cast(c, i, own))
      return NULL;
  }
  if (operation == ARITHMETIC_QUOTIENT)
    return call_result(c, type_of(TYPE_BIGINT), quotient, NULL);
  struct type type = result_type(operation, c->arg[0]->type, c->arg[1]->type);
  return call_result(c, type, kernels[operation], NULL);
}
