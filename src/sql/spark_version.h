/* SPDX-License-Identifier: Apache-2.0 */
/* spark_version.h - which Spark is imitated.
 *
 * Later versions are greater; 3.5, the default, is 0. All run with ANSI mode off and
 * timeParserPolicy CORRECTED, which are not the defaults of every version.
 */
#ifndef RETRIAL_SQL_SPARK_VERSION_H
#define RETRIAL_SQL_SPARK_VERSION_H

#include "base/error.h"
#include "base/slice.h"

enum spark_version { SPARK_3_3 = -1, SPARK_3_5 = 0, SPARK_4_0 = 1 };

/* "3.5"; what else there is stands in the message, which is ERR_RANGE. */
bool spark_version_parse(struct slice text, enum spark_version *out, struct error *err);

const char *spark_version_name(enum spark_version version);

#endif
