/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/store.h"

#include <assert.h>
#include <stdlib.h>

enum { CHUNK_ROWS = STORE_CHUNK_ROWS };

struct chunk {
  void *data;    /* NULL for STRUCT */
  uint8_t *null; /* NULL: none in this chunk */
};

/* What is kept of a row of an ARRAY or MAP: where its elements are in each item. */
struct run {
  uint32_t first, length;
};

/* A column, a field of a struct column, or the elements of an array column. */
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
  if (!kept || type.items == 0)
    return;
  s->item = mem_new(type.items, sizeof *s->item);
  for (unsigned i = 0; i < type.items; i++)
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

static bool has_runs(struct type t)
{
  return t.kind == TYPE_ARRAY || t.kind == TYPE_MAP;
}

static size_t stored_size(struct type t)
{
  return has_runs(t) ? sizeof(struct run) : type_size(t);
}

static void add_chunk(struct stored *s)
{
  if (s->chunks == s->room) {
    s->room = s->room != 0 ? 2 * s->room : 4;
    s->chunk = mem_resize(s->chunk, s->room, sizeof *s->chunk);
  }
  size_t size = stored_size(s->type);
  s->chunk[s->chunks++] =
      (struct chunk){.data = size != 0 ? mem_resize(NULL, CHUNK_ROWS, size) : NULL};
}

static struct slice keep_text(struct stored *s, struct slice text, struct arena *arena)
{
  if (!slice_equal(s->last, text) || s->last.p == NULL)
    s->last = (struct slice){arena_copy(arena, text.p, text.n), text.n};
  return s->last;
}

static void append(struct stored *s, const struct column *c, size_t from, size_t to,
                   struct arena *text);

/* Keeps the elements of row i, which is not null. */
static struct run keep_run(struct stored *s, const struct column *c, size_t i, struct arena *text)
{
  size_t from = i != 0 ? c->end[i - 1] : 0, to = c->end[i];
  struct run run = {(uint32_t)s->item[0].rows, (uint32_t)(to - from)};
  for (unsigned k = 0; k < s->type.items; k++)
    append(&s->item[k], &c->item[k], from, to, text);
  return run;
}

static void put(struct stored *s, const struct column *c, size_t row, struct arena *text)
{
  size_t at = s->rows % CHUNK_ROWS, i = column_index(c, row);
  if (at == 0)
    add_chunk(s);
  struct chunk *chunk = &s->chunk[s->chunks - 1];
  size_t size = stored_size(s->type);
  s->rows++;
  if (column_is_null(c, row)) {
    if (chunk->null == NULL)
      chunk->null = mem_new(CHUNK_ROWS, 1);
    chunk->null[at] = 1;
    if (size != 0)
      memset((char *)chunk->data + at * size, 0, size);
  } else if (s->type.kind == TYPE_STRING) {
    ((struct slice *)chunk->data)[at] = keep_text(s, c->text[i], text);
  } else if (has_runs(s->type)) {
    ((struct run *)chunk->data)[at] = keep_run(s, c, i, text);
  } else if (size != 0) {
    memcpy((char *)chunk->data + at * size, (const char *)c->data + i * size, size);
  }
}

/* Whole runs of plain values without nulls are copied at once. */
static size_t put_run(struct stored *s, const struct column *c, size_t from, size_t to)
{
  if (c->constant || c->null != NULL || s->type.kind == TYPE_STRING || has_runs(s->type))
    return 0;
  size_t at = s->rows % CHUNK_ROWS, size = stored_size(s->type);
  if (at == 0)
    add_chunk(s);
  size_t count = to - from < CHUNK_ROWS - at ? to - from : CHUNK_ROWS - at;
  if (size != 0)
    memcpy((char *)s->chunk[s->chunks - 1].data + at * size, (const char *)c->data + from * size,
           count * size);
  s->rows += count;
  return count;
}

/* Whole runs of strings without nulls: room for their bytes is taken once, and a string that stands
 * at the same place as the one before is kept once. */
static size_t put_texts(struct stored *s, const struct column *c, size_t from, size_t to,
                        struct arena *arena)
{
  if (c->constant || c->null != NULL || s->type.kind != TYPE_STRING)
    return 0;
  size_t at = s->rows % CHUNK_ROWS, bytes = 0;
  if (at == 0)
    add_chunk(s);
  size_t count = to - from < CHUNK_ROWS - at ? to - from : CHUNK_ROWS - at;
  const struct slice *in = c->text + from;
  struct slice *out = (struct slice *)s->chunk[s->chunks - 1].data + at;
  for (size_t i = 0; i < count; i++)
    bytes += in[i].n;
  char *next = arena_take(arena, bytes, 1);
  for (size_t i = 0; i < count; i++) {
    bool same = i != 0 && in[i].p == in[i - 1].p && in[i].n == in[i - 1].n;
    out[i] = same ? out[i - 1] : (struct slice){next, in[i].n};
    if (same || in[i].n == 0)
      continue;
    memcpy(next, in[i].p, in[i].n);
    next += in[i].n;
  }
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
  for (unsigned k = 0; s->type.kind == TYPE_STRUCT && k < s->type.items; k++)
    append(&s->item[k], &c->item[k], c->constant ? 0 : from, c->constant ? to - from : to, text);
  while (from < to) {
    size_t copied = put_run(s, c, from, to);
    if (copied == 0)
      copied = put_texts(s, c, from, to, text);
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
                   struct arena *arena);

static struct run run_of(const struct stored *s, uint32_t row)
{
  if (row == ROW_NONE)
    return (struct run){0};
  return ((const struct run *)s->chunk[row / CHUNK_ROWS].data)[row % CHUNK_ROWS];
}

static void gather_runs(const struct stored *s, const uint32_t *row, size_t count,
                        struct column *out, struct arena *arena)
{
  uint32_t total = 0;
  for (size_t i = 0; i < count; i++)
    out->end[i] = total += run_of(s, row[i]).length;
  uint32_t *element = arena_take(arena, total, sizeof *element);
  for (size_t i = 0, next = 0; i < count; i++) {
    struct run run = run_of(s, row[i]);
    for (uint32_t k = 0; k < run.length; k++)
      element[next++] = run.first + k;
  }
  for (unsigned k = 0; k < s->type.items; k++)
    gather(&s->item[k], element, total, &out->item[k], arena);
}

static void gather(const struct stored *s, const uint32_t *row, size_t count, struct column *out,
                   struct arena *arena)
{
  if (!s->kept) {
    column_make_null(out, s->type, arena);
    return;
  }
  column_make(out, s->type, count, arena);
  if (s->type.kind == TYPE_NULL)
    return;
  gather_flags(s, row, count, out, arena);
  if (has_runs(s->type)) {
    gather_runs(s, row, count, out, arena);
    return;
  }
  switch (type_size(s->type)) {
  case 0:
    for (unsigned k = 0; k < s->type.items; k++)
      gather(&s->item[k], row, count, &out->item[k], arena);
    break;
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

static void view(const struct stored *s, size_t from, size_t count, struct column *out,
                 struct arena *arena)
{
  if (!s->kept || has_runs(s->type) || s->type.kind == TYPE_NULL) {
    uint32_t *row = arena_take(arena, count, sizeof *row);
    for (size_t i = 0; i < count; i++)
      row[i] = (uint32_t)(from + i);
    gather(s, row, count, out, arena);
    return;
  }
  const struct chunk *chunk = &s->chunk[from / CHUNK_ROWS];
  size_t at = from % CHUNK_ROWS;
  *out = (struct column){.type = s->type};
  if (chunk->data != NULL)
    out->data = (char *)chunk->data + at * stored_size(s->type);
  if (chunk->null != NULL)
    out->null = chunk->null + at;
  if (s->type.items != 0)
    out->item = arena_take(arena, s->type.items, sizeof *out->item);
  for (unsigned k = 0; k < s->type.items; k++)
    view(&s->item[k], from, count, &out->item[k], arena);
}

void store_view(const struct store *store, size_t from, size_t count, struct column *column,
                struct arena *arena)
{
  assert(count <= CHUNK_ROWS - from % CHUNK_ROWS);
  for (size_t i = 0; i < store->columns; i++)
    view(&store->column[i], from, count, &column[i], arena);
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
