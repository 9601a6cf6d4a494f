/* SPDX-License-Identifier: Apache-2.0 */
/* min_by, max_by, and min, max, first, last of structs and arrays: states name a kept row. */
#include "exec/aggregates/chains.h"
#include "exec/compare.h"

/* One row, the best or the first one so far. */
struct choice {
  struct chain row;
};

/* Whether `order`, that of a new row against the kept one, makes the new one the choice. Ties: the
 * value changes in max_by() and min_by() (MaxMinBy), and stays in max() and min(). */
static bool is_better(enum aggregate_kind kind, int order)
{
  switch (kind) {
  case AGGREGATE_MAX_BY:
    return order >= 0;
  case AGGREGATE_MIN_BY:
    return order <= 0;
  case AGGREGATE_MAX:
    return order > 0;
  default:
    return order < 0;
  }
}

static int compare_kept(const struct accumulator *a, const struct column *key, size_t row,
                        const struct choice *c, struct arena *scratch)
{
  uint32_t kept = c->row.last - 1;
  struct column value;
  chain_values(a, a->aggregate->args - 1, &kept, 1, &value, scratch);
  return value_compare(key, row, &value, 0);
}

static bool best_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                     const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  const struct column *key = &arg[a->aggregate->args - 1];
  EACH_STATE(struct choice, c)
  {
    arena_reset(&a->text);
    if (c->row.count == 0 ||
        is_better(a->aggregate->kind, compare_kept(a, key, row, c, &a->text))) {
      c->row = (struct chain){0};
      chain_add(a, &c->row, arg, row);
    }
  }
  return true;
}

static void best_merge(struct accumulator *a, const void *part, void *into)
{
  const struct choice *from = part;
  struct choice *to = into;
  struct column key;
  uint32_t row = from->row.last - 1;
  if (from->row.count == 0)
    return;
  arena_reset(&a->text);
  chain_values(a, a->aggregate->args - 1, &row, 1, &key, &a->text);
  if (to->row.count == 0 || is_better(a->aggregate->kind, compare_kept(a, &key, 0, to, &a->text)))
    *to = *from;
}

static bool best_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev)
{
  uint32_t *row = arena_take(ev->arena, count, sizeof *row);
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    const struct choice *c = FINISHED(struct choice);
    row[i] = c->row.count != 0 ? c->row.last - 1 : ROW_NONE;
    any |= c->row.count != 0;
  }
  if (any)
    chain_values(a, 0, row, count, out, ev->arena);
  else
    column_make_null(out, a->aggregate->type, ev->arena);
  return true;
}

const struct accumulator_kind best_kind = {sizeof(struct choice), best_add, best_merge,
                                           best_finish};

/* ---- first and last of structs and arrays ---- */

static bool met_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                    const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  bool first = a->aggregate->kind == AGGREGATE_FIRST;
  EACH_STATE(struct choice, c)
  {
    bool is_late = first && c->row.count != 0;
    if (is_late || (a->aggregate->ignore_nulls && column_is_null(arg, row)))
      continue;
    c->row = (struct chain){0};
    chain_add(a, &c->row, arg, row);
  }
  return true;
}

static void met_merge(struct accumulator *a, const void *part, void *into)
{
  const struct choice *from = part;
  struct choice *to = into;
  if (from->row.count != 0 && (a->aggregate->kind == AGGREGATE_LAST || to->row.count == 0))
    *to = *from;
}

const struct accumulator_kind met_kind = {sizeof(struct choice), met_add, met_merge, best_finish};
