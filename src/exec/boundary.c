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

void boundary_keep(struct boundary *b, const struct column *key, size_t keys, size_t row)
{
  uint32_t one = (uint32_t)row;
  arena_reset(&b->arena);
  b->keys = keys;
  b->key = arena_take(&b->arena, keys, sizeof *b->key);
  for (size_t i = 0; i < keys; i++) {
    column_gather(&key[i], &one, 1, &b->key[i], &b->arena);
    column_keep_text(&b->key[i], 1, &b->arena);
  }
}

void boundary_free(struct boundary *b)
{
  arena_free(&b->arena);
}
