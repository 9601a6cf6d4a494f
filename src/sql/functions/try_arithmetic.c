/* SPDX-License-Identifier: Apache-2.0 */
/* try_add() and its like: null where an integer overflows. Of other numbers they are + - * and /,
 * which give null themselves where a DECIMAL overflows. */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

/* False if the result does not fit 64 bits. */
static bool compute(enum arithmetic operation, int64_t x, int64_t y, int64_t *out)
{
  switch (operation) {
  case ARITHMETIC_ADD:
    return !__builtin_add_overflow(x, y, out);
  case ARITHMETIC_SUBTRACT:
    return !__builtin_sub_overflow(x, y, out);
  default:
    return !__builtin_mul_overflow(x, y, out);
  }
}

static bool fits(int64_t x, int bits)
{
  int64_t high = bits == 64 ? INT64_MAX : (INT64_C(1) << (bits - 1)) - 1;
  return x >= -high - 1 && x <= high;
}

static bool try_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  const enum arithmetic *operation = e->state;
  int bits = java_bits(e->type);
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    size_t p = column_index(&arg[0], i), q = column_index(&arg[1], i);
    int64_t x = bits == 64 ? arg[0].i64[p] : arg[0].i32[p];
    int64_t y = bits == 64 ? arg[1].i64[q] : arg[1].i32[q], value = 0;
    bool good = result_is_null(out, i) || (compute(*operation, x, y, &value) && fits(value, bits));
    if (bits == 64)
      out->i64[i] = value;
    else
      out->i32[i] = (int32_t)value;
    if (!good)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

/* variant: enum arithmetic */
struct expr *bind_try_arithmetic(struct call *c)
{
  static const enum arithmetic operations[] = {ARITHMETIC_ADD, ARITHMETIC_SUBTRACT,
                                               ARITHMETIC_MULTIPLY, ARITHMETIC_DIVIDE};
  static const char *const signs[] = {"+", "-", "*", "/"};
  for (size_t i = 0; i < 2; i++)
    if (!type_is_numeric(c->arg[i]->type))
      return call_refuse(c, ERR_UNSUPPORTED, "'%.*s' of other than numbers is not supported",
                         SLICE_PRINT(c->function->name));
  size_t k = (size_t)c->function->variant;
  struct expr *e = call_other(c, signs[k], c->arg, 2);
  if (e == NULL || !type_is_integer(e->type))
    return e;
  struct type type = e->type;
  return call_cast(c, 0, type) && call_cast(c, 1, type)
             ? call_result(c, type, try_kernel, &operations[k])
             : NULL;
}
