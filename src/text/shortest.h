/* SPDX-License-Identifier: Apache-2.0 */
/* shortest.h - the shortest decimal that reads back as the same binary number. */
#ifndef RETRIAL_TEXT_SHORTEST_H
#define RETRIAL_TEXT_SHORTEST_H

#include <stdint.h>

/* value * 10^exponent; value has no trailing zero and at most 17 digits. */
struct shortest {
  uint64_t value;
  int exponent;
};

/* "Shortest" may mean that as few digits as possible are used (Python, JavaScript), or that there
 * are at least two (Java: 4.9E-324, not 5E-324). Of several candidates it is the nearest one. */
enum shortest_rule { SHORTEST_ONE_DIGIT = 10, SHORTEST_TWO_DIGITS = 100 };

/* x is finite and above zero. */
struct shortest shortest_double(double x, enum shortest_rule rule);
struct shortest shortest_float(float x, enum shortest_rule rule);

#endif
