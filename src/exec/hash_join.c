/* SPDX-License-Identifier: Apache-2.0 */
/* A join of any two inputs: one is held, the other one streams past it. Matches come in the order
 * of the side that streams; rows of the held side that matched none come last. */
#include <stdlib.h>

#include "exec/held_side.h"
#include "exec/join_rows.h"

struct hash_join {
  struct step head;
  struct held_side held;
  bool is_built;
  bool *matched;   /* by held row; only if unmatched ones come out */
  struct batch in; /* the batch of the side that streams, and its keys */
  struct column *key;
  uint32_t *chain; /* by its row: the first held row of its key */
  struct arena in_arena;
  uint32_t *streamed, *found; /* pairs that wait to be given out: rows of the one, of the other */
  size_t pairs, room, given;
  size_t row; /* the next row of the batch */
  bool at_end;
  size_t unmatched; /* the next held row to look at for unmatched ones */
};

static unsigned stream_side(const struct hash_join *h)
{
  return 1 - h->held.side;
}

static bool hash_join_prepare(struct step *step, struct error *err)
{
  struct hash_join *h = (struct hash_join *)step;
  if (h->is_built)
    return true;
  if (!held_fill(&h->held, step->input[h->held.side], err))
    return false;
  if (join_keeps(step->plan->join, h->held.side))
    h->matched = mem_new(store_rows(h->held.rows), sizeof *h->matched);
  h->is_built = true;
  return step_prepare(step->input[stream_side(h)], err);
}

/* ---- pairs ---- */

static void add_pair(struct hash_join *h, uint32_t streamed, uint32_t held)
{
  if (h->pairs == h->room) {
    h->room = h->room != 0 ? 2 * h->room : BATCH_ROWS;
    h->streamed = mem_resize(h->streamed, h->room, sizeof *h->streamed);
    h->found = mem_resize(h->found, h->room, sizeof *h->found);
  }
  h->streamed[h->pairs] = streamed;
  h->found[h->pairs++] = held;
}

static void pair_row(struct hash_join *h, uint32_t row)
{
  if (h->held.table == NULL) {
    for (size_t r = 0; r < store_rows(h->held.rows); r++)
      add_pair(h, row, (uint32_t)r);
    return;
  }
  for (uint32_t r = h->chain[row]; r != ROW_NONE; r = h->held.next[r])
    add_pair(h, row, r);
}

/* Keeps the pairs for which the condition is true. */
static bool check_condition(struct hash_join *h, struct evaluation *ev)
{
  if (h->head.plan->condition == NULL || h->pairs == 0)
    return true;
  struct column condition;
  if (!join_condition(&h->held, &h->in, h->streamed, h->found, h->pairs, ev, &condition))
    return false;
  size_t kept = 0;
  for (size_t i = 0; i < h->pairs; i++)
    if (column_is_true(&condition, i)) {
      h->streamed[kept] = h->streamed[i];
      h->found[kept++] = h->found[i];
    }
  h->pairs = kept;
  return true;
}

/* Adds the rows from .. to-1 that have no pair, each in its place. */
static void add_unmatched(struct hash_join *h, size_t from, size_t to, struct arena *arena)
{
  size_t count = h->pairs, next = 0;
  uint32_t *streamed = arena_take(arena, count, sizeof *streamed);
  uint32_t *found = arena_take(arena, count, sizeof *found);
  for (size_t i = 0; i < count; i++)
    streamed[i] = h->streamed[i], found[i] = h->found[i];
  h->pairs = 0;
  for (size_t row = from; row < to; row++) {
    if (next == count || streamed[next] != row)
      add_pair(h, (uint32_t)row, ROW_NONE);
    for (; next < count && streamed[next] == row; next++)
      add_pair(h, streamed[next], found[next]);
  }
}

static bool read_batch(struct hash_join *h, struct error *err)
{
  const struct plan *plan = h->head.plan;
  if (!step_next(h->head.input[stream_side(h)], &h->in, err))
    return false;
  arena_reset(&h->in_arena);
  h->row = 0;
  h->at_end = h->in.rows == 0;
  if (h->at_end)
    return true;
  struct evaluation ev = {&h->in_arena, err};
  h->key = join_keys(join_side_keys(plan, stream_side(h)), plan->keys, &h->in, &ev);
  if (h->key == NULL)
    return false;
  h->chain = arena_take(&h->in_arena, h->in.rows, sizeof *h->chain);
  if (h->held.table != NULL)
    held_find(&h->held, h->key, h->in.rows, h->chain);
  return true;
}

/* The pairs of the next rows. */
static bool find_pairs(struct hash_join *h, struct error *err)
{
  h->pairs = h->given = 0;
  if (h->row == h->in.rows && !read_batch(h, err))
    return false;
  size_t from = h->row;
  while (h->row < h->in.rows && h->pairs < BATCH_ROWS)
    pair_row(h, (uint32_t)h->row++);
  struct arena arena = {0};
  struct evaluation ev = {&arena, err};
  bool good = check_condition(h, &ev);
  for (size_t i = 0; good && h->matched != NULL && i < h->pairs; i++)
    h->matched[h->found[i]] = true;
  if (good && join_keeps(h->head.plan->join, stream_side(h)))
    add_unmatched(h, from, h->row, &arena);
  arena_free(&arena);
  return good;
}

static void find_unmatched(struct hash_join *h)
{
  h->pairs = h->given = 0;
  for (; h->unmatched < store_rows(h->held.rows) && h->pairs < BATCH_ROWS; h->unmatched++)
    if (!h->matched[h->unmatched])
      add_pair(h, ROW_NONE, (uint32_t)h->unmatched);
}

/* The columns and keys of a side of which no row is there: any do, as none is read. */
static void no_rows(const struct plan *plan, unsigned side, struct column **column,
                    struct column **key, struct arena *arena)
{
  const struct schema *schema = &plan->input[side]->schema;
  *column = arena_take(arena, schema->columns, sizeof **column);
  for (size_t i = 0; i < schema->columns; i++)
    column_make_null(&(*column)[i], schema->column[i].type, arena);
  *key = arena_take(arena, plan->keys, sizeof **key);
  for (size_t i = 0; i < plan->keys; i++)
    column_make_null(&(*key)[i], join_side_keys(plan, side)[i]->type, arena);
}

static void give_pairs(struct hash_join *h, struct batch *out)
{
  const struct plan *plan = h->head.plan;
  struct arena *arena = &h->head.arena;
  size_t left = h->pairs - h->given, count = left < BATCH_ROWS ? left : BATCH_ROWS;
  const uint32_t *held_row = h->found + h->given, *streamed = h->streamed + h->given;
  struct column *column[2], *key[2];
  unsigned side = h->held.side, other = stream_side(h);
  column[other] = h->in.column;
  key[other] = h->key;
  if (h->at_end)
    no_rows(plan, other, &column[other], &key[other], arena);
  column[side] = held_columns(&h->held, held_row, count, arena);
  key[side] = column[side] + plan->input[side]->schema.columns;
  uint32_t *gathered = arena_take(arena, count, sizeof *gathered);
  for (size_t i = 0; i < count; i++)
    gathered[i] = held_row[i] == ROW_NONE ? ROW_NONE : (uint32_t)i;
  struct row_pairs pairs = {count, side == 0 ? gathered : streamed,
                            side == 0 ? streamed : gathered};
  join_rows(plan, column[0], key[0], column[1], key[1], &pairs, out, arena);
  h->given += count;
}

static bool hash_join_next(struct step *step, struct batch *out, struct error *err)
{
  struct hash_join *h = (struct hash_join *)step;
  if (!hash_join_prepare(step, err))
    return false;
  while (h->given == h->pairs && !h->at_end)
    if (!find_pairs(h, err))
      return false;
  if (h->given == h->pairs && h->matched != NULL)
    find_unmatched(h);
  arena_reset(&step->arena);
  *out = (struct batch){.columns = step->plan->schema.columns};
  if (h->given != h->pairs)
    give_pairs(h, out);
  out->partition = h->in.partition;
  return true;
}

static void hash_join_close(struct step *step)
{
  struct hash_join *h = (struct hash_join *)step;
  held_close(&h->held);
  arena_free(&h->in_arena);
  free(h->matched);
  free(h->streamed);
  free(h->found);
}

static const struct step_kind hash_join_kind = {"hash join", hash_join_next, hash_join_prepare,
                                                hash_join_close, NULL};

struct step *hash_join_open(const struct plan *plan, struct step *left, struct step *right,
                            unsigned held, bool newest_first, const struct execution *x)
{
  struct hash_join *h = step_new(&hash_join_kind, sizeof *h, plan, left, right);
  held_open(&h->held, plan, held, newest_first, x->arena);
  h->head.note = held == 0 ? "holds the upper side" : "holds the lower side";
  return &h->head;
}
