/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/boundary.h"

#include "exec/compare.h"

/* Equal strings of neighbours mostly stand at the same place. */
static bool same_value(const struct column *a, size_t i, const struct column *b, size_t j)
{
  if (a->type.kind == TYPE_STRING && a->null == NULL && b->null == NULL) {
    struct slice x = a->text[column_index(a, i)], y = b->text[column_index(b, j)];
    return (x.p == y.p && x.n == y.n) || slice_equal(x, y);
  }
  return value_compare(a, i, b, j) == 0;
}

bool boundary_same(const struct boundary *b, const struct column *key, size_t keys, size_t row)
{
  if (row == 0 && b->key == NULL)
    return false;
  for (size_t i = 0; i < keys; i++) {
    if (row != 0 ? !same_value(&key[i], row, &key[i], row - 1)
                 : !same_value(&key[i], row, &b->key[i], 0))
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
