/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/join_rows.h"

bool join_keeps_left(enum join_kind join)
{
  return join == JOIN_LEFT || join == JOIN_FULL;
}

bool join_keeps_right(enum join_kind join)
{
  return join == JOIN_RIGHT || join == JOIN_FULL;
}

struct column *join_keys(struct expr *const *key, size_t keys, const struct batch *in,
                         struct evaluation *ev)
{
  struct column *c = arena_take(ev->arena, keys, sizeof *c);
  for (size_t i = 0; i < keys; i++)
    if (!expr_eval(key[i], in, ev, &c[i]))
      return NULL;
  return c;
}

/* Row `from` of a column, in place of row `to` of one that was gathered. */
static void put_row(const struct column *in, size_t from, struct column *out, size_t to)
{
  size_t size = type_size(out->type), at = column_index(in, from);
  if (size != 0)
    memcpy((char *)out->data + to * size, (const char *)in->data + at * size, size);
  if (out->null != NULL)
    out->null[to] = column_is_null(in, from);
  for (unsigned k = 0; k < out->type.items; k++)
    put_row(&in->item[k], at, &out->item[k], to);
}

/* coalesce(left, right): the key of the side that is there. */
static void merge_key(const struct column *left, const struct column *right,
                      const struct row_pairs *pairs, struct column *out, struct arena *arena)
{
  column_gather(left, pairs->left, pairs->count, out, arena);
  for (size_t i = 0; i < pairs->count; i++)
    if (pairs->left[i] == ROW_NONE && !column_is_null(right, pairs->right[i]))
      put_row(right, pairs->right[i], out, i);
}

void join_rows(const struct plan *plan, const struct column *left, const struct column *left_key,
               const struct column *right, const struct column *right_key,
               const struct row_pairs *pairs, struct batch *out, struct arena *arena)
{
  size_t lefts = plan->input[0]->schema.columns, columns = plan->schema.columns;
  *out = (struct batch){.rows = pairs->count, .columns = columns};
  out->column = arena_take(arena, columns, sizeof *out->column);
  for (size_t i = 0; i < columns; i++) {
    struct column *to = &out->column[i];
    size_t k = i - plan->merged;
    if (!plan->wanted[i])
      column_make_null(to, plan->schema.column[i].type, arena);
    else if (i < plan->merged)
      merge_key(&left_key[i], &right_key[i], pairs, to, arena);
    else if (k < lefts)
      column_gather(&left[k], pairs->left, pairs->count, to, arena);
    else
      column_gather(&right[k - lefts], pairs->right, pairs->count, to, arena);
  }
}
