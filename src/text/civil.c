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

/* Both conversions: Neri and Schneider, "Euclidean affine functions and their application to
 * calendar algorithms" (2022). Years begin in March there, so that the leap day is a year's last.
 * They work on unsigned numbers: ERAS eras are added first and taken off again. */
enum {
  ERAS = 82,
  SHIFT_YEARS = ERAS * YEARS_PER_ERA,
  SHIFT_DAYS = ERAS * DAYS_PER_ERA + 719468, /* 0000-03-01 to 1970-01-01 */
  NEAR_DAYS = 10 * 1000 * 1000,              /* what the shift covers, and 32 bits hold */
};

static struct civil_date from_near_days(int32_t days)
{
  uint32_t n1 = 4 * ((uint32_t)days + SHIFT_DAYS) + 3;
  uint32_t century = n1 / DAYS_PER_ERA;
  uint32_t n2 = n1 % DAYS_PER_ERA | 3;
  uint64_t p2 = UINT64_C(2939745) * n2;
  uint32_t year_of_century = (uint32_t)(p2 >> 32);
  uint32_t day_of_year = (uint32_t)p2 / 2939745 / 4;
  uint32_t n3 = 2141 * day_of_year + 197913;
  bool is_next_year = day_of_year >= 306; /* January and February */
  uint32_t month = n3 >> 16;
  return (struct civil_date){
      .year = (int32_t)(100 * century + year_of_century) - SHIFT_YEARS + is_next_year,
      .month = (int32_t)(is_next_year ? month - 12 : month),
      .day = (int32_t)((n3 & 0xffff) / 2141) + 1,
  };
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
  int64_t era = floor_div(year, YEARS_PER_ERA);
  uint32_t y = (uint32_t)(year - era * YEARS_PER_ERA) + YEARS_PER_ERA - (month <= 2);
  uint32_t m = (uint32_t)(month <= 2 ? month + 12 : month);
  uint32_t century = y / 100;
  uint32_t n = 1461 * y / 4 - century + century / 4 + (979 * m - 2919) / 32 + (uint32_t)day - 1;
  return (era - 1) * DAYS_PER_ERA + n - 719468;
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
