/* SPDX-License-Identifier: Apache-2.0 */
/* + - * / % div pmod, signs and bits over numbers (arithmetic.scala, ANSI off). DECIMAL is in
 * decimal_arithmetic.c, times are in time_arithmetic.c.
 */
#include <math.h>

#include "sql/coercion.h"
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

/* Integers wrap: the arithmetic is unsigned. TINYINT and SMALLINT are cut down afterwards. */
#define BINARY_LOOP(T, member, VALUE)                                                              \
  do {                                                                                             \
    const T *a = arg[0].member, *b = arg[1].member;                                                \
    T *result = out->member;                                                                       \
    if (arg[1].constant) {                                                                         \
      const T y = b[0];                                                                            \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = a[i];                                                                          \
        result[i] = (T)(VALUE);                                                                    \
      }                                                                                            \
    } else if (arg[0].constant) {                                                                  \
      const T x = a[0];                                                                            \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T y = b[i];                                                                          \
        result[i] = (T)(VALUE);                                                                    \
      }                                                                                            \
    } else {                                                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = a[i], y = b[i];                                                                \
        result[i] = (T)(VALUE);                                                                    \
      }                                                                                            \
    }                                                                                              \
  } while (0)

#define BINARY_KERNEL(name, T, member, VALUE)                                                      \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out)) {                                                     \
      BINARY_LOOP(T, member, VALUE);                                                               \
      java_narrow(out, rows);                                                                      \
    }                                                                                              \
    return true;                                                                                   \
  }

BINARY_KERNEL(add_i32, int32_t, i32, (uint32_t)x + (uint32_t)y)
BINARY_KERNEL(add_i64, int64_t, i64, (uint64_t)x + (uint64_t)y)
BINARY_KERNEL(add_f32, float, f32, x + y)
BINARY_KERNEL(add_f64, double, f64, x + y)
BINARY_KERNEL(subtract_i32, int32_t, i32, (uint32_t)x - (uint32_t)y)
BINARY_KERNEL(subtract_i64, int64_t, i64, (uint64_t)x - (uint64_t)y)
BINARY_KERNEL(subtract_f32, float, f32, x - y)
BINARY_KERNEL(subtract_f64, double, f64, x - y)
BINARY_KERNEL(multiply_i32, int32_t, i32, (uint32_t)x *(uint32_t)y)
BINARY_KERNEL(multiply_i64, int64_t, i64, (uint64_t)x *(uint64_t)y)
BINARY_KERNEL(multiply_f32, float, f32, x *y)
BINARY_KERNEL(multiply_f64, double, f64, x *y)
BINARY_KERNEL(and_i32, int32_t, i32, x &y)
BINARY_KERNEL(and_i64, int64_t, i64, x &y)
BINARY_KERNEL(or_i32, int32_t, i32, x | y)
BINARY_KERNEL(or_i64, int64_t, i64, x | y)
BINARY_KERNEL(xor_i32, int32_t, i32, x ^ y)
BINARY_KERNEL(xor_i64, int64_t, i64, x ^ y)

/* The same, but null where the divisor is zero. */
#define DIVIDING_KERNEL(name, T, member, VALUE)                                                    \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    const T *a = arg[0].member, *b = arg[1].member;                                                \
    T *result = out->member;                                                                       \
    size_t sa = arg[0].constant ? 0 : 1, sb = arg[1].constant ? 0 : 1;                             \
    uint8_t *null = NULL;                                                                          \
    for (size_t i = 0; i < rows; i++) {                                                            \
      const T x = a[i * sa], y = b[i * sb];                                                        \
      if (y == 0) {                                                                                \
        result[i] = 0;                                                                             \
        result_null(ev, out, rows, i, &null);                                                      \
      } else {                                                                                     \
        result[i] = (T)(VALUE);                                                                    \
      }                                                                                            \
    }                                                                                              \
    java_narrow(out, rows);                                                                        \
    return true;                                                                                   \
  }

/* x / -1 is the one quotient of integers that can overflow; it wraps, with remainder 0. */
static int64_t quotient(int64_t x, int64_t y)
{
  return y == -1 ? (int64_t)(0 - (uint64_t)x) : x / y;
}

static int64_t remainder_of(int64_t x, int64_t y)
{
  return y == -1 ? 0 : x % y;
}

static int64_t modulo_i32(int64_t x, int64_t y)
{
  int64_t r = remainder_of(x, y);
  return r < 0 ? remainder_of((int32_t)(r + y), y) : r;
}

static int64_t modulo_i64(int64_t x, int64_t y)
{
  int64_t r = remainder_of(x, y);
  return r < 0 ? remainder_of((int64_t)((uint64_t)r + (uint64_t)y), y) : r;
}

static double modulo_double(double x, double y)
{
  double r = fmod(x, y);
  return r < 0 ? fmod(r + y, y) : r;
}

static float modulo_float(float x, float y)
{
  float r = fmodf(x, y);
  return r < 0 ? fmodf(r + y, y) : r;
}

DIVIDING_KERNEL(divide_f64, double, f64, x / y)
DIVIDING_KERNEL(quotient_i64, int64_t, i64, quotient(x, y))
DIVIDING_KERNEL(remainder_i32, int32_t, i32, remainder_of(x, y))
DIVIDING_KERNEL(remainder_i64, int64_t, i64, remainder_of(x, y))
DIVIDING_KERNEL(remainder_f32, float, f32, fmodf(x, y))
DIVIDING_KERNEL(remainder_f64, double, f64, fmod(x, y))
DIVIDING_KERNEL(pmod_i32, int32_t, i32, modulo_i32(x, y))
DIVIDING_KERNEL(pmod_i64, int64_t, i64, modulo_i64(x, y))
DIVIDING_KERNEL(pmod_f32, float, f32, modulo_float(x, y))
DIVIDING_KERNEL(pmod_f64, double, f64, modulo_double(x, y))

/* By storage: int32_t, int64_t, float, double. */
enum storage { STORED_I32, STORED_I64, STORED_F32, STORED_F64, STORED_OTHER };

static enum storage storage_of(struct type t)
{
  switch (t.kind) {
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return STORED_I32;
  case TYPE_BIGINT:
  case TYPE_INTERVAL:
    return STORED_I64;
  case TYPE_FLOAT:
    return STORED_F32;
  case TYPE_DOUBLE:
    return STORED_F64;
  default:
    return STORED_OTHER;
  }
}

static expr_kernel *const kernels[][4] = {
    [ARITHMETIC_ADD] = {add_i32, add_i64, add_f32, add_f64},
    [ARITHMETIC_SUBTRACT] = {subtract_i32, subtract_i64, subtract_f32, subtract_f64},
    [ARITHMETIC_MULTIPLY] = {multiply_i32, multiply_i64, multiply_f32, multiply_f64},
    [ARITHMETIC_DIVIDE] = {NULL, NULL, NULL, divide_f64},
    [ARITHMETIC_REMAINDER] = {remainder_i32, remainder_i64, remainder_f32, remainder_f64},
    [ARITHMETIC_MODULO] = {pmod_i32, pmod_i64, pmod_f32, pmod_f64},
    [ARITHMETIC_QUOTIENT] = {NULL, quotient_i64, NULL, NULL},
    [ARITHMETIC_AND] = {and_i32, and_i64, NULL, NULL},
    [ARITHMETIC_OR] = {or_i32, or_i64, NULL, NULL},
    [ARITHMETIC_XOR] = {xor_i32, xor_i64, NULL, NULL},
};

static bool is_time(struct type t)
{
  return t.kind == TYPE_DATE || t.kind == TYPE_TIMESTAMP || type_is_interval(t);
}

/* The type that both operands are cast to; TYPE_DECIMAL stands for "each to its own". */
static bool operand_type(const struct call *c, enum arithmetic operation, struct type *type)
{
  if (!type_for_arithmetic(c->arg[0], c->arg[1], type))
    return false;
  if (type->kind == TYPE_DECIMAL)
    return operation < ARITHMETIC_AND;
  if (operation == ARITHMETIC_DIVIDE)
    *type = type_of(TYPE_DOUBLE);
  if (operation == ARITHMETIC_QUOTIENT && type_is_integer(*type))
    *type = type_of(TYPE_BIGINT);
  return kernels[operation][storage_of(*type)] != NULL;
}

struct expr *bind_arithmetic(struct call *c)
{
  enum arithmetic operation = (enum arithmetic)c->function->variant;
  if (is_time(c->arg[0]->type) || is_time(c->arg[1]->type))
    return bind_time_arithmetic(c);
  struct type type;
  if (!operand_type(c, operation, &type))
    return call_refuse_types(c, operation >= ARITHMETIC_QUOTIENT ? "integers" : "numbers");
  if (type.kind == TYPE_DECIMAL)
    return bind_decimal_arithmetic(c);
  if (!call_cast(c, 0, type) || !call_cast(c, 1, type))
    return NULL;
  return call_result(c, type, kernels[operation][storage_of(type)], NULL);
}

#define UNARY_KERNEL(name, T, member, VALUE)                                                       \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    const T *a = arg[0].member;                                                                    \
    for (size_t i = 0; i < rows; i++) {                                                            \
      const T x = a[i];                                                                            \
      out->member[i] = (T)(VALUE);                                                                 \
    }                                                                                              \
    java_narrow(out, rows);                                                                        \
    return true;                                                                                   \
  }

/* The smallest integer is its own negative and its own absolute value. */
UNARY_KERNEL(negative_i32, int32_t, i32, 0 - (uint32_t)x)
UNARY_KERNEL(negative_i64, int64_t, i64, 0 - (uint64_t)x)
UNARY_KERNEL(negative_f32, float, f32, -x)
UNARY_KERNEL(negative_f64, double, f64, -x)
UNARY_KERNEL(negative_decimal, int128, decimal, -x)
UNARY_KERNEL(abs_i32, int32_t, i32, x < 0 ? 0 - (uint32_t)x : (uint32_t)x)
UNARY_KERNEL(abs_i64, int64_t, i64, x < 0 ? 0 - (uint64_t)x : (uint64_t)x)
UNARY_KERNEL(abs_f32, float, f32, fabsf(x))
UNARY_KERNEL(abs_f64, double, f64, fabs(x))
UNARY_KERNEL(abs_decimal, int128, decimal, x < 0 ? -x : x)
UNARY_KERNEL(complement_i32, int32_t, i32, ~x)
UNARY_KERNEL(complement_i64, int64_t, i64, ~x)

static expr_kernel *const unary_kernels[][5] = {
    [UNARY_NEGATIVE] = {negative_i32, negative_i64, negative_f32, negative_f64, negative_decimal},
    [UNARY_ABS] = {abs_i32, abs_i64, abs_f32, abs_f64, abs_decimal},
    [UNARY_COMPLEMENT] = {complement_i32, complement_i64, NULL, NULL, NULL},
};

struct expr *bind_unary(struct call *c)
{
  enum unary operation = (enum unary)c->function->variant;
  enum type_kind kind = call_kind(c, 0);
  if ((kind == TYPE_STRING && operation != UNARY_COMPLEMENT) || kind == TYPE_NULL)
    if (!call_cast(c, 0, type_of(operation == UNARY_COMPLEMENT ? TYPE_INT : TYPE_DOUBLE)))
      return NULL;
  struct type type = c->arg[0]->type;
  bool is_interval = type_is_interval(type) && operation != UNARY_COMPLEMENT;
  bool fits = type_is_numeric(type) || is_interval;
  if (!fits || (operation == UNARY_COMPLEMENT && !type_is_integer(type)))
    return call_refuse_types(c, operation == UNARY_COMPLEMENT ? "an integer" : "a number");
  if (operation == UNARY_POSITIVE)
    return c->arg[0];
  if (is_interval)
    return bind_interval_sign(c, operation == UNARY_ABS);
  return call_result(c, type, unary_kernels[operation][storage_of(type)], NULL);
}
