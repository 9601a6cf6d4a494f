/* SPDX-License-Identifier: Apache-2.0 */
/* A join of any two inputs: the right one is held, the left one streams past it. Matches come in
 * the left input's order, for one left row in the right input's; right rows that matched none come
 * last. */
#include <stdlib.h>

#include "exec/join_rows.h"
#include "exec/key_table.h"
#include "exec/store.h"

struct hash_join {
  struct step head;
  bool is_built;
  struct store *rows;     /* the right input's columns, then its keys */
  struct key_table *keys; /* of the right rows; unused without keys */
  uint32_t *first, *last; /* by key: its first and last right row */
  size_t known;           /* keys that first and last have room for */
  uint32_t *next;         /* by right row: the next one with the same key */
  bool *matched;          /* by right row; only if unmatched ones come out */
  struct batch in;        /* the left batch and its keys */
  struct column *left_key;
  uint32_t *number; /* of the left rows' keys among the right ones */
  struct arena in_arena;
  uint32_t *left, *right; /* pairs that wait to be given out */
  size_t pairs, room, given;
  size_t row; /* the next left row of the batch */
  bool at_end;
  size_t unmatched; /* the next right row to look at for unmatched ones */
};

/* ---- the right side ---- */

static void grow_keys(struct hash_join *h, size_t keys)
{
  if (keys <= h->known)
    return;
  size_t known = h->known != 0 ? 2 * h->known : 64;
  while (known < keys)
    known *= 2;
  h->first = mem_resize(h->first, known, sizeof *h->first);
  h->last = mem_resize(h->last, known, sizeof *h->last);
  for (size_t i = h->known; i < known; i++)
    h->first[i] = ROW_NONE;
  h->known = known;
}

static bool is_null_key(const struct column *key, size_t keys, size_t row)
{
  for (size_t i = 0; i < keys; i++)
    if (column_is_null(&key[i], row))
      return true;
  return false;
}

static void link_rows(struct hash_join *h, const struct column *key, size_t rows, size_t base,
                      struct arena *arena)
{
  size_t keys = h->head.plan->keys;
  uint32_t *number = arena_take(arena, rows, sizeof *number);
  grow_keys(h, key_table_add(h->keys, key, rows, number));
  for (size_t i = 0; i < rows; i++) {
    uint32_t row = (uint32_t)(base + i), k = number[i];
    h->next[row] = ROW_NONE;
    if (is_null_key(key, keys, i))
      continue;
    if (h->first[k] == ROW_NONE)
      h->first[k] = row;
    else
      h->next[h->last[k]] = row;
    h->last[k] = row;
  }
}

static bool hold_right(struct hash_join *h, struct error *err)
{
  const struct plan *plan = h->head.plan;
  size_t columns = plan->input[1]->schema.columns;
  struct batch in;
  for (;;) {
    arena_reset(&h->in_arena);
    if (!step_next(h->head.input[1], &in, err))
      return false;
    if (in.rows == 0)
      return true;
    struct evaluation ev = {&h->in_arena, err};
    struct column *key = join_keys(plan->right_key, plan->keys, &in, &ev);
    if (key == NULL)
      return false;
    size_t base = store_rows(h->rows);
    if (base + in.rows >= ROW_NONE)
      return error_set(err, ERR_RANGE, "more than 4294967294 rows to join");
    struct column *all = arena_take(&h->in_arena, columns + plan->keys, sizeof *all);
    memcpy(all, in.column, columns * sizeof *all);
    memcpy(all + columns, key, plan->keys * sizeof *all);
    store_append(h->rows, all, 0, in.rows);
    h->next = mem_resize(h->next, base + in.rows, sizeof *h->next);
    if (plan->keys != 0)
      link_rows(h, key, in.rows, base, &h->in_arena);
  }
}

static bool hash_join_prepare(struct step *step, struct error *err)
{
  struct hash_join *h = (struct hash_join *)step;
  if (h->is_built)
    return true;
  if (!hold_right(h, err))
    return false;
  if (join_keeps_right(step->plan->join))
    h->matched = mem_new(store_rows(h->rows), sizeof *h->matched);
  h->is_built = true;
  return step_prepare(step->input[0], err);
}

/* ---- pairs ---- */

static void add_pair(struct hash_join *h, uint32_t left, uint32_t right)
{
  if (h->pairs == h->room) {
    h->room = h->room != 0 ? 2 * h->room : BATCH_ROWS;
    h->left = mem_resize(h->left, h->room, sizeof *h->left);
    h->right = mem_resize(h->right, h->room, sizeof *h->right);
  }
  h->left[h->pairs] = left;
  h->right[h->pairs++] = right;
}

static void pair_all(struct hash_join *h, uint32_t row)
{
  for (size_t r = 0; r < store_rows(h->rows); r++)
    add_pair(h, row, (uint32_t)r);
}

static void pair_chain(struct hash_join *h, uint32_t row, uint32_t key)
{
  if (key == ROW_NONE)
    return;
  for (uint32_t r = h->first[key]; r != ROW_NONE; r = h->next[r])
    add_pair(h, row, r);
}

static void right_columns(const struct hash_join *h, const uint32_t *row, size_t count,
                          struct column **column, struct column **key, struct arena *arena)
{
  const struct plan *plan = h->head.plan;
  size_t columns = plan->input[1]->schema.columns;
  *column = arena_take(arena, columns + plan->keys, sizeof **column);
  *key = *column + columns;
  store_gather(h->rows, row, count, *column, arena);
}

/* Keeps the pairs for which the condition is true. */
static bool check_condition(struct hash_join *h, struct evaluation *ev)
{
  const struct plan *plan = h->head.plan;
  if (plan->condition == NULL || h->pairs == 0)
    return true;
  size_t lefts = plan->input[0]->schema.columns, rights = plan->input[1]->schema.columns;
  struct batch both = {.rows = h->pairs, .columns = lefts + rights};
  struct column *right, *key, condition;
  both.column = arena_take(ev->arena, both.columns, sizeof *both.column);
  for (size_t i = 0; i < lefts; i++)
    column_gather(&h->in.column[i], h->left, h->pairs, &both.column[i], ev->arena);
  right_columns(h, h->right, h->pairs, &right, &key, ev->arena);
  memcpy(both.column + lefts, right, rights * sizeof *right);
  if (!expr_eval(plan->condition, &both, ev, &condition))
    return false;
  size_t kept = 0;
  for (size_t i = 0; i < h->pairs; i++)
    if (column_is_true(&condition, i)) {
      h->left[kept] = h->left[i];
      h->right[kept++] = h->right[i];
    }
  h->pairs = kept;
  return true;
}

/* Adds the left rows from .. to-1 that have no pair, each in its place. */
static void add_unmatched_left(struct hash_join *h, size_t from, size_t to, struct arena *arena)
{
  size_t found = h->pairs, next = 0;
  uint32_t *left = arena_take(arena, found, sizeof *left);
  uint32_t *right = arena_take(arena, found, sizeof *right);
  for (size_t i = 0; i < found; i++)
    left[i] = h->left[i], right[i] = h->right[i];
  h->pairs = 0;
  for (size_t row = from; row < to; row++) {
    if (next == found || left[next] != row)
      add_pair(h, (uint32_t)row, ROW_NONE);
    for (; next < found && left[next] == row; next++)
      add_pair(h, left[next], right[next]);
  }
}

static bool read_left(struct hash_join *h, struct error *err)
{
  const struct plan *plan = h->head.plan;
  if (!step_next(h->head.input[0], &h->in, err))
    return false;
  arena_reset(&h->in_arena);
  h->row = 0;
  h->at_end = h->in.rows == 0;
  if (h->at_end)
    return true;
  struct evaluation ev = {&h->in_arena, err};
  if ((h->left_key = join_keys(plan->left_key, plan->keys, &h->in, &ev)) == NULL)
    return false;
  h->number = arena_take(&h->in_arena, h->in.rows, sizeof *h->number);
  if (plan->keys != 0)
    key_table_find(h->keys, h->left_key, h->in.rows, h->number);
  return true;
}

/* The pairs of the next left rows. */
static bool find_pairs(struct hash_join *h, struct error *err)
{
  const struct plan *plan = h->head.plan;
  h->pairs = h->given = 0;
  if (h->row == h->in.rows && !read_left(h, err))
    return false;
  size_t from = h->row;
  for (; h->row < h->in.rows && h->pairs < BATCH_ROWS; h->row++) {
    if (plan->keys != 0)
      pair_chain(h, (uint32_t)h->row, h->number[h->row]);
    else
      pair_all(h, (uint32_t)h->row);
  }
  struct arena arena = {0};
  struct evaluation ev = {&arena, err};
  bool good = check_condition(h, &ev);
  for (size_t i = 0; good && h->matched != NULL && i < h->pairs; i++)
    h->matched[h->right[i]] = true;
  if (good && join_keeps_left(plan->join))
    add_unmatched_left(h, from, h->row, &arena);
  arena_free(&arena);
  return good;
}

static void find_unmatched_right(struct hash_join *h)
{
  h->pairs = h->given = 0;
  for (; h->unmatched < store_rows(h->rows) && h->pairs < BATCH_ROWS; h->unmatched++)
    if (!h->matched[h->unmatched])
      add_pair(h, ROW_NONE, (uint32_t)h->unmatched);
}

/* The left side of rows that have none: any columns do, as no row of them is read. */
static void no_left(const struct plan *plan, struct column **column, struct column **key,
                    struct arena *arena)
{
  const struct schema *schema = &plan->input[0]->schema;
  *column = arena_take(arena, schema->columns, sizeof **column);
  for (size_t i = 0; i < schema->columns; i++)
    column_make_null(&(*column)[i], schema->column[i].type, arena);
  *key = arena_take(arena, plan->keys, sizeof **key);
  for (size_t i = 0; i < plan->keys; i++)
    column_make_null(&(*key)[i], plan->left_key[i]->type, arena);
}

static void give_pairs(struct hash_join *h, struct batch *out)
{
  const struct plan *plan = h->head.plan;
  struct arena *arena = &h->head.arena;
  size_t left = h->pairs - h->given, count = left < BATCH_ROWS ? left : BATCH_ROWS;
  const uint32_t *right_row = h->right + h->given;
  struct column *left_column = h->in.column, *left_key = h->left_key, *right, *right_key;
  if (h->at_end)
    no_left(plan, &left_column, &left_key, arena);
  right_columns(h, right_row, count, &right, &right_key, arena);
  uint32_t *gathered = arena_take(arena, count, sizeof *gathered);
  for (size_t i = 0; i < count; i++)
    gathered[i] = right_row[i] == ROW_NONE ? ROW_NONE : (uint32_t)i;
  struct row_pairs pairs = {count, h->left + h->given, gathered};
  join_rows(plan, left_column, left_key, right, right_key, &pairs, out, arena);
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
    find_unmatched_right(h);
  arena_reset(&step->arena);
  *out = (struct batch){.columns = step->plan->schema.columns};
  if (h->given != h->pairs)
    give_pairs(h, out);
  return true;
}

static void hash_join_close(struct step *step)
{
  struct hash_join *h = (struct hash_join *)step;
  store_free(h->rows);
  key_table_free(h->keys);
  arena_free(&h->in_arena);
  free(h->first);
  free(h->last);
  free(h->next);
  free(h->matched);
  free(h->left);
  free(h->right);
}

static const struct step_kind hash_join_kind = {"hash join", hash_join_next, hash_join_prepare,
                                                hash_join_close, NULL};

struct step *hash_join_open(const struct plan *plan, struct step *left, struct step *right,
                            const struct execution *x)
{
  struct hash_join *h = step_new(&hash_join_kind, sizeof *h, plan, left, right);
  const struct schema *schema = &plan->input[1]->schema;
  size_t columns = schema->columns;
  struct type *type = arena_take(x->arena, columns + plan->keys, sizeof *type);
  bool *wanted = arena_take(x->arena, columns + plan->keys, sizeof *wanted);
  for (size_t i = 0; i < columns; i++)
    type[i] = schema->column[i].type, wanted[i] = plan->input[1]->wanted[i];
  for (size_t i = 0; i < plan->keys; i++)
    type[columns + i] = plan->right_key[i]->type, wanted[columns + i] = true;
  h->rows = store_new(columns + plan->keys, type, wanted);
  h->keys = key_table_new(plan->keys, type + columns);
  return &h->head;
}
