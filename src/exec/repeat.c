/* SPDX-License-Identifier: Apache-2.0 */
/* Each row as often as a number says: EXCEPT ALL and INTERSECT ALL. */
#include "exec/step.h"

struct repeat {
  struct step head;
  struct batch in;
  struct column times;
  struct arena in_arena;
  size_t row;    /* of the input's batch */
  int64_t given; /* how often it came out */
};

static bool read_batch(struct repeat *r, struct error *err)
{
  arena_reset(&r->in_arena);
  struct evaluation ev = {&r->in_arena, err};
  r->row = 0;
  return step_next(r->head.input[0], &r->in, err) &&
         (r->in.rows == 0 || expr_eval(r->head.plan->expr[0], &r->in, &ev, &r->times));
}

static bool repeat_next(struct step *step, struct batch *out, struct error *err)
{
  struct repeat *r = (struct repeat *)step;
  *out = (struct batch){.columns = step->plan->schema.columns};
  if (r->row == r->in.rows && !read_batch(r, err))
    return false;
  arena_reset(&step->arena);
  uint32_t *chosen = arena_take(&step->arena, BATCH_ROWS, sizeof *chosen);
  for (; r->row < r->in.rows && out->rows < BATCH_ROWS; r->row++, r->given = 0) {
    int64_t times = r->times.i64[column_index(&r->times, r->row)];
    while (r->given < times && out->rows < BATCH_ROWS) {
      chosen[out->rows++] = (uint32_t)r->row;
      r->given++;
    }
    if (r->given < times)
      break;
  }
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  for (size_t i = 0; i < out->columns; i++)
    column_gather(&r->in.column[i], chosen, out->rows, &out->column[i], &step->arena);
  return true;
}

static void repeat_close(struct step *step)
{
  arena_free(&((struct repeat *)step)->in_arena);
}

static const struct step_kind repeat_kind = {"repeat", repeat_next, NULL, repeat_close, NULL};

struct step *repeat_open(const struct plan *plan, struct step *input)
{
  return step_new(&repeat_kind, sizeof(struct repeat), plan, input, NULL);
}
