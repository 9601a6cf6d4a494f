/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/store.h"

#include <stdlib.h>

enum { CHUNK_ROWS = 4096 };

struct chunk {
  void *data;
  uint8_t *null; /* NULL: none in this chunk */
};

/* A column, or a field of a struct column. */
struct stored {
  struct type type;
  bool kept;
  size_t rows;
  size_t chunks, room;
  struct chunk *chunk;
  struct slice last; /* the string that was stored last: a run of equal ones is kept once */
  struct stored *item;
};

struct store {
  size_t columns;
  struct stored *column;
  struct arena text;
};

static void start(struct stored *s, struct type type, bool kept)
{
  *s = (struct stored){.type = type, .kept = kept};
  bool nested = kept && type.kind == TYPE_STRUCT;
  s->item = nested ? mem_new(type.items, sizeof *s->item) : NULL;
  for (unsigned i = 0; nested && i < type.items; i++)
    start(&s->item[i], type.item[i].type, true);
}

struct store *store_new(size_t columns, const struct type *type, const bool *wanted)
{
  struct store *store = mem_new(1, sizeof *store);
  store->columns = columns;
  store->column = mem_new(columns, sizeof *store->column);
  for (size_t i = 0; i < columns; i++)
    start(&store->column[i], type[i], wanted == NULL || wanted[i]);
  return store;
}

static void add_chunk(struct stored *s)
{
  if (s->chunks == s->room) {
    s->room = s->room != 0 ? 2 * s->room : 4;
    s->chunk = mem_resize(s->chunk, s->room, sizeof *s->chunk);
  }
  size_t size = type_size(s->type);
  s->chunk[s->chunks++] =
      (struct chunk){.data = size != 0 ? mem_resize(NULL, CHUNK_ROWS, size) : NULL};
}

static struct slice keep_text(struct stored *s, struct slice text, struct arena *arena)
{
  if (!slice_equal(s->last, text) || s->last.p == NULL)
    s->last = (struct slice){arena_copy(arena, text.p, text.n), text.n};
  return s->last;
}

static void put(struct stored *s, const struct column *c, size_t row, struct arena *text)
{
  size_t at = s->rows % CHUNK_ROWS;
  if (at == 0)
    add_chunk(s);
  struct chunk *chunk = &s->chunk[s->chunks - 1];
  size_t size = type_size(s->type);
  s->rows++;
  if (column_is_null(c, row)) {
    if (chunk->null == NULL)
      chunk->null = mem_new(CHUNK_ROWS, 1);
    chunk->null[at] = 1;
    memset((char *)chunk->data + at * size, 0, size);
  } else if (s->type.kind == TYPE_STRING) {
    ((struct slice *)chunk->data)[at] = keep_text(s, c->text[column_index(c, row)], text);
  } else {
    memcpy((char *)chunk->data + at * size, (const char *)c->data + column_index(c, row) * size,
           size);
  }
}

/* Whole runs of plain values without nulls are copied at once. */
static size_t put_run(struct stored *s, const struct column *c, size_t from, size_t to)
{
  if (c->constant || c->null != NULL || s->type.kind == TYPE_STRING)
    return 0;
  size_t at = s->rows % CHUNK_ROWS, size = type_size(s->type);
  if (at == 0)
    add_chunk(s);
  size_t count = to - from < CHUNK_ROWS - at ? to - from : CHUNK_ROWS - at;
  memcpy((char *)s->chunk[s->chunks - 1].data + at * size, (const char *)c->data + from * size,
         count * size);
  s->rows += count;
  return count;
}

static void append(struct stored *s, const struct column *c, size_t from, size_t to,
                   struct arena *text)
{
  if (!s->kept || s->type.kind == TYPE_NULL) {
    s->rows += to - from;
    return;
  }
  if (s->type.kind == TYPE_STRUCT) { /* a struct that is null has fields that are null */
    for (unsigned k = 0; k < s->type.items; k++)
      append(&s->item[k], &c->item[k], c->constant ? 0 : from, c->constant ? to - from : to, text);
    s->rows += to - from;
    return;
  }
  while (from < to) {
    size_t copied = put_run(s, c, from, to);
    if (copied == 0)
      put(s, c, from, text), copied = 1;
    from += copied;
  }
}

void store_append(struct store *store, const struct column *column, size_t from, size_t to)
{
  for (size_t i = 0; i < store->columns; i++)
    append(&store->column[i], &column[i], from, to, &store->text);
}

size_t store_rows(const struct store *store)
{
  return store->columns != 0 ? store->column[0].rows : 0;
}

#define GATHER(ctype)                                                                              \
  do {                                                                                             \
    ctype *to = out->data;                                                                         \
    for (size_t i = 0; i < count; i++) {                                                           \
      if (row[i] == ROW_NONE)                                                                      \
        memset(&to[i], 0, sizeof to[i]);                                                           \
      else                                                                                         \
        to[i] = ((const ctype *)s->chunk[row[i] / CHUNK_ROWS].data)[row[i] % CHUNK_ROWS];          \
    }                                                                                              \
  } while (0)

static void gather_flags(const struct stored *s, const uint32_t *row, size_t count,
                         struct column *out, struct arena *arena)
{
  for (size_t i = 0; i < count; i++) {
    const uint8_t *null = row[i] == ROW_NONE ? NULL : s->chunk[row[i] / CHUNK_ROWS].null;
    if (row[i] == ROW_NONE || (null != NULL && null[row[i] % CHUNK_ROWS]))
      column_flags(out, count, arena)[i] = 1;
  }
}

/* gather() moves both alike. */
_Static_assert(sizeof(struct slice) == sizeof(int128), "both are 16 bytes");

static void gather(const struct stored *s, const uint32_t *row, size_t count, struct column *out,
                   struct arena *arena)
{
  if (!s->kept) {
    column_make_null(out, s->type, arena);
    return;
  }
  column_make(out, s->type, count, arena);
  if (s->type.kind == TYPE_STRUCT) {
    for (size_t i = 0; i < count; i++)
      if (row[i] == ROW_NONE)
        column_flags(out, count, arena)[i] = 1;
    for (unsigned k = 0; k < s->type.items; k++)
      gather(&s->item[k], row, count, &out->item[k], arena);
    return;
  }
  if (s->type.kind == TYPE_NULL)
    return;
  gather_flags(s, row, count, out, arena);
  switch (type_size(s->type)) {
  case 1:
    GATHER(uint8_t);
    break;
  case 4:
    GATHER(uint32_t);
    break;
  case 8:
    GATHER(uint64_t);
    break;
  default: /* DECIMAL and STRING */
    GATHER(int128);
    break;
  }
}

void store_gather(const struct store *store, const uint32_t *row, size_t count,
                  struct column *column, struct arena *arena)
{
  for (size_t i = 0; i < store->columns; i++)
    gather(&store->column[i], row, count, &column[i], arena);
}

void store_whole(const struct store *store, size_t k, struct column *column, struct arena *arena)
{
  size_t rows = store_rows(store);
  uint32_t *row = arena_take(arena, rows, sizeof *row);
  for (size_t i = 0; i < rows; i++)
    row[i] = (uint32_t)i;
  gather(&store->column[k], row, rows, column, arena);
}

static void clear(struct stored *s)
{
  for (size_t i = 0; i < s->chunks; i++) {
    free(s->chunk[i].data);
    free(s->chunk[i].null);
  }
  s->chunks = s->rows = 0;
  s->last = (struct slice){0};
  for (unsigned k = 0; s->item != NULL && k < s->type.items; k++)
    clear(&s->item[k]);
}

void store_clear(struct store *store)
{
  for (size_t i = 0; i < store->columns; i++)
    clear(&store->column[i]);
  arena_reset(&store->text);
}

static void end(struct stored *s)
{
  clear(s);
  for (unsigned k = 0; s->item != NULL && k < s->type.items; k++)
    end(&s->item[k]);
  free(s->item);
  free(s->chunk);
}

void store_free(struct store *store)
{
  if (store == NULL)
    return;
  for (size_t i = 0; i < store->columns; i++)
    end(&store->column[i]);
  free(store->column);
  arena_free(&store->text);
  free(store);
}
