/* SPDX-License-Identifier: Apache-2.0 */
/* time_fixed.h - "yyyy-MM-dd HH:mm:ss" and "HH:mm:ss" at their fixed places, eight bytes at a time.
 *
 * For years 0000 (March) to 9999; whoever calls has another way for all other texts and times.
 * The five bytes between the numbers are the caller's.
 */
#ifndef RETRIAL_TEXT_TIME_FIXED_H
#define RETRIAL_TEXT_TIME_FIXED_H

#include <string.h>

#include "text/civil.h"
#include "text/two_digits.h"

enum { FIXED_DATE_TIME = 19 }; /* bytes */

/* Eight bytes, the first one lowest. */
static inline uint64_t fixed_load(const char *p)
{
  uint64_t word;
  memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/* Turns digits into their numbers and separators into 0, where `text` has '0' and the separator.
 * False if a byte is not as it should be: `above` lifts those to their highest bit, which is 0x80
 * less 10 for a digit and 0x80 less 1 for a separator. */
static inline bool fixed_match(uint64_t *word, uint64_t text, uint64_t above)
{
  *word ^= text;
  return (((*word + above) | *word) & 0x8080808080808080) == 0;
}

/* In the byte of every first digit, the number that it makes with the next one. */
static inline uint64_t fixed_pairs(uint64_t digits)
{
  return digits * 10 + (digits >> 8);
}

#define FIXED_CLOCK_TEXT UINT64_C(0x3030003030003030) /* "00:00:00", lowest byte first */
#define FIXED_CLOCK_ABOVE UINT64_C(0x76767f76767f7676)
#define FIXED_DATE_TEXT UINT64_C(0x0030300030303030) /* "0000-00-" */
#define FIXED_DATE_ABOVE UINT64_C(0x7f76767f76767676)

static inline bool fixed_parse_clock(const char *p, char first, char second, int64_t *of_day)
{
  uint64_t text = FIXED_CLOCK_TEXT | (uint64_t)(unsigned char)first << 16 |
                  (uint64_t)(unsigned char)second << 40;
  uint64_t word = fixed_load(p);
  bool good = fixed_match(&word, text, FIXED_CLOCK_ABOVE);
  uint64_t two = fixed_pairs(word);
  uint32_t hour = two & 0xff, minute = two >> 24 & 0xff, next = two >> 48 & 0xff;
  *of_day = (int64_t)(hour * 3600 + minute * 60 + next) * MICROS_PER_SECOND;
  return good & (hour < 24) & (minute < 60) & (next < 60);
}

static inline bool fixed_parse_date_time(const char *p, const char *separator, int64_t *micros)
{
  static const uint8_t most_days[13] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  uint64_t text = FIXED_DATE_TEXT | (uint64_t)(unsigned char)separator[0] << 32 |
                  (uint64_t)(unsigned char)separator[1] << 56;
  uint64_t word = fixed_load(p);
  int64_t of_day;
  bool good = fixed_match(&word, text, FIXED_DATE_ABOVE);
  good &= fixed_parse_clock(p + 11, separator[3], separator[4], &of_day);
  uint64_t two = fixed_pairs(word);
  uint32_t century = two & 0xff, year = two >> 16 & 0xff, month = two >> 40 & 0xff;
  uint32_t tens = (unsigned char)(p[8] - '0'), ones = (unsigned char)(p[9] - '0');
  uint32_t day = tens * 10 + ones;
  good &= (tens <= 9) & (ones <= 9) & (p[10] == separator[2]) & (month <= 12) & (day >= 1);
  bool is_leap = (year != 0 ? year : century) % 4 == 0;
  if (!good || day > most_days[month] || (month == 2 && day == 29 && !is_leap))
    return false;
  /* An era more, and off again: January 0 lies before March 0. */
  uint32_t days = civil_to_march(400 + century * 100 + year, month, day);
  *micros = ((int64_t)days - 146097 - CIVIL_MARCH) * MICROS_PER_DAY + of_day;
  return true;
}

static inline void fixed_put_clock(char *out, uint32_t seconds, char first, char second)
{
  uint32_t minutes = seconds / 60, hours = seconds / 3600;
  memcpy(out, digit_pairs + 2 * hours, 2);
  out[2] = first;
  memcpy(out + 3, digit_pairs + 2 * (minutes - hours * 60), 2);
  out[5] = second;
  memcpy(out + 6, digit_pairs + 2 * (seconds - minutes * 60), 2);
}

static inline void fixed_put_date(char *out, struct civil_date date, char first, char second)
{
  uint32_t century = (uint32_t)date.year / 100;
  put_two(put_two(out, century), (uint32_t)date.year - century * 100);
  out[4] = first;
  put_two(out + 5, (unsigned)date.month);
  out[7] = second;
  put_two(out + 8, (unsigned)date.day);
}

/* 0000-03-01 and 10000-01-01 in microseconds: between them all numbers are small and positive. */
#define FIXED_FROM (-CIVIL_MARCH * MICROS_PER_DAY)
#define FIXED_SPAN ((uint64_t)(2932897 + CIVIL_MARCH) * MICROS_PER_DAY)

/* Days from 0000-03-01 and seconds of the day; false if the year has not four digits. */
static inline bool fixed_split(int64_t micros, int64_t zone_offset_us, uint32_t *march,
                               uint32_t *seconds)
{
  uint64_t local = (uint64_t)micros + (uint64_t)zone_offset_us - (uint64_t)FIXED_FROM;
  *march = (uint32_t)(local / MICROS_PER_DAY);
  *seconds = (uint32_t)(local / MICROS_PER_SECOND - (uint64_t)*march * (24 * 3600));
  return local < FIXED_SPAN;
}

static inline void fixed_put_date_time(char *out, uint32_t march, uint32_t seconds,
                                       const char *separator)
{
  fixed_put_clock(out + 11, seconds, separator[3], separator[4]);
  fixed_put_date(out, civil_from_march(march), separator[0], separator[1]);
  out[10] = separator[2];
}

#endif
