/* SPDX-License-Identifier: Apache-2.0 */
/* ORDER BY with a LIMIT: only the first rows of the order are kept.
 *
 * Spark takes them with Guava's Ordering.leastOf() (TakeOrderedAndProjectExec), whose choice among
 * rows that tie follows from how it works: a buffer of twice as many rows as are wanted, halved by
 * quickselect when it is full, sorted at the end. It is done in the same steps here, for each
 * partition and then for what these gave.
 */
#include <stdlib.h>

#include "exec/order.h"
#include "exec/sorting.h"
#include "exec/step.h"
#include "exec/store.h"

struct top {
  struct step head;
  size_t wanted;       /* rows, at least 1 */
  struct store *store; /* rows that were candidates: the input's columns, then the keys */
  struct type *type;   /* of the store's columns, and which of them are kept */
  bool *kept;
  struct sorting order; /* of the rows in the store; key is in key_arena */
  struct arena key_arena;
  uint32_t *buffer; /* the candidates, `count` of 2 * wanted */
  size_t count, room;
  uint32_t threshold; /* the greatest of the first `wanted` */
  uint32_t partition; /* of the candidates */
  uint32_t *earlier;  /* the first rows of the partitions before it */
  size_t earlier_rows;
  bool is_full; /* all rows were read */
  size_t given;
};

static uint32_t greater(const struct top *t, uint32_t a, uint32_t b)
{
  return sorting_compare(&t->order, a, b) >= 0 ? a : b;
}

static void swap(uint32_t *row, size_t i, size_t j)
{
  uint32_t kept = row[i];
  row[i] = row[j];
  row[j] = kept;
}

/* Puts the pivot where it belongs among left .. right, smaller ones before it. */
static size_t partition(struct top *t, size_t left, size_t right, size_t pivot)
{
  uint32_t value = t->buffer[pivot];
  swap(t->buffer, pivot, right);
  size_t place = left;
  for (size_t i = left; i < right; i++)
    if (sorting_compare(&t->order, t->buffer[i], value) < 0)
      swap(t->buffer, place++, i);
  swap(t->buffer, right, place);
  return place;
}

/* Of twice as many rows the lower ones stay. */
static void halve(struct top *t)
{
  size_t left = 0, right = 2 * t->wanted - 1, least = 0;
  while (left < right) {
    size_t place = partition(t, left, right, (left + right + 1) / 2);
    if (place == t->wanted)
      break;
    if (place > t->wanted) {
      right = place - 1;
    } else {
      left = place > left + 1 ? place : left + 1;
      least = place;
    }
  }
  t->count = t->wanted;
  t->threshold = t->buffer[least];
  for (size_t i = least + 1; i < t->count; i++)
    t->threshold = greater(t, t->threshold, t->buffer[i]);
}

static void offer(struct top *t, uint32_t row)
{
  if (t->count >= t->wanted && sorting_compare(&t->order, row, t->threshold) >= 0)
    return;
  if (t->count == t->room) {
    t->room = t->room < 1024 ? 1024 : 2 * t->room;
    t->buffer = mem_resize(t->buffer, t->room, sizeof *t->buffer);
  }
  t->buffer[t->count++] = row;
  if (t->count <= t->wanted)
    t->threshold = t->count == 1 ? row : greater(t, t->threshold, row);
  if (t->count == 2 * t->wanted)
    halve(t);
}

static void read_keys(struct top *t)
{
  arena_reset(&t->key_arena);
  struct column *key = arena_take(&t->key_arena, t->order.keys, sizeof *key);
  for (size_t i = 0; i < t->order.keys; i++)
    store_whole(t->store, t->head.plan->schema.columns + i, &key[i], &t->key_arena);
  t->order.key = key;
}

/* Rows that are no candidates any more leave the store. */
static void compact(struct top *t)
{
  struct arena arena = {0};
  size_t columns = t->head.plan->schema.columns + t->order.keys;
  size_t rows = t->earlier_rows + t->count + 1;
  struct column *kept = arena_take(&arena, columns, sizeof *kept);
  uint32_t *row = arena_take(&arena, rows, sizeof *row);
  if (t->earlier_rows != 0)
    memcpy(row, t->earlier, t->earlier_rows * sizeof *row);
  if (t->count != 0)
    memcpy(row + t->earlier_rows, t->buffer, t->count * sizeof *row);
  row[rows - 1] = t->count != 0 ? t->threshold : ROW_NONE;
  store_gather(t->store, row, rows, kept, &arena);
  struct store *store = store_new(columns, t->type, t->kept);
  store_append(store, kept, 0, rows);
  store_free(t->store);
  t->store = store;
  for (size_t i = 0; i < t->earlier_rows; i++)
    t->earlier[i] = (uint32_t)i;
  for (size_t i = 0; i < t->count; i++)
    t->buffer[i] = (uint32_t)(t->earlier_rows + i);
  t->threshold = (uint32_t)(rows - 1);
  arena_free(&arena);
}

/* The candidates in their order, no more than are wanted. */
static void finish(struct top *t)
{
  if (t->count != 0)
    order_sort(t->buffer, t->count, sorting_compare, &t->order);
  if (t->count > t->wanted)
    t->count = t->wanted;
}

/* What the partition gave waits for that of the others. */
static void end_partition(struct top *t)
{
  finish(t);
  t->earlier = mem_resize(t->earlier, t->earlier_rows + t->count, sizeof *t->earlier);
  for (size_t i = 0; i < t->count; i++)
    t->earlier[t->earlier_rows++] = t->buffer[i];
  t->count = 0;
}

static bool add_batch(struct top *t, const struct batch *in, struct error *err)
{
  const struct plan *plan = t->head.plan;
  struct arena *arena = &t->head.arena;
  struct evaluation ev = {arena, err};
  size_t columns = plan->schema.columns;
  struct column *all = arena_take(arena, columns + plan->sorts, sizeof *all);
  memcpy(all, in->column, columns * sizeof *all);
  for (size_t i = 0; i < plan->sorts; i++)
    if (!expr_eval(plan->sort[i].expr, in, &ev, &all[columns + i]))
      return false;
  if (in->partition != t->partition)
    end_partition(t);
  t->partition = in->partition;
  if (store_rows(t->store) > 4 * (t->wanted + t->earlier_rows) + 16 * BATCH_ROWS)
    compact(t);
  size_t before = store_rows(t->store);
  store_append(t->store, all, 0, in->rows);
  read_keys(t);
  for (size_t i = 0; i < in->rows; i++)
    offer(t, (uint32_t)(before + i));
  return true;
}

static bool top_prepare(struct step *step, struct error *err)
{
  struct top *t = (struct top *)step;
  struct batch in;
  if (t->is_full)
    return true;
  do {
    arena_reset(&step->arena);
    if (!step_next(step->input[0], &in, err) || (in.rows != 0 && !add_batch(t, &in, err)))
      return false;
  } while (in.rows != 0);
  t->is_full = true;
  if (t->earlier_rows != 0) {
    end_partition(t);
    for (size_t i = 0; i < t->earlier_rows; i++)
      offer(t, t->earlier[i]);
  }
  finish(t);
  return true;
}

static bool top_next(struct step *step, struct batch *out, struct error *err)
{
  struct top *t = (struct top *)step;
  if (!top_prepare(step, err))
    return false;
  arena_reset(&step->arena);
  size_t left = t->count - t->given, columns = step->plan->schema.columns;
  *out = (struct batch){.columns = columns, .rows = left < BATCH_ROWS ? left : BATCH_ROWS};
  if (out->rows == 0)
    return true;
  out->column = arena_take(&step->arena, columns + t->order.keys, sizeof *out->column);
  store_gather(t->store, t->buffer + t->given, out->rows, out->column, &step->arena);
  t->given += out->rows;
  return true;
}

static void top_close(struct step *step)
{
  struct top *t = (struct top *)step;
  store_free(t->store);
  free(t->buffer);
  free(t->earlier);
  arena_free(&t->key_arena);
}

static const struct step_kind top_kind = {"top", top_next, top_prepare, top_close, NULL};

struct step *top_open(const struct plan *plan, struct step *input, const struct execution *x)
{
  struct top *t = step_new(&top_kind, sizeof *t, plan, input, NULL);
  size_t columns = plan->schema.columns, all = columns + plan->sorts;
  t->type = arena_take(x->arena, all, sizeof *t->type);
  t->kept = arena_take(x->arena, all, sizeof *t->kept);
  for (size_t i = 0; i < all; i++) {
    t->type[i] = i < columns ? plan->schema.column[i].type : plan->sort[i - columns].expr->type;
    t->kept[i] = i >= columns || plan->wanted[i];
  }
  t->store = store_new(all, t->type, t->kept);
  t->order = (struct sorting){.sort = plan->sort, .keys = plan->sorts};
  t->wanted = (size_t)plan->top;
  return &t->head;
}
