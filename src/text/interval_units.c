/* SPDX-License-Identifier: Apache-2.0 */
#include "text/interval_units.h"

#include <stdio.h>

#include "base/ascii.h"
#include "text/civil.h"

static const char *const names[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};

const char *interval_unit_name(enum interval_unit unit)
{
  return names[unit];
}

bool interval_unit_find(struct slice name, enum interval_unit *unit)
{
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_equal_nocase(name, slice_of(names[i]))) {
      *unit = (enum interval_unit)i;
      return true;
    }
  return false;
}

int64_t interval_unit_size(enum interval_unit unit)
{
  static const int64_t sizes[] = {
      12, 1, MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND};
  return sizes[unit];
}

/* How many of the unit before make one of this one, and what stands between them. */
static const unsigned wraps[] = {
    [INTERVAL_MONTH] = 12, [INTERVAL_HOUR] = 24, [INTERVAL_MINUTE] = 60, [INTERVAL_SECOND] = 60};
static const char between[] = {[INTERVAL_MONTH] = '-',
                               [INTERVAL_HOUR] = ' ',
                               [INTERVAL_MINUTE] = ':',
                               [INTERVAL_SECOND] = ':'};

/* The first unit of a time of day has two digits; months and days have as many as they need. */
static size_t print_unit(uint64_t value, enum interval_unit unit, char *out)
{
  return (size_t)snprintf(out, 24, unit >= INTERVAL_HOUR ? "%02llu" : "%llu",
                          (unsigned long long)value);
}

static size_t print_fraction(unsigned micros, char *out)
{
  if (micros == 0)
    return 0;
  size_t n = (size_t)snprintf(out, 24, ".%06u", micros);
  while (out[n - 1] == '0')
    n--;
  return n;
}

size_t interval_print(int64_t value, enum interval_unit first, enum interval_unit last,
                      char out[INTERVAL_TEXT_ROOM])
{
  uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
  size_t n = (size_t)snprintf(out, 24, "INTERVAL '%s", value < 0 ? "-" : "");
  for (unsigned unit = first; unit <= (unsigned)last; unit++) {
    uint64_t size = (uint64_t)interval_unit_size((enum interval_unit)unit);
    if (unit != (unsigned)first)
      out[n++] = between[unit];
    n += print_unit(rest / size, (enum interval_unit)unit, out + n);
    rest %= size;
  }
  if (last == INTERVAL_SECOND)
    n += print_fraction((unsigned)rest, out + n);
  n += (size_t)snprintf(out + n, 24, "' %s", names[first]);
  if (last != first)
    n += (size_t)snprintf(out + n, 24, " TO %s", names[last]);
  return n;
}

/* Digits of one unit: any number of them for the first one, else one or two. */
static bool read_unit(struct slice text, size_t *at, bool is_first, int64_t *value)
{
  size_t start = *at;
  *value = 0;
  for (; *at < text.n && ascii_is_digit(text.p[*at]); ++*at)
    if (__builtin_mul_overflow(*value, 10, value) ||
        __builtin_add_overflow(*value, text.p[*at] - '0', value))
      return false;
  return *at != start && (is_first || *at - start <= 2);
}

static bool read_fraction(struct slice text, size_t *at, int64_t *micros)
{
  enum { MOST_DIGITS = 9 };
  *micros = 0;
  if (*at == text.n || text.p[*at] != '.')
    return true;
  size_t digits = 0;
  for (++*at; *at < text.n && ascii_is_digit(text.p[*at]); ++*at, digits++)
    *micros = digits < 6 ? *micros * 10 + (text.p[*at] - '0') : *micros;
  for (size_t i = digits; i < 6; i++)
    *micros *= 10;
  return digits != 0 && digits <= MOST_DIGITS;
}

bool interval_parse_units(struct slice text, enum interval_unit first, enum interval_unit last,
                          int64_t *value)
{
  size_t at = 0;
  int64_t sum = 0, part, fraction = 0;
  bool minus = text.n != 0 && text.p[0] == '-';
  if (text.n != 0 && (minus || text.p[0] == '+'))
    at++;
  for (unsigned unit = first; unit <= (unsigned)last; unit++) {
    bool is_first = unit == (unsigned)first;
    if (!is_first && (at == text.n || text.p[at++] != between[unit]))
      return false;
    if (!read_unit(text, &at, is_first, &part) || (!is_first && part >= wraps[unit]))
      return false;
    if (__builtin_mul_overflow(part, interval_unit_size((enum interval_unit)unit), &part) ||
        __builtin_add_overflow(sum, part, &sum))
      return false;
  }
  if (last == INTERVAL_SECOND && !read_fraction(text, &at, &fraction))
    return false;
  if (at != text.n || __builtin_add_overflow(sum, fraction, &sum))
    return false;
  *value = minus ? -sum : sum;
  return last > INTERVAL_MONTH || sum <= INT32_MAX;
}
