/* SPDX-License-Identifier: Apache-2.0 */
/* format_number.h - Spark's format_number(x, decimals): Java's DecimalFormat, thousands grouped.
 *
 * Halves go to the even digit, and what counts is the exact binary value: 1.005 gives 1.00.
 */
#ifndef RETRIAL_TEXT_FORMAT_NUMBER_H
#define RETRIAL_TEXT_FORMAT_NUMBER_H

#include "base/buffer.h"
#include "text/decimal.h"

/* Append to `out`. decimals is at least 0 (below, Spark's result is null); a float is widened. */
void format_number_double(struct buffer *out, double x, int decimals);
void format_number_int(struct buffer *out, int64_t x, int decimals);
void format_number_decimal(struct buffer *out, struct decimal x, int decimals);

#endif
