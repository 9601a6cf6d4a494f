/* SPDX-License-Identifier: Apache-2.0 */
#include "text/time_text.h"

#include "base/ascii.h"
#include "text/civil.h"
#include "text/time_fixed.h"
#include "text/two_digits.h"

/* A text that is read from front to back. */
struct reader {
  const char *p, *end;
};

/* UTF8String.isWhitespaceOrISOControl() of one byte. */
static bool is_blank(char c)
{
  return (unsigned char)c <= ' ' || c == 0x7f;
}

static struct reader reader_of(struct slice text)
{
  struct reader r = {text.p, text.p};
  if (text.n != 0) /* p may be NULL if not */
    r.end += text.n;
  return r;
}

static struct reader trimmed(struct slice text)
{
  struct reader r = reader_of(text);
  while (r.p < r.end && is_blank(*r.p))
    r.p++;
  while (r.p < r.end && is_blank(r.end[-1]))
    r.end--;
  return r;
}

static bool at(const struct reader *r, char c)
{
  return r->p < r->end && *r->p == c;
}

static bool skip(struct reader *r, char c)
{
  if (!at(r, c))
    return false;
  r->p++;
  return true;
}

/* low .. high digits, and no more behind them. */
static bool read_digits(struct reader *r, int low, int high, int64_t *value)
{
  const char *start = r->p;
  int64_t number = 0;
  for (; r->p < r->end && ascii_is_digit(*r->p) && r->p - start <= high; r->p++)
    number = number * 10 + (*r->p - '0');
  *value = number;
  return r->p - start >= low && r->p - start <= high;
}

/* A fraction of any length, none included; what is below a microsecond is cut. */
static int64_t read_fraction(struct reader *r)
{
  int64_t micros = 0;
  int digits = 0;
  for (; r->p < r->end && ascii_is_digit(*r->p); r->p++, digits++)
    if (digits < 6)
      micros = micros * 10 + (*r->p - '0');
  for (; digits < 6; digits++)
    micros *= 10;
  return micros;
}

struct day {
  int64_t year, month, day;
  int parts; /* 1 .. 3 of them were there */
};

/* [+-]yyyy[-[m]m[-[d]d]] */
static bool read_day(struct reader *r, int most_year_digits, struct day *out)
{
  bool negative = at(r, '-');
  if (negative || at(r, '+'))
    r->p++;
  *out = (struct day){.month = 1, .day = 1, .parts = 1};
  if (!read_digits(r, 4, most_year_digits, &out->year))
    return false;
  if (negative)
    out->year = -out->year;
  if (!skip(r, '-'))
    return true;
  out->parts = 2;
  if (!read_digits(r, 1, 2, &out->month))
    return false;
  if (!skip(r, '-'))
    return true;
  out->parts = 3;
  return read_digits(r, 1, 2, &out->day);
}

/* The parts of an offset behind its sign: h, hh, h:mm, hh:m, hh:mm, hhmm, hh:mm:ss, hhmmss. */
static bool read_offset_size(struct reader *r, int64_t *seconds)
{
  int64_t part[3] = {0};
  const char *start = r->p;
  if (!read_digits(r, 1, 6, &part[0]))
    return false;
  int64_t digits = r->p - start;
  if (digits > 2) {
    if (digits % 2 != 0)
      return false;
    part[2] = digits == 6 ? part[0] % 100 : 0;
    part[1] = digits == 6 ? part[0] / 100 % 100 : part[0] % 100;
    part[0] /= digits == 6 ? 10000 : 100;
  } else if (skip(r, ':')) {
    /* Spark lets one digit stand for the minutes if nothing follows, java.time does not. */
    start = r->p;
    if (!read_digits(r, 1, 2, &part[1]) || (r->p - start == 1 && r->p != r->end))
      return false;
    if (skip(r, ':') && !read_digits(r, 2, 2, &part[2]))
      return false;
  }
  *seconds = part[0] * 3600 + part[1] * 60 + part[2];
  return r->p == r->end && part[1] <= 59 && part[2] <= 59;
}

enum zone_result { ZONE_GOOD, ZONE_UNKNOWN, ZONE_TOO_FAR };

/* ZoneOffset.MAX */
enum { MOST_OFFSET_SECONDS = 18 * 3600 };

/* SparkDateTimeUtils.getZoneId() without the regions. */
static enum zone_result read_zone(struct slice text, int64_t *offset_us)
{
  static const struct slice utc[] = {{"Z", 1}, {"UTC", 3}, {"GMT", 3}, {"UT", 2}, {"Etc/UTC", 7}};
  *offset_us = 0;
  for (size_t i = 0; i < sizeof utc / sizeof utc[0]; i++)
    if (slice_equal(text, utc[i]))
      return ZONE_GOOD;
  struct reader r = reader_of(text);
  for (size_t i = 1; i <= 3; i++) /* UTC+1, GMT+1, UT+1 */
    if (text.n > utc[i].n && memcmp(text.p, utc[i].p, utc[i].n) == 0 &&
        (text.p[utc[i].n] == '+' || text.p[utc[i].n] == '-')) {
      r.p += utc[i].n;
      break;
    }
  bool negative = at(&r, '-');
  int64_t seconds;
  if ((!negative && !at(&r, '+')) || (r.p++, !read_offset_size(&r, &seconds)))
    return ZONE_UNKNOWN;
  if (seconds > MOST_OFFSET_SECONDS)
    return ZONE_TOO_FAR;
  *offset_us = (negative ? -seconds : seconds) * MICROS_PER_SECOND;
  return ZONE_GOOD;
}

/* The rest of the text as a zone, blanks around it. */
static bool read_last_zone(struct reader *r, int64_t *zone_offset_us)
{
  struct reader zone = trimmed((struct slice){r->p, (size_t)(r->end - r->p)});
  r->p = r->end;
  return read_zone((struct slice){zone.p, (size_t)(zone.end - zone.p)}, zone_offset_us) ==
         ZONE_GOOD;
}

/* hh[:mm[:ss[.fraction][zone]]], each number of one or two digits. */
static bool read_time(struct reader *r, int64_t *of_day, int64_t *zone_offset_us)
{
  int64_t part[3] = {0}, fraction = 0; /* hour, minute, second */
  int parts = 0;
  do {
    if (!read_digits(r, 1, 2, &part[parts++]))
      return false;
  } while (parts < 3 && skip(r, ':'));
  if (parts == 3 && skip(r, '.'))
    fraction = read_fraction(r);
  if (parts == 3 && r->p < r->end && !read_last_zone(r, zone_offset_us))
    return false;
  *of_day = part[0] * MICROS_PER_HOUR + part[1] * MICROS_PER_MINUTE + part[2] * MICROS_PER_SECOND +
            fraction;
  return r->p == r->end && part[0] <= 23 && part[1] <= 59 && part[2] <= 59;
}

/* A time without a day: T first, or a colon behind the first digits. */
static bool is_bare_time(struct reader r)
{
  while (r.p < r.end && ascii_is_digit(*r.p))
    r.p++;
  return at(&r, 'T') || at(&r, ':');
}

/* The usual text, without fraction and zone. */
static bool parse_usual(struct slice text, int64_t zone_offset_us, int64_t *micros)
{
  char separator[5] = "-- ::";
  int64_t local;
  if (text.n != FIXED_DATE_TIME)
    return false;
  separator[2] = text.p[10] == 'T' ? 'T' : ' ';
  bool good = fixed_parse_date_time(text.p, separator, &local);
  if (good)
    *micros = local - zone_offset_us;
  return good;
}

bool timestamp_parse(struct slice text, int64_t zone_offset_us, int32_t today, int64_t *micros)
{
  if (parse_usual(text, zone_offset_us, micros))
    return true;
  struct reader r = trimmed(text);
  int64_t of_day = 0;
  if (is_bare_time(r)) {
    (void)skip(&r, 'T');
    return read_time(&r, &of_day, &zone_offset_us) && today != TODAY_UNKNOWN &&
           civil_join(today, of_day - zone_offset_us, micros);
  }
  struct day day;
  if (!read_day(&r, 6, &day) || !civil_is_date(day.year, day.month, day.day))
    return false;
  if (r.p < r.end) {
    if (day.parts < 3 || (!skip(&r, ' ') && !skip(&r, 'T')) ||
        !read_time(&r, &of_day, &zone_offset_us))
      return false;
  }
  int64_t days = civil_to_days(day.year, (int)day.month, (int)day.day);
  return civil_join(days, of_day - zone_offset_us, micros);
}

bool date_parse(struct slice text, int32_t *days)
{
  struct reader r = trimmed(text);
  struct day day;
  if (!read_day(&r, 7, &day) || !civil_is_date(day.year, day.month, day.day))
    return false;
  if (r.p < r.end && (day.parts < 3 || (*r.p != ' ' && *r.p != 'T')))
    return false;
  int64_t wide = civil_to_days(day.year, (int)day.month, (int)day.day);
  *days = (int32_t)wide;
  return *days == wide;
}

/* yyyy-MM-dd; years below 0 and above 9999 with their sign. */
static char *put_date(char *out, struct civil_date date)
{
  uint32_t year = (uint32_t)(date.year < 0 ? -(int64_t)date.year : date.year);
  if (date.year < 0 || date.year > 9999)
    *out++ = date.year < 0 ? '-' : '+';
  char high[8];
  int n = 0;
  for (uint32_t rest = year / 10000; rest != 0; rest /= 10)
    high[n++] = (char)('0' + rest % 10);
  while (n > 0)
    *out++ = high[--n];
  out = put_two(put_two(out, year % 10000 / 100), year % 100);
  *out++ = '-';
  out = put_two(out, (unsigned)date.month);
  *out++ = '-';
  return put_two(out, (unsigned)date.day);
}

/* The local day and time of an instant, also where the local time has no microseconds in range. */
static char *put_seconds(char *out, int64_t micros, int64_t zone_offset_us, char between,
                         int64_t *fraction)
{
  const char separator[5] = {'-', '-', between, ':', ':'};
  uint32_t march, seconds;
  *fraction = floor_mod(micros, MICROS_PER_SECOND); /* offsets are whole seconds */
  if (fixed_split(micros, zone_offset_us, &march, &seconds)) {
    fixed_put_date_time(out, march, seconds, separator);
    return out + FIXED_DATE_TIME;
  }
  int64_t of_day = civil_of_day(micros) + zone_offset_us;
  int64_t days = civil_day_of(micros) + civil_day_of(of_day);
  out = put_date(out, civil_from_days(days));
  *out = between;
  fixed_put_clock(out + 1, (uint32_t)(civil_of_day(of_day) / MICROS_PER_SECOND), ':', ':');
  return out + strlen(" HH:mm:ss");
}

static char *put_fraction(char *out, int64_t micros, int digits)
{
  *out++ = '.';
  for (int64_t unit = MICROS_PER_SECOND / 10; digits > 0; digits--, unit /= 10)
    *out++ = (char)('0' + micros / unit % 10);
  return out;
}

size_t timestamp_print(int64_t micros, int64_t zone_offset_us, char out[TIME_TEXT_ROOM])
{
  int64_t fraction;
  char *end = put_seconds(out, micros, zone_offset_us, ' ', &fraction);
  if (fraction != 0) {
    end = put_fraction(end, fraction, 6);
    while (end[-1] == '0')
      end--;
  }
  return (size_t)(end - out);
}

size_t timestamp_print_iso(int64_t micros, int64_t zone_offset_us, char out[TIME_TEXT_ROOM])
{
  int64_t fraction;
  char *end = put_seconds(out, micros, zone_offset_us, 'T', &fraction);
  end = put_fraction(end, fraction, 3);
  /* XXX: hours and minutes; less than a minute is UTC to it */
  int64_t minutes = zone_offset_us / MICROS_PER_MINUTE;
  if (minutes == 0) {
    *end++ = 'Z';
    return (size_t)(end - out);
  }
  *end++ = minutes < 0 ? '-' : '+';
  unsigned size = (unsigned)(minutes < 0 ? -minutes : minutes);
  end = put_two(end, size / 60);
  *end++ = ':';
  return (size_t)(put_two(end, size % 60) - out);
}

size_t date_print(int32_t days, char out[TIME_TEXT_ROOM])
{
  return (size_t)(put_date(out, civil_from_days(days)) - out);
}

bool zone_offset_parse(struct slice text, int64_t *offset_us, struct error *err)
{
  switch (read_zone(text, offset_us)) {
  case ZONE_GOOD:
    return true;
  case ZONE_TOO_FAR:
    return error_set(err, ERR_RANGE, "time zone '%.*s' is more than 18 hours off",
                     SLICE_PRINT(text));
  default:
    return error_set(err, ERR_UNSUPPORTED,
                     "time zone '%.*s' is not known: give UTC or an offset such as +05:30",
                     SLICE_PRINT(text));
  }
}
