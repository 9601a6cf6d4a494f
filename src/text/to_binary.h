/* SPDX-License-Identifier: Apache-2.0 */
/* to_binary.h - from decimal digits to the nearest binary number, ties to even. */
#ifndef RETRIAL_TEXT_TO_BINARY_H
#define RETRIAL_TEXT_TO_BINARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* head * 10^exponent, or a little more: then `rest` holds further digits and perhaps a point, of
 * which the first stands for 10^(exponent - 1), and they are not all zero. */
struct decimal_number {
  uint64_t head;
  int64_t exponent;
  struct slice rest;
};

/* Too large gives an infinity, too small gives zero. */
double double_of_decimal(const struct decimal_number *x);
float float_of_decimal(const struct decimal_number *x);

/* value * 10^exponent */
double double_of_scaled(uint64_t value, int64_t exponent);
float float_of_scaled(uint64_t value, int64_t exponent);

/* (significand, or a little more if `more`) * 2^exponent. */
double double_of_binary(uint64_t significand, bool more, int64_t exponent);
float float_of_binary(uint64_t significand, bool more, int64_t exponent);

/* Below, equal to or above zero as value * 10^exponent compares to the exact value of x, which is
 * finite, above zero, and near: neither is more than ten times the other. */
int decimal_compare_double(uint64_t value, int exponent, double x);

#endif
