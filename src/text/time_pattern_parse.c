/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing as java.time does it: the steps fill in fields, left to right, without going back; then
 * the fields are resolved strictly (Parsed.java, IsoChronology.java); what is missing comes from
 * 1970-01-01 00:00:00 (Spark's DateTimeFormatterHelper.toLocalDate, toLocalTime). */
#include <string.h>

#include "base/ascii.h"
#include "text/civil.h"
#include "text/time_fixed.h"
#include "text/time_pattern_steps.h"

struct fields {
  uint32_t given; /* bit FIELD_X: value[FIELD_X] was read */
  int64_t value[FIELDS];
};

struct parser {
  const struct time_pattern *pattern;
  struct slice text;
  size_t at;
  struct fields fields;
};

static bool has(const struct fields *f, enum time_field field)
{
  return f->given >> field & 1;
}

static int64_t value_or(const struct fields *f, enum time_field field, int64_t otherwise)
{
  return has(f, field) ? f->value[field] : otherwise;
}

/* A field that is given twice must be the same both times. */
static bool set(struct fields *f, enum time_field field, int64_t value)
{
  if (has(f, field))
    return f->value[field] == value;
  f->given |= 1u << field;
  f->value[field] = value;
  return true;
}

/* Whether `word` stands at `at`, whatever the case of its letters. */
static bool stands(struct slice text, size_t at, struct slice word)
{
  if (text.n - at < word.n)
    return false;
  for (size_t i = 0; i < word.n; i++)
    if (ascii_lower(text.p[at + i]) != ascii_lower(word.p[i]))
      return false;
  return true;
}

static size_t count_digits(struct slice text, size_t at, size_t most)
{
  size_t n = 0;
  while (n < most && at + n < text.n && ascii_is_digit(text.p[at + n]))
    n++;
  return n;
}

/* No field is valid from here on, so larger numbers need not be told apart. */
#define HUGE_NUMBER INT64_C(1000000000000000000)

static int64_t number_at(struct slice text, size_t at, size_t digits)
{
  int64_t value = 0;
  for (size_t i = 0; i < digits; i++) {
    value = value * 10 + (text.p[at + i] - '0');
    if (value >= HUGE_NUMBER)
      return HUGE_NUMBER;
  }
  return value;
}

/* A sign, as NumberPrinterParser takes it; false if there is one that must not be. */
static bool read_sign(struct parser *p, enum sign_style style, char *sign)
{
  char c = p->at < p->text.n ? p->text.p[p->at] : '0';
  *sign = 0;
  if (c != '+' && c != '-')
    return true;
  *sign = c;
  p->at++;
  return style == SIGN_EXCEEDS_PAD || (style == SIGN_MINUS && c == '-');
}

/* How many digits the step takes: what the adjacent numbers behind it leave. */
static size_t share_of_digits(const struct parser *p, const struct time_step *step)
{
  size_t n = count_digits(p->text, p->at, (size_t)step->max + step->behind);
  if (n < step->min || step->behind == 0)
    return n;
  return n < (size_t)step->min + step->behind ? step->min : n - step->behind;
}

static bool read_number(struct parser *p, const struct time_step *step)
{
  char sign;
  if (!read_sign(p, (enum sign_style)step->sign, &sign))
    return false;
  size_t n = share_of_digits(p, step);
  if (n < step->min || n == 0)
    return false;
  if (step->sign == SIGN_EXCEEDS_PAD && sign != '-' && (sign == '+') != (n > step->min))
    return false;
  int64_t value = number_at(p->text, p->at, n);
  if (sign == '-' && value == 0)
    return false;
  p->at += n;
  if (step->kind == STEP_YEAR_2)
    value += 2000;
  return set(&p->fields, (enum time_field)step->field, sign == '-' ? -value : value);
}

static bool read_fraction(struct parser *p, const struct time_step *step)
{
  size_t n = count_digits(p->text, p->at, step->max);
  if (n < step->min)
    return false;
  int64_t nanos = number_at(p->text, p->at, n);
  for (size_t i = n; i < 9; i++)
    nanos *= 10;
  p->at += n;
  return set(&p->fields, FIELD_NANO, nanos);
}

/* The longest name that stands there. */
static bool read_name(struct parser *p, const struct time_step *step)
{
  int found = -1;
  for (int i = 0; i < step->names; i++)
    if (stands(p->text, p->at, step->name[i]) &&
        (found < 0 || step->name[i].n > step->name[found].n))
      found = i;
  if (found < 0)
    return false;
  p->at += step->name[found].n;
  enum time_field field = (enum time_field)step->field;
  return set(&p->fields, field, found + first_named(field));
}

/* Two digits up to 59, with a colon in front if there has to be one. */
static bool read_part(struct parser *p, bool colon, int64_t *value)
{
  size_t at = p->at;
  if (colon && (at == p->text.n || p->text.p[at++] != ':'))
    return false;
  if (count_digits(p->text, at, 2) < 2)
    return false;
  int64_t number = number_at(p->text, at, 2);
  if (number > 59)
    return false;
  *value = number;
  p->at = at + 2;
  return true;
}

/* OffsetIdPrinterParser.parse(), strict. */
static bool read_offset(struct parser *p, const struct time_step *step)
{
  if (stands(p->text, p->at, step->text)) {
    p->at += step->text.n;
    return set(&p->fields, FIELD_OFFSET, 0);
  }
  char sign = p->at < p->text.n ? p->text.p[p->at] : 0;
  if (sign != '+' && sign != '-')
    return false;
  p->at++;
  bool colon = step->style == OFFSET_HH_MM || step->style == OFFSET_HH_MM_ss;
  int64_t hours = 0, minutes = 0, seconds = 0;
  if (!read_part(p, false, &hours))
    return false;
  if (!read_part(p, colon, &minutes) && step->style != OFFSET_HHmm)
    return false;
  if (step->style >= OFFSET_HHMMss)
    read_part(p, colon, &seconds);
  int64_t offset = hours * 3600 + minutes * 60 + seconds;
  return hours <= 23 && set(&p->fields, FIELD_OFFSET, sign == '-' ? -offset : offset);
}

/* LocalizedOffsetIdPrinterParser.parse(): "GMT", "GMT+2", "GMT+12:30"; long "GMT+02:00". */
static bool read_gmt_offset(struct parser *p, const struct time_step *step)
{
  if (!stands(p->text, p->at, SLICE("GMT")))
    return false;
  p->at += 3;
  char sign = p->at < p->text.n ? p->text.p[p->at] : 0;
  if (sign != '+' && sign != '-')
    return set(&p->fields, FIELD_OFFSET, 0);
  p->at++;
  size_t n = count_digits(p->text, p->at, 2);
  if (n == 0 || (step->is_long && n < 2))
    return false;
  int64_t hours = number_at(p->text, p->at, n), minutes = 0, seconds = 0;
  p->at += n;
  if (read_part(p, true, &minutes))
    read_part(p, true, &seconds);
  else if (step->is_long)
    return false;
  int64_t offset = hours * 3600 + minutes * 60 + seconds;
  return set(&p->fields, FIELD_OFFSET, sign == '-' ? -offset : offset);
}

static bool read_steps(struct parser *p, uint32_t from, uint32_t to);

static bool read_step(struct parser *p, uint32_t i)
{
  const struct time_step *step = p->pattern->step + i;
  switch ((enum step_kind)step->kind) {
  case STEP_LITERAL:
    if (!stands(p->text, p->at, step->text))
      return false;
    p->at += step->text.n;
    return true;
  case STEP_NUMBER:
  case STEP_YEAR_2:
    return read_number(p, step);
  case STEP_FRACTION:
    return read_fraction(p, step);
  case STEP_NAME:
    return read_name(p, step);
  case STEP_OFFSET:
    return read_offset(p, step);
  case STEP_GMT_OFFSET:
    return read_gmt_offset(p, step);
  case STEP_OPTIONAL: {
    struct fields before = p->fields;
    size_t at = p->at;
    if (!read_steps(p, i + 1, step->end)) {
      p->fields = before;
      p->at = at;
    }
    return true;
  }
  case STEP_ZONE: /* refused when it was compiled */
  case STEP_OPTIONAL_END:
    break;
  }
  return true;
}

static bool read_steps(struct parser *p, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++) {
    if (!read_step(p, i))
      return false;
    if (p->pattern->step[i].kind == STEP_OPTIONAL)
      i = p->pattern->step[i].end;
  }
  return true;
}

/* A clock hour counts 1 .. 12 (24), the last one standing for 0. */
static bool resolve_clock_hour(struct fields *f, enum time_field clock, enum time_field hour,
                               int64_t hours)
{
  if (!has(f, clock))
    return true;
  int64_t value = f->value[clock];
  f->given &= ~(1u << clock);
  return value >= 1 && value <= hours && set(f, hour, value % hours);
}

static bool in_range(const struct fields *f, enum time_field field, int64_t most)
{
  return !has(f, field) || (f->value[field] >= 0 && f->value[field] <= most);
}

/* Half a day beside an hour of the whole day has to agree with it, unless the time has a hole
 * (HH:ss) and so is none to java.time. */
static bool halves_agree(const struct fields *f)
{
  bool minute = has(f, FIELD_MINUTE), second = has(f, FIELD_SECOND), nano = has(f, FIELD_NANO);
  bool hole = minute ? !second && nano : second || nano;
  if (!has(f, FIELD_HOUR) || hole)
    return true;
  int64_t hour = f->value[FIELD_HOUR];
  return value_or(f, FIELD_AMPM, hour / 12) == hour / 12 &&
         value_or(f, FIELD_HOUR_AMPM, hour % 12) == hour % 12;
}

/* Parsed.resolveTimeFields(), resolveTimeLenient(); then Spark's toLocalTime(). */
static bool resolve_time(struct fields *f, int64_t *of_day)
{
  if (!resolve_clock_hour(f, FIELD_CLOCK_HOUR, FIELD_HOUR, 24) ||
      !resolve_clock_hour(f, FIELD_CLOCK_HOUR_AMPM, FIELD_HOUR_AMPM, 12) ||
      !in_range(f, FIELD_HOUR_AMPM, 11))
    return false;
  if (has(f, FIELD_AMPM) && has(f, FIELD_HOUR_AMPM)) {
    if (!set(f, FIELD_HOUR, f->value[FIELD_AMPM] * 12 + f->value[FIELD_HOUR_AMPM]))
      return false;
    f->given &= ~(1u << FIELD_AMPM | 1u << FIELD_HOUR_AMPM);
  }
  if (!in_range(f, FIELD_HOUR, 23) || !in_range(f, FIELD_MINUTE, 59) ||
      !in_range(f, FIELD_SECOND, 59) || !halves_agree(f))
    return false;
  int64_t afternoon = value_or(f, FIELD_AMPM, 0) * 12;
  int64_t hour = value_or(f, FIELD_HOUR, value_or(f, FIELD_HOUR_AMPM, afternoon));
  *of_day = hour * MICROS_PER_HOUR + value_or(f, FIELD_MINUTE, 0) * MICROS_PER_MINUTE +
            value_or(f, FIELD_SECOND, 0) * MICROS_PER_SECOND + value_or(f, FIELD_NANO, 0) / 1000;
  return true;
}

/* IsoChronology.resolveYearOfEra(): strict invents no era, but an era turns it into a year. */
static bool resolve_era(struct fields *f)
{
  if (!has(f, FIELD_YEAR_OF_ERA))
    return true;
  int64_t year = f->value[FIELD_YEAR_OF_ERA];
  if (year < 1)
    return false;
  if (!has(f, FIELD_ERA))
    return true;
  f->given &= ~(1u << FIELD_YEAR_OF_ERA);
  return set(f, FIELD_YEAR, f->value[FIELD_ERA] == 1 ? year : 1 - year);
}

/* java.time.Year.MAX_VALUE */
#define LAST_YEAR INT64_C(999999999)

/* Whether the fields of the date that did not make it say the same. */
static bool date_agrees(const struct fields *f, int64_t days)
{
  struct civil_date date = civil_from_days(days);
  int64_t year = date.year;
  return value_or(f, FIELD_MONTH, date.month) == date.month &&
         value_or(f, FIELD_DAY, date.day) == date.day &&
         (!has(f, FIELD_DAY_OF_YEAR) || f->value[FIELD_DAY_OF_YEAR] == civil_day_of_year(days)) &&
         value_or(f, FIELD_ERA, year > 0) == (year > 0);
}

static bool resolve_date(struct fields *f, int64_t *days)
{
  if (!resolve_era(f))
    return false;
  int64_t year = value_or(f, FIELD_YEAR, 1970);
  if (year < -LAST_YEAR || year > LAST_YEAR)
    return false;
  bool ymd = has(f, FIELD_MONTH) && has(f, FIELD_DAY);
  if (has(f, FIELD_DAY_OF_YEAR) && !(ymd && has(f, FIELD_YEAR))) {
    int64_t day = f->value[FIELD_DAY_OF_YEAR];
    if (day < 1 || day > 365 + civil_is_leap(year))
      return false;
    *days = civil_to_days(year, 1, 1) + day - 1;
    return !has(f, FIELD_YEAR) || date_agrees(f, *days);
  }
  int64_t month = value_or(f, FIELD_MONTH, 1), day = value_or(f, FIELD_DAY, 1);
  if (!civil_is_date(year, month, day))
    return false;
  *days = civil_to_days(year, (int)month, (int)day);
  return !has(f, FIELD_YEAR) || !ymd || date_agrees(f, *days);
}

/* ZoneOffset.MAX */
enum { MOST_OFFSET_SECONDS = 18 * 3600 };

static bool parse_any(const struct time_pattern *pattern, struct slice text, int64_t *days,
                      int64_t *of_day, struct fields *fields)
{
  struct parser p = {.pattern = pattern, .text = text};
  if (!read_steps(&p, 0, pattern->steps) || p.at != text.n)
    return false;
  *fields = p.fields;
  int64_t offset = value_or(fields, FIELD_OFFSET, 0);
  return offset >= -MOST_OFFSET_SECONDS && offset <= MOST_OFFSET_SECONDS &&
         resolve_time(fields, of_day) && resolve_date(fields, days);
}

/* Apart, so that the fast ways need not save its registers. */
__attribute__((noinline)) static bool parse_general(const struct time_pattern *pattern,
                                                    struct slice text, int64_t zone_offset_us,
                                                    int64_t *micros)
{
  int64_t days, of_day;
  struct fields fields;
  if (!parse_any(pattern, text, &days, &of_day, &fields))
    return false;
  if (has(&fields, FIELD_OFFSET))
    zone_offset_us = fields.value[FIELD_OFFSET] * MICROS_PER_SECOND;
  return civil_join(days, of_day - zone_offset_us, micros);
}

bool time_pattern_parse(const struct time_pattern *pattern, struct slice text,
                        int64_t zone_offset_us, int64_t *micros)
{
  int64_t local;
  if (pattern->shape == SHAPE_TIME) {
    bool good = text.n == 8 && fixed_parse_clock(text.p, ':', ':', &local);
    if (good)
      *micros = local - zone_offset_us;
    return good;
  }
  if (pattern->shape == SHAPE_DATE_TIME && text.n == 19 &&
      fixed_parse_date_time(text.p, pattern->separator, &local)) {
    *micros = local - zone_offset_us;
    return true;
  }
  /* Knows more years, and letters in either case. */
  return parse_general(pattern, text, zone_offset_us, micros);
}

bool time_pattern_parse_date(const struct time_pattern *pattern, struct slice text, int32_t *days)
{
  int64_t wide, of_day;
  struct fields fields;
  if (!parse_any(pattern, text, &wide, &of_day, &fields))
    return false;
  *days = (int32_t)wide;
  return *days == wide;
}
