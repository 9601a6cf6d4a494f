/* SPDX-License-Identifier: Apache-2.0 */
#include "text/unicode_digit.h"

#include <stddef.h>
#include <stdint.h>

/* Where the ten digits of each script begin: general category Nd below U+10000 (Java looks at
 * UTF-16 units, so digits beyond are none to it). The same in Unicode 13 and 15 (Java 17, 21). */
static const uint16_t zero[] = {
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
    0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
    0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
};

/* A UTF-8 character of two or three bytes, or 0. */
static unsigned decode(const char *p, const char *end, size_t *bytes)
{
  const unsigned char *u = (const unsigned char *)p;
  if (end - p >= 2 && (u[0] & 0xe0) == 0xc0 && (u[1] & 0xc0) == 0x80) {
    *bytes = 2;
    return (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
  }
  if (end - p >= 3 && (u[0] & 0xf0) == 0xe0 && (u[1] & 0xc0) == 0x80 && (u[2] & 0xc0) == 0x80) {
    *bytes = 3;
    return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
  }
  return 0;
}

int unicode_digit(const char **p, const char *end)
{
  size_t bytes;
  if (*p == end)
    return -1;
  if (**p >= '0' && **p <= '9')
    return *(*p)++ - '0';
  unsigned point = decode(*p, end, &bytes);
  if (point == 0)
    return -1;
  for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
    if (point - zero[i] < 10) {
      *p += bytes;
      return (int)(point - zero[i]);
    }
  return -1;
}
