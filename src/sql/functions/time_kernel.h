/* SPDX-License-Identifier: Apache-2.0 */
/* time_kernel.h - a kernel over two columns of days, microseconds or counts of them. */
#ifndef RETRIAL_SQL_FUNCTIONS_TIME_KERNEL_H
#define RETRIAL_SQL_FUNCTIONS_TIME_KERNEL_H

#include "sql/function.h"
#include "sql/functions/result.h"

/* The session's zone, inside a kernel whose state is the settings. */
#define ZONE ((const struct sql_settings *)e->state)->zone_offset_us

/* Both arguments of a row: a and b, of the first and second column. */
#define TIME_KERNEL(name, a_member, b_member, result, VALUE)                                       \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    size_t sa = arg[0].constant ? 0 : 1, sb = arg[1].constant ? 0 : 1;                             \
    for (size_t i = 0; i < rows; i++)                                                              \
      if (!result_is_null(out, i)) {                                                               \
        int64_t a = arg[0].a_member[i * sa], b = arg[1].b_member[i * sb];                          \
        out->result[i] = (VALUE);                                                                  \
      }                                                                                            \
    return true;                                                                                   \
  }

#endif
