/* SPDX-License-Identifier: Apache-2.0 */
/* FULL JOIN of any two inputs by keys. Spark sorts both sides (SortMergeJoinExec), and so rows come
 * in the order of the keys: those with a null key first, then key by key. Where it finds a side
 * empty before it joins there is no join any more, and the other side's rows come as they are
 * (AQEPropagateEmptyRelation.scala). */
#include <stdlib.h>

#include "exec/compare.h"
#include "exec/held_side.h"
#include "exec/join_rows.h"
#include "exec/order.h"

struct sorted_side {
  struct held_side held;
  size_t rows, next;
  uint32_t *row;      /* in the order of the keys */
  struct column *key; /* of all rows, as they are held */
};

struct full_join {
  struct step head;
  struct sorted_side side[2];
  bool is_built;
  struct arena key_arena;
  uint32_t *left, *right; /* pairs that wait to be given out */
  size_t pairs, room, given;
};

struct key_order {
  size_t keys;
  const struct column *key;
};

static int compare_rows(const void *argument, uint32_t a, uint32_t b)
{
  const struct key_order *o = argument;
  int order = 0;
  for (size_t k = 0; k < o->keys && order == 0; k++)
    order = value_compare(&o->key[k], a, &o->key[k], b);
  return order;
}

static void take_side(struct sorted_side *s, const struct plan *plan, struct arena *arena)
{
  size_t columns = plan->input[s->held.side]->schema.columns;
  s->rows = store_rows(s->held.rows);
  s->key = arena_take(arena, plan->keys, sizeof *s->key);
  for (size_t k = 0; k < plan->keys; k++)
    store_whole(s->held.rows, columns + k, &s->key[k], arena);
  s->row = mem_resize(NULL, s->rows, sizeof *s->row);
  for (size_t i = 0; i < s->rows; i++)
    s->row[i] = (uint32_t)i;
}

static void sort_side(struct sorted_side *s, const struct plan *plan)
{
  if (plan->keys == 1 && order_by_radix(s->key[0].type))
    order_nulls_to_the_front(&s->key[0], s->row, s->rows);
  struct key_order order = {plan->keys, s->key};
  order_sort(s->row, s->rows, compare_rows, &order);
}

/* Spark sees that after a shuffle only. */
static bool is_seen_empty(const struct sorted_side *s, const struct plan *plan)
{
  return s->rows == 0 && !plan->in_place[s->held.side];
}

static bool full_join_prepare(struct step *step, struct error *err)
{
  struct full_join *f = (struct full_join *)step;
  for (unsigned i = 0; !f->is_built && i < 2; i++) {
    if (!held_fill(&f->side[i].held, step->input[i], err))
      return false;
    take_side(&f->side[i], step->plan, &f->key_arena);
  }
  if (!f->is_built && !is_seen_empty(&f->side[0], step->plan) &&
      !is_seen_empty(&f->side[1], step->plan))
    for (unsigned i = 0; i < 2; i++)
      sort_side(&f->side[i], step->plan);
  f->is_built = true;
  return true;
}

/* ---- pairs ---- */

static void add_pair(struct full_join *f, uint32_t left, uint32_t right)
{
  if (f->pairs == f->room) {
    f->room = f->room != 0 ? 2 * f->room : 2 * BATCH_ROWS;
    f->left = mem_resize(f->left, f->room, sizeof *f->left);
    f->right = mem_resize(f->right, f->room, sizeof *f->right);
  }
  f->left[f->pairs] = left;
  f->right[f->pairs++] = right;
}

static bool has_null_key(const struct sorted_side *s, const struct plan *plan)
{
  for (size_t k = 0; k < plan->keys; k++)
    if (column_is_null(&s->key[k], s->row[s->next]) &&
        (plan->null_safe == NULL || !plan->null_safe[k]))
      return true;
  return false;
}

static int compare_sides(const struct full_join *f)
{
  const struct sorted_side *l = &f->side[0], *r = &f->side[1];
  int order = 0;
  for (size_t k = 0; k < f->head.plan->keys && order == 0; k++)
    order = value_compare(&l->key[k], l->row[l->next], &r->key[k], r->row[r->next]);
  return order;
}

/* The end of the rows that have the key of the next one. */
static size_t same_end(const struct sorted_side *s, size_t keys)
{
  struct key_order order = {keys, s->key};
  size_t end = s->next + 1;
  while (end < s->rows && compare_rows(&order, s->row[s->next], s->row[end]) == 0)
    end++;
  return end;
}

/* Every left row of the key with every right one, as far as the condition holds; a row that goes
 * with none alone, the left ones in their places, the right ones behind. */
static bool pair_group(struct full_join *f, size_t left_end, size_t right_end, struct error *err)
{
  struct sorted_side *l = &f->side[0], *r = &f->side[1];
  size_t lefts = left_end - l->next, rights = right_end - r->next, pairs = lefts * rights;
  const uint32_t *left = l->row + l->next, *right = r->row + r->next;
  struct arena arena = {0};
  struct evaluation ev = {&arena, err};
  uint8_t *holds = arena_take(&arena, pairs, 1), *met = arena_zero(&arena, rights, 1);
  bool good = join_group_condition(&l->held, &r->held, left, lefts, right, rights, &ev, holds);
  for (size_t i = 0; good && i < lefts; i++) {
    bool alone = true;
    for (size_t k = 0; k < rights; k++)
      if (holds[i * rights + k]) {
        add_pair(f, left[i], right[k]);
        met[k] = 1;
        alone = false;
      }
    if (alone)
      add_pair(f, left[i], ROW_NONE);
  }
  for (size_t k = 0; good && k < rights; k++)
    if (!met[k])
      add_pair(f, ROW_NONE, right[k]);
  arena_free(&arena);
  l->next = left_end;
  r->next = right_end;
  return good;
}

static bool find_pairs(struct full_join *f, struct error *err)
{
  const struct plan *plan = f->head.plan;
  struct sorted_side *l = &f->side[0], *r = &f->side[1];
  f->pairs = f->given = 0;
  while (f->pairs < BATCH_ROWS && (l->next < l->rows || r->next < r->rows)) {
    if (l->next < l->rows && (r->next == r->rows || has_null_key(l, plan))) {
      add_pair(f, l->row[l->next++], ROW_NONE);
      continue;
    }
    if (l->next == l->rows || has_null_key(r, plan)) {
      add_pair(f, ROW_NONE, r->row[r->next++]);
      continue;
    }
    int order = compare_sides(f);
    size_t left_end = order <= 0 ? same_end(l, plan->keys) : l->next;
    size_t right_end = order >= 0 ? same_end(r, plan->keys) : r->next;
    if (!pair_group(f, left_end, right_end, err))
      return false;
  }
  return true;
}

static bool full_join_next(struct step *step, struct batch *out, struct error *err)
{
  struct full_join *f = (struct full_join *)step;
  const struct plan *plan = step->plan;
  arena_reset(&step->arena);
  *out = (struct batch){.columns = plan->schema.columns};
  if (!full_join_prepare(step, err) || (f->given == f->pairs && !find_pairs(f, err)))
    return false;
  size_t waiting = f->pairs - f->given, count = waiting < BATCH_ROWS ? waiting : BATCH_ROWS;
  if (count == 0)
    return true;
  const uint32_t *left = f->left + f->given, *right = f->right + f->given;
  struct column *l = held_columns(&f->side[0].held, left, count, &step->arena);
  struct column *r = held_columns(&f->side[1].held, right, count, &step->arena);
  uint32_t *place[2];
  for (unsigned s = 0; s < 2; s++) {
    place[s] = arena_take(&step->arena, count, sizeof *place[s]);
    for (size_t i = 0; i < count; i++)
      place[s][i] = (s == 0 ? left : right)[i] == ROW_NONE ? ROW_NONE : (uint32_t)i;
  }
  struct row_pairs pairs = {count, place[0], place[1]};
  join_rows(plan, l, l + plan->input[0]->schema.columns, r, r + plan->input[1]->schema.columns,
            &pairs, out, &step->arena);
  f->given += count;
  return true;
}

static void full_join_close(struct step *step)
{
  struct full_join *f = (struct full_join *)step;
  for (unsigned i = 0; i < 2; i++) {
    held_close(&f->side[i].held);
    free(f->side[i].row);
  }
  arena_free(&f->key_arena);
  free(f->left);
  free(f->right);
}

static const struct step_kind full_join_kind = {"full join", full_join_next, full_join_prepare,
                                                full_join_close, NULL};

struct step *full_join_open(const struct plan *plan, struct step *left, struct step *right,
                            const struct execution *x)
{
  struct full_join *f = step_new(&full_join_kind, sizeof *f, plan, left, right);
  for (unsigned i = 0; i < 2; i++)
    held_open(&f->side[i].held, plan, i, false, x->arena);
  f->head.note = "holds both sides";
  return &f->head;
}
