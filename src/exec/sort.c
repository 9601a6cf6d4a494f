/* SPDX-License-Identifier: Apache-2.0 */
/* ORDER BY. Where the input's order gives the first keys already, only the rows that are equal in
 * these are held and sorted at a time. */
#include <stdlib.h>

#include "exec/boundary.h"
#include "exec/compare.h"
#include "exec/operator.h"
#include "exec/order.h"
#include "exec/store.h"

struct sort {
  struct operator head;
  size_t covered;       /* keys that the input is ordered by */
  size_t columns, keys; /* of a stored row: the input's columns, then the keys not covered */
  struct store *store;  /* the rows that are being sorted or given out */
  uint32_t *row;        /* their order */
  size_t given;
  struct batch in;    /* the input's batch, its rows from `at` on not stored yet */
  struct column *key; /* the keys of its rows, all of them */
  size_t at;
  bool at_end;
  struct arena in_arena;
  struct boundary boundary; /* between rows that differ in the covered keys */
};

struct sorting {
  const struct sort_key *sort;
  const struct column *key;
  size_t keys;
};

static int compare_keys(const struct sort_key *sort, const struct column *key, size_t keys,
                        uint32_t a, uint32_t b)
{
  for (size_t i = 0; i < keys; i++) {
    bool a_null = column_is_null(&key[i], a), b_null = column_is_null(&key[i], b);
    int order;
    if (a_null || b_null)
      order = sort[i].nulls_last ? a_null - b_null : b_null - a_null;
    else if (sort[i].descending)
      order = value_compare(&key[i], b, &key[i], a);
    else
      order = value_compare(&key[i], a, &key[i], b);
    if (order != 0)
      return order;
  }
  return 0;
}

static int compare_rows(const void *argument, uint32_t a, uint32_t b)
{
  const struct sorting *s = argument;
  return compare_keys(s->sort, s->key, s->keys, a, b);
}

static bool read_more(struct sort *s, struct error *err)
{
  if (!operator_next(s->head.input[0], &s->in, err))
    return false;
  s->at = 0;
  s->at_end = s->in.rows == 0;
  arena_reset(&s->in_arena);
  struct evaluation ev = {&s->in_arena, err};
  const struct plan *plan = s->head.plan;
  s->key = arena_take(&s->in_arena, plan->sorts, sizeof *s->key);
  for (size_t i = 0; !s->at_end && i < plan->sorts; i++)
    if (!expr_eval(plan->sort[i].expr, &s->in, &ev, &s->key[i]))
      return false;
  return true;
}

static void store_rows_of_batch(struct sort *s, size_t from, size_t to)
{
  struct column *all = arena_take(&s->in_arena, s->columns + s->keys, sizeof *all);
  memcpy(all, s->in.column, s->columns * sizeof *all);
  memcpy(all + s->columns, s->key + s->covered, s->keys * sizeof *all);
  store_append(s->store, all, from, to);
}

/* Stores the next rows that are equal in the covered keys: all rows if none is covered. */
static bool hold_rows(struct sort *s, struct error *err)
{
  store_clear(s->store);
  bool first = true;
  for (;;) {
    if (s->at == s->in.rows && !s->at_end && !read_more(s, err))
      return false;
    if (s->at_end)
      return true;
    size_t from = s->at;
    while (s->at < s->in.rows && (first || boundary_same(&s->boundary, s->key, s->covered, s->at)))
      s->at++, first = false;
    if (s->at == s->in.rows)
      boundary_keep(&s->boundary, s->key, s->covered, s->in.rows - 1);
    if (store_rows(s->store) + (s->at - from) >= ROW_NONE)
      return error_set(err, ERR_RANGE, "more than 4294967294 rows to sort");
    store_rows_of_batch(s, from, s->at);
    if (s->at < s->in.rows)
      return true;
  }
}

static void sort_rows(struct sort *s)
{
  size_t rows = store_rows(s->store);
  s->row = mem_resize(s->row, rows, sizeof *s->row);
  for (size_t i = 0; i < rows; i++)
    s->row[i] = (uint32_t)i;
  s->given = 0;
  if (s->keys == 0)
    return;
  struct arena arena = {0};
  struct column *key = arena_take(&arena, s->keys, sizeof *key);
  store_whole(s->store, s->columns, s->keys, key, &arena);
  struct sorting sorting = {s->head.plan->sort + s->covered, key, s->keys};
  order_sort(s->row, rows, compare_rows, &sorting);
  arena_free(&arena);
}

static bool sort_next(struct operator* op, struct batch *out, struct error *err)
{
  struct sort *s = (struct sort *)op;
  if (s->covered == op->plan->sorts)
    return operator_next(op->input[0], out, err);
  arena_reset(&op->arena);
  *out = (struct batch){.columns = s->columns};
  if (s->given == store_rows(s->store)) {
    if (s->at_end)
      return true;
    if (!hold_rows(s, err))
      return false;
    sort_rows(s);
  }
  size_t left = store_rows(s->store) - s->given;
  out->rows = left < BATCH_ROWS ? left : BATCH_ROWS;
  struct column *all = arena_take(&op->arena, s->columns + s->keys, sizeof *all);
  store_gather(s->store, s->row + s->given, out->rows, all, &op->arena);
  out->column = all;
  s->given += out->rows;
  return true;
}

static void sort_close(struct operator* op)
{
  struct sort *s = (struct sort *)op;
  store_free(s->store);
  free(s->row);
  arena_free(&s->in_arena);
  boundary_free(&s->boundary);
}

static const struct operator_class sort_class = {"sort", sort_next, NULL, sort_close};

struct operator*
    sort_open(const struct plan *plan, struct operator* input, const struct execution *x)
{
  struct sort *s = operator_new(&sort_class, sizeof *s, plan, input, NULL);
  s->covered = order_covers(input, plan->sort, plan->sorts);
  s->columns = plan->schema.columns;
  s->keys = plan->sorts - s->covered;
  struct type *type = arena_take(x->arena, s->columns + s->keys, sizeof *type);
  bool *wanted = arena_take(x->arena, s->columns + s->keys, sizeof *wanted);
  for (size_t i = 0; i < s->columns; i++)
    type[i] = plan->schema.column[i].type, wanted[i] = plan->wanted[i];
  for (size_t i = 0; i < s->keys; i++) {
    type[s->columns + i] = plan->sort[s->covered + i].expr->type;
    wanted[s->columns + i] = true;
  }
  s->store = store_new(s->columns + s->keys, type, wanted);
  struct operator* op = & s->head;
  op->order = arena_take(x->arena, plan->sorts + input->orders, sizeof *op->order);
  for (size_t i = 0; i < plan->sorts; i++) {
    const struct expr *e = plan->sort[i].expr;
    if (e->kind != EXPR_COLUMN || plan->sort[i].descending || plan->sort[i].nulls_last)
      break;
    op->order[op->orders++] = (struct order_part){e->index, -1};
  }
  if (s->covered == plan->sorts) { /* nothing moves: the input's order stays, as far as it goes */
    op->order = input->order;
    op->orders = input->orders;
    op->unique = input->unique;
  }
  return op;
}
