/* SPDX-License-Identifier: Apache-2.0 */
/* interval_units.h - intervals of days and shorter, or of years and months, as SQL writes them.
 *
 * Such an interval has a first and a last unit, both of one kind: DAY TO SECOND, YEAR TO MONTH,
 * HOUR, ... Its value is a number of microseconds, or of months.
 */
#ifndef RETRIAL_TEXT_INTERVAL_UNITS_H
#define RETRIAL_TEXT_INTERVAL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum interval_unit {
  INTERVAL_YEAR,
  INTERVAL_MONTH,
  INTERVAL_DAY,
  INTERVAL_HOUR,
  INTERVAL_MINUTE,
  INTERVAL_SECOND
};

/* "DAY", in upper case. */
const char *interval_unit_name(enum interval_unit unit);

/* The unit of that name, letters' case ignored; false if it is none. */
bool interval_unit_find(struct slice name, enum interval_unit *unit);

/* Microseconds, or months, of one. */
int64_t interval_unit_size(enum interval_unit unit);

/* INTERVAL '1 02:03:04.5' DAY TO SECOND; returns the length
 * (IntervalUtils.toDayTimeIntervalString, toYearMonthIntervalString). */
enum { INTERVAL_TEXT_ROOM = 80 };
size_t interval_print(int64_t value, enum interval_unit first, enum interval_unit last,
                      char out[INTERVAL_TEXT_ROOM]);

/* What stands between the quotes: '1 02:03:04.5' for DAY TO SECOND. False if it does not fit. */
bool interval_parse_units(struct slice text, enum interval_unit first, enum interval_unit last,
                          int64_t *value);

#endif
