/* SPDX-License-Identifier: Apache-2.0 */
/* ascii.h - letters and digits of ASCII, whatever the locale; other bytes are none and stay. */
#ifndef RETRIAL_BASE_ASCII_H
#define RETRIAL_BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(char c)
{
  return (unsigned char)(c - '0') <= 9;
}

static inline bool ascii_is_letter(char c)
{
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline char ascii_lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline char ascii_upper(char c)
{
  return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

/* The value of a hexadecimal digit, 0 .. 15; -1 if it is none. */
static inline int ascii_hex_digit(char c)
{
  char letter = ascii_lower(c);
  if (ascii_is_digit(c))
    return c - '0';
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

#endif
