/* SPDX-License-Identifier: Apache-2.0 */
/* base64.h - bytes as RFC 4648 writes them, section 4: padded, in one line or in MIME's. */
#ifndef RETRIAL_BASE_BASE64_H
#define RETRIAL_BASE_BASE64_H

#include "base/buffer.h"

enum { BASE64_LINE_DIGITS = 76 };

/* The room that the digits of n bytes need, in one line and in lines. */
static inline size_t base64_digits(size_t n)
{
  return (n + 2) / 3 * 4;
}

static inline size_t base64_lines_room(size_t n)
{
  return base64_digits(n) + base64_digits(n) / BASE64_LINE_DIGITS * 2;
}

/* RFC 2045: lines of 76 digits, CR LF between them. Returns how many bytes it wrote. */
size_t base64_print_lines(struct slice s, char *out);

/* Appends the digits of s, in one line. */
void base64_put(struct buffer *out, struct slice s);

/* The bytes that digits stand for, in the arena; false if they are none. Blanks are skipped. */
bool base64_take(struct slice digits, struct arena *arena, struct slice *out);

#endif
