/* SPDX-License-Identifier: Apache-2.0 */
/* LIMIT and OFFSET. */
#include "exec/operator.h"

struct limit {
  struct operator head;
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

static bool limit_next(struct operator* op, struct batch *out, struct error *err)
{
  struct limit *limit = (struct limit *)op;
  const struct plan *plan = op->plan;
  arena_reset(&op->arena);
  for (;;) {
    *out = (struct batch){.columns = plan->schema.columns};
    struct batch in;
    if (limit->given == plan->limit)
      return true;
    if (!operator_next(op->input[0], &in, err))
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
      *out = in;
    else
      cut(&in, skip, count, out, &op->arena);
    return true;
  }
}

static const struct operator_class limit_class = {"limit", limit_next, NULL, NULL};

struct operator* limit_open(const struct plan *plan, struct operator* input)
{
  struct operator* op = operator_new(&limit_class, sizeof(struct limit), plan, input, NULL);
  op->orders = input->orders;
  op->order = input->order;
  op->unique = input->unique;
  return op;
}
