/* SPDX-License-Identifier: Apache-2.0 */
/* decimal.h - Spark's DECIMAL(precision, scale): unscaled / 10^scale, at most 38 digits.
 *
 * Results are rounded HALF_UP to the precision and scale of their type; false means that they do
 * not fit (null with ANSI off), or that the divisor is zero. Intermediate results have 256 bits, so
 * nothing is rounded twice (Decimal.scala since SPARK-45786).
 */
#ifndef RETRIAL_TEXT_DECIMAL_H
#define RETRIAL_TEXT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "text/round.h"

typedef __int128 int128;

/* A value with the scale of its type, 0 .. 38; |unscaled| < 10^38. Passed by value. */
struct decimal {
  int128 unscaled;
  int scale;
};

enum { DECIMAL_MAX_DIGITS = 38, DECIMAL_BYTES = 64 };

/* Whether |unscaled| < 10^precision. */
bool decimal_fits(int128 unscaled, int precision);

/* CAST between DECIMAL types; *out is the unscaled value at the new scale. */
bool decimal_rescale(struct decimal x, int precision, int scale, int128 *out);

/* a + b, a - b, a * b, a / b, a % b as DECIMAL(precision, scale). */
bool decimal_add(struct decimal a, struct decimal b, int precision, int scale, int128 *out);
bool decimal_subtract(struct decimal a, struct decimal b, int precision, int scale, int128 *out);
bool decimal_multiply(struct decimal a, struct decimal b, int precision, int scale, int128 *out);
bool decimal_divide(struct decimal a, struct decimal b, int precision, int scale, int128 *out);
bool decimal_remainder(struct decimal a, struct decimal b, int precision, int scale, int128 *out);

/* a div b: the quotient without its fraction; false if b is zero. It wraps like BIGINT. */
bool decimal_quotient(struct decimal a, struct decimal b, int64_t *out);

/* Below, equal to or above zero. */
int decimal_compare(struct decimal a, struct decimal b);

/* round() and bround() to `digits` (may be negative), then to DECIMAL(precision, scale). */
bool decimal_round(struct decimal x, int digits, enum rounding mode, int precision, int scale,
                   int128 *out);

/* floor() and ceil(); at scale 0. */
int128 decimal_floor(struct decimal x);
int128 decimal_ceiling(struct decimal x);

/* Conversions. From a double goes through its shortest text, and so does a float, widened; NaN and
 * infinities do not fit. To an integer cuts the fraction and keeps the low 64 bits. */
bool decimal_from_int(int64_t x, int precision, int scale, int128 *out);
bool decimal_from_double(double x, int precision, int scale, int128 *out);
int64_t decimal_to_int(struct decimal x);
double decimal_to_double(struct decimal x);
float decimal_to_float(struct decimal x);

/* CAST(text AS DECIMAL(precision, scale)): Java's BigDecimal(String), blanks around. */
bool decimal_parse(struct slice text, int precision, int scale, int128 *out);

/* A literal of a query, digits and a point: its value, and the precision and scale that Spark
 * gives it (1.50 is DECIMAL(3,2)). False beyond 38 digits. */
bool decimal_literal(struct slice text, struct decimal *out, int *precision);

/* As CAST AS STRING and the CSV writer print it: BigDecimal.toString, all digits of the scale,
 * "0E-7" and "1.5E-7" below 1e-6. Needs DECIMAL_BYTES at out; returns the length. */
size_t decimal_print(struct decimal x, char *out);

/* Without an exponent. */
size_t decimal_print_plain(struct decimal x, char *out);

#endif
