/* SPDX-License-Identifier: Apache-2.0 */
/* time_text.h - dates, timestamps and zones as text where no pattern is given.
 *
 * The rules of Spark's CAST (SparkDateTimeUtils.scala), which are the CSV reader's and, but for
 * timestamps, the writer's defaults too. Offsets are microseconds east of UTC.
 */
#ifndef RETRIAL_TEXT_TIME_TEXT_H
#define RETRIAL_TEXT_TIME_TEXT_H

#include <limits.h>

#include "base/error.h"
#include "base/slice.h"

/* No day to put a bare time of day ("10:15") on. */
#define TODAY_UNKNOWN INT32_MIN

/* CAST(text AS TIMESTAMP): "2025", "2025-5-7", "2025-05-07 10:00", "2025-05-07T10:00:00.5+05:30",
 * blanks around; false (null) for anything else. A bare time of day ("10:15", "T10:15") is that
 * time *today*: on the day `today` (since 1970-01-01), which the caller has to know because
 * nothing here reads a clock; with TODAY_UNKNOWN it is null. A named zone in the text is null. */
bool timestamp_parse(struct slice text, int64_t zone_offset_us, int32_t today, int64_t *micros);

/* CAST(text AS DATE): what follows the day after a blank or a T is not looked at. */
bool date_parse(struct slice text, int32_t *days);

/* Room for any timestamp or date below. */
enum { TIME_TEXT_ROOM = 48 };

/* CAST(timestamp AS STRING): "2025-05-07 10:00:00.5", the fraction without trailing zeros and only
 * if there is one. All three write to `out` without a NUL behind and return the length. */
size_t timestamp_print(int64_t micros, int64_t zone_offset_us, char out[TIME_TEXT_ROOM]);

/* What the CSV writer prints without timestampFormat: yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX], that is
 * always three digits of fraction, and Z for UTC. */
size_t timestamp_print_iso(int64_t micros, int64_t zone_offset_us, char out[TIME_TEXT_ROOM]);

/* CAST(date AS STRING): "2025-05-07". */
size_t date_print(int32_t days, char out[TIME_TEXT_ROOM]);

/* A session time zone: "UTC", "Z", "GMT", "UT", "+05:30", "-8", "+0530", "GMT+1", "UTC-03:00";
 * ERR_UNSUPPORTED for a region such as Europe/Berlin, ERR_RANGE beyond 18 hours. */
bool zone_offset_parse(struct slice text, int64_t *offset_us, struct error *err);

#endif
