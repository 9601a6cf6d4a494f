/* SPDX-License-Identifier: Apache-2.0 */
/* two_digits.h - two decimal digits at once. */
#ifndef RETRIAL_TEXT_TWO_DIGITS_H
#define RETRIAL_TEXT_TWO_DIGITS_H

#include <string.h>

static const char digit_pairs[200] = "00010203040506070809101112131415161718192021222324"
                                     "25262728293031323334353637383940414243444546474849"
                                     "50515253545556575859606162636465666768697071727374"
                                     "75767778798081828384858687888990919293949596979899";

/* value is 0..99 */
static inline char *put_two(char *out, unsigned value)
{
  memcpy(out, digit_pairs + 2 * value, 2);
  return out + 2;
}

#endif
