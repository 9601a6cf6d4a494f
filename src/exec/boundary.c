/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/boundary.h"

#include "exec/compare.h"

bool boundary_same(const struct boundary *b, const struct column *key, size_t keys, size_t row)
{
  if (row == 0 && b->key == NULL)
    return false;
  for (size_t i = 0; i < keys; i++) {
    int order = row != 0 ? value_compare(&key[i], row, &key[i], row - 1)
                         : value_compare(&key[i], row, &b->key[i], 0);
    if (order != 0)
      return false;
  }
  return true;
}

/* The bytes of strings, in fields and elements too, are copied: they live in somebody's batch. */
static void own_text(struct column *c, size_t rows, struct arena *arena)
{
  for (size_t i = 0; c->type.kind == TYPE_STRING && i < rows; i++)
    if (!column_is_null(c, i))
      c->text[i].p = arena_copy(arena, c->text[i].p, c->text[i].n);
  size_t items = column_items(c, rows);
  for (unsigned k = 0; k < c->type.items; k++)
    own_text(&c->item[k], items, arena);
}

void boundary_keep(struct boundary *b, const struct column *key, size_t keys, size_t row)
{
  uint32_t one = (uint32_t)row;
  arena_reset(&b->arena);
  b->keys = keys;
  b->key = arena_take(&b->arena, keys, sizeof *b->key);
  for (size_t i = 0; i < keys; i++) {
    column_gather(&key[i], &one, 1, &b->key[i], &b->arena);
    own_text(&b->key[i], 1, &b->arena);
  }
}

void boundary_free(struct boundary *b)
{
  arena_free(&b->arena);
}
