/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of DOUBLE that are one operation, and shifts. */
#include <math.h>

#include "sql/functions/list.h"
#include "sql/functions/result.h"

#define PI 3.14159265358979323846
#define E 2.71828182845904523536

#define MATH_KERNEL(name, VALUE)                                                                   \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out))                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const double x = arg[0].f64[i];                                                            \
        out->f64[i] = (VALUE);                                                                     \
      }                                                                                            \
    return true;                                                                                   \
  }

MATH_KERNEL(sqrt_kernel, sqrt(x))
MATH_KERNEL(signum_kernel, x > 0 ? 1.0 : x < 0 ? -1.0 : x)
MATH_KERNEL(radians_kernel, x *(PI / 180.0))
MATH_KERNEL(degrees_kernel, x *(180.0 / PI))

static expr_kernel *const kernels[] = {
    [MATH_SQRT] = sqrt_kernel,
    [MATH_SIGNUM] = signum_kernel,
    [MATH_RADIANS] = radians_kernel,
    [MATH_DEGREES] = degrees_kernel,
};

struct expr *bind_math(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_DOUBLE), kernels[c->function->variant], NULL);
}

struct expr *bind_math_constant(struct call *c)
{
  struct column value;
  column_make(&value, type_of(TYPE_DOUBLE), 1, c->b->arena);
  value.f64[0] = c->function->variant == 'e' ? E : PI;
  return expr_literal(c->b->arena, value, c->at);
}

/* Null is not NaN. */
static bool isnan_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++) {
    size_t k = column_index(&arg[0], i);
    bool nan = arg[0].type.kind == TYPE_FLOAT ? arg[0].f32[k] != arg[0].f32[k]
                                              : arg[0].f64[k] != arg[0].f64[k];
    out->boolean[i] = nan && !column_is_null(&arg[0], i);
  }
  return true;
}

struct expr *bind_isnan(struct call *c)
{
  if (call_kind(c, 0) != TYPE_FLOAT && !call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), isnan_kernel, NULL);
}

/* Java shifts by the count's low 5 or 6 bits. */
#define SHIFT_KERNEL(name, T, U, member, VALUE)                                                    \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out))                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = arg[0].member[column_index(&arg[0], i)];                                       \
        unsigned n = (unsigned)arg[1].i32[column_index(&arg[1], i)] & (sizeof(T) * 8 - 1);         \
        out->member[i] = (T)(VALUE);                                                               \
      }                                                                                            \
    return true;                                                                                   \
  }

SHIFT_KERNEL(left_i32, int32_t, uint32_t, i32, (uint32_t)x << n)
SHIFT_KERNEL(left_i64, int64_t, uint64_t, i64, (uint64_t)x << n)
SHIFT_KERNEL(right_i32, int32_t, uint32_t, i32, x >> n)
SHIFT_KERNEL(right_i64, int64_t, uint64_t, i64, x >> n)
SHIFT_KERNEL(zeros_i32, int32_t, uint32_t, i32, (uint32_t)x >> n)
SHIFT_KERNEL(zeros_i64, int64_t, uint64_t, i64, (uint64_t)x >> n)

struct expr *bind_shift(struct call *c)
{
  static expr_kernel *const kernels[][2] = {
      [SHIFT_LEFT] = {left_i32, left_i64},
      [SHIFT_RIGHT] = {right_i32, right_i64},
      [SHIFT_RIGHT_ZEROS] = {zeros_i32, zeros_i64},
  };
  bool wide = call_kind(c, 0) == TYPE_BIGINT;
  if ((!wide && !call_accept(c, 0, type_of(TYPE_INT))) || !call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, c->arg[0]->type, kernels[c->function->variant][wide], NULL);
}
