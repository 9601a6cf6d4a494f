/* SPDX-License-Identifier: Apache-2.0 */
/* format_string.h - the conversions of Spark's format_string() and printf(): Java's Formatter.
 *
 * A double is rounded HALF_UP on its shortest decimal text, so %.2f of 1.005 gives 1.01. The caller
 * walks the format with format_next() and prints each argument with the function of its type.
 */
#ifndef RETRIAL_TEXT_FORMAT_STRING_H
#define RETRIAL_TEXT_FORMAT_STRING_H

#include "base/buffer.h"

enum format_flag {
  FORMAT_LEFT = 1,      /* '-' */
  FORMAT_ALTERNATE = 2, /* '#' */
  FORMAT_PLUS = 4,      /* '+' */
  FORMAT_SPACE = 8,     /* ' ' */
  FORMAT_ZERO = 16,     /* '0' */
  FORMAT_GROUP = 32,    /* ',' */
  FORMAT_PAREN = 64,    /* '(' */
};

enum { FORMAT_ARGUMENT_NEXT = 0, FORMAT_ARGUMENT_SAME = -1 };

struct format_spec {
  unsigned flags;
  int width, precision; /* -1: none */
  int argument;         /* 1, 2 .. for "%2$d"; or FORMAT_ARGUMENT_NEXT, or _SAME for "%<d" */
  char conversion;      /* lower case: b c d e f g o s x */
  bool upper;           /* it was written in upper case */
};

enum format_piece {
  FORMAT_END,  /* nothing is left */
  FORMAT_TEXT, /* *text is literal text ("%%" and "%n" without width come out as such) */
  FORMAT_SPEC, /* *spec wants an argument */
  FORMAT_BAD,  /* *text is what Java would refuse */
};

/* Cuts the next piece off the front of *format. */
enum format_piece format_next(struct slice *format, struct slice *text, struct format_spec *spec);

/* Append one argument. False, without having written, if Java would refuse the conversion or its
 * flags for that type. `bits` is the integer's width, for the two's complement of %x and %o. */
bool format_int(struct buffer *out, const struct format_spec *spec, int64_t x, int bits);
bool format_double(struct buffer *out, const struct format_spec *spec, double x);
bool format_text(struct buffer *out, const struct format_spec *spec, struct slice x);
bool format_boolean(struct buffer *out, const struct format_spec *spec, bool x);
bool format_null(struct buffer *out, const struct format_spec *spec);

#endif
