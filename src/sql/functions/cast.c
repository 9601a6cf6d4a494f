/* SPDX-License-Identifier: Apache-2.0 */
/* CAST between numbers, booleans and times (Cast.scala, ANSI off). From and to strings: see
 * cast_text.c.
 */
#include "sql/functions/cast.h"

#include <math.h>

#include "sql/coercion.h"
#include "sql/functions/call.h"
#include "sql/functions/java_numbers.h"
#include "sql/functions/result.h"
#include "sql/functions/time_kernel.h"
#include "text/civil.h"
#include "text/decimal.h"

/* TimeUnit.SECONDS.toMicros: it clips. */
static int64_t micros_of_seconds(int64_t seconds)
{
  int64_t micros;
  if (__builtin_mul_overflow(seconds, MICROS_PER_SECOND, &micros))
    return seconds < 0 ? INT64_MIN : INT64_MAX;
  return micros;
}

static bool micros_of_double(double seconds, int64_t *micros)
{
  *micros = java_long(seconds * (double)MICROS_PER_SECOND);
  return isfinite(seconds);
}

/* BigDecimal.longValue of the microseconds: a further fraction is cut. */
static int64_t micros_of_decimal(struct decimal seconds)
{
  int128 one = MICROS_PER_SECOND;
  int128 power = 1;
  for (int i = 0; i < seconds.scale; i++)
    power *= 10;
  int128 whole = seconds.unscaled / power, fraction = seconds.unscaled % power;
  /* fraction < 10^38 times 10^6 does not fit; its digits below 10^-25 are cut first */
  for (int digits = seconds.scale; digits > 25; digits--) {
    fraction /= 10;
    power /= 10;
  }
  return (int64_t)((uint64_t)whole * (uint64_t)one + (uint64_t)(fraction * one / power));
}

static double seconds_of(int64_t micros)
{
  return (double)micros / (double)MICROS_PER_SECOND;
}

#define CAST_KERNEL(name, FROM, from, TO, to, VALUE)                                               \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    const FROM *a = arg[0].from;                                                                   \
    TO *result = out->to;                                                                          \
    for (size_t i = 0; i < rows; i++) {                                                            \
      const FROM x = a[i];                                                                         \
      result[i] = (TO)(VALUE);                                                                     \
    }                                                                                              \
    java_narrow(out, rows);                                                                        \
    return true;                                                                                   \
  }

/* Where a value may not fit: DONE is false for a row that turns null. */
#define TRY_CAST_KERNEL(name, FROM, from, TO, to, DONE)                                            \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    const FROM *a = arg[0].from;                                                                   \
    uint8_t *null = NULL;                                                                          \
    for (size_t i = 0; i < rows; i++) {                                                            \
      const FROM x = a[i];                                                                         \
      TO *result = &out->to[i];                                                                    \
      if (!result_is_null(out, i) && !(DONE))                                                      \
        result_null(ev, out, rows, i, &null);                                                      \
    }                                                                                              \
    return true;                                                                                   \
  }

#define PRECISION e->type.precision, e->type.scale
#define DECIMAL_X ((struct decimal){x, arg[0].type.scale})

#define CAST_KERNELS_INTEGER(name, T, member)                                                      \
  CAST_KERNEL(name##_to_boolean, T, member, uint8_t, boolean, x != 0)                              \
  CAST_KERNEL(name##_to_i32, T, member, int32_t, i32, x)                                           \
  CAST_KERNEL(name##_to_i64, T, member, int64_t, i64, x)                                           \
  CAST_KERNEL(name##_to_f32, T, member, float, f32, x)                                             \
  CAST_KERNEL(name##_to_f64, T, member, double, f64, x)                                            \
  TRY_CAST_KERNEL(name##_to_decimal, T, member, int128, decimal,                                   \
                  decimal_from_int((int64_t)x, PRECISION, result))                                 \
  CAST_KERNEL(name##_to_timestamp, T, member, int64_t, i64, micros_of_seconds((int64_t)x))

CAST_KERNELS_INTEGER(i32, int32_t, i32)
CAST_KERNELS_INTEGER(i64, int64_t, i64)

CAST_KERNEL(boolean_to_i32, uint8_t, boolean, int32_t, i32, x)
CAST_KERNEL(boolean_to_i64, uint8_t, boolean, int64_t, i64, x)
CAST_KERNEL(boolean_to_f32, uint8_t, boolean, float, f32, x)
CAST_KERNEL(boolean_to_f64, uint8_t, boolean, double, f64, x)
TRY_CAST_KERNEL(boolean_to_decimal, uint8_t, boolean, int128, decimal,
                decimal_from_int(x, PRECISION, result))
CAST_KERNEL(boolean_to_timestamp, uint8_t, boolean, int64_t, i64, x) /* true is a microsecond */

#define CAST_KERNELS_FLOAT(name, T, member)                                                        \
  CAST_KERNEL(name##_to_boolean, T, member, uint8_t, boolean, x != 0)                              \
  CAST_KERNEL(name##_to_i32, T, member, int32_t, i32, java_int((double)x))                         \
  CAST_KERNEL(name##_to_i64, T, member, int64_t, i64, java_long((double)x))                        \
  CAST_KERNEL(name##_to_f32, T, member, float, f32, x)                                             \
  CAST_KERNEL(name##_to_f64, T, member, double, f64, x)                                            \
  TRY_CAST_KERNEL(name##_to_decimal, T, member, int128, decimal,                                   \
                  decimal_from_double((double)x, PRECISION, result))                               \
  TRY_CAST_KERNEL(name##_to_timestamp, T, member, int64_t, i64, micros_of_double((double)x, result))

CAST_KERNELS_FLOAT(f32, float, f32)
CAST_KERNELS_FLOAT(f64, double, f64)

CAST_KERNEL(decimal_to_boolean, int128, decimal, uint8_t, boolean, x != 0)
CAST_KERNEL(decimal_to_i32, int128, decimal, int32_t, i32, decimal_to_int(DECIMAL_X))
CAST_KERNEL(decimal_to_i64, int128, decimal, int64_t, i64, decimal_to_int(DECIMAL_X))
CAST_KERNEL(decimal_to_f32, int128, decimal, float, f32, decimal_to_float(DECIMAL_X))
CAST_KERNEL(decimal_to_f64, int128, decimal, double, f64, decimal_to_double(DECIMAL_X))
TRY_CAST_KERNEL(decimal_to_decimal, int128, decimal, int128, decimal,
                decimal_rescale(DECIMAL_X, PRECISION, result))
CAST_KERNEL(decimal_to_timestamp, int128, decimal, int64_t, i64, micros_of_decimal(DECIMAL_X))

CAST_KERNEL(timestamp_to_boolean, int64_t, i64, uint8_t, boolean, x != 0)
CAST_KERNEL(timestamp_to_i32, int64_t, i64, int32_t, i32, floor_div(x, MICROS_PER_SECOND))
CAST_KERNEL(timestamp_to_i64, int64_t, i64, int64_t, i64, floor_div(x, MICROS_PER_SECOND))
CAST_KERNEL(timestamp_to_f32, int64_t, i64, float, f32, seconds_of(x))
CAST_KERNEL(timestamp_to_f64, int64_t, i64, double, f64, seconds_of(x))
TRY_CAST_KERNEL(timestamp_to_decimal, int64_t, i64, int128, decimal,
                decimal_from_double(seconds_of(x), PRECISION, result))

CAST_KERNEL(timestamp_to_date, int64_t, i64, int32_t, i32, civil_day_of(java_add(x, ZONE)))
CAST_KERNEL(date_to_timestamp, int32_t, i32, int64_t, i64,
            java_subtract(java_multiply(x, MICROS_PER_DAY), ZONE))

/* A day has no value as a number or a boolean. */
static bool to_null(struct evaluation *ev, const struct expr *e, const struct column *arg,
                    size_t rows, struct column *out)
{
  (void)arg;
  (void)rows;
  column_make_null(out, e->type, ev->arena);
  return true;
}

enum target { TO_BOOLEAN, TO_I32, TO_I64, TO_F32, TO_F64, TO_DECIMAL, TO_TIMESTAMP, TO_DATE };

static enum target target_of(struct type t)
{
  switch (t.kind) {
  case TYPE_BOOLEAN:
    return TO_BOOLEAN;
  case TYPE_BIGINT:
    return TO_I64;
  case TYPE_FLOAT:
    return TO_F32;
  case TYPE_DOUBLE:
    return TO_F64;
  case TYPE_DECIMAL:
    return TO_DECIMAL;
  case TYPE_TIMESTAMP:
    return TO_TIMESTAMP;
  case TYPE_DATE:
    return TO_DATE;
  default:
    return TO_I32;
  }
}

#define TARGETS(from)                                                                              \
  [TO_I32] = from##_to_i32, [TO_I64] = from##_to_i64, [TO_F32] = from##_to_f32,                    \
  [TO_F64] = from##_to_f64, [TO_DECIMAL] = from##_to_decimal

static expr_kernel *const from_boolean[] = {TARGETS(boolean), [TO_TIMESTAMP] =
                                                                  boolean_to_timestamp};
static expr_kernel *const from_i32[] = {
    TARGETS(i32), [TO_BOOLEAN] = i32_to_boolean, [TO_TIMESTAMP] = i32_to_timestamp};
static expr_kernel *const from_i64[] = {
    TARGETS(i64), [TO_BOOLEAN] = i64_to_boolean, [TO_TIMESTAMP] = i64_to_timestamp};
static expr_kernel *const from_f32[] = {
    TARGETS(f32), [TO_BOOLEAN] = f32_to_boolean, [TO_TIMESTAMP] = f32_to_timestamp};
static expr_kernel *const from_f64[] = {
    TARGETS(f64), [TO_BOOLEAN] = f64_to_boolean, [TO_TIMESTAMP] = f64_to_timestamp};
static expr_kernel *const from_decimal[] = {
    TARGETS(decimal), [TO_BOOLEAN] = decimal_to_boolean, [TO_TIMESTAMP] = decimal_to_timestamp};
static expr_kernel *const from_timestamp[] = {
    TARGETS(timestamp), [TO_BOOLEAN] = timestamp_to_boolean, [TO_DATE] = timestamp_to_date};

static expr_kernel *kernel_for(struct type from, struct type to)
{
  enum target target = target_of(to);
  switch (from.kind) {
  case TYPE_BOOLEAN:
    return from_boolean[target];
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
    return from_i32[target];
  case TYPE_BIGINT:
    return from_i64[target];
  case TYPE_FLOAT:
    return from_f32[target];
  case TYPE_DOUBLE:
    return from_f64[target];
  case TYPE_DECIMAL:
    return from_decimal[target];
  case TYPE_TIMESTAMP:
    return from_timestamp[target];
  case TYPE_DATE:
    return target == TO_TIMESTAMP ? date_to_timestamp : to_null;
  default:
    return NULL;
  }
}

static const struct function cast_function = {{"cast", 4}, 1, 1, 0, NULL};

/* SimplifyCasts: what was an integer, then a FLOAT, becomes a DOUBLE from the integer. */
struct expr *expr_cast(const struct binding *b, struct expr *e, struct type type,
                       struct position at)
{
  bool was_integer = e->kind == EXPR_CALL && (e->kernel == i32_to_f32 || e->kernel == i64_to_f32);
  return expr_cast_alone(b, type.kind == TYPE_DOUBLE && was_integer ? e->arg[0] : e, type, at);
}

struct expr *expr_cast_alone(const struct binding *b, struct expr *e, struct type type,
                             struct position at)
{
  if (type_equal(e->type, type))
    return e;
  struct expr **arg = arena_take(b->arena, 1, sizeof *arg);
  arg[0] = e;
  struct call c = {b, &cast_function, arg, 1, at};
  char from[200], to[200];
  if (!type_can_cast(e->type, type))
    return call_refuse(&c, ERR_TYPE, "CAST of %s to %s is not allowed",
                       type_name(e->type, from, sizeof from), type_name(type, to, sizeof to));
  if (e->type.kind == TYPE_NULL || (e->kind == EXPR_LITERAL && column_is_null(&e->value, 0)))
    return call_null(&c, type);
  if (e->type.items != 0 && type.items != 0)
    return cast_nested(&c, type);
  bool is_interval = type_is_interval(type) || type_is_interval(e->type);
  expr_kernel *kernel = is_interval && type.kind != TYPE_STRING ? cast_interval(e->type, type)
                        : e->type.kind == TYPE_STRING           ? cast_from_text(type)
                        : type.kind == TYPE_STRING              ? cast_to_text(e->type)
                                                                : kernel_for(e->type, type);
  if (kernel == NULL)
    return call_refuse(&c, ERR_UNSUPPORTED, "CAST of %s to %s is not supported",
                       type_name(e->type, from, sizeof from), type_name(type, to, sizeof to));
  return call_result(&c, type, kernel, b->settings);
}

/* int(x), double(x), string(x), ..: CAST by the type's name. */
struct expr *bind_cast_to(struct call *c)
{
  struct type type = type_of((enum type_kind)c->function->variant);
  if (type.kind == TYPE_DECIMAL)
    type = type_decimal(10, 0);
  return expr_cast(c->b, c->arg[0], type, c->at);
}
