/* SPDX-License-Identifier: Apache-2.0 */
/* LIMIT and OFFSET. */
#include "exec/step.h"

struct limit {
  struct step head;
  uint64_t skipped, given;
};

static void cut(const struct batch *in, size_t from, size_t count, struct batch *out,
                struct arena *arena)
{
  uint32_t *row = arena_take(arena, count, sizeof *row);
  for (size_t i = 0; i < count; i++)
    row[i] = (uint32_t)(from + i);
  *out = (struct batch){.rows = count, .columns = in->columns};
  out->column = arena_take(arena, in->columns, sizeof *out->column);
  for (size_t i = 0; i < in->columns; i++)
    column_gather(&in->column[i], row, count, &out->column[i], arena);
}

static bool limit_next(struct step *step, struct batch *out, struct error *err)
{
  struct limit *limit = (struct limit *)step;
  const struct plan *plan = step->plan;
  arena_reset(&step->arena);
  for (;;) {
    *out = (struct batch){.columns = plan->schema.columns};
    struct batch in;
    if (limit->given == plan->limit)
      return true;
    if (!step_next(step->input[0], &in, err))
      return false;
    if (in.rows == 0)
      return true;
    uint64_t to_skip = plan->offset - limit->skipped;
    size_t skip = to_skip < in.rows ? (size_t)to_skip : in.rows;
    limit->skipped += skip;
    uint64_t room = plan->limit - limit->given;
    size_t count = room < in.rows - skip ? (size_t)room : in.rows - skip;
    limit->given += count;
    if (count == 0)
      continue;
    if (count == in.rows)
      *out = in, out->partition = 0;
    else
      cut(&in, skip, count, out, &step->arena);
    return true;
  }
}

static const struct step_kind limit_kind = {"limit", limit_next, NULL, NULL, NULL};

struct step *limit_open(const struct plan *plan, struct step *input)
{
  struct step *step = step_new(&limit_kind, sizeof(struct limit), plan, input, NULL);
  step->orders = input->orders;
  step->order = input->order;
  step->unique = input->unique;
  return step;
}
