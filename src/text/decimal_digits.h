/* SPDX-License-Identifier: Apache-2.0 */
/* decimal_digits.h - the decimal digits of an unsigned integer. */
#ifndef RETRIAL_TEXT_DECIMAL_DIGITS_H
#define RETRIAL_TEXT_DECIMAL_DIGITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { DIGITS_BYTES = 24 }; /* room that digits_put() needs, and may write in */

#define DIGITS_ZEROS ((uint64_t)0x3030303030303030) /* "00000000" */

/* Eight digits, leading zeros included, one in each byte, the first one in the lowest: halved
 * three times, all parts at once (Khuong 2017, "How to print integers really fast"). */
static inline uint64_t digits_eight(uint32_t value)
{
  uint64_t four = value / 10000 | (uint64_t)(value % 10000) << 32;
  uint64_t hundreds = (four * 10486) >> 20 & 0x0000007f0000007f;
  uint64_t two = hundreds | (four - 100 * hundreds) << 16;
  uint64_t tens = (two * 103) >> 10 & 0x000f000f000f000f;
  return tens | (two - 10 * tens) << 8;
}

/* Stores the eight bytes of `text`, lowest first. */
static inline void digits_store(uint64_t text, char *out)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  text = __builtin_bswap64(text);
#endif
  memcpy(out, &text, sizeof text);
}

/* Writes up to eight digits without leading zeros, "0" for 0; returns their number. */
static inline size_t digits_put_short(uint32_t value, char *out)
{
  uint64_t digit = digits_eight(value);
  unsigned skip = (unsigned)__builtin_ctzll(digit | (uint64_t)1 << 56) / 8;
  digits_store((digit | DIGITS_ZEROS) >> (8 * skip), out);
  return 8 - skip;
}

/* The same for any value. */
static inline size_t digits_put(uint64_t value, char *out)
{
  enum { EIGHT = 100000000 };
  if (value < EIGHT)
    return digits_put_short((uint32_t)value, out);
  size_t n = digits_put(value / EIGHT, out);
  digits_store(digits_eight((uint32_t)(value % EIGHT)) | DIGITS_ZEROS, out + n);
  return n + 8;
}

#endif
