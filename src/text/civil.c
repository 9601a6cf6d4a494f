/* SPDX-License-Identifier: Apache-2.0 */
#include "text/civil.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400 };

bool civil_is_leap(int64_t year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % YEARS_PER_ERA == 0);
}

int civil_month_length(int64_t year, int month)
{
  static const uint8_t length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return length[month - 1] + (month == 2 && civil_is_leap(year));
}

bool civil_is_date(int64_t year, int64_t month, int64_t day)
{
  return month >= 1 && month <= 12 && day >= 1 && day <= civil_month_length(year, (int)month);
}

/* What 32 bits hold, 82 eras added to make it positive. */
enum { ERAS = 82, NEAR_DAYS = 10 * 1000 * 1000 };

static struct civil_date from_near_days(int32_t days)
{
  struct civil_date date = civil_from_march((uint32_t)days + CIVIL_MARCH + ERAS * DAYS_PER_ERA);
  date.year -= ERAS * YEARS_PER_ERA;
  return date;
}

struct civil_date civil_from_days(int64_t days)
{
  if (days >= -NEAR_DAYS && days <= NEAR_DAYS)
    return from_near_days((int32_t)days);
  struct civil_date date = from_near_days((int32_t)floor_mod(days, DAYS_PER_ERA));
  date.year += (int32_t)(floor_div(days, DAYS_PER_ERA) * YEARS_PER_ERA);
  return date;
}

int64_t civil_to_days(int64_t year, int month, int day)
{
  int64_t era = floor_div(year, YEARS_PER_ERA) - 1; /* one more: January 0 lies before March 0 */
  uint32_t year_of_era = (uint32_t)(year - era * YEARS_PER_ERA);
  return era * DAYS_PER_ERA + civil_to_march(year_of_era, (uint32_t)month, (uint32_t)day) -
         CIVIL_MARCH;
}

struct civil_time civil_from_micros(int64_t micros)
{
  int64_t days = civil_day_of(micros);
  int64_t of_day = civil_of_day(micros);
  uint32_t seconds = (uint32_t)(of_day / MICROS_PER_SECOND);
  return (struct civil_time){
      .date = civil_from_days(days),
      .hour = (int32_t)(seconds / 3600),
      .minute = (int32_t)(seconds / 60 % 60),
      .second = (int32_t)(seconds % 60),
      .micros = (int32_t)(of_day % MICROS_PER_SECOND),
  };
}

bool civil_to_micros(const struct civil_time *time, int64_t *micros)
{
  int64_t days = civil_to_days(time->date.year, time->date.month, time->date.day);
  int64_t of_day = time->hour * MICROS_PER_HOUR + time->minute * MICROS_PER_MINUTE +
                   time->second * MICROS_PER_SECOND + time->micros;
  return civil_join(days, of_day, micros);
}

bool civil_join(int64_t days, int64_t of_day, int64_t *micros)
{
  __int128 wide = (__int128)days * MICROS_PER_DAY + of_day;
  *micros = (int64_t)wide;
  return *micros == wide;
}

int civil_weekday(int64_t days)
{
  return (int)floor_mod(days + 3, 7) + 1; /* 1970-01-01 was a Thursday */
}

int civil_day_of_year(int64_t days)
{
  return (int)(days - civil_to_days(civil_from_days(days).year, 1, 1)) + 1;
}

int civil_iso_week(int64_t days)
{
  /* A week belongs to the year that its Thursday is in. */
  int64_t thursday = days - civil_weekday(days) + 4;
  return (civil_day_of_year(thursday) - 1) / 7 + 1;
}

int64_t civil_add_months(int64_t days, int64_t months)
{
  struct civil_date date = civil_from_days(days);
  int64_t month = (int64_t)date.year * 12 + (date.month - 1) + months;
  int64_t year = floor_div(month, 12);
  int month_of_year = (int)floor_mod(month, 12) + 1;
  int last = civil_month_length(year, month_of_year);
  return civil_to_days(year, month_of_year, date.day < last ? date.day : last);
}

int64_t civil_month_end(int64_t days)
{
  struct civil_date date = civil_from_days(days);
  return days - date.day + civil_month_length(date.year, date.month);
}
