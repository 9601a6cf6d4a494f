/* SPDX-License-Identifier: Apache-2.0 */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024, ALIGNMENT = 16 };

struct arena_block {
  struct arena_block *older;
  size_t size; /* of data */
  _Alignas(ALIGNMENT) unsigned char data[];
};

static size_t product(size_t count, size_t size)
{
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes))
    mem_exhausted(SIZE_MAX);
  return bytes;
}

void *mem_new(size_t count, size_t size)
{
  void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
  if (p == NULL)
    mem_exhausted(product(count, size));
  return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
  size_t bytes = product(count, size);
  void *p = realloc(old, bytes != 0 ? bytes : 1);
  if (p == NULL)
    mem_exhausted(bytes);
  return p;
}

/* Blocks double up to 1 MiB, so that a large arena has few of them. */
static void add_block(struct arena *arena, size_t at_least)
{
  size_t size = arena->block != NULL ? arena->block->size : BLOCK_BYTES / 2;
  if (size < (size_t)1024 * 1024)
    size *= 2;
  if (size < at_least)
    size = at_least;
  if (size > SIZE_MAX - sizeof(struct arena_block))
    mem_exhausted(size);
  struct arena_block *block = malloc(sizeof *block + size);
  if (block == NULL)
    mem_exhausted(size);
  block->older = arena->block;
  block->size = size;
  arena->block = block;
  arena->used = 0;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
  size_t bytes = product(count, size);
  if (bytes > SIZE_MAX - ALIGNMENT)
    mem_exhausted(bytes);
  bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (arena->block == NULL || arena->block->size - arena->used < bytes)
    add_block(arena, bytes);
  void *p = arena->block->data + arena->used;
  arena->used += bytes;
  return p;
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
  void *p = arena_take(arena, count, size);
  memset(p, 0, count * size);
  return p;
}

char *arena_copy(struct arena *arena, const void *p, size_t n)
{
  char *copy = arena_take(arena, n + 1, 1);
  if (n != 0)
    memcpy(copy, p, n);
  copy[n] = '\0';
  return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int n = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *text = arena_take(arena, (size_t)n + 1, 1);
  vsnprintf(text, (size_t)n + 1, format, again);
  va_end(again);
  return text;
}

void arena_reset(struct arena *arena)
{
  if (arena->block == NULL)
    return;
  while (arena->block->older != NULL) {
    struct arena_block *older = arena->block->older;
    arena->block->older = older->older;
    free(older);
  }
  arena->used = 0;
}

void arena_free(struct arena *arena)
{
  while (arena->block != NULL) {
    struct arena_block *older = arena->block->older;
    free(arena->block);
    arena->block = older;
  }
  arena->used = 0;
}
