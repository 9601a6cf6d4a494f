/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of times: year(x) .. second(x), extract(), unix_micros() and back. */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "sql/functions/time_kernel.h"
#include "text/civil.h"

static int32_t date_field(enum time_field field, int32_t days)
{
  switch (field) {
  case FIELD_DAY_OF_YEAR:
    return civil_day_of_year(days);
  case FIELD_DAY_OF_WEEK:
    return civil_weekday(days) % 7 + 1;
  case FIELD_WEEKDAY:
    return civil_weekday(days) - 1;
  case FIELD_WEEK:
    return civil_iso_week(days);
  default:
    break;
  }
  struct civil_date date = civil_from_days(days);
  switch (field) {
  case FIELD_YEAR:
    return date.year;
  case FIELD_QUARTER:
    return (date.month - 1) / 3 + 1;
  case FIELD_MONTH:
    return date.month;
  default:
    return date.day;
  }
}

#define FIELD_KERNEL(name, member, VALUE)                                                          \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (result_begin(ev, e, arg, rows, out))                                                       \
      for (size_t i = 0; i < rows; i++)                                                            \
        if (!result_is_null(out, i)) {                                                             \
          int64_t x = arg[0].member[i];                                                            \
          out->i32[i] = (int32_t)(VALUE);                                                          \
        }                                                                                          \
    return true;                                                                                   \
  }

FIELD_KERNEL(year_kernel, i32, date_field(FIELD_YEAR, (int32_t)x))
FIELD_KERNEL(quarter_kernel, i32, date_field(FIELD_QUARTER, (int32_t)x))
FIELD_KERNEL(month_kernel, i32, date_field(FIELD_MONTH, (int32_t)x))
FIELD_KERNEL(day_kernel, i32, date_field(FIELD_DAY, (int32_t)x))
FIELD_KERNEL(day_of_year_kernel, i32, date_field(FIELD_DAY_OF_YEAR, (int32_t)x))
FIELD_KERNEL(day_of_week_kernel, i32, date_field(FIELD_DAY_OF_WEEK, (int32_t)x))
FIELD_KERNEL(weekday_kernel, i32, date_field(FIELD_WEEKDAY, (int32_t)x))
FIELD_KERNEL(week_kernel, i32, date_field(FIELD_WEEK, (int32_t)x))
FIELD_KERNEL(hour_kernel, i64, floor_mod(java_add(x, ZONE), MICROS_PER_DAY) / MICROS_PER_HOUR)
FIELD_KERNEL(minute_kernel, i64, floor_mod(java_add(x, ZONE), MICROS_PER_HOUR) / MICROS_PER_MINUTE)
FIELD_KERNEL(second_kernel, i64,
             floor_mod(java_add(x, ZONE), MICROS_PER_MINUTE) / MICROS_PER_SECOND)

static expr_kernel *const kernels[] = {
    [FIELD_YEAR] = year_kernel,
    [FIELD_QUARTER] = quarter_kernel,
    [FIELD_MONTH] = month_kernel,
    [FIELD_DAY] = day_kernel,
    [FIELD_DAY_OF_YEAR] = day_of_year_kernel,
    [FIELD_DAY_OF_WEEK] = day_of_week_kernel,
    [FIELD_WEEKDAY] = weekday_kernel,
    [FIELD_WEEK] = week_kernel,
    [FIELD_HOUR] = hour_kernel,
    [FIELD_MINUTE] = minute_kernel,
    [FIELD_SECOND] = second_kernel,
};

struct expr *bind_time_field(struct call *c)
{
  enum time_field field = (enum time_field)c->function->variant;
  if (!call_accept(c, 0, type_of(field < FIELD_HOUR ? TYPE_DATE : TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_INT), kernels[field], c->b->settings);
}

/* EXTRACT(SECOND FROM x) keeps the fraction: DECIMAL(8,6). */
static bool exact_second_kernel(struct evaluation *ev, const struct expr *e,
                                const struct column *arg, size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->decimal[i] = floor_mod(java_add(arg[0].i64[i], ZONE), MICROS_PER_MINUTE);
  return true;
}

/* extract()'s names of fields, and the function of each (DatePart.parseExtractField). */
static const struct {
  const char *field, *function;
} extracted[] = {
    {"year", "year"},        {"years", "year"},    {"y", "year"},
    {"yr", "year"},          {"yrs", "year"},      {"quarter", "quarter"},
    {"qtr", "quarter"},      {"month", "month"},   {"months", "month"},
    {"mon", "month"},        {"mons", "month"},    {"week", "weekofyear"},
    {"weeks", "weekofyear"}, {"w", "weekofyear"},  {"day", "day"},
    {"days", "day"},         {"d", "day"},         {"dayofweek", "dayofweek"},
    {"dow", "dayofweek"},    {"doy", "dayofyear"}, {"hour", "hour"},
    {"hours", "hour"},       {"h", "hour"},        {"hr", "hour"},
    {"hrs", "hour"},         {"minute", "minute"}, {"minutes", "minute"},
    {"min", "minute"},       {"mins", "minute"},   {"m", "minute"},
};

static bool is_second(struct slice field)
{
  static const char *const names[] = {"second", "seconds", "s", "sec", "secs"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_equal_nocase(field, slice_of(names[i])))
      return true;
  return false;
}

struct expr *bind_extract(struct call *c)
{
  bool null;
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !call_constant(c, 0, "field", &null))
    return NULL;
  struct slice field = null ? SLICE("null") : c->arg[0]->value.text[0];
  if (type_is_interval(c->arg[1]->type))
    return bind_interval_part(c, field);
  if (is_second(field)) {
    if (!call_accept(c, 1, type_of(TYPE_TIMESTAMP)))
      return NULL;
    struct call second = *c;
    second.arg = c->arg + 1;
    second.args = 1;
    return call_result(&second, type_decimal(8, 6), exact_second_kernel, c->b->settings);
  }
  for (size_t i = 0; i < sizeof extracted / sizeof extracted[0]; i++)
    if (slice_equal_nocase(field, slice_of(extracted[i].field)))
      return call_other(c, extracted[i].function, c->arg + 1, 1);
  return call_refuse(c, ERR_UNSUPPORTED, "%.*s() of the field '%.*s' is not supported",
                     SLICE_PRINT(c->function->name), SLICE_PRINT(field));
}

/* unix_seconds(x), unix_millis(x), unix_micros(x): variant microseconds a unit, floored. */
static bool unix_units_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  int64_t unit = *(const int64_t *)e->state;
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i64[i] = floor_div(arg[0].i64[i], unit);
  return true;
}

static const int64_t *unit_of(const struct call *c)
{
  int64_t *unit = arena_take(c->b->arena, 1, sizeof *unit);
  *unit = c->function->variant;
  return unit;
}

struct expr *bind_unix_units(struct call *c)
{
  if (call_kind(c, 0) != TYPE_TIMESTAMP && call_kind(c, 0) != TYPE_NULL)
    return call_refuse_types(c, "a TIMESTAMP");
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_BIGINT), unix_units_kernel, unit_of(c));
}

/* timestamp_millis(n), timestamp_micros(n): Spark stops at what does not fit. */
static bool timestamp_units_kernel(struct evaluation *ev, const struct expr *e,
                                   const struct column *arg, size_t rows, struct column *out)
{
  int64_t unit = *(const int64_t *)e->state;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++)
    if (!result_is_null(out, i) && __builtin_mul_overflow(arg[0].i64[i], unit, &out->i64[i]))
      return error_set(ev->err, ERR_RANGE, "%s() of %lld is beyond the range of TIMESTAMP", e->name,
                       (long long)arg[0].i64[i]);
  return true;
}

struct expr *bind_timestamp_units(struct call *c)
{
  if (!type_is_integer(c->arg[0]->type) && call_kind(c, 0) != TYPE_NULL)
    return call_refuse_types(c, "an integer");
  if (!call_accept(c, 0, type_of(TYPE_BIGINT)))
    return NULL;
  return call_result(c, type_of(TYPE_TIMESTAMP), timestamp_units_kernel, unit_of(c));
}

struct expr *bind_timestamp_seconds(struct call *c)
{
  if (!type_is_numeric(c->arg[0]->type) && call_kind(c, 0) != TYPE_NULL)
    return call_refuse_types(c, "a number");
  return expr_cast(c->b, c->arg[0], type_of(TYPE_TIMESTAMP), c->at);
}
