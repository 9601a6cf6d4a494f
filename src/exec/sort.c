/* SPDX-License-Identifier: Apache-2.0 */
/* ORDER BY. Where the input's order gives the first keys already, only the rows that are equal in
 * these are held and sorted at a time. */
#include <stdlib.h>

#include "exec/boundary.h"
#include "exec/order.h"
#include "exec/sorting.h"
#include "exec/step.h"
#include "exec/store.h"

struct sort {
  struct step head;
  size_t covered;      /* keys that the input is ordered by */
  bool may_pass;       /* all are, if step_years_are_plain() */
  size_t columns;      /* of the input */
  size_t keys;         /* those not covered */
  size_t *key_column;  /* where each of these keys is in a stored row */
  size_t stored;       /* columns of a stored row: the input's, then keys that are none of them */
  struct store *store; /* the rows that are being sorted or given out */
  uint32_t *row;       /* their order */
  bool moved;          /* they did not come in that order */
  size_t given;
  struct batch in;    /* the input's batch, its rows from `at` on not stored yet */
  struct column *key; /* the keys of its rows, all of them */
  size_t at;
  bool at_end;
  struct arena in_arena;
  struct boundary boundary; /* between rows that differ in the covered keys */
};

static bool read_more(struct sort *s, struct error *err)
{
  if (!step_next(s->head.input[0], &s->in, err))
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
  struct column *all = arena_take(&s->in_arena, s->stored, sizeof *all);
  memcpy(all, s->in.column, s->columns * sizeof *all);
  for (size_t i = 0; i < s->keys; i++)
    all[s->key_column[i]] = s->key[s->covered + i];
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
  struct arena arena = {0};
  struct column *key = arena_take(&arena, s->keys, sizeof *key);
  for (size_t i = 0; i < s->keys; i++)
    store_whole(s->store, s->key_column[i], &key[i], &arena);
  struct sorting sorting = {s->head.plan->sort + s->covered, key, s->keys};
  const struct plan *plan = s->head.plan;
  bool moved = plan->sorts == 1 && order_by_radix(plan->sort[0].expr->type) &&
               order_nulls_to_the_front(&key[0], s->row, rows);
  s->moved = order_sort(s->row, rows, sorting_compare, &sorting) || moved;
  arena_free(&arena);
}

static const char *const in_order = "rows come in this order";

static bool sort_prepare(struct step *step, struct error *err)
{
  struct sort *s = (struct sort *)step;
  if (!step_prepare(step->input[0], err))
    return false;
  if (!s->may_pass)
    return true;
  s->may_pass = false;
  step->passes = step_years_are_plain(step->input[0]);
  step->note = step->passes ? in_order : NULL;
  if (step->passes)
    s->covered = step->plan->sorts;
  return true;
}

static bool sort_next(struct step *step, struct batch *out, struct error *err)
{
  struct sort *s = (struct sort *)step;
  if (s->may_pass && !sort_prepare(step, err))
    return false;
  if (s->covered == step->plan->sorts)
    return step_next(step->input[0], out, err);
  arena_reset(&step->arena);
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
  if (out->rows == 0)
    return true;
  struct column *all = arena_take(&step->arena, s->stored, sizeof *all);
  if (s->moved)
    store_gather(s->store, s->row + s->given, out->rows, all, &step->arena);
  else
    store_view(s->store, s->given, out->rows, all, &step->arena);
  out->column = all;
  s->given += out->rows;
  return true;
}

static void sort_close(struct step *step)
{
  struct sort *s = (struct sort *)step;
  store_free(s->store);
  free(s->row);
  arena_free(&s->in_arena);
  boundary_free(&s->boundary);
}

static const struct step_kind sort_kind = {"sort", sort_next, sort_prepare, sort_close, NULL};

/* The store of rows: a key that is a column of the input already is not kept twice. */
static void make_store(struct sort *s, struct arena *arena)
{
  const struct plan *plan = s->head.plan;
  size_t most = s->columns + s->keys;
  struct type *type = arena_take(arena, most, sizeof *type);
  bool *wanted = arena_take(arena, most, sizeof *wanted);
  for (size_t i = 0; i < s->columns; i++)
    type[i] = plan->schema.column[i].type, wanted[i] = plan->wanted[i];
  s->stored = s->columns;
  s->key_column = arena_take(arena, s->keys, sizeof *s->key_column);
  for (size_t i = 0; i < s->keys; i++) {
    const struct expr *e = plan->sort[s->covered + i].expr;
    size_t at = e->kind == EXPR_COLUMN ? e->index : s->stored++;
    s->key_column[i] = at;
    type[at] = e->type;
    wanted[at] = true;
  }
  s->store = store_new(s->stored, type, wanted);
}

/* The order of what comes out: the keys, as far as they are plain ascending columns. Where nothing
 * moves, the input's order stays as it is. */
static void set_order(struct sort *s, const struct step *input, struct arena *arena)
{
  const struct plan *plan = s->head.plan;
  struct step *step = &s->head;
  if (s->covered == plan->sorts) {
    step->order = input->order;
    step->orders = input->orders;
    step->unique = input->unique;
    return;
  }
  step->order = arena_take(arena, plan->sorts, sizeof *step->order);
  for (size_t i = 0; i < plan->sorts; i++) {
    const struct expr *e = plan->sort[i].expr;
    if (e->kind != EXPR_COLUMN || plan->sort[i].descending || plan->sort[i].nulls_last)
      return;
    step->order[step->orders++] = (struct order_part){.column = e->index, .field = -1};
  }
}

static const char *note(const struct sort *s, const struct plan *plan, struct arena *arena)
{
  if (s->covered == plan->sorts)
    return in_order;
  if (s->may_pass)
    return "rows come in this order if all years have four digits";
  if (s->covered == 0)
    return NULL;
  return arena_printf(arena, "rows come in the order of the first %s: those that tie are held",
                      s->covered == 1 ? "key" : arena_printf(arena, "%zu keys", s->covered));
}

struct step *sort_open(const struct plan *plan, struct step *input, const struct execution *x)
{
  if (plan->top != 0 && order_covers(input, plan->sort, plan->sorts, true) < plan->sorts)
    return top_open(plan, input, x);
  struct sort *s = step_new(&sort_kind, sizeof *s, plan, input, NULL);
  s->covered = order_covers(input, plan->sort, plan->sorts, false);
  s->may_pass =
      s->covered < plan->sorts && order_covers(input, plan->sort, plan->sorts, true) == plan->sorts;
  s->columns = plan->schema.columns;
  s->keys = plan->sorts - s->covered;
  make_store(s, x->arena);
  set_order(s, input, x->arena);
  s->head.note = note(s, plan, x->arena);
  s->head.passes = s->covered == plan->sorts;
  s->head.may_pass = s->head.passes || s->may_pass;
  return &s->head;
}
