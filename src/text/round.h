/* SPDX-License-Identifier: Apache-2.0 */
/* round.h - Spark's round() and bround() (mathExpressions.scala, RoundBase).
 *
 * A double is rounded on its shortest decimal text (BigDecimal.valueOf): 1.005 gives 1.01 at two
 * digits. NaN and infinities pass; what rounds to zero is 0.0, never -0.0.
 */
#ifndef RETRIAL_TEXT_ROUND_H
#define RETRIAL_TEXT_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rounding {
  ROUND_HALF_UP,   /* round(): halves away from zero */
  ROUND_HALF_EVEN, /* bround() */
  ROUND_CEILING,   /* ceil(x, digits): of decimal_round() only */
  ROUND_FLOOR,     /* floor(x, digits): likewise */
};

/* To `digits` behind the point; negative ones round left of it. */
double round_double(double x, int digits, enum rounding mode);

/* A float is widened to double, rounded on the double's text, and narrowed. */
float round_float(float x, int digits, enum rounding mode);

/* out[i] = round_double(x[i], digits, mode); out may be x. */
void round_doubles(const double *x, size_t n, int digits, enum rounding mode, double *out);
void round_floats(const float *x, size_t n, int digits, enum rounding mode, float *out);

/* round(x, digits) * 10^digits as an integer, for number_print_scaled(). False where that is not
 * settled by one division (NaN, large or odd values): then use round_double(). 0 <= digits <= 6. */
bool round_to_scaled(double x, int digits, enum rounding mode, int64_t *out);

/* value / 10^cut, rounded; value has at most 17 digits, and nothing is cut if cut is not above 0.
 */
uint64_t round_digits(uint64_t value, int64_t cut, enum rounding mode);

/* Integers change with negative digits only, and wrap in `bits` (8, 16, 32 or 64) with ANSI off. */
int64_t round_int(int64_t x, int digits, enum rounding mode, int bits);

#endif
