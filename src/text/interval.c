/* SPDX-License-Identifier: Apache-2.0 */
#include "text/interval.h"

#include "base/ascii.h"
#include "text/civil.h"

/* What one of a unit adds. */
struct unit {
  struct slice name;
  int32_t months, days;
  int64_t micros;
};

/* In the order in which Spark tries them: "m" has to become month before minute. */
static const struct unit units[] = {
    {{"year", 4}, 12, 0, 0},
    {{"month", 5}, 1, 0, 0},
    {{"week", 4}, 0, 7, 0},
    {{"day", 3}, 0, 1, 0},
    {{"hour", 4}, 0, 0, MICROS_PER_HOUR},
    {{"minute", 6}, 0, 0, MICROS_PER_MINUTE},
    {{"second", 6}, 0, 0, MICROS_PER_SECOND},
    {{"millisecond", 11}, 0, 0, MICROS_PER_MILLI},
    {{"microsecond", 11}, 0, 0, 1},
};

enum { UNITS = sizeof units / sizeof units[0] };

struct reader {
  struct slice text; /* without blanks at both ends */
  size_t at;
};

static bool is_blank(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

static void skip_blanks(struct reader *r)
{
  while (r->at < r->text.n && is_blank(r->text.p[r->at]))
    r->at++;
}

static bool refuse(const struct reader *r, struct error *err, const char *why)
{
  return error_set(err, ERR_SYNTAX, "'%.*s' is no interval: %s (write it like '1 hour 30 minutes')",
                   SLICE_PRINT(r->text), why);
}

/* A number: its whole part, and the microseconds that the fraction of a second makes. */
struct amount {
  int64_t whole, fraction;
  bool has_fraction;
};

enum { FRACTION_DIGITS = 9 };

static bool read_fraction(struct reader *r, bool has_whole, struct amount *out, struct error *err)
{
  size_t start = ++r->at;
  int64_t nanos = 0;
  for (; r->at < r->text.n && ascii_is_digit(r->text.p[r->at]); r->at++)
    if (r->at - start < FRACTION_DIGITS)
      nanos = nanos * 10 + (r->text.p[r->at] - '0');
  size_t digits = r->at - start;
  if (digits > FRACTION_DIGITS)
    return refuse(r, err, "a fraction has nine digits at most");
  if (digits == 0 && !has_whole)
    return refuse(r, err, "a point without digits");
  for (; digits < FRACTION_DIGITS; digits++)
    nanos *= 10;
  out->fraction = nanos / 1000;
  out->has_fraction = true;
  return true;
}

static bool read_amount(struct reader *r, struct amount *out, struct error *err)
{
  *out = (struct amount){0};
  char sign = r->text.p[r->at];
  if (sign == '-' || sign == '+') {
    r->at++;
    skip_blanks(r);
  }
  size_t start = r->at;
  for (; r->at < r->text.n && ascii_is_digit(r->text.p[r->at]); r->at++)
    if (__builtin_mul_overflow(out->whole, 10, &out->whole) ||
        __builtin_add_overflow(out->whole, r->text.p[r->at] - '0', &out->whole))
      return refuse(r, err, "the number is too large");
  bool has_whole = r->at > start;
  if (r->at < r->text.n && r->text.p[r->at] == '.') {
    if (!read_fraction(r, has_whole, out, err))
      return false;
  } else if (!has_whole) {
    return refuse(r, err, "a number was expected");
  }
  if (sign == '-')
    out->whole = -out->whole, out->fraction = -out->fraction;
  return true;
}

/* The word up to the next blank, and the unit that it names, NULL if it is none. */
static const struct unit *read_unit(struct reader *r, struct slice *word)
{
  size_t start = r->at;
  while (r->at < r->text.n && !is_blank(r->text.p[r->at]))
    r->at++;
  *word = (struct slice){r->text.p + start, r->at - start};
  struct slice singular = *word;
  if (singular.n > 0 && (singular.p[singular.n - 1] | 0x20) == 's')
    singular.n--;
  for (size_t i = 0; i < UNITS; i++)
    if (slice_equal_nocase(singular, units[i].name))
      return units + i;
  return NULL;
}

static bool add_small(int32_t *sum, int64_t count, int32_t each)
{
  int64_t product;
  return !__builtin_mul_overflow(count, each, &product) &&
         !__builtin_add_overflow(*sum, product, sum);
}

static bool add_amount(struct interval *out, const struct amount *amount, const struct unit *unit)
{
  int64_t micros;
  return add_small(&out->months, amount->whole, unit->months) &&
         add_small(&out->days, amount->whole, unit->days) &&
         !__builtin_mul_overflow(amount->whole, unit->micros, &micros) &&
         !__builtin_add_overflow(out->micros, micros, &out->micros) &&
         !__builtin_add_overflow(out->micros, amount->fraction, &out->micros);
}

static bool read_part(struct reader *r, struct interval *out, struct error *err)
{
  struct amount amount;
  struct slice word;
  if (!read_amount(r, &amount, err))
    return false;
  if (r->at == r->text.n)
    return refuse(r, err, "a unit has to follow the number");
  if (!is_blank(r->text.p[r->at]))
    return refuse(r, err, "a number has to end with a blank");
  skip_blanks(r);
  const struct unit *unit = read_unit(r, &word);
  if (unit == NULL)
    return error_set(err, ERR_SYNTAX,
                     "'%.*s' is no interval: '%.*s' is no unit (microseconds to years)",
                     SLICE_PRINT(r->text), SLICE_PRINT(word));
  if (amount.has_fraction && unit->micros != MICROS_PER_SECOND)
    return refuse(r, err, "only seconds can have a fraction");
  if (!add_amount(out, &amount, unit))
    return refuse(r, err, "it is too long");
  return true;
}

/* INTERVAL, in any case, may stand first. */
static void skip_prefix(struct reader *r)
{
  struct slice prefix = SLICE("interval");
  if (r->text.n > prefix.n && is_blank(r->text.p[prefix.n]) &&
      slice_equal_nocase((struct slice){r->text.p, prefix.n}, prefix))
    r->at = prefix.n;
}

bool interval_parse(struct slice text, struct interval *out, struct error *err)
{
  struct reader r = {.text = text};
  while (r.text.n > 0 && is_blank(r.text.p[0]))
    r.text.p++, r.text.n--;
  while (r.text.n > 0 && is_blank(r.text.p[r.text.n - 1]))
    r.text.n--;
  skip_prefix(&r);
  skip_blanks(&r);
  struct interval sum = {0};
  if (r.at == r.text.n)
    return refuse(&r, err, "it is empty");
  while (r.at < r.text.n) {
    if (!read_part(&r, &sum, err))
      return false;
    skip_blanks(&r);
  }
  *out = sum;
  return true;
}

bool interval_micros(const struct interval *interval, int64_t *micros, struct error *err)
{
  if (interval->months != 0)
    return error_set(err, ERR_RANGE, "months and years have no fixed length: give weeks or days");
  if (!civil_join(interval->days, interval->micros, micros))
    return error_set(err, ERR_RANGE, "the interval is too long");
  return true;
}
