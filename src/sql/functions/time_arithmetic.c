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
TIME_KERNEL(times, i64, i64, i64, (int64_t)((uint64_t)a *(uint64_t)b))
TIME_KERNEL(date_plus, i32, i64, i32, (int32_t)(a + b / MICROS_PER_DAY))
TIME_KERNEL(date_minus, i32, i64, i32, (int32_t)(a - b / MICROS_PER_DAY))
TIME_KERNEL(date_plus_months, i32, i32, i32, (int32_t)civil_add_months(a, b))
TIME_KERNEL(plus_months, i64, i32, i64, add_months_at(a, b, ZONE))

/* An interval of months is no value: it has no length. */
static bool no_value(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     size_t rows, struct column *out)
{
  (void)e;
  (void)arg;
  (void)rows;
  (void)out;
  return error_set(ev->err, ERR_UNSUPPORTED,
                   "an INTERVAL of months or years is supported only beside + and - of a time");
}

/* INTERVAL 1 MONTH; bound as a call that is not folded, for bind_time_arithmetic() to find. */
struct expr *bind_interval_months(struct call *c)
{
  struct expr *e = arena_zero(c->b->arena, 1, sizeof *e);
  e->kind = EXPR_CALL;
  e->type = type_of(TYPE_INTERVAL);
  e->at = c->at;
  e->name = c->function->name.p;
  e->kernel = no_value;
  e->args = 1;
  e->arg = c->arg;
  return e;
}

static bool is_months(const struct expr *e)
{
  return e->kind == EXPR_CALL && e->kernel == no_value;
}

static struct expr *refuse(const struct call *c)
{
  return call_refuse_types(c, "times and intervals that fit together");
}

static struct expr *months_arithmetic(struct call *c, enum arithmetic operation)
{
  int32_t months = c->arg[1]->arg[0]->value.i32[0];
  struct type type = c->arg[0]->type;
  bool date = type.kind == TYPE_DATE;
  if (!date && type.kind != TYPE_TIMESTAMP)
    return refuse(c);
  c->arg[1] = call_int(c, operation == ARITHMETIC_ADD ? months : -months);
  return call_result(c, type, date ? date_plus_months : plus_months, c->b->settings);
}

/* Spark's DATE + INTERVAL 1 DAY is a DATE, + INTERVAL 24 HOURS a TIMESTAMP. An interval here does
 * not remember its units: whole days count as days. */
static bool is_whole_days(const struct expr *interval)
{
  return interval->kind == EXPR_LITERAL && !column_is_null(&interval->value, 0) &&
         interval->value.i64[0] % MICROS_PER_DAY == 0;
}

static struct expr *interval_arithmetic(struct call *c, enum arithmetic operation)
{
  bool adds = operation == ARITHMETIC_ADD;
  if (call_kind(c, 0) == TYPE_DATE && is_whole_days(c->arg[1]))
    return call_result(c, type_of(TYPE_DATE), adds ? date_plus : date_minus, NULL);
  if (call_kind(c, 0) != TYPE_INTERVAL && !call_accept(c, 0, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, c->arg[0]->type, adds ? plus : minus, NULL);
}

static struct expr *difference(struct call *c)
{
  if (call_kind(c, 0) == TYPE_STRING && call_kind(c, 1) == TYPE_TIMESTAMP)
    return refuse(c);
  if (call_kind(c, 0) == TYPE_DATE && call_kind(c, 1) == TYPE_DATE)
    return call_result(c, type_of(TYPE_INTERVAL), days_between, NULL);
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
  if (is_months(c->arg[1]))
    return months_arithmetic(c, operation);
  if (is_months(c->arg[0]))
    return refuse(c);
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
  if (operation == ARITHMETIC_ADD || operation == ARITHMETIC_SUBTRACT)
    return sum_or_difference(c, operation);
  if (operation != ARITHMETIC_MULTIPLY)
    return refuse(c);
  if (call_kind(c, 0) != TYPE_INTERVAL)
    swap(c);
  if (is_months(c->arg[0]) || call_kind(c, 0) != TYPE_INTERVAL || !type_is_integer(c->arg[1]->type))
    return refuse(c);
  return call_cast(c, 1, type_of(TYPE_BIGINT)) ? call_result(c, c->arg[0]->type, times, NULL)
                                               : NULL;
}
