/* SPDX-License-Identifier: Apache-2.0 */
/* The parsers of Spark 2, as far as it takes to know whether they would have read a text. Both
 * read as much of the text as they need and leave the rest ("10:00:0x" is 10:00:00 to them). */
#include <string.h>

#include "base/ascii.h"
#include "text/civil.h"
#include "text/names.h"
#include "text/time_pattern_steps.h"

struct legacy {
  enum legacy_parser parser;
  struct slice pattern, text;
  size_t pattern_at, at;
  int64_t year, month, day, day_of_year; /* 0: not read (no calendar has them) */
  int64_t hour, half_hour, half; /* of the day; of its half; 1 AM, 2 PM; below 0: not read */
  uint64_t wrong;                /* a bit for each letter whose value is out of range */
};

static bool is_numeric(char letter, size_t letters)
{
  return letter == 'M' || letter == 'L' ? letters <= 2 : strchr("ydHkKhmsSDFu", letter) != NULL;
}

static size_t run_length(struct slice s, size_t at)
{
  size_t n = 1;
  while (at + n < s.n && s.p[at + n] == s.p[at])
    n++;
  return n;
}

static bool is_blank(char c)
{
  return c == ' ' || c == '\t';
}

/* As many digits as there are; or, if the next field is a number too, as there are letters. */
static bool read_digits(struct legacy *l, size_t letters, int64_t *value)
{
  bool is_simple = l->parser == LEGACY_SIMPLE;
  size_t next = l->pattern_at + letters, end = l->text.n;
  bool is_bounded = next < l->pattern.n && ascii_is_letter(l->pattern.p[next]) &&
                    is_numeric(l->pattern.p[next], run_length(l->pattern, next));
  if (is_bounded && l->text.n - l->at > letters)
    end = l->at + letters;
  else if (is_bounded && is_simple && l->text.n - l->at < letters)
    return false;
  while ((is_simple || !is_bounded) && l->at < end && is_blank(l->text.p[l->at]))
    l->at++;
  bool negative = is_simple && l->at < end && l->text.p[l->at] == '-';
  l->at += negative;
  size_t start = l->at;
  *value = 0;
  for (; l->at < end && ascii_is_digit(l->text.p[l->at]); l->at++)
    if (*value <= INT32_MAX)
      *value = *value * 10 + (l->text.p[l->at] - '0');
  if (negative)
    *value = -*value;
  return l->at > start && *value <= INT32_MAX;
}

/* The limits of java.util.GregorianCalendar when it is not lenient. */
static void check(struct legacy *l, char letter, int64_t value, int64_t low, int64_t high)
{
  uint64_t bit =
      UINT64_C(1) << (letter - 'A'); /* of a field that is read twice the last one counts */
  l->wrong = value >= low && value <= high ? l->wrong & ~bit : l->wrong | bit;
}

static bool read_number(struct legacy *l, char letter, size_t letters)
{
  int64_t value;
  size_t start = l->at;
  if (!read_digits(l, letters, &value))
    return false;
  switch (letter) {
  case 'y':
    l->year = letters <= 2 && l->at - start == 2 && value >= 0 ? 2000 + value : value;
    check(l, letter, l->year, 1, 292278994);
    break;
  case 'M':
  case 'L':
    l->month = value;
    check(l, letter, value, 1, 12);
    break;
  case 'd':
    l->day = value;
    check(l, letter, value, 1, 31);
    break;
  case 'D':
    l->day_of_year = value;
    check(l, letter, value, 1, 366);
    break;
  case 'H':
    l->hour = value;
    check(l, letter, value, 0, 23);
    break;
  case 'k':
    l->hour = value % 24;
    check(l, letter, value, 1, 24);
    break;
  case 'K':
    l->half_hour = value;
    check(l, letter, value, 0, 11);
    break;
  case 'h':
    l->half_hour = value % 12;
    check(l, letter, value, 1, 12);
    break;
  case 'S':
    check(l, letter, value, 0, 999);
    break;
  default:
    check(l, letter, value, 0, 59);
    break;
  }
  return true;
}

static int find_name(const struct legacy *l, const struct slice *name, int names)
{
  int found = -1;
  for (int i = 0; i < names; i++) {
    struct slice start = {l->text.p + l->at, name[i].n};
    if (l->text.n - l->at >= name[i].n && slice_equal_nocase(start, name[i]) &&
        (found < 0 || name[i].n > name[found].n))
      found = i;
  }
  return found;
}

static bool read_name(struct legacy *l, const struct slice *full, const struct slice *brief,
                      int names, int64_t *value)
{
  const struct slice *name = full;
  int found = find_name(l, name, names);
  if (found < 0)
    found = find_name(l, name = brief, names);
  if (found < 0)
    return false;
  l->at += name[found].n;
  *value = found + 1;
  return true;
}

/* "Z", "GMT", "UTC", and "+02:00", "+0200", "GMT+2" in part; names of regions are not known. */
static bool read_zone(struct legacy *l)
{
  static const struct slice utc[3] = {{"GMT", 3}, {"UTC", 3}, {"Z", 1}};
  int found = find_name(l, utc, 3);
  if (found >= 0)
    l->at += utc[found].n;
  if (l->at == l->text.n || (l->text.p[l->at] != '+' && l->text.p[l->at] != '-'))
    return found >= 0;
  l->at++;
  size_t start = l->at;
  while (l->at < l->text.n && (ascii_is_digit(l->text.p[l->at]) || l->text.p[l->at] == ':'))
    l->at++;
  return l->at > start;
}

static bool read_field(struct legacy *l, char letter, size_t letters)
{
  static const struct slice half_day_narrow[2] = {{"A", 1}, {"P", 1}};
  static const struct slice era_narrow[2] = {{"B", 1}, {"A", 1}};
  bool is_fast = l->parser == LEGACY_FAST;
  int64_t value;
  if (is_numeric(letter, letters))
    return read_number(l, letter, letters);
  switch (letter) {
  case 'M':
  case 'L':
    return read_name(l, month_full, month_short, 12, &l->month);
  case 'E':
    return read_name(l, weekday_full, weekday_short, 7, &value);
  case 'a':
    return read_name(l, half_day, is_fast ? half_day_narrow : half_day, 2, &l->half);
  case 'G':
    return read_name(l, era_full, is_fast ? era_narrow : era_short, 2, &value);
  case 'z':
  case 'Z':
  case 'X':
    return read_zone(l);
  default: /* not a letter of theirs, or a week's */
    return false;
  }
}

static bool read_literal(struct legacy *l, char c)
{
  if (l->at == l->text.n || l->text.p[l->at] != c)
    return false;
  l->at++;
  return true;
}

/* Their calendar is Julian up to 1582-10-04, which 1582-10-15 follows. */
static bool is_leap(int64_t year)
{
  return year <= 1582 ? year % 4 == 0 : civil_is_leap(year);
}

static int day_of_year(int64_t year, int64_t month, int64_t day)
{
  int64_t like = is_leap(year) ? 2000 : 2001; /* a year with the same months */
  return civil_day_of_year(civil_to_days(like, (int)month, (int)day));
}

/* A calendar that is not lenient wants a day that there is, and fields that agree. */
static bool is_real_date(const struct legacy *l)
{
  int64_t year = l->year != 0 ? l->year : 1970, month = l->month != 0 ? l->month : 1;
  int64_t day = l->day != 0 ? l->day : 1,
          last = civil_month_length(is_leap(year) ? 2000 : 2001, (int)month);
  if (day > last || (year == 1582 && month == 10 && day > 4 && day < 15))
    return false;
  if (l->day_of_year == 0 || (l->month == 0 && l->day == 0))
    return l->day_of_year <= 365 + is_leap(year);
  return l->day_of_year >= day_of_year(year, month, day) &&
         l->day_of_year <= day_of_year(year, month, l->day != 0 ? day : last);
}

static bool is_real_hour(const struct legacy *l)
{
  if (l->hour < 0)
    return true;
  return (l->half_hour < 0 || l->half_hour == l->hour % 12) &&
         (l->half < 0 || l->half == l->hour / 12 + 1);
}

bool time_pattern_legacy_takes(const struct time_pattern *pattern, struct slice text,
                               enum legacy_parser parser)
{
  struct legacy l = {.parser = parser,
                     .pattern = pattern->text,
                     .text = text,

                     .hour = -1,
                     .half_hour = -1,
                     .half = -1};
  bool quoted = false;
  while (l.pattern_at < l.pattern.n) {
    char c = l.pattern.p[l.pattern_at];
    size_t run = 1;
    if (c == '\'' && l.pattern_at + 1 < l.pattern.n && l.pattern.p[l.pattern_at + 1] == '\'') {
      run = 2;
      if (!read_literal(&l, '\''))
        return false;
    } else if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && ascii_is_letter(c)) {
      run = run_length(l.pattern, l.pattern_at);
      if (!read_field(&l, c, run))
        return false;
    } else if (!read_literal(&l, c)) { /* brackets too: they mean nothing to these parsers */
      return false;
    }
    l.pattern_at += run;
  }
  return parser == LEGACY_FAST || (l.wrong == 0 && is_real_date(&l) && is_real_hour(&l));
}
