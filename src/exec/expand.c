/* SPDX-License-Identifier: Apache-2.0 */
/* Each row once for each grouping set, with nulls for the keys that the set leaves out. */
#include "exec/step.h"

struct expand {
  struct step head;
  struct batch in;
  struct column *key;
  struct arena in_arena;
  size_t row; /* the next one of the input's batch */
};

static bool read_batch(struct expand *e, struct error *err)
{
  const struct plan *plan = e->head.plan;
  arena_reset(&e->in_arena);
  struct evaluation ev = {&e->in_arena, err};
  e->row = 0;
  if (!step_next(e->head.input[0], &e->in, err))
    return false;
  e->key = arena_take(&e->in_arena, plan->exprs, sizeof *e->key);
  for (size_t k = 0; e->in.rows != 0 && k < plan->exprs; k++)
    if (!expr_eval(plan->expr[k], &e->in, &ev, &e->key[k]))
      return false;
  return true;
}

/* BIGINT: the bits of the keys that are left out, the last key's the lowest; and the set's number,
 * which tells sets apart that are given twice. */
static void set_columns(const struct plan *plan, size_t rows, struct column *out,
                        struct arena *arena)
{
  for (unsigned c = 0; c < 2; c++)
    column_make(&out[c], type_of(TYPE_BIGINT), rows * plan->sets, arena);
  for (size_t s = 0; s < plan->sets; s++) {
    int64_t id = 0;
    for (size_t k = 0; k < plan->exprs; k++)
      id = 2 * id + ((plan->set[s] >> k & 1) == 0);
    for (size_t i = 0; i < rows; i++) {
      out[0].i64[i * plan->sets + s] = id;
      out[1].i64[i * plan->sets + s] = (int64_t)s;
    }
  }
}

static bool expand_next(struct step *step, struct batch *out, struct error *err)
{
  struct expand *e = (struct expand *)step;
  const struct plan *plan = step->plan;
  struct arena *arena = &step->arena;
  *out = (struct batch){.columns = plan->schema.columns};
  if (e->row == e->in.rows && !read_batch(e, err))
    return false;
  size_t left = e->in.rows - e->row, at_once = BATCH_ROWS / plan->sets;
  size_t rows = left < at_once ? left : at_once, count = rows * plan->sets;
  if (rows == 0)
    return true;
  arena_reset(arena);
  out->rows = count;
  out->partition = e->in.partition;
  out->column = arena_take(arena, out->columns, sizeof *out->column);
  uint32_t *from = arena_take(arena, count, sizeof *from);
  for (size_t i = 0; i < count; i++)
    from[i] = (uint32_t)(e->row + i / plan->sets);
  size_t inputs = e->in.columns;
  for (size_t i = 0; i < inputs; i++)
    column_gather(&e->in.column[i], from, count, &out->column[i], arena);
  for (size_t k = 0; k < plan->exprs; k++) {
    for (size_t i = 0; i < count; i++) {
      bool holds = (plan->set[i % plan->sets] >> k & 1) != 0;
      from[i] = holds ? (uint32_t)(e->row + i / plan->sets) : ROW_NONE;
    }
    column_gather(&e->key[k], from, count, &out->column[inputs + k], arena);
  }
  set_columns(plan, rows, out->column + inputs + plan->exprs, arena);
  e->row += rows;
  return true;
}

static void expand_close(struct step *step)
{
  arena_free(&((struct expand *)step)->in_arena);
}

static const struct step_kind expand_kind = {"expand", expand_next, NULL, expand_close, NULL};

struct step *expand_open(const struct plan *plan, struct step *input)
{
  return step_new(&expand_kind, sizeof(struct expand), plan, input, NULL);
}
