/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/join_rows.h"

bool join_keeps(enum join_kind join, unsigned side)
{
  return join == JOIN_FULL || join == (side == 0 ? JOIN_LEFT : JOIN_RIGHT);
}

bool join_condition(const struct held_side *held, const struct batch *in, const uint32_t *streamed,
                    const uint32_t *found, size_t pairs, struct evaluation *ev,
                    struct column *condition)
{
  const struct plan *plan = held->join;
  size_t lefts = plan->input[0]->schema.columns, rights = plan->input[1]->schema.columns;
  struct batch both = {.rows = pairs, .columns = lefts + rights};
  both.column = arena_take(ev->arena, both.columns, sizeof *both.column);
  struct column *other = both.column + (held->side == 0 ? lefts : 0);
  struct column *own = both.column + (held->side == 0 ? 0 : lefts);
  for (size_t i = 0; i < in->columns; i++)
    column_gather(&in->column[i], streamed, pairs, &other[i], ev->arena);
  memcpy(own, held_columns(held, found, pairs, ev->arena),
         (held->side == 0 ? lefts : rights) * sizeof *own);
  return expr_eval(plan->condition, &both, ev, condition);
}

bool join_group_condition(const struct held_side *l, const struct held_side *r,
                          const uint32_t *left, size_t lefts, const uint32_t *right, size_t rights,
                          struct evaluation *ev, uint8_t *holds)
{
  const struct plan *plan = l->join;
  size_t pairs = lefts * rights, columns = plan->input[0]->schema.columns;
  memset(holds, 1, pairs);
  if (plan->condition == NULL || pairs == 0)
    return true;
  uint32_t *row = arena_take(ev->arena, pairs, sizeof *row);
  for (size_t i = 0; i < pairs; i++)
    row[i] = left[i / rights];
  struct batch in = {.rows = pairs, .columns = columns};
  in.column = held_columns(l, row, pairs, ev->arena);
  uint32_t *same = arena_take(ev->arena, pairs, sizeof *same);
  for (size_t i = 0; i < pairs; i++) {
    same[i] = (uint32_t)i;
    row[i] = right[i % rights];
  }
  struct column condition;
  if (!join_condition(r, &in, same, row, pairs, ev, &condition))
    return false;
  for (size_t i = 0; i < pairs; i++)
    holds[i] = column_is_true(&condition, i);
  return true;
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
