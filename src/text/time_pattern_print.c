/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "text/civil.h"
#include "text/time_fixed.h"
#include "text/time_pattern_steps.h"
#include "text/two_digits.h"

/* The local time that is printed, and its offset. */
struct moment {
  struct civil_time time;
  int64_t days;
  int32_t offset; /* seconds */
};

static int64_t field_of(const struct moment *m, enum time_field field)
{
  const struct civil_time *t = &m->time;
  switch (field) {
  case FIELD_YEAR:
    return t->date.year;
  case FIELD_YEAR_OF_ERA:
    return t->date.year > 0 ? t->date.year : 1 - (int64_t)t->date.year;
  case FIELD_ERA:
    return t->date.year > 0;
  case FIELD_MONTH:
    return t->date.month;
  case FIELD_DAY:
    return t->date.day;
  case FIELD_DAY_OF_YEAR:
    return civil_day_of_year(m->days);
  case FIELD_QUARTER:
    return (t->date.month - 1) / 3 + 1;
  case FIELD_WEEKDAY:
    return civil_weekday(m->days);
  case FIELD_DAY_OF_ALIGNED_WEEK:
    return (t->date.day - 1) % 7 + 1;
  case FIELD_AMPM:
    return t->hour / 12;
  case FIELD_HOUR:
    return t->hour;
  case FIELD_CLOCK_HOUR:
    return t->hour == 0 ? 24 : t->hour;
  case FIELD_HOUR_AMPM:
    return t->hour % 12;
  case FIELD_CLOCK_HOUR_AMPM:
    return t->hour % 12 == 0 ? 12 : t->hour % 12;
  case FIELD_MINUTE:
    return t->minute;
  case FIELD_SECOND:
    return t->second;
  default:
    return t->micros * 1000;
  }
}

static char *put_slice(char *out, struct slice s)
{
  memcpy(out, s.p, s.n);
  return out + s.n;
}

static char *put_number(char *out, int64_t value, const struct time_step *step)
{
  char digits[24];
  char *end = digits + sizeof digits, *p = end;
  uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
  do {
    *--p = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  size_t n = (size_t)(end - p);
  if (value < 0)
    *out++ = '-';
  else if (step->sign == SIGN_EXCEEDS_PAD && n > step->min)
    *out++ = '+';
  for (; n < step->min; n++)
    *--p = '0';
  return put_slice(out, (struct slice){p, n});
}

/* Cut, not rounded. */
static char *put_fraction(char *out, int32_t micros, unsigned digits)
{
  char nine[10];
  put_two(put_two(put_two(nine, (unsigned)micros / 10000), (unsigned)micros / 100 % 100),
          (unsigned)micros % 100);
  memcpy(nine + 6, "000", 3);
  return put_slice(out, (struct slice){nine, digits});
}

/* OffsetIdPrinterParser.format() */
static char *put_offset(char *out, int32_t offset, enum offset_style style, struct slice utc)
{
  if (offset == 0)
    return put_slice(out, utc);
  unsigned size = (unsigned)(offset < 0 ? -offset : offset);
  bool colon = style == OFFSET_HH_MM || style == OFFSET_HH_MM_ss;
  bool seconds = style >= OFFSET_HHMMss && size % 60 != 0;
  char *start = out;
  *out++ = offset < 0 ? '-' : '+';
  out = put_two(out, size / 3600);
  if (style != OFFSET_HHmm || size / 60 % 60 != 0) {
    if (colon)
      *out++ = ':';
    out = put_two(out, size / 60 % 60);
  }
  if (seconds) {
    if (colon)
      *out++ = ':';
    out = put_two(out, size % 60);
  }
  return size < 60 && !seconds ? put_slice(start, utc) : out; /* nothing but zeros was shown */
}

/* "GMT", "GMT+2", "GMT+5:30"; long "GMT+02:00" */
static char *put_gmt_offset(char *out, int32_t offset, bool is_long)
{
  out = put_slice(out, SLICE("GMT"));
  if (offset == 0)
    return out;
  unsigned size = (unsigned)(offset < 0 ? -offset : offset);
  *out++ = offset < 0 ? '-' : '+';
  if (is_long || size >= 36000)
    out = put_two(out, size / 3600);
  else
    *out++ = (char)('0' + size / 3600);
  if (is_long || size % 3600 != 0) {
    *out++ = ':';
    out = put_two(out, size / 60 % 60);
  }
  if (size % 60 != 0) {
    *out++ = ':';
    out = put_two(out, size % 60);
  }
  return out;
}

static char *put_zone(char *out, int32_t offset, bool is_long)
{
  struct slice utc = is_long ? SLICE("Coordinated Universal Time") : SLICE("UTC");
  return put_offset(out, offset, OFFSET_HH_MM_ss, utc);
}

static char *put_step(char *out, const struct moment *m, const struct time_step *step)
{
  switch ((enum step_kind)step->kind) {
  case STEP_LITERAL:
    return put_slice(out, step->text);
  case STEP_NUMBER:
    return put_number(out, field_of(m, (enum time_field)step->field), step);
  case STEP_YEAR_2: {
    int64_t year = field_of(m, (enum time_field)step->field);
    return put_two(out, (unsigned)((year < 0 ? -year : year) % 100));
  }
  case STEP_FRACTION:
    return put_fraction(out, m->time.micros, step->max);
  case STEP_NAME: {
    enum time_field field = (enum time_field)step->field;
    return put_slice(out, step->name[field_of(m, field) - first_named(field)]);
  }
  case STEP_OFFSET:
    return put_offset(out, m->offset, (enum offset_style)step->style, step->text);
  case STEP_GMT_OFFSET:
    return put_gmt_offset(out, m->offset, step->is_long);
  case STEP_ZONE:
    return put_zone(out, m->offset, step->is_long);
  case STEP_OPTIONAL: /* a timestamp has every field, so nothing is left out */
  case STEP_OPTIONAL_END:
    break;
  }
  return out;
}

/* The two shapes that nearly all jobs print; 0 if it takes the general way. */
static inline size_t print_fast(const struct time_pattern *pattern, int64_t micros,
                                int64_t zone_offset_us, char *out)
{
  uint32_t march, seconds;
  if (pattern->shape == SHAPE_ANY || !fixed_split(micros, zone_offset_us, &march, &seconds))
    return 0;
  if (pattern->shape == SHAPE_TIME) {
    fixed_put_clock(out, seconds, ':', ':');
    return 8;
  }
  fixed_put_date_time(out, march, seconds, pattern->separator);
  return FIXED_DATE_TIME;
}

static struct moment moment_of(int64_t micros, int64_t zone_offset_us)
{
  /* Near the ends of the range the local time does not fit: so in days and a rest. */
  int64_t of_day = civil_of_day(micros) + zone_offset_us;
  int64_t days = civil_day_of(micros) + civil_day_of(of_day);
  struct moment m = {.days = days, .offset = (int32_t)(zone_offset_us / MICROS_PER_SECOND)};
  m.time = civil_from_micros(civil_of_day(of_day));
  m.time.date = civil_from_days(days);
  return m;
}

/* Apart, so that the fast ways need not save its registers. */
__attribute__((noinline)) static size_t
print_general(const struct time_pattern *pattern, int64_t micros, int64_t zone_offset_us, char *out)
{
  struct moment m = moment_of(micros, zone_offset_us);
  char *p = out;
  for (uint32_t i = 0; i < pattern->steps; i++)
    p = put_step(p, &m, pattern->step + i);
  return (size_t)(p - out);
}

size_t time_pattern_print(const struct time_pattern *pattern, int64_t micros,
                          int64_t zone_offset_us, char *out)
{
  size_t n = print_fast(pattern, micros, zone_offset_us, out);
  return n != 0 ? n : print_general(pattern, micros, zone_offset_us, out);
}

/* Another time of the same day: only the clock is new; of the same minute and as far from the one
 * before as that was, as the starts of windows are: only the second. */
static size_t print_clock(const struct time_pattern *pattern, uint64_t of_day,
                          struct time_printed *last, int64_t micros, char *out)
{
  uint32_t second = last->second + last->seconds;
  int64_t step = (int64_t)((uint64_t)micros - (uint64_t)last->micros);
  memcpy(out, last->text, FIXED_DATE_TIME);
  if (step == last->step && last->seconds != 0 && second < 60) {
    put_two(out + 17, second);
    last->second = second;
  } else {
    uint32_t seconds = (uint32_t)(of_day / MICROS_PER_SECOND);
    fixed_put_clock(out + 11, seconds, pattern->separator[3], pattern->separator[4]);
    bool whole = step > 0 && step < MICROS_PER_MINUTE && step % MICROS_PER_SECOND == 0;
    last->seconds = whole ? (uint32_t)(step / MICROS_PER_SECOND) : 0;
    last->second = seconds % 60;
    last->step = step;
  }
  last->micros = micros;
  last->text = out;
  return FIXED_DATE_TIME;
}

size_t time_pattern_print_next(const struct time_pattern *pattern, int64_t micros,
                               int64_t zone_offset_us, struct time_printed *last, char *out)
{
  uint64_t local = (uint64_t)micros + (uint64_t)zone_offset_us;
  uint64_t of_day = local - (uint64_t)last->day_start;
  if (last->valid && of_day < (uint64_t)MICROS_PER_DAY)
    return print_clock(pattern, of_day, last, micros, out);
  uint32_t march, seconds;
  *last = (struct time_printed){.micros = micros, .text = out};
  last->valid =
      pattern->shape == SHAPE_DATE_TIME && fixed_split(micros, zone_offset_us, &march, &seconds);
  last->day_start = last->valid ? floor_div((int64_t)local, MICROS_PER_DAY) * MICROS_PER_DAY : 0;
  return time_pattern_print(pattern, micros, zone_offset_us, out);
}

int64_t time_pattern_unit(const struct time_pattern *pattern)
{
  static const struct {
    enum time_field field;
    int64_t unit;
  } order[] = {{FIELD_YEAR, 366 * MICROS_PER_DAY}, {FIELD_MONTH, 31 * MICROS_PER_DAY},
               {FIELD_DAY, MICROS_PER_DAY},        {FIELD_HOUR, MICROS_PER_HOUR},
               {FIELD_MINUTE, MICROS_PER_MINUTE},  {FIELD_SECOND, MICROS_PER_SECOND}};
  enum { UNITS = sizeof order / sizeof *order };
  size_t units = 0;
  int64_t unit = 0;
  for (uint32_t i = 0; i < pattern->steps; i++) {
    const struct time_step *step = &pattern->step[i];
    if (step->kind == STEP_LITERAL)
      continue;
    if (units == UNITS && step->kind == STEP_FRACTION) {
      for (unsigned digit = 0; digit < step->max && unit > 1; digit++)
        unit /= 10;
    } else if (units < UNITS && step->kind == STEP_NUMBER && step->field == order[units].field &&
               step->min >= (units == 0 ? 4 : 2)) {
      unit = order[units].unit;
    } else {
      return 0;
    }
    units++;
  }
  return unit;
}

size_t time_pattern_room(const struct time_pattern *pattern)
{
  return pattern->room;
}
