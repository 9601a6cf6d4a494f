/* SPDX-License-Identifier: Apache-2.0 */
/* round(), bround(), floor(), ceil(). */
#include "text/round.h"

#include <math.h>

#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/decimal.h"

struct rounding_state {
  int digits;
  enum rounding mode;
};

#define STATE ((const struct rounding_state *)e->state)

static bool round_f64(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    round_doubles(arg[0].f64, rows, STATE->digits, STATE->mode, out->f64);
  return true;
}

static bool round_f32(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    round_floats(arg[0].f32, rows, STATE->digits, STATE->mode, out->f32);
  return true;
}

static bool round_i32(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i32[i] =
          (int32_t)round_int(arg[0].i32[i], STATE->digits, STATE->mode, java_bits(e->type));
  return true;
}

static bool round_i64(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i64[i] = round_int(arg[0].i64[i], STATE->digits, STATE->mode, 64);
  return true;
}

static bool round_decimals(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    struct decimal x = {arg[0].decimal[column_index(&arg[0], i)], arg[0].type.scale};
    if (!result_is_null(out, i) && !decimal_round(x, STATE->digits, STATE->mode, e->type.precision,
                                                  e->type.scale, &out->decimal[i]))
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

/* RoundBase.dataType: one more digit before the point, for 9.9 that becomes 10. */
static struct type rounded_type(struct type t, int digits)
{
  if (t.kind != TYPE_DECIMAL)
    return t;
  int whole = t.precision - t.scale + 1, scale = 0;
  if (digits < 0)
    whole = whole > 1 - digits ? whole : 1 - digits;
  else
    scale = digits < t.scale ? digits : t.scale;
  int precision = whole + scale;
  return type_decimal(precision < DECIMAL_DIGITS ? precision : DECIMAL_DIGITS, scale);
}

static expr_kernel *round_kernel(struct type t)
{
  switch (t.kind) {
  case TYPE_DOUBLE:
    return round_f64;
  case TYPE_FLOAT:
    return round_f32;
  case TYPE_DECIMAL:
    return round_decimals;
  case TYPE_BIGINT:
    return round_i64;
  default:
    return round_i32;
  }
}

struct expr *bind_round(struct call *c)
{
  struct rounding_state *state = arena_zero(c->b->arena, 1, sizeof *state);
  state->mode = (enum rounding)c->function->variant;
  bool null = false;
  if (c->args == 2) {
    if (!call_accept(c, 1, type_of(TYPE_INT)) || !call_constant(c, 1, "scale", &null))
      return NULL;
    state->digits = null ? 0 : c->arg[1]->value.i32[0];
  }
  if (!type_is_numeric(c->arg[0]->type) && !call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  struct type type = rounded_type(c->arg[0]->type, state->digits);
  if (null)
    return call_null(c, type);
  return call_result(c, type, round_kernel(type), state);
}

#define FLOOR_KERNEL(name, T, member, result, VALUE)                                               \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out))                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = arg[0].member[i];                                                              \
        out->result[i] = (VALUE);                                                                  \
      }                                                                                            \
    return true;                                                                                   \
  }

#define DECIMAL_X ((struct decimal){x, arg[0].type.scale})
FLOOR_KERNEL(floor_f64, double, f64, i64, java_long(floor(x)))
FLOOR_KERNEL(ceiling_f64, double, f64, i64, java_long(ceil(x)))
FLOOR_KERNEL(floor_decimal, int128, decimal, decimal, decimal_floor(DECIMAL_X))
FLOOR_KERNEL(ceiling_decimal, int128, decimal, decimal, decimal_ceiling(DECIMAL_X))

/* DecimalType.forType */
static struct type as_decimal(struct type t)
{
  switch (t.kind) {
  case TYPE_DECIMAL:
    return t;
  case TYPE_TINYINT:
    return type_decimal(3, 0);
  case TYPE_SMALLINT:
    return type_decimal(5, 0);
  case TYPE_INT:
    return type_decimal(10, 0);
  case TYPE_BIGINT:
    return type_decimal(20, 0);
  case TYPE_FLOAT:
    return type_decimal(14, 7);
  case TYPE_DOUBLE:
    return type_decimal(30, 15);
  default:
    return type_decimal(38, 18);
  }
}

/* With a number of digits the result is a DECIMAL, whatever the number was (RoundCeil). */
static struct expr *bind_floor_to_digits(struct call *c, bool up)
{
  struct rounding_state *state = arena_zero(c->b->arena, 1, sizeof *state);
  bool null = false;
  if (call_kind(c, 1) != TYPE_INT)
    return call_refuse_types(c, "a number and a constant number of digits");
  if (!call_constant(c, 1, "scale", &null))
    return NULL;
  if (null)
    return call_refuse_types(c, "a number and a constant number of digits");
  *state = (struct rounding_state){c->arg[1]->value.i32[0], up ? ROUND_CEILING : ROUND_FLOOR};
  if (!type_is_numeric(c->arg[0]->type) && !call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  if (!call_cast(c, 0, as_decimal(c->arg[0]->type)))
    return NULL;
  struct type type = c->arg[0]->type;
  /* What does not fit stops Spark's job instead of turning null (Decimal.set). */
  if (state->digits <= -DECIMAL_DIGITS ||
      (state->digits < 0 && type.precision - type.scale >= DECIMAL_DIGITS))
    return call_refuse(c, ERR_UNSUPPORTED,
                       "%.*s() to digits that a DECIMAL may not hold is not supported",
                       SLICE_PRINT(c->function->name));
  return call_result(c, rounded_type(type, state->digits), round_decimals, state);
}

/* variant: -1 floor, 1 ceil. Numbers but DECIMAL give a BIGINT. */
struct expr *bind_floor(struct call *c)
{
  bool up = c->function->variant > 0;
  if (c->args == 2)
    return bind_floor_to_digits(c, up);
  struct type type = c->arg[0]->type;
  if (type_is_integer(type)) {
    return call_cast(c, 0, type_of(TYPE_BIGINT)) ? c->arg[0] : NULL;
  } else if (type.kind == TYPE_DECIMAL) {
    struct type whole = type_decimal(type.precision - type.scale + 1, 0);
    return type.scale == 0 ? c->arg[0]
                           : call_result(c, whole, up ? ceiling_decimal : floor_decimal, NULL);
  }
  if (!call_accept(c, 0, type_of(TYPE_DOUBLE)))
    return NULL;
  return call_result(c, type_of(TYPE_BIGINT), up ? ceiling_f64 : floor_f64, NULL);
}
