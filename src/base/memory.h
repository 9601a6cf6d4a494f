/* SPDX-License-Identifier: Apache-2.0 */
/* memory.h - memory that is there, or the program ends.
 *
 * None of these functions returns NULL. When the system has no memory left they call
 * mem_exhausted(), which the program defines (retrial prints one line and exits with 3; output
 * files are written aside, so none is left half done).
 */
#ifndef RETRIAL_BASE_MEMORY_H
#define RETRIAL_BASE_MEMORY_H

#include <stddef.h>

/* Defined by whoever links the library; `size` bytes could not be had. Must not return. */
_Noreturn void mem_exhausted(size_t size);

/* Zeroed memory, released with free(). */
void *mem_new(size_t count, size_t size);

/* realloc() for `count` elements; the bytes beyond the old size are not initialised. */
void *mem_resize(void *old, size_t count, size_t size);

/* An arena hands out memory that is released all at once. A zeroed struct is an empty arena;
 * whoever declares it releases it with arena_free(). */
struct arena {
  struct arena_block *block; /* newest first */
  size_t used;               /* bytes taken of the newest block */
};

/* `count` elements of `size` bytes, aligned for any type; not initialised. */
void *arena_take(struct arena *arena, size_t count, size_t size);

/* The same, zeroed. */
void *arena_zero(struct arena *arena, size_t count, size_t size);

/* A copy of the n bytes at p, with a NUL byte behind. */
char *arena_copy(struct arena *arena, const void *p, size_t n);

/* A formatted string, as by printf. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets all that was handed out; keeps the newest block for the next round. */
void arena_reset(struct arena *arena);

void arena_free(struct arena *arena);

#endif
