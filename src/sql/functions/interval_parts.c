/* SPDX-License-Identifier: Apache-2.0 */
/* Intervals and their units: casts, extract(), make_dt_interval(), make_ym_interval(). */
#include "sql/functions/cast.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/civil.h"
#include "text/decimal.h"

/* False if it does not fit. */
static bool put(struct column *c, size_t i, int64_t value)
{
  switch (c->type.kind) {
  case TYPE_BIGINT:
  case TYPE_INTERVAL:
    c->i64[i] = value;
    return true;
  case TYPE_TINYINT:
    c->i32[i] = (int32_t)value;
    return value >= INT8_MIN && value <= INT8_MAX;
  case TYPE_SMALLINT:
    c->i32[i] = (int32_t)value;
    return value >= INT16_MIN && value <= INT16_MAX;
  default:
    c->i32[i] = (int32_t)value;
    return value >= INT32_MIN && value <= INT32_MAX;
  }
}

static bool refuse_value(struct evaluation *ev)
{
  return error_set(ev->err, ERR_DATA, "an interval, or what it is cast to, is out of its range");
}

/* ---- casts ---- */

/* To other units: what is shorter than the last one is cut. */
static bool to_units(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     size_t rows, struct column *out)
{
  int64_t size =
      interval_last(e->type) == INTERVAL_SECOND ? 1 : interval_unit_size(interval_last(e->type));
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i))
        put(out, i, column_integer(arg, i) - column_integer(arg, i) % size);
  return true;
}

/* The number of the last units. */
static bool to_integer(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  int64_t size = interval_unit_size(interval_last(arg[0].type));
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i) && !put(out, i, column_integer(arg, i) / size))
        return refuse_value(ev);
  return true;
}

static bool from_integer(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  int64_t size = interval_unit_size(interval_last(e->type)), value;
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i) &&
          (__builtin_mul_overflow(column_integer(arg, i), size, &value) || !put(out, i, value)))
        return refuse_value(ev);
  return true;
}

static bool from_text(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  int64_t value;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    struct slice text = slice_trim(arg[0].text[column_index(arg, i)]);
    if (!interval_parse_units(text, interval_first(e->type), interval_last(e->type), &value) ||
        !put(out, i, value))
      return error_set(ev->err, ERR_DATA, "'%.*s' is no interval of these units",
                       SLICE_PRINT(text));
  }
  return true;
}

expr_kernel *cast_interval(struct type from, struct type to)
{
  if (from.kind == TYPE_STRING)
    return from_text;
  if (from.kind == to.kind)
    return to_units;
  if (type_is_interval(to))
    return type_is_integer(from) ? from_integer : NULL;
  return type_is_integer(to) ? to_integer : NULL;
}

/* ---- extract() ---- */

struct part {
  const char *name[6]; /* of the field */
  enum interval_unit unit;
};

static const struct part parts[] = {
    {{"year", "y", "years", "yr", "yrs"}, INTERVAL_YEAR},
    {{"month", "mon", "mons", "months"}, INTERVAL_MONTH},
    {{"day", "d", "days"}, INTERVAL_DAY},
    {{"hour", "h", "hours", "hr", "hrs"}, INTERVAL_HOUR},
    {{"minute", "m", "min", "mins", "minutes"}, INTERVAL_MINUTE},
    {{"second", "s", "sec", "seconds", "secs"}, INTERVAL_SECOND},
};

static const struct part *find_part(struct slice field)
{
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    for (size_t k = 0; k < 6 && parts[i].name[k] != NULL; k++)
      if (slice_equal_nocase(field, slice_of(parts[i].name[k])))
        return &parts[i];
  return NULL;
}

/* The whole units, without those of the longer unit before. */
static bool part_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  const struct part *part = e->state;
  int64_t size = interval_unit_size(part->unit);
  bool is_longest = part->unit == INTERVAL_YEAR || part->unit == INTERVAL_DAY;
  int64_t whole = is_longest ? INT64_MAX : interval_unit_size((enum interval_unit)(part->unit - 1));
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i))
        put(out, i, column_integer(arg, i) % whole / size);
  return true;
}

static bool second_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i))
        out->decimal[i] = column_integer(arg, i) % MICROS_PER_MINUTE;
  return true;
}

struct expr *bind_interval_part(struct call *c, struct slice field)
{
  const struct part *part = find_part(field);
  struct type type = c->arg[1]->type;
  bool fits =
      part != NULL && part->unit >= interval_first(type) && part->unit <= interval_last(type);
  if (!fits) {
    char given[60];
    return call_refuse(c, ERR_TYPE, "%.*s() of the field '%.*s' cannot be taken from %s",
                       SLICE_PRINT(c->function->name), SLICE_PRINT(field),
                       type_name(type, given, sizeof given));
  }
  struct call one = *c;
  one.arg = c->arg + 1;
  one.args = 1;
  if (part->unit == INTERVAL_SECOND)
    return call_result(&one, type_decimal(8, 6), second_kernel, NULL);
  bool is_int = part->unit == INTERVAL_YEAR || part->unit == INTERVAL_DAY;
  return call_result(&one, type_of(is_int ? TYPE_INT : TYPE_TINYINT), part_kernel, part);
}

/* ---- making intervals of numbers ---- */

static bool add_part(int64_t *sum, int64_t number, enum interval_unit unit)
{
  int64_t part;
  return !__builtin_mul_overflow(number, interval_unit_size(unit), &part) &&
         !__builtin_add_overflow(*sum, part, sum);
}

/* Days, hours, minutes as INT and seconds as DECIMAL(18,6); or years and months. */
static bool make_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  enum interval_unit first = interval_first(e->type);
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    int64_t sum = 0;
    bool good = true;
    if (result_is_null(out, i))
      continue;
    for (size_t k = 0; k < e->args && k < 3; k++)
      good &= add_part(&sum, column_integer(&arg[k], i), (enum interval_unit)(first + k));
    if (e->args == 4)
      good &= !__builtin_add_overflow(sum, (int64_t)arg[3].decimal[column_index(&arg[3], i)], &sum);
    if (!good || !put(out, i, sum))
      return refuse_value(ev);
  }
  return true;
}

struct expr *bind_make_interval(struct call *c)
{
  struct type type = type_of((enum type_kind)c->function->variant);
  struct expr **arg = arena_take(c->b->arena, 4, sizeof(struct expr *));
  size_t args = c->args;
  if (args == 0)
    arg[args++] = call_int(c, 0);
  else
    memcpy(arg, c->arg, args * sizeof(struct expr *));
  c->arg = arg;
  c->args = args;
  for (size_t i = 0; i < args; i++)
    if (!call_accept(c, i, i == 3 ? type_decimal(18, 6) : type_of(TYPE_INT)))
      return NULL;
  return call_result(c, type, make_kernel, NULL);
}
