/* SPDX-License-Identifier: Apache-2.0 */
/* text_rows.h - the loops of kernels that work row by row on strings.
 *
 * TEXT_KERNEL, INT_KERNEL and BOOLEAN_KERNEL define a kernel whose value for row i is the
 * expression VALUE, which is not evaluated for rows with a null argument. TEXT(k) and INT(k) in it
 * are argument k of the row, and `w` is the writer for the bytes of new strings.
 */
#ifndef RETRIAL_SQL_FUNCTIONS_TEXT_ROWS_H
#define RETRIAL_SQL_FUNCTIONS_TEXT_ROWS_H

#include "sql/functions/result.h"

#define TEXT(k) (arg[k].text[column_index(&arg[k], i)])
#define INT(k) (arg[k].i32[column_index(&arg[k], i)])

#define TEXT_KERNEL(name, VALUE)                                                                   \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    struct text_writer w = {.arena = ev->arena};                                                   \
    for (size_t i = 0; i < rows; i++)                                                              \
      out->text[i] = result_is_null(out, i) ? (struct slice){0} : (VALUE);                         \
    (void)w;                                                                                       \
    return true;                                                                                   \
  }

#define SCALAR_KERNEL(name, member, VALUE)                                                         \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    for (size_t i = 0; i < rows; i++)                                                              \
      out->member[i] = result_is_null(out, i) ? 0 : (VALUE);                                       \
    return true;                                                                                   \
  }

#define INT_KERNEL(name, VALUE) SCALAR_KERNEL(name, i32, VALUE)
#define BOOLEAN_KERNEL(name, VALUE) SCALAR_KERNEL(name, boolean, VALUE)

#endif
