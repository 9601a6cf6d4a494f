/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the left input by whether they match a row of the right one: LEFT SEMI keeps those that
 * do, LEFT ANTI those that do not, and the join of EXISTS and IN keeps all and says which do. */
#include <stdlib.h>

#include "exec/held_side.h"
#include "exec/join_rows.h"

struct semi_join {
  struct step head;
  struct held_side held;
  bool is_built;
  struct arena in_arena;
};

static bool semi_join_prepare(struct step *step, struct error *err)
{
  struct semi_join *s = (struct semi_join *)step;
  if (s->is_built)
    return true;
  if (!held_fill(&s->held, step->input[1], err))
    return false;
  s->is_built = true;
  return step_prepare(step->input[0], err);
}

/* Pairs that are tried at once. */
struct trial {
  size_t pairs, room;
  uint32_t *left, *right;
};

static bool try_pairs(struct semi_join *s, const struct batch *in, struct trial *t,
                      uint8_t *matches, struct error *err)
{
  struct arena arena = {0};
  struct evaluation ev = {&arena, err};
  struct column condition;
  bool good = join_condition(&s->held, in, t->left, t->right, t->pairs, &ev, &condition);
  for (size_t i = 0; good && i < t->pairs; i++)
    matches[t->left[i]] |= column_is_true(&condition, i);
  t->pairs = 0;
  arena_free(&arena);
  return good;
}

/* Tries the held row r with the row; a row that matched already needs no more. */
static bool try_pair(struct semi_join *s, const struct batch *in, struct trial *t, uint32_t row,
                     uint32_t r, uint8_t *matches, struct error *err)
{
  if (matches[row])
    return true;
  t->left[t->pairs] = row;
  t->right[t->pairs++] = r;
  return t->pairs < t->room || try_pairs(s, in, t, matches, err);
}

/* matches[i]: whether a held row goes with row i under the condition. */
static bool match_condition(struct semi_join *s, const struct batch *in, const uint32_t *chain,
                            uint8_t *matches, struct error *err)
{
  struct arena *arena = &s->in_arena;
  struct trial t = {.room = BATCH_ROWS};
  t.left = arena_take(arena, t.room, sizeof *t.left);
  t.right = arena_take(arena, t.room, sizeof *t.right);
  bool good = true;
  for (size_t i = 0; good && i < in->rows; i++) {
    uint32_t row = (uint32_t)i;
    if (s->held.table == NULL)
      for (size_t r = 0; good && !matches[i] && r < store_rows(s->held.rows); r++)
        good = try_pair(s, in, &t, row, (uint32_t)r, matches, err);
    else
      for (uint32_t r = chain[i]; good && r != ROW_NONE; r = s->held.next[r])
        good = try_pair(s, in, &t, row, r, matches, err);
  }
  return good && (t.pairs == 0 || try_pairs(s, in, &t, matches, err));
}

/* NOT IN over one column: a null among the right rows matches every row, and a null on the left
 * any row at all (BroadcastHashJoinExec, isNullAwareAntiJoin). */
static void match_nulls(const struct semi_join *s, const struct column *key, size_t rows,
                        uint8_t *matches)
{
  bool none = store_rows(s->held.rows) == 0;
  for (size_t i = 0; !none && i < rows; i++)
    matches[i] |= s->held.has_null_key || column_is_null(key, i);
}

static uint8_t *find_matches(struct semi_join *s, const struct batch *in, struct error *err)
{
  const struct plan *plan = s->head.plan;
  struct evaluation ev = {&s->in_arena, err};
  uint8_t *matches = arena_zero(&s->in_arena, in->rows, 1);
  struct column *key = join_keys(plan->left_key, plan->keys, in, &ev);
  if (key == NULL)
    return NULL;
  uint32_t *chain = arena_take(&s->in_arena, in->rows, sizeof *chain);
  if (s->held.table != NULL)
    held_find(&s->held, key, in->rows, chain);
  if (plan->condition != NULL)
    return match_condition(s, in, chain, matches, err) ? matches : NULL;
  for (size_t i = 0; i < in->rows; i++)
    matches[i] = s->held.table != NULL ? chain[i] != ROW_NONE : store_rows(s->held.rows) != 0;
  if (plan->null_aware)
    match_nulls(s, key, in->rows, matches);
  return matches;
}

/* All rows, and behind their columns whether they match. */
static void mark_rows(const struct batch *in, const uint8_t *matches, struct batch *out,
                      struct arena *arena)
{
  out->rows = in->rows;
  out->column = arena_take(arena, in->columns + 1, sizeof *out->column);
  memcpy(out->column, in->column, in->columns * sizeof *out->column);
  struct column *mark = &out->column[in->columns];
  column_make(mark, type_of(TYPE_BOOLEAN), in->rows, arena);
  memcpy(mark->boolean, matches, in->rows);
}

static void choose_rows(const struct plan *plan, const struct batch *in, const uint8_t *matches,
                        struct batch *out, struct arena *arena)
{
  uint32_t *chosen = arena_take(arena, in->rows, sizeof *chosen);
  bool wanted = plan->join == JOIN_LEFT_SEMI;
  for (size_t i = 0; i < in->rows; i++) {
    chosen[out->rows] = (uint32_t)i;
    out->rows += (matches[i] != 0) == wanted;
  }
  out->column = in->column;
  if (out->rows == in->rows || out->rows == 0)
    return;
  out->column = arena_take(arena, in->columns, sizeof *out->column);
  for (size_t i = 0; i < in->columns; i++)
    column_gather(&in->column[i], chosen, out->rows, &out->column[i], arena);
}

static bool semi_join_next(struct step *step, struct batch *out, struct error *err)
{
  struct semi_join *s = (struct semi_join *)step;
  struct batch in;
  if (!semi_join_prepare(step, err))
    return false;
  *out = (struct batch){.columns = step->plan->schema.columns};
  do {
    arena_reset(&step->arena);
    arena_reset(&s->in_arena);
    if (!step_next(step->input[0], &in, err))
      return false;
    if (in.rows == 0)
      return true;
    out->partition = in.partition;
    uint8_t *matches = find_matches(s, &in, err);
    if (matches == NULL)
      return false;
    if (step->plan->join == JOIN_EXISTENCE)
      mark_rows(&in, matches, out, &step->arena);
    else
      choose_rows(step->plan, &in, matches, out, &step->arena);
  } while (out->rows == 0);
  return true;
}

static void semi_join_close(struct step *step)
{
  struct semi_join *s = (struct semi_join *)step;
  held_close(&s->held);
  arena_free(&s->in_arena);
}

static const struct step_kind semi_join_kind = {"semi join", semi_join_next, semi_join_prepare,
                                                semi_join_close, NULL};

struct step *semi_join_open(const struct plan *plan, struct step *left, struct step *right,
                            const struct execution *x)
{
  struct semi_join *s = step_new(&semi_join_kind, sizeof *s, plan, left, right);
  held_open(&s->held, plan, 1, true, x->arena);
  s->head.note = "holds the lower side";
  s->head.order = left->order;
  s->head.orders = left->orders;
  s->head.unique = left->unique;
  return &s->head;
}
