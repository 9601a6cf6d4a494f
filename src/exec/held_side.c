/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/held_side.h"

#include <stdlib.h>

#include "exec/join_rows.h"

struct expr *const *join_side_keys(const struct plan *join, unsigned side)
{
  return side == 0 ? join->left_key : join->right_key;
}

void held_open(struct held_side *held, const struct plan *join, unsigned side, bool newest_first,
               struct arena *arena)
{
  const struct plan *input = join->input[side];
  struct expr *const *key = join_side_keys(join, side);
  size_t columns = input->schema.columns, all = columns + join->keys;
  struct type *type = arena_take(arena, all, sizeof *type);
  bool *wanted = arena_take(arena, all, sizeof *wanted);
  for (size_t i = 0; i < columns; i++)
    type[i] = input->schema.column[i].type, wanted[i] = input->wanted[i];
  for (size_t i = 0; i < join->keys; i++)
    type[columns + i] = key[i]->type, wanted[columns + i] = true;
  *held = (struct held_side){.join = join, .side = side, .newest_first = newest_first};
  held->rows = store_new(all, type, wanted);
  if (join->keys != 0)
    held->table = key_table_new(join->keys, type + columns);
}

static void grow_keys(struct held_side *held, size_t keys)
{
  if (keys <= held->known)
    return;
  size_t known = held->known != 0 ? 2 * held->known : 64;
  while (known < keys)
    known *= 2;
  held->first = mem_resize(held->first, known, sizeof *held->first);
  held->last = mem_resize(held->last, known, sizeof *held->last);
  for (size_t i = held->known; i < known; i++)
    held->first[i] = ROW_NONE;
  held->known = known;
}

/* Whether the row's key matches nothing: a null, unless `<=>` compares it. */
static bool matches_nothing(const struct plan *join, const struct column *key, size_t row)
{
  for (size_t i = 0; i < join->keys; i++)
    if (column_is_null(&key[i], row) && (join->null_safe == NULL || !join->null_safe[i]))
      return true;
  return false;
}

static void link_row(struct held_side *held, uint32_t row, uint32_t key)
{
  uint32_t *first = &held->first[key];
  if (held->newest_first) {
    held->next[row] = *first;
    *first = row;
    return;
  }
  held->next[row] = ROW_NONE;
  if (*first == ROW_NONE)
    *first = row;
  else
    held->next[held->last[key]] = row;
  held->last[key] = row;
}

static void link_rows(struct held_side *held, const struct column *key, size_t rows, size_t base,
                      struct arena *arena)
{
  uint32_t *number = arena_take(arena, rows, sizeof *number);
  grow_keys(held, key_table_add(held->table, key, rows, number));
  held->next = mem_resize(held->next, base + rows, sizeof *held->next);
  for (size_t i = 0; i < rows; i++) {
    if (matches_nothing(held->join, key, i))
      held->has_null_key = true;
    else
      link_row(held, (uint32_t)(base + i), number[i]);
  }
}

static bool hold_batch(struct held_side *held, const struct batch *in, struct evaluation *ev)
{
  const struct plan *join = held->join;
  size_t base = store_rows(held->rows);
  if (base + in->rows >= ROW_NONE)
    return error_set(ev->err, ERR_RANGE, "more than 4294967294 rows to join");
  struct column *key = join_keys(join_side_keys(join, held->side), join->keys, in, ev);
  if (key == NULL)
    return false;
  struct column *all = arena_take(ev->arena, in->columns + join->keys, sizeof *all);
  memcpy(all, in->column, in->columns * sizeof *all);
  memcpy(all + in->columns, key, join->keys * sizeof *all);
  store_append(held->rows, all, 0, in->rows);
  if (join->keys != 0)
    link_rows(held, key, in->rows, base, ev->arena);
  return true;
}

bool held_fill(struct held_side *held, struct step *input, struct error *err)
{
  struct arena arena = {0};
  struct evaluation ev = {&arena, err};
  struct batch in;
  bool good;
  do {
    arena_reset(&arena);
    good = step_next(input, &in, err) && (in.rows == 0 || hold_batch(held, &in, &ev));
  } while (good && in.rows != 0);
  arena_free(&arena);
  return good;
}

void held_find(const struct held_side *held, const struct column *key, size_t rows,
               uint32_t *number)
{
  key_table_find(held->table, key, rows, held->join->null_safe, number);
  for (size_t i = 0; i < rows; i++)
    if (number[i] != ROW_NONE)
      number[i] = held->first[number[i]];
}

struct column *held_columns(const struct held_side *held, const uint32_t *row, size_t count,
                            struct arena *arena)
{
  size_t columns = held->join->input[held->side]->schema.columns + held->join->keys;
  struct column *column = arena_take(arena, columns, sizeof *column);
  store_gather(held->rows, row, count, column, arena);
  return column;
}

void held_close(struct held_side *held)
{
  store_free(held->rows);
  key_table_free(held->table);
  free(held->first);
  free(held->last);
  free(held->next);
}
