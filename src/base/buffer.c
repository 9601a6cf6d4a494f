/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BYTES = 256 };

char *buffer_grow(struct buffer *b, size_t more)
{
  if (more > SIZE_MAX / 2 - b->n)
    mem_exhausted(more);
  size_t capacity = b->capacity != 0 ? b->capacity : FIRST_BYTES;
  while (capacity - b->n < more)
    capacity *= 2;
  b->p = mem_resize(b->p, capacity, 1);
  b->capacity = capacity;
  return b->p + b->n;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int n = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  vsnprintf(buffer_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
  va_end(again);
  b->n += (size_t)n;
}

void buffer_free(struct buffer *b)
{
  free(b->p);
  *b = (struct buffer){0};
}
