/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ascii.h"
#include "base/nanoseconds.h"
#include "base/suggest.h"
#include "text/interval.h"

struct unit {
  struct slice name;
  int64_t ns;
};

static const struct unit units[] = {
    {{"ns", 2}, 1},
    {{"us", 2}, NS_PER_US},
    {{"ms", 2}, NS_PER_MS},
    {{"s", 1}, NS_PER_SECOND},
    {{"min", 3}, 60 * NS_PER_SECOND},
    {{"h", 1}, 3600 * NS_PER_SECOND},
    {{"d", 1}, 86400 * NS_PER_SECOND},
    {{"microsecond", 11}, NS_PER_US},
    {{"millisecond", 11}, NS_PER_MS},
    {{"second", 6}, NS_PER_SECOND},
    {{"minute", 6}, 60 * NS_PER_SECOND},
    {{"hour", 4}, 3600 * NS_PER_SECOND},
    {{"day", 3}, 86400 * NS_PER_SECOND},
};

enum { UNITS = sizeof units / sizeof units[0] };

static const struct unit *find_unit(struct slice name)
{
  struct slice singular = name;
  if (singular.n > 3 && singular.p[singular.n - 1] == 's') /* only the words have a plural */
    singular.n--;
  for (size_t i = 0; i < UNITS; i++)
    if (slice_equal(name, units[i].name) ||
        (singular.n > 2 && slice_equal(singular, units[i].name)))
      return units + i;
  return NULL;
}

static bool refuse_unit(struct slice text, struct slice unit, struct error *err)
{
  struct slice names[UNITS];
  char hint[64];
  for (size_t i = 0; i < UNITS; i++)
    names[i] = units[i].name;
  if (unit.n == 0)
    return error_set(err, ERR_SYNTAX, "'%.*s' is no duration: a unit has to follow (ms, s, min, h)",
                     SLICE_PRINT(text));
  return error_set(err, ERR_SYNTAX, "'%.*s' is no duration: unknown unit '%.*s'%s",
                   SLICE_PRINT(text), SLICE_PRINT(unit),
                   suggest_hint(unit, names, UNITS, hint, sizeof hint));
}

enum { FRACTION_DIGITS = 9 };

/* A number with at most nine digits behind the point, times 10^9. */
static bool read_number(struct slice *rest, __int128 *billionths)
{
  size_t i = 0, digits = 0, behind = 0;
  bool point = false;
  __int128 number = 0;
  for (; i < rest->n && (ascii_is_digit(rest->p[i]) || (rest->p[i] == '.' && !point)); i++) {
    if (rest->p[i] == '.') {
      point = true;
      continue;
    }
    number = number * 10 + (rest->p[i] - '0');
    digits++;
    behind += point;
    if (digits > 18 || behind > FRACTION_DIGITS)
      return false;
  }
  for (; behind < FRACTION_DIGITS; behind++)
    number *= 10;
  *rest = slice_trim((struct slice){rest->p + i, rest->n - i});
  *billionths = number;
  return digits != 0;
}

bool duration_parse(struct slice text, int64_t *ns, struct error *err)
{
  struct slice rest = slice_trim(text);
  __int128 billionths;
  if (!read_number(&rest, &billionths))
    return error_set(err, ERR_SYNTAX, "'%.*s' is no duration: write it like 30s, 1.5 s or 5 min",
                     SLICE_PRINT(text));
  const struct unit *unit = find_unit(rest);
  if (unit == NULL)
    return refuse_unit(text, rest, err);
  if (billionths > (__int128)INT64_MAX / unit->ns * NS_PER_SECOND)
    return error_set(err, ERR_RANGE, "the duration '%.*s' is too long", SLICE_PRINT(text));
  *ns = (int64_t)(billionths * unit->ns / NS_PER_SECOND);
  return true;
}
