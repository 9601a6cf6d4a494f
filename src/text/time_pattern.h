/* SPDX-License-Identifier: Apache-2.0 */
/* time_pattern.h - date and time patterns: "yyyy-MM-dd'T'HH:mm:ss[.SSS]", as Spark 3.5 reads them.
 *
 * Spark builds a java.time.format.DateTimeFormatter (locale US, strict resolver, letters' case
 * ignored when parsing) after checks of its own (DateTimeFormatterHelper.scala). A compiled
 * pattern does what that formatter does; it is read-only and can be shared.
 *
 *   y year, G era, M L month, d day, D day of year, Q q quarter, E day of the week, F,
 *   a AM/PM, H k K h hour, m minute, s second, S fraction, X x Z O offset, [ ] optional, '..' text;
 *   z and VV when printing only: names of zones are not known here.
 */
#ifndef RETRIAL_TEXT_TIME_PATTERN_H
#define RETRIAL_TEXT_TIME_PATTERN_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

struct time_pattern;

/* Some letters only print, and a fraction of .SSS reads one to three digits but prints three. */
enum time_pattern_use { TIME_PATTERN_PARSE, TIME_PATTERN_PRINT };

/* Everything in the arena. NULL with ERR_SYNTAX for a pattern that Spark 3 refuses (week years,
 * unknown letters, too many letters, brackets that do not match), ERR_UNSUPPORTED for the few
 * that only retrial does. The text names the whole pattern. */
struct time_pattern *time_pattern_compile(struct slice pattern, enum time_pattern_use use,
                                          struct arena *arena, struct error *err);

/* The instant that the whole text stands for; false (null) if it does not match or is no time.
 * Fields that the pattern lacks come from 1970-01-01 00:00:00. zone_offset_us, east of UTC, holds
 * unless the text brings an offset. The pattern was compiled for TIME_PATTERN_PARSE. */
bool time_pattern_parse(const struct time_pattern *pattern, struct slice text,
                        int64_t zone_offset_us, int64_t *micros);

/* The same for a DATE: the day as written, whatever its time and offset say. */
bool time_pattern_parse_date(const struct time_pattern *pattern, struct slice text, int32_t *days);

/* Not 0 if the texts of ascending times of the years 1 to 9998 ascend too, in any zone (fixed
 * widths, from the year down): microseconds that two times of any years lie apart whose texts
 * differ for sure. The pattern was compiled for TIME_PATTERN_PRINT. */
int64_t time_pattern_unit(const struct time_pattern *pattern);

/* Bytes that time_pattern_print() may write, at most. */
size_t time_pattern_room(const struct time_pattern *pattern);

/* Writes the text to `out`, which has that room; returns its length. No NUL behind. The pattern
 * was compiled for TIME_PATTERN_PRINT. */
size_t time_pattern_print(const struct time_pattern *pattern, int64_t micros,
                          int64_t zone_offset_us, char *out);

/* What the call before printed; zeroed at first. */
struct time_printed {
  bool valid;
  int64_t day_start; /* as local time */
  int64_t micros;    /* the time itself, */
  int64_t step;      /* how far it was from the one before, */
  uint32_t seconds;  /* the same in whole seconds, if that is what it was, or 0 */
  uint32_t second;   /* and the time's second of the minute */
  const char *text;  /* stays where it is until the next call */
};

/* time_pattern_print() of times that follow each other: those of one day share its text. */
size_t time_pattern_print_next(const struct time_pattern *pattern, int64_t micros,
                               int64_t zone_offset_us, struct time_printed *last, char *out);

/* The parser of Spark 2, which timeParserPolicy EXCEPTION asks about a text that
 * time_pattern_parse() did not take: where it would have read one, Spark 3 stops the job
 * (INCONSISTENT_BEHAVIOR_CROSS_VERSION). to_timestamp() and its like use java.text's
 * SimpleDateFormat, not lenient; the CSV reader FastDateFormat with a lenient calendar. */
enum legacy_parser { LEGACY_SIMPLE, LEGACY_FAST };
bool time_pattern_legacy_takes(const struct time_pattern *pattern, struct slice text,
                               enum legacy_parser parser);

#endif
