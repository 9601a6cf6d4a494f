/* SPDX-License-Identifier: Apache-2.0 */
#include "table/column.h"

static void stack_flags(const struct column *const *piece, const size_t *rows, size_t pieces,
                        size_t total, struct column *out, struct arena *arena)
{
  size_t at = 0;
  for (size_t k = 0; k < pieces; at += rows[k++]) {
    if (piece[k]->type.kind == TYPE_NULL)
      memset(column_flags(out, total, arena) + at, 1, rows[k]);
    else if (piece[k]->null != NULL && rows[k] != 0)
      memcpy(column_flags(out, total, arena) + at, piece[k]->null, rows[k]);
  }
}

/* Ends move up by the elements of the pieces before. */
static void stack_ends(const struct column *const *piece, const size_t *rows, size_t pieces,
                       struct column *out)
{
  uint32_t *end = out->end, before = 0;
  for (size_t k = 0; k < pieces; k++) {
    for (size_t i = 0; i < rows[k]; i++)
      *end++ = before + piece[k]->end[i];
    before += rows[k] != 0 ? piece[k]->end[rows[k] - 1] : 0;
  }
}

static void stack_items(const struct column *const *piece, const size_t *rows, size_t pieces,
                        struct column *out, struct arena *arena)
{
  bool has_runs = out->type.kind != TYPE_STRUCT;
  const struct column **item = arena_take(arena, pieces, sizeof *item);
  size_t *items = arena_take(arena, pieces, sizeof *items);
  for (unsigned f = 0; f < out->type.items; f++) {
    for (size_t k = 0; k < pieces; k++) {
      item[k] = &piece[k]->item[f];
      items[k] = !has_runs ? rows[k] : rows[k] != 0 ? piece[k]->end[rows[k] - 1] : 0;
    }
    column_stack(item, items, pieces, &out->item[f], arena);
  }
}

void column_spread(const struct column *in, size_t rows, struct column *out, struct arena *arena)
{
  if (!in->constant && in->type.kind != TYPE_STRUCT) {
    *out = *in;
    return;
  }
  uint32_t *row = arena_take(arena, rows, sizeof *row);
  for (size_t i = 0; i < rows; i++)
    row[i] = in->constant ? 0 : (uint32_t)i;
  column_gather(in, row, rows, out, arena);
}

void column_stack(const struct column *const *piece, const size_t *rows, size_t pieces,
                  struct column *out, struct arena *arena)
{
  size_t total = 0, at = 0;
  struct column *spread = arena_take(arena, pieces, sizeof *spread);
  const struct column **plain = arena_take(arena, pieces, sizeof *plain);
  for (size_t k = 0; k < pieces; total += rows[k++]) {
    column_spread(piece[k], rows[k], &spread[k], arena);
    plain[k] = &spread[k];
  }
  column_make(out, piece[0]->type, total, arena);
  stack_flags(plain, rows, pieces, total, out, arena);
  if (out->type.items != 0)
    stack_items(plain, rows, pieces, out, arena);
  if (out->type.kind == TYPE_ARRAY || out->type.kind == TYPE_MAP) {
    stack_ends(plain, rows, pieces, out);
    return;
  }
  size_t size = type_size(out->type);
  for (size_t k = 0; k < pieces; at += rows[k++])
    if (size != 0 && rows[k] != 0)
      memcpy((char *)out->data + at * size, plain[k]->data, rows[k] * size);
}
