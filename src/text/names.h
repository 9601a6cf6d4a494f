/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - English names of calendar parts, as the JDK's CLDR data has them for the US. */
#ifndef RETRIAL_TEXT_NAMES_H
#define RETRIAL_TEXT_NAMES_H

#include "base/slice.h"

extern const struct slice month_short[12], month_full[12];
extern const struct slice weekday_short[7], weekday_full[7]; /* from Monday */
extern const struct slice quarter_short[4], quarter_full[4];
extern const struct slice half_day[2]; /* AM, PM */
extern const struct slice era_short[2], era_full[2];

#endif
