/* SPDX-License-Identifier: Apache-2.0 */
/* error.h - what went wrong, where, and what to do about it.
 *
 * The caller owns a struct error, usually on its stack, and passes its address down; failing
 * needs no memory. A function that can fail returns false (or NULL) exactly when it has filled
 * the error, and leaves it alone otherwise.
 */
#ifndef RETRIAL_BASE_ERROR_H
#define RETRIAL_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum error_code {
  ERR_NONE = 0,
  ERR_USAGE,       /* the command line is wrong */
  ERR_SYNTAX,      /* a text that the user wrote (query, pipeline, schema) does not parse */
  ERR_NAME,        /* a name in it is not known, or is not unique */
  ERR_TYPE,        /* types or arguments do not fit */
  ERR_UNSUPPORTED, /* valid elsewhere, outside of what retrial does */
  ERR_DATA,        /* input data that a result cannot be trusted on */
  ERR_RANGE,       /* a value outside of its limits */
  ERR_IO,          /* the operating system refused */
  ERR_BROKER,      /* the broker refused or is not there */
  ERR_ACCOUNT,     /* records were lost or doubled: the sums do not close */
  ERR_INTERRUPTED, /* a signal asked to end */
};

/* Column and line count from 1; 0 means "not known". Columns count bytes. */
struct error {
  enum error_code code;
  uint32_t line, column;
  char file[256]; /* empty if the error is in no file */
  char text[768]; /* one line without a final dot; says what, and what to do */
};

/* Fills err and returns false, so that callers can `return error_set(...)`. err may be NULL. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a place in a file. */
bool error_at(struct error *err, enum error_code code, const char *file, uint32_t line,
              uint32_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The same for a failed system call on `file`: adds the text of `errnum`. */
bool error_io(struct error *err, const char *file, int errnum, const char *what);

/* Writes "file:line:column: text" without a line end into out, cut to fit; returns out. */
char *error_format(const struct error *err, char *out, size_t size);

#endif
