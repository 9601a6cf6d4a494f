/* SPDX-License-Identifier: Apache-2.0 */
/* row_number(), rank() and dense_rank() OVER (PARTITION BY ... ORDER BY ...): rows come sorted by
 * partition and order, so each row's numbers follow from those of the row before. */
#include "exec/boundary.h"
#include "exec/step.h"

struct over {
  struct step head;
  struct boundary partition, peer;
  int32_t row_number, rank, dense_rank; /* of the last row */
};

/* Evaluates the keys that part the rows. */
static struct column *evaluate(struct expr *const *expr, size_t count, const struct batch *in,
                               struct evaluation *ev)
{
  struct column *c = arena_take(ev->arena, count, sizeof *c);
  for (size_t i = 0; i < count; i++)
    if (!expr_eval(expr[i], in, ev, &c[i]))
      return NULL;
  return c;
}

static struct column *evaluate_order(const struct plan *plan, const struct batch *in,
                                     struct evaluation *ev)
{
  struct column *c = arena_take(ev->arena, plan->sorts, sizeof *c);
  for (size_t i = 0; i < plan->sorts; i++)
    if (!expr_eval(plan->sort[i].expr, in, ev, &c[i]))
      return NULL;
  return c;
}

static bool uses_peers(const struct plan *plan)
{
  for (size_t i = 0; i < plan->functions; i++)
    if (plan->function[i].kind != OVER_ROW_NUMBER)
      return true;
  return false;
}

static void count_row(struct over *o, bool same_partition, bool same_peer)
{
  if (!same_partition)
    o->row_number = o->rank = o->dense_rank = 0;
  o->row_number++;
  if (same_partition && same_peer)
    return;
  o->rank = o->row_number;
  o->dense_rank++;
}

static int32_t number_of(const struct over *o, enum over_kind kind)
{
  switch (kind) {
  case OVER_ROW_NUMBER:
    return o->row_number;
  case OVER_RANK:
    return o->rank;
  case OVER_DENSE_RANK:
    return o->dense_rank;
  }
  return 0;
}

static bool over_next(struct step *step, struct batch *out, struct error *err)
{
  struct over *o = (struct over *)step;
  const struct plan *plan = step->plan;
  struct batch in;
  if (!step_next(step->input[0], &in, err))
    return false;
  arena_reset(&step->arena);
  *out = (struct batch){.rows = in.rows, .columns = plan->schema.columns};
  if (in.rows == 0)
    return true;
  struct evaluation ev = {&step->arena, err};
  struct column *partition = evaluate(plan->expr, plan->exprs, &in, &ev);
  struct column *order = evaluate_order(plan, &in, &ev);
  if (partition == NULL || order == NULL)
    return false;
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  memcpy(out->column, in.column, in.columns * sizeof *out->column);
  struct column *result = out->column + in.columns;
  for (size_t k = 0; k < plan->functions; k++)
    column_make(&result[k], type_of(TYPE_INT), in.rows, &step->arena);
  bool peers = uses_peers(plan);
  for (size_t i = 0; i < in.rows; i++) {
    bool same = boundary_same(&o->partition, partition, plan->exprs, i);
    count_row(o, same, peers && boundary_same(&o->peer, order, plan->sorts, i));
    for (size_t k = 0; k < plan->functions; k++)
      result[k].i32[i] = number_of(o, plan->function[k].kind);
  }
  boundary_keep(&o->partition, partition, plan->exprs, in.rows - 1);
  boundary_keep(&o->peer, order, plan->sorts, in.rows - 1);
  return true;
}

static void over_close(struct step *step)
{
  struct over *o = (struct over *)step;
  boundary_free(&o->partition);
  boundary_free(&o->peer);
}

static const struct step_kind over_kind = {"over", over_next, NULL, over_close, NULL};

struct step *over_open(const struct plan *plan, struct step *input)
{
  struct step *step = step_new(&over_kind, sizeof(struct over), plan, input, NULL);
  step->orders = input->orders;
  step->order = input->order;
  step->unique = input->unique;
  return step;
}
