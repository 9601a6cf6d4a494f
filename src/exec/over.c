/* SPDX-License-Identifier: Apache-2.0 */
/* Functions OVER (PARTITION BY ... ORDER BY ...). Rows come sorted by partition and order; whole
 * partitions are held, as many as end in one batch of the input, and each function makes a column
 * over all rows that are held. */
#include "exec/over.h"

#include <stdlib.h>

#include "exec/boundary.h"
#include "exec/step.h"

struct over {
  struct step head;
  size_t columns;      /* of the input */
  bool *read;          /* which of these the functions compute with */
  struct store *store; /* the rows that are held, `rows` of them */
  size_t rows;
  struct store **kept; /* kept[k]: what results of function k point to */
  struct column *result;
  size_t given;      /* rows that were handed on */
  struct arena held; /* lives as long as these rows are held */
  struct batch in;   /* the input's batch, its rows from `at` on not held yet */
  size_t at;
  bool at_end;
  struct arena in_arena;
  uint8_t *starts, *peer_starts; /* of each row of `in`: whether it differs from the row before */
  struct boundary partition, order;
  uint32_t *start, *peer; /* rows that begin a partition; that begin a run of peers */
  size_t partitions, peers, room;
};

/* ---- reading ---- */

static void find_starts(struct over *o, const struct column *key, size_t keys,
                        struct boundary *boundary, uint8_t *starts)
{
  for (size_t i = 0; i < o->in.rows; i++)
    starts[i] = !boundary_same(boundary, key, keys, i);
  boundary_keep(boundary, key, keys, o->in.rows - 1);
}

static bool read_more(struct over *o, struct error *err)
{
  const struct plan *plan = o->head.plan;
  if (!step_next(o->head.input[0], &o->in, err))
    return false;
  o->at = 0;
  o->at_end = o->in.rows == 0;
  if (o->at_end)
    return true;
  arena_reset(&o->in_arena);
  struct evaluation ev = {&o->in_arena, err};
  struct column *key = arena_take(ev.arena, plan->exprs + plan->sorts, sizeof *key);
  for (size_t i = 0; i < plan->exprs + plan->sorts; i++) {
    const struct expr *e = i < plan->exprs ? plan->expr[i] : plan->sort[i - plan->exprs].expr;
    if (!expr_eval(e, &o->in, &ev, &key[i]))
      return false;
  }
  o->starts = arena_take(ev.arena, o->in.rows, 1);
  o->peer_starts = arena_take(ev.arena, o->in.rows, 1);
  find_starts(o, key, plan->exprs, &o->partition, o->starts);
  find_starts(o, key + plan->exprs, plan->sorts, &o->order, o->peer_starts);
  return true;
}

static void hold_starts(struct over *o, size_t from, size_t to)
{
  size_t rows = o->rows, most = rows + (to - from) + 1;
  if (most > o->room) {
    o->room = 2 * most;
    o->start = mem_resize(o->start, o->room, sizeof *o->start);
    o->peer = mem_resize(o->peer, o->room, sizeof *o->peer);
  }
  for (size_t i = from; i < to; i++, rows++) {
    if (o->starts[i])
      o->start[o->partitions++] = (uint32_t)rows;
    if (o->starts[i] || o->peer_starts[i])
      o->peer[o->peers++] = (uint32_t)rows;
  }
}

/* The last row that starts a partition behind one that is held; in.rows if none does. */
static size_t last_start(const struct over *o)
{
  size_t row = o->in.rows, least = o->at + (o->rows == 0);
  while (row > least && !o->starts[row - 1])
    row--;
  return row > least ? row - 1 : o->in.rows;
}

/* Whole partitions: what is behind the last start may go on in the next batch. */
static bool hold_partitions(struct over *o, struct error *err)
{
  store_clear(o->store);
  o->rows = o->given = o->partitions = o->peers = 0;
  for (bool complete = false; !complete;) {
    if (o->at == o->in.rows && (o->at_end || !read_more(o, err) || o->at_end))
      return o->at_end;
    size_t end = last_start(o);
    if (o->rows + (end - o->at) >= ROW_NONE / 2)
      return error_set(err, ERR_RANGE, "a partition of OVER has more than 2147483647 rows");
    hold_starts(o, o->at, end);
    store_append(o->store, o->in.column, o->at, end);
    o->rows += end - o->at;
    complete = end < o->in.rows;
    o->at = end;
  }
  return true;
}

/* ---- computing ---- */

static void find_peers(const struct over *o, struct over_rows *rows, struct arena *arena)
{
  size_t n = rows->batch.rows;
  uint32_t *peer = arena_take(arena, n, sizeof *peer);
  uint32_t *end = arena_take(arena, n, sizeof *end);
  for (size_t k = 0; k < o->peers; k++) {
    size_t to = k + 1 < o->peers ? o->peer[k + 1] : n;
    for (size_t i = o->peer[k]; i < to; i++) {
      peer[i] = o->peer[k];
      end[i] = (uint32_t)to;
    }
  }
  rows->peer = peer;
  rows->peer_end = end;
}

static bool compute_one(const struct over_rows *rows, const struct over_function *f,
                        struct store *kept, struct column *out, struct evaluation *ev)
{
  switch (f->kind) {
  case OVER_ROW_NUMBER:
  case OVER_RANK:
  case OVER_DENSE_RANK:
  case OVER_PERCENT_RANK:
  case OVER_CUME_DIST:
  case OVER_NTILE:
    over_rank(rows, f, out, ev->arena);
    return true;
  case OVER_SHIFT:
  case OVER_FIRST:
  case OVER_LAST:
  case OVER_NTH:
  case OVER_MIN:
  case OVER_MAX:
    return over_pick(rows, f, kept, out, ev);
  case OVER_AGGREGATE:
    break;
  }
  return over_add(rows, f, kept, out, ev);
}

static bool compute(struct over *o, struct error *err)
{
  const struct plan *plan = o->head.plan;
  arena_reset(&o->held);
  struct evaluation ev = {&o->held, err};
  struct over_rows rows = {.plan = plan, .partitions = o->partitions, .start = o->start};
  rows.batch = (struct batch){.rows = o->rows, .columns = o->columns};
  rows.batch.column = arena_zero(&o->held, o->columns, sizeof(struct column));
  o->start[o->partitions] = (uint32_t)rows.batch.rows;
  for (size_t i = 0; i < o->columns; i++)
    if (o->read[i])
      store_whole(o->store, i, &rows.batch.column[i], &o->held);
  find_peers(o, &rows, &o->held);
  for (size_t k = 0; k < plan->functions; k++) {
    const struct over_function *f = &plan->function[k];
    store_clear(o->kept[k]);
    if (!plan->wanted[o->columns + k])
      column_make_null(&o->result[k], f->type, &o->held);
    else if (!compute_one(&rows, f, o->kept[k], &o->result[k], &ev))
      return false;
  }
  return true;
}

/* ---- handing on ---- */

static void part_of(const struct column *c, size_t from, size_t count, struct column *out,
                    struct arena *arena)
{
  *out = *c;
  if (c->constant)
    return;
  if (c->type.items == 0) {
    if (c->data != NULL)
      out->data = (char *)c->data + from * type_size(c->type);
    if (c->null != NULL)
      out->null = c->null + from;
    return;
  }
  uint32_t *row = arena_take(arena, count, sizeof *row);
  for (size_t i = 0; i < count; i++)
    row[i] = (uint32_t)(from + i);
  column_gather(c, row, count, out, arena);
}

static bool over_next(struct step *step, struct batch *out, struct error *err)
{
  struct over *o = (struct over *)step;
  const struct plan *plan = step->plan;
  arena_reset(&step->arena);
  *out = (struct batch){.columns = plan->schema.columns};
  if (o->given == o->rows) {
    if (!hold_partitions(o, err))
      return false;
    if (o->rows == 0)
      return true;
    if (!compute(o, err))
      return false;
  }
  size_t left = o->rows - o->given;
  out->rows = left < BATCH_ROWS ? left : BATCH_ROWS;
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  store_view(o->store, o->given, out->rows, out->column, &step->arena);
  for (size_t k = 0; k < plan->functions; k++)
    part_of(&o->result[k], o->given, out->rows, &out->column[o->columns + k], &step->arena);
  o->given += out->rows;
  return true;
}

static void over_close(struct step *step)
{
  struct over *o = (struct over *)step;
  for (size_t k = 0; k < step->plan->functions; k++)
    store_free(o->kept[k]);
  store_free(o->store);
  arena_free(&o->held);
  arena_free(&o->in_arena);
  boundary_free(&o->partition);
  boundary_free(&o->order);
  free(o->start);
  free(o->peer);
}

static const struct step_kind over_kind = {"over", over_next, NULL, over_close, NULL};

static void mark_read(const struct plan *plan, bool *read)
{
  for (size_t k = 0; k < plan->functions; k++) {
    const struct over_function *f = &plan->function[k];
    expr_mark_columns(f->arg, read);
    expr_mark_columns(f->otherwise, read);
    for (size_t i = 0; i < f->aggregate.args; i++)
      expr_mark_columns(f->aggregate.arg[i], read);
    expr_mark_columns(f->aggregate.filter, read);
    expr_mark_columns(f->frame.from.value, read);
    expr_mark_columns(f->frame.to.value, read);
    if (f->frame.from.value != NULL || f->frame.to.value != NULL)
      expr_mark_columns(plan->sort[0].expr, read);
  }
}

struct step *over_open(const struct plan *plan, struct step *input, const struct execution *x)
{
  struct over *o = step_new(&over_kind, sizeof *o, plan, input, NULL);
  struct step *step = &o->head;
  o->columns = input->plan->schema.columns;
  o->read = arena_zero(x->arena, o->columns, sizeof *o->read);
  mark_read(plan, o->read);
  bool *wanted = arena_take(x->arena, o->columns, sizeof *wanted);
  struct type *type = arena_take(x->arena, o->columns, sizeof *type);
  for (size_t i = 0; i < o->columns; i++) {
    wanted[i] = plan->wanted[i] || o->read[i];
    type[i] = plan->schema.column[i].type;
  }
  o->store = store_new(o->columns, type, wanted);
  o->result = arena_zero(x->arena, plan->functions, sizeof *o->result);
  o->kept = arena_zero(x->arena, plan->functions, sizeof(struct store *));
  for (size_t k = 0; k < plan->functions; k++)
    o->kept[k] = store_new(1, &plan->function[k].type, NULL);
  step->orders = input->orders;
  step->order = input->order;
  step->unique = input->unique;
  return step;
}
