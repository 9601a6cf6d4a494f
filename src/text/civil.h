/* SPDX-License-Identifier: Apache-2.0 */
/* civil.h - the proleptic Gregorian calendar: days and microseconds since 1970-01-01.
 *
 * Everything is integer arithmetic on int64_t and exact for the whole range of microseconds
 * (years -290308 to 294247), before 1970 as after. Local time is UTC plus an offset that the
 * caller adds; no function here knows a time zone.
 */
#ifndef RETRIAL_TEXT_CIVIL_H
#define RETRIAL_TEXT_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#define MICROS_PER_MILLI INT64_C(1000)
#define MICROS_PER_SECOND INT64_C(1000000)
#define MICROS_PER_MINUTE (60 * MICROS_PER_SECOND)
#define MICROS_PER_HOUR (60 * MICROS_PER_MINUTE)
#define MICROS_PER_DAY (24 * MICROS_PER_HOUR)

struct civil_date {
  int32_t year;       /* 0 is 1 BC */
  int32_t month, day; /* from 1 */
};

struct civil_time {
  struct civil_date date;
  int32_t hour, minute, second; /* 0..23, 0..59, 0..59 */
  int32_t micros;               /* within the second, 0..999999 */
};

static inline int64_t floor_div(int64_t a, int64_t b)
{
  return a / b - (a % b < 0); /* b > 0 */
}

static inline int64_t floor_mod(int64_t a, int64_t b)
{
  int64_t r = a % b; /* b > 0 */
  return r < 0 ? r + b : r;
}

/* The day (since 1970-01-01) that holds the instant. */
static inline int64_t civil_day_of(int64_t micros)
{
  return floor_div(micros, MICROS_PER_DAY);
}

/* The microseconds since that day's midnight. */
static inline int64_t civil_of_day(int64_t micros)
{
  return floor_mod(micros, MICROS_PER_DAY);
}

/* Both conversions: Neri and Schneider, "Euclidean affine functions and their application to
 * calendar algorithms" (2022). Days count from 0000-03-01 there: a leap day is its year's last. */
enum { CIVIL_MARCH = 719468 }; /* days from 0000-03-01 to 1970-01-01 */

/* The date `n` days behind 0000-03-01; n < 2^30. */
static inline struct civil_date civil_from_march(uint32_t n)
{
  uint32_t n1 = 4 * n + 3;
  uint32_t century = n1 / 146097;
  uint32_t n2 = n1 % 146097 | 3;
  uint64_t p2 = UINT64_C(2939745) * n2;
  uint32_t year_of_century = (uint32_t)(p2 >> 32);
  uint32_t day_of_year = (uint32_t)p2 / 2939745 / 4;
  uint32_t n3 = 2141 * day_of_year + 197913;
  bool is_next_year = day_of_year >= 306; /* January and February */
  return (struct civil_date){
      .year = (int32_t)(100 * century + year_of_century) + is_next_year,
      .month = (int32_t)(n3 >> 16) - (is_next_year ? 12 : 0),
      .day = (int32_t)((n3 & 0xffff) / 2141) + 1,
  };
}

/* Days from 0000-03-01 to a later date; year < 2^20. */
static inline uint32_t civil_to_march(uint32_t year, uint32_t month, uint32_t day)
{
  uint32_t y = year - (month <= 2), m = month + (month <= 2 ? 12 : 0);
  uint32_t century = y / 100;
  return 1461 * y / 4 - century + century / 4 + (979 * m - 2919) / 32 + day - 1;
}

bool civil_is_leap(int64_t year);

/* 28..31; month is 1..12. */
int civil_month_length(int64_t year, int month);

/* Whether there is such a day. */
bool civil_is_date(int64_t year, int64_t month, int64_t day);

/* Days since 1970-01-01 of a day that there is; |year| up to 10^15. */
int64_t civil_to_days(int64_t year, int month, int day);

/* |days| up to 2^37, which is more than microseconds reach. */
struct civil_date civil_from_days(int64_t days);

struct civil_time civil_from_micros(int64_t micros);

/* Microseconds since 1970; false if they do not fit 64 bits. The fields are within their ranges. */
bool civil_to_micros(const struct civil_time *time, int64_t *micros);

/* The same from a day and microseconds behind its midnight, which may lie outside of the day. */
bool civil_join(int64_t days, int64_t of_day, int64_t *micros);

/* 1 Monday .. 7 Sunday. */
int civil_weekday(int64_t days);

/* 1..366. */
int civil_day_of_year(int64_t days);

/* ISO 8601 week, 1..53. */
int civil_iso_week(int64_t days);

/* The same day of the month `months` later (or earlier), or that month's last day if it has no
 * such day (java.time.LocalDate.plusMonths). */
int64_t civil_add_months(int64_t days, int64_t months);

/* The last day of the month that holds the day. */
int64_t civil_month_end(int64_t days);

#endif
