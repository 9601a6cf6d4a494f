/* SPDX-License-Identifier: Apache-2.0 */
/* compare.h - are these bytes the expected ones, and if not, how do they differ?
 *
 * Files are equal when all bytes are. What is said about a difference treats them as CSV: lines
 * end at LF, the first line names the cells. Slices point into what was compared.
 */
#ifndef RETRIAL_GOLDEN_COMPARE_H
#define RETRIAL_GOLDEN_COMPARE_H

#include "base/buffer.h"
#include "base/slice.h"

struct comparison {
  bool same;
  size_t line, column;        /* of the first byte that differs, from 1 */
  struct slice header;        /* the first line of what was expected */
  struct slice expected, got; /* that line without its LF, on both sides */
  bool has_expected, has_got; /* false: that side ends before the line */
  size_t lines_expected, lines_got;
  size_t missing, surplus; /* lines that only the expected, only the other side has: as
                              often as one has it more often than the other */
};

void compare_bytes(struct slice expected, struct slice got, struct comparison *out);

/* Says in a few lines what differs in the file `name`; "NAME: same (N lines)" if nothing does. */
void comparison_describe(const struct comparison *c, const char *name, struct buffer *out);

#endif
