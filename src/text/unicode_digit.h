/* SPDX-License-Identifier: Apache-2.0 */
/* unicode_digit.h - decimal digits of any script, as Java's Character.digit() knows them.
 *
 * Integer.parseInt and BigDecimal take them; Double.parseDouble does not.
 */
#ifndef RETRIAL_TEXT_UNICODE_DIGIT_H
#define RETRIAL_TEXT_UNICODE_DIGIT_H

/* The value of the digit that starts at *p, which is then moved behind it; -1 if there is none. */
int unicode_digit(const char **p, const char *end);

#endif
