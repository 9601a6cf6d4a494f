/* SPDX-License-Identifier: Apache-2.0 */
/* Days and months added to dates, and dates cut down to a unit. */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "sql/functions/time_kernel.h"
#include "text/civil.h"
#include "text/decimal.h"
#include "text/number.h"

TIME_KERNEL(add_days, i32, i32, i32, (int32_t)(uint32_t)(a + b))
TIME_KERNEL(subtract_days, i32, i32, i32, (int32_t)(uint32_t)(a - b))
TIME_KERNEL(difference, i32, i32, i32, (int32_t)(uint32_t)(a - b))
TIME_KERNEL(add_months_kernel, i32, i32, i32, (int32_t)civil_add_months(a, b))

/* A written text is as good as the whole number that it spells. */
static bool spells_int(const struct expr *e)
{
  int64_t value;
  return e->kind == EXPR_LITERAL && !column_is_null(&e->value, 0) &&
         number_parse_int(slice_trim(e->value.text[0]), INT32_MIN, INT32_MAX, &value);
}

/* The number of days is an INT or smaller; a BIGINT would need a CAST. */
static bool accept_days(struct call *c)
{
  enum type_kind kind = call_kind(c, 1);
  if (kind == TYPE_TINYINT || kind == TYPE_SMALLINT || kind == TYPE_INT || kind == TYPE_NULL ||
      (kind == TYPE_STRING && spells_int(c->arg[1])))
    return call_cast(c, 1, type_of(TYPE_INT));
  call_refuse_types(c, "a DATE and an INT");
  return false;
}

/* variant: 1 date_add, -1 date_sub */
struct expr *bind_date_add(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)) || !accept_days(c))
    return NULL;
  expr_kernel *kernel = c->function->variant > 0 ? add_days : subtract_days;
  return call_result(c, type_of(TYPE_DATE), kernel, NULL);
}

struct expr *bind_date_diff(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)) || !call_accept(c, 1, type_of(TYPE_DATE)))
    return NULL;
  return call_result(c, type_of(TYPE_INT), difference, NULL);
}

struct expr *bind_add_months(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)) || !call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_DATE), add_months_kernel, NULL);
}

static bool last_day_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      if (!result_is_null(out, i))
        out->i32[i] = (int32_t)civil_month_end(arg[0].i32[i]);
  return true;
}

struct expr *bind_last_day(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)))
    return NULL;
  return call_result(c, type_of(TYPE_DATE), last_day_kernel, NULL);
}

/* "MO", "Mon", "Monday" .., in any case: 1 .. 7; 0 if it is no day. */
static int weekday_named(struct slice name)
{
  static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                     "friday", "saturday", "sunday"};
  for (int i = 0; i < 7; i++) {
    struct slice full = slice_of(days[i]);
    if ((name.n == 2 || name.n == 3 || name.n == full.n) &&
        slice_equal_nocase(name, (struct slice){full.p, name.n}))
      return i + 1;
  }
  return 0;
}

/* The next such day, in an int that wraps (DateTimeUtils.getNextDateForDayOfWeek). */
static int32_t weekday_behind(int32_t days, int wanted)
{
  int from_thursday = (wanted + 3) % 7; /* 1970-01-01 was one */
  int32_t apart = (int32_t)java_subtract(from_thursday - 1, days);
  return (int32_t)java_add(days, 1 + floor_mod(apart, 7));
}

static bool next_day_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    int32_t days = arg[0].i32[column_index(&arg[0], i)];
    int wanted = weekday_named(arg[1].text[column_index(&arg[1], i)]);
    out->i32[i] = weekday_behind(days, wanted);
    if (wanted == 0)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_next_day(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)) || !call_accept(c, 1, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_DATE), next_day_kernel, NULL);
}

static bool date_from_days_kernel(struct evaluation *ev, const struct expr *e,
                                  const struct column *arg, size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    memcpy(out->i32, arg[0].i32, rows * sizeof *out->i32);
  return true;
}

struct expr *bind_date_from_days(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_DATE), date_from_days_kernel, NULL);
}

struct expr *bind_unix_date(struct call *c)
{
  if (!call_expect(c, 0, type_of(TYPE_DATE)))
    return NULL;
  return call_result(c, type_of(TYPE_INT), date_from_days_kernel, NULL);
}

/* ---- date_trunc(), trunc() ---- */

enum unit {
  UNIT_NONE,
  UNIT_MICROSECOND,
  UNIT_MILLISECOND,
  UNIT_SECOND,
  UNIT_MINUTE,
  UNIT_HOUR,
  UNIT_DAY,
  UNIT_WEEK, /* and longer: trunc() takes no shorter one */
  UNIT_MONTH,
  UNIT_QUARTER,
  UNIT_YEAR,
};

static const struct {
  const char *name;
  enum unit unit;
} units[] = {
    {"microsecond", UNIT_MICROSECOND},
    {"millisecond", UNIT_MILLISECOND},
    {"second", UNIT_SECOND},
    {"minute", UNIT_MINUTE},
    {"hour", UNIT_HOUR},
    {"day", UNIT_DAY},
    {"dd", UNIT_DAY},
    {"week", UNIT_WEEK},
    {"mon", UNIT_MONTH},
    {"month", UNIT_MONTH},
    {"mm", UNIT_MONTH},
    {"quarter", UNIT_QUARTER},
    {"year", UNIT_YEAR},
    {"yyyy", UNIT_YEAR},
    {"yy", UNIT_YEAR},
};

static enum unit unit_named(struct slice name)
{
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    if (slice_equal_nocase(name, slice_of(units[i].name)))
      return units[i].unit;
  return UNIT_NONE;
}

static int64_t cut_days(int64_t days, enum unit unit)
{
  if (unit == UNIT_DAY)
    return days;
  if (unit == UNIT_WEEK)
    return days - (civil_weekday(days) - 1);
  struct civil_date date = civil_from_days(days);
  int month = unit == UNIT_MONTH     ? date.month
              : unit == UNIT_QUARTER ? (date.month - 1) / 3 * 3 + 1
                                     : 1;
  return civil_to_days(date.year, month, 1);
}

/* False if the time is out of range; a second that starts before the first microsecond wraps. */
static bool cut_micros(int64_t micros, enum unit unit, int64_t *cut)
{
  static const int64_t length[] = {
      [UNIT_MICROSECOND] = 1,
      [UNIT_MILLISECOND] = MICROS_PER_MILLI,
      [UNIT_SECOND] = MICROS_PER_SECOND,
      [UNIT_MINUTE] = MICROS_PER_MINUTE,
      [UNIT_HOUR] = MICROS_PER_HOUR,
      [UNIT_DAY] = MICROS_PER_DAY,
  };
  if (unit > UNIT_DAY)
    return civil_join(cut_days(civil_day_of(micros), unit), 0, cut);
  *cut = java_subtract(micros, floor_mod(micros, length[unit]));
  return unit <= UNIT_SECOND || *cut <= micros;
}

/* date_trunc('hour', x); an unknown unit gives null. */
static bool date_trunc_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    enum unit unit = unit_named(arg[0].text[column_index(&arg[0], i)]);
    int64_t micros = arg[1].i64[column_index(&arg[1], i)];
    int64_t cut = 0;
    if (unit == UNIT_NONE)
      result_null(ev, out, rows, i, &null);
    else if (!cut_micros(java_add(micros, ZONE), unit, &cut))
      return error_set(ev->err, ERR_RANGE, "the time that date_trunc() gives is out of range");
    out->i64[i] = java_subtract(cut, ZONE);
  }
  return true;
}

struct expr *bind_date_trunc(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !call_accept(c, 1, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_TIMESTAMP), date_trunc_kernel, c->b->settings);
}

static bool trunc_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    enum unit unit = unit_named(arg[1].text[column_index(&arg[1], i)]);
    if (unit < UNIT_WEEK)
      result_null(ev, out, rows, i, &null);
    else
      out->i32[i] = (int32_t)cut_days(arg[0].i32[column_index(&arg[0], i)], unit);
  }
  return true;
}

/* trunc(date, 'month') */
struct expr *bind_trunc(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_DATE)) || !call_accept(c, 1, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_DATE), trunc_kernel, NULL);
}

/* ---- making ---- */

static bool make_date_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                             size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    int32_t f[3];
    for (int k = 0; k < 3; k++)
      f[k] = arg[k].i32[column_index(&arg[k], i)];
    if (civil_is_date(f[0], f[1], f[2]))
      out->i32[i] = (int32_t)civil_to_days(f[0], f[1], f[2]);
    else
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

struct expr *bind_make_date(struct call *c)
{
  for (size_t i = 0; i < 3; i++)
    if (!call_accept(c, i, type_of(TYPE_INT)))
      return NULL;
  return call_result(c, type_of(TYPE_DATE), make_date_kernel, NULL);
}

/* Seconds are DECIMAL(16,6); 60 with no fraction is the next minute's start (MakeTimestamp). */
static bool make_micros(const int32_t *f, int64_t second, int64_t *micros)
{
  bool carry = second == MICROS_PER_MINUTE;
  if (!civil_is_date(f[0], f[1], f[2]) || f[3] < 0 || f[3] > 23 || f[4] < 0 || f[4] > 59 ||
      second < 0 || second > MICROS_PER_MINUTE)
    return false;
  struct civil_time time = {.date = {f[0], f[1], f[2]}, .hour = f[3], .minute = f[4]};
  if (!civil_to_micros(&time, micros))
    return false;
  *micros += carry ? MICROS_PER_MINUTE : second;
  return true;
}

static bool make_timestamp_kernel(struct evaluation *ev, const struct expr *e,
                                  const struct column *arg, size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    int32_t f[5];
    for (int k = 0; k < 5; k++)
      f[k] = arg[k].i32[column_index(&arg[k], i)];
    int64_t second = (int64_t)arg[5].decimal[column_index(&arg[5], i)];
    if (!make_micros(f, second, &out->i64[i]))
      result_null(ev, out, rows, i, &null);
    else
      out->i64[i] -= ZONE;
  }
  return true;
}

struct expr *bind_make_timestamp(struct call *c)
{
  for (size_t i = 0; i < 5; i++)
    if (!call_accept(c, i, type_of(TYPE_INT)))
      return NULL;
  if (!call_accept(c, 5, type_decimal(16, 6)))
    return NULL;
  return call_result(c, type_of(TYPE_TIMESTAMP), make_timestamp_kernel, c->b->settings);
}

/* ---- months_between(a, b[, round off]) ---- */

/* Whole months if the days are the same or both the last of their month; else days count as 1/31
 * (DateTimeUtils.monthsBetween). */
static double months_between(int64_t a, int64_t b)
{
  enum { MONTH_DAYS = 31 };
  int64_t day_a = civil_day_of(a), day_b = civil_day_of(b);
  struct civil_date p = civil_from_days(day_a), q = civil_from_days(day_b);
  double months = (double)((p.year - q.year) * 12 + (p.month - q.month));
  bool ends = civil_month_end(day_a) == day_a && civil_month_end(day_b) == day_b;
  if (p.day == q.day || ends)
    return months;
  int64_t seconds = (p.day - q.day) * INT64_C(86400) +
                    floor_mod(a, MICROS_PER_DAY) / MICROS_PER_SECOND -
                    floor_mod(b, MICROS_PER_DAY) / MICROS_PER_SECOND;
  return months + (double)seconds / (double)(MONTH_DAYS * INT64_C(86400));
}

static bool months_between_kernel(struct evaluation *ev, const struct expr *e,
                                  const struct column *arg, size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    double months = months_between(java_add(arg[0].i64[column_index(&arg[0], i)], ZONE),
                                   java_add(arg[1].i64[column_index(&arg[1], i)], ZONE));
    bool rounds = e->args < 3 || arg[2].boolean[column_index(&arg[2], i)];
    out->f64[i] = rounds ? round_double(months, 8, ROUND_HALF_UP) : months;
  }
  return true;
}

struct expr *bind_months_between(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)) || !call_accept(c, 1, type_of(TYPE_TIMESTAMP)) ||
      (c->args == 3 && !call_accept(c, 2, type_of(TYPE_BOOLEAN))))
    return NULL;
  return call_result(c, type_of(TYPE_DOUBLE), months_between_kernel, c->b->settings);
}
