/* SPDX-License-Identifier: Apache-2.0 */
/* data.h - expected values from a file below tests/data/: lines of fields between tabs. */
#ifndef RETRIAL_TESTS_SUPPORT_DATA_H
#define RETRIAL_TESTS_SUPPORT_DATA_H

#include "base/buffer.h"

/* Calls visit for every line that is not empty and does not begin with '#'; fails the program if
 * the file cannot be read, or has fewer than `fields` fields in a line. Returns the lines. */
size_t data_each(const char *name, size_t fields, void (*visit)(const struct slice *field));

/* The bytes that hexadecimal digits stand for ("-": none), appended to out. */
struct slice data_bytes(struct slice hexadecimal, struct buffer *out);

/* The decimal number that a field holds. */
int64_t data_number(struct slice field);

#endif
