/* SPDX-License-Identifier: Apache-2.0 */
/* result.h - what the kernels share: null flags of results, and room for the bytes of strings. */
#ifndef RETRIAL_SQL_FUNCTIONS_RESULT_H
#define RETRIAL_SQL_FUNCTIONS_RESULT_H

#include "sql/expr.h"

/* Makes out a column of e's type that is null wherever an argument is; its flags may be shared
 * with an argument. False if that is every row (out is a constant null then, and complete). */
bool result_begin(struct evaluation *ev, const struct expr *e, const struct column *arg,
                  size_t rows, struct column *out);

/* Flags that the kernel may write to: a copy of those that out has, or zeros. Call it at the first
 * row that turns null. */
uint8_t *result_flags(struct evaluation *ev, size_t rows, struct column *out);

static inline bool result_is_null(const struct column *out, size_t row)
{
  return out->null != NULL && out->null[row];
}

/* Marks row i null; *own is NULL until the first such row of the batch. */
static inline void result_null(struct evaluation *ev, struct column *out, size_t rows, size_t i,
                               uint8_t **own)
{
  if (*own == NULL)
    *own = result_flags(ev, rows, out);
  (*own)[i] = 1;
}

/* Bytes of a batch's strings, one behind the other in the arena. */
struct text_writer {
  struct arena *arena;
  char *p;
  size_t left;
};

char *text_writer_grow(struct text_writer *w, size_t n);

/* Where at least n bytes may be written; text_writer_take() keeps those that were. */
static inline char *text_writer_room(struct text_writer *w, size_t n)
{
  return w->left >= n ? w->p : text_writer_grow(w, n);
}

static inline struct slice text_writer_take(struct text_writer *w, size_t n)
{
  if (n == 0) /* there may have been no room yet */
    return (struct slice){"", 0};
  struct slice text = {w->p, n};
  w->p += n;
  w->left -= n;
  return text;
}

#endif
