/* SPDX-License-Identifier: Apache-2.0 */
/* timestampadd(unit, n, time) and timestampdiff(unit, from, to); the parser makes a text of the
 * unit. Days are 24 hours long: the session's zone knows no summer time. */
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/civil.h"

/* A unit is so many months, or so many microseconds. */
struct unit {
  const char *name;
  int64_t months, micros;
};

static const struct unit units[] = {
    {"microsecond", 0, 1},
    {"millisecond", 0, 1000},
    {"second", 0, MICROS_PER_SECOND},
    {"minute", 0, MICROS_PER_MINUTE},
    {"hour", 0, MICROS_PER_HOUR},
    {"day", 0, MICROS_PER_DAY},
    {"dayofyear", 0, MICROS_PER_DAY},
    {"week", 0, 7 * MICROS_PER_DAY},
    {"month", 1, 0},
    {"quarter", 3, 0},
    {"year", 12, 0},
};

/* What a kernel knows: the unit and the session's zone. */
struct unit_state {
  const struct unit *unit;
  int64_t zone;
};

static const struct unit_state *take_unit(struct call *c)
{
  struct unit_state *state = arena_take(c->b->arena, 1, sizeof *state);
  bool text = c->arg[0]->kind == EXPR_LITERAL && call_kind(c, 0) == TYPE_STRING;
  state->zone = c->b->settings->zone_offset_us;
  for (size_t i = 0; text && i < sizeof units / sizeof units[0]; i++)
    if (slice_equal_nocase(c->arg[0]->value.text[0], slice_of(units[i].name))) {
      state->unit = &units[i];
      return state;
    }
  call_refuse(c, ERR_TYPE,
              "%.*s() begins with a unit: MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, "
              "WEEK, MONTH, QUARTER or YEAR",
              SLICE_PRINT(c->function->name));
  return NULL;
}

static bool add(const struct unit_state *s, int64_t n, int64_t time, int64_t *out)
{
  if (s->unit->months == 0) {
    int64_t micros;
    return !__builtin_mul_overflow(n, s->unit->micros, &micros) &&
           !__builtin_add_overflow(time, micros, out);
  }
  int64_t local = time + s->zone;
  int64_t days = civil_add_months(civil_day_of(local), n * s->unit->months);
  bool done = civil_join(days, civil_of_day(local), out);
  *out -= s->zone;
  return done;
}

static bool add_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++)
    if (!result_is_null(out, i) && !add(e->state, arg[1].i32[column_index(&arg[1], i)],
                                        arg[2].i64[column_index(&arg[2], i)], &out->i64[i]))
      return error_set(ev->err, ERR_RANGE, "the time that timestampadd() gives is out of range");
  return true;
}

struct expr *bind_timestampadd(struct call *c)
{
  const struct unit_state *state = take_unit(c);
  if (state == NULL || !call_accept(c, 1, type_of(TYPE_INT)) ||
      !call_accept(c, 2, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_TIMESTAMP), add_kernel, state);
}

/* Months and days in one number, as java.time.LocalDate.monthsUntil counts. */
static int64_t packed_months(int64_t day)
{
  struct civil_date date = civil_from_days(day);
  return ((int64_t)date.year * 12 + date.month) * 32 + date.day;
}

/* Whole months from one local time to another, cut towards zero (LocalDateTime.until). */
static int64_t months_between(int64_t from, int64_t to)
{
  int64_t first = civil_day_of(from), last = civil_day_of(to);
  if (last > first && civil_of_day(to) < civil_of_day(from))
    last--;
  else if (last < first && civil_of_day(to) > civil_of_day(from))
    last++;
  return (packed_months(last) - packed_months(first)) / 32;
}

static bool difference_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  const struct unit_state *s = e->state;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->i64[i] = 0;
    if (result_is_null(out, i))
      continue;
    int64_t from = arg[1].i64[column_index(&arg[1], i)], to = arg[2].i64[column_index(&arg[2], i)];
    int64_t micros;
    if (s->unit->months != 0)
      out->i64[i] = months_between(from + s->zone, to + s->zone) / s->unit->months;
    else if (__builtin_sub_overflow(to, from, &micros))
      return error_set(ev->err, ERR_RANGE, "the times are too far apart for timestampdiff()");
    else
      out->i64[i] = micros / s->unit->micros;
  }
  return true;
}

struct expr *bind_timestampdiff(struct call *c)
{
  const struct unit_state *state = take_unit(c);
  if (state == NULL || !call_accept(c, 1, type_of(TYPE_TIMESTAMP)) ||
      !call_accept(c, 2, type_of(TYPE_TIMESTAMP)))
    return NULL;
  return call_result(c, type_of(TYPE_BIGINT), difference_kernel, state);
}
