/* SPDX-License-Identifier: Apache-2.0 */
/* pattern_java.h - a regular expression of Java's, as PCRE2 wants it written. */
#ifndef RETRIAL_SQL_FUNCTIONS_PATTERN_JAVA_H
#define RETRIAL_SQL_FUNCTIONS_PATTERN_JAVA_H

#include "base/buffer.h"
#include "base/error.h"

/* Appends the pattern to `out`; ERR_UNSUPPORTED names what cannot be carried over. */
bool pattern_from_java(struct slice regex, struct buffer *out, struct error *err);

#endif
