/* SPDX-License-Identifier: Apache-2.0 */
/* + and - between dates, timestamps, intervals and numbers of days (ResolveBinaryArithmetic). */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "sql/functions/time_kernel.h"
#include "text/civil.h"

/* Months move the local day; the time of day stays. */
static int64_t add_months_at(int64_t micros, int64_t months, int64_t zone)
{
  int64_t day = civil_day_of(java_add(micros, zone));
  int64_t days = civil_add_months(day, months) - day;
  return java_add(micros, java_multiply(days, MICROS_PER_DAY));
}

TIME_KERNEL(plus, i64, i64, i64, java_add(a, b))
TIME_KERNEL(minus, i64, i64, i64, java_subtract(a, b))
TIME_KERNEL(days_between, i32, i32, i64, java_multiply(a - b, MICROS_PER_DAY))
TIME_KERNEL(date_plus, i32, i64, i32, (int32_t)(a + b / MICROS_PER_DAY))
TIME_KERNEL(date_minus, i32, i64, i32, (int32_t)(a - b / MICROS_PER_DAY))
TIME_KERNEL(date_plus_months, i32, i32, i32, (int32_t)civil_add_months(a, b))
TIME_KERNEL(plus_months, i64, i32, i64, add_months_at(a, b, ZONE))

TIME_KERNEL(date_minus_months, i32, i32, i32, (int32_t)civil_add_months(a, -b))
TIME_KERNEL(minus_months, i64, i32, i64, add_months_at(a, -b, ZONE))

/* INTERVAL 1 MONTH: a literal, all units of whose kind may be shown; the binder knows which are. */
struct expr *bind_interval_months(struct call *c)
{
  struct column value;
  column_make(&value, type_of(TYPE_MONTHS), 1, c->b->arena);
  value.constant = true;
  value.i32[0] = c->arg[0]->value.i32[0];
  return expr_literal(c->b->arena, value, c->at);
}

static struct expr *refuse(const struct call *c)
{
  return call_refuse_types(c, "times and intervals that fit together");
}

static struct expr *months_arithmetic(struct call *c, enum arithmetic operation)
{
  struct type type = c->arg[0]->type;
  bool date = type.kind == TYPE_DATE, adds = operation == ARITHMETIC_ADD;
  if (!date && type.kind != TYPE_TIMESTAMP)
    return refuse(c);
  expr_kernel *kernel =
      date ? (adds ? date_plus_months : date_minus_months) : (adds ? plus_months : minus_months);
  return call_result(c, type, kernel, c->b->settings);
}

/* Spark's DATE + INTERVAL 1 DAY is a DATE, + INTERVAL 24 HOURS a TIMESTAMP. */
static bool is_of_days(struct type t)
{
  return interval_first(t) == INTERVAL_DAY && interval_last(t) == INTERVAL_DAY;
}

static struct expr *interval_arithmetic(struct call *c, enum arithmetic operation)
{
  bool adds = operation == ARITHMETIC_ADD;
  if (call_kind(c, 0) == TYPE_DATE && is_of_days(c->arg[1]->type))
    return call_result(c, type_of(TYPE_DATE), adds ? date_plus : date_minus, NULL);
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, c->arg[0]->type, adds ? plus : minus, NULL);
}

static struct expr *difference(struct call *c)
{
  if (call_kind(c, 0) == TYPE_STRING && call_kind(c, 1) == TYPE_TIMESTAMP)
    return refuse(c);
  if (call_kind(c, 0) == TYPE_DATE && call_kind(c, 1) == TYPE_DATE)
    return call_result(c, type_interval(INTERVAL_DAY, INTERVAL_DAY), days_between, NULL);
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)) || !call_accept(c, 1, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_INTERVAL), minus, NULL);
}

static bool is_time(const struct call *c, size_t i)
{
  return call_kind(c, i) == TYPE_DATE || call_kind(c, i) == TYPE_TIMESTAMP;
}

static void swap(struct call *c)
{
  struct expr *first = c->arg[0];
  c->arg[0] = c->arg[1];
  c->arg[1] = first;
}

/* a + interval, with the interval or number of days brought behind. */
static struct expr *sum_or_difference(struct call *c, enum arithmetic operation)
{
  bool adds = operation == ARITHMETIC_ADD;
  if (adds && !is_time(c, 0) && is_time(c, 1))
    swap(c);
  if (call_kind(c, 1) == TYPE_MONTHS)
    return months_arithmetic(c, operation);
  if (call_kind(c, 1) == TYPE_INTERVAL)
    return interval_arithmetic(c, operation);
  if (!adds && is_time(c, 1))
    return difference(c);
  if (call_kind(c, 0) == TYPE_DATE && call_kind(c, 1) != TYPE_STRING)
    return call_other(c, adds ? "date_add" : "date_sub", c->arg, 2);
  return refuse(c);
}

struct expr *bind_time_arithmetic(struct call *c)
{
  enum arithmetic operation = (enum arithmetic)c->function->variant;
  bool has_text = call_kind(c, 0) == TYPE_STRING || call_kind(c, 1) == TYPE_STRING;
  if (!is_time(c, 0) && !is_time(c, 1) && !has_text)
    return bind_interval_arithmetic(c);
  if (operation == ARITHMETIC_ADD || operation == ARITHMETIC_SUBTRACT)
    return sum_or_difference(c, operation);
  return refuse(c);
}
