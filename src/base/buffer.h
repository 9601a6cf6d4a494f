/* SPDX-License-Identifier: Apache-2.0 */
/* buffer.h - bytes that grow at the end.
 *
 * A zeroed struct is an empty buffer; whoever declares it releases it with buffer_free().
 */
#ifndef RETRIAL_BASE_BUFFER_H
#define RETRIAL_BASE_BUFFER_H

#include "base/memory.h"
#include "base/slice.h"

struct buffer {
  char *p;
  size_t n, capacity;
};

/* Grows the buffer so that `more` bytes fit behind its n; returns where they start. The caller
 * writes there and adds to n what it wrote. */
char *buffer_grow(struct buffer *b, size_t more);

static inline char *buffer_room(struct buffer *b, size_t more)
{
  return b->capacity - b->n >= more ? b->p + b->n : buffer_grow(b, more);
}

static inline void buffer_append(struct buffer *b, const void *p, size_t n)
{
  if (n != 0)
    memcpy(buffer_room(b, n), p, n);
  b->n += n;
}

static inline void buffer_put(struct buffer *b, char c)
{
  *buffer_room(b, 1) = c;
  b->n++;
}

static inline void buffer_add(struct buffer *b, struct slice s)
{
  buffer_append(b, s.p, s.n);
}

void buffer_printf(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void buffer_free(struct buffer *b);

#endif
