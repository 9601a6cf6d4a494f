/* SPDX-License-Identifier: Apache-2.0 */
/* cast.h - CAST from and to strings, for cast.c. */
#ifndef RETRIAL_SQL_FUNCTIONS_CAST_H
#define RETRIAL_SQL_FUNCTIONS_CAST_H

#include "base/buffer.h"
#include "sql/expr.h"

/* Kernels whose state is the struct sql_settings; NULL if there is no such cast. */
expr_kernel *cast_from_text(struct type to);
expr_kernel *cast_to_text(struct type from);

/* Appends a value as CAST AS STRING prints it; of any type, not null. */
void cast_append(const struct column *c, size_t row, int64_t zone_offset_us, struct buffer *out);

/* Between intervals and integers, texts or other units; NULL if there is none. */
expr_kernel *cast_interval(struct type from, struct type to);

/* Binds the cast of an array, map or struct to another of its kind; the types are checked. */
struct call;
struct expr *cast_nested(struct call *c, struct type to);

#endif
