/* SPDX-License-Identifier: Apache-2.0 */
/* Aggregate functions over frames. Counts and sums of integers are differences of running ones;
 * everything else is added up row by row, from the frame's first row on, whenever a frame loses
 * a row (AggregateProcessor, SlidingWindowFunctionFrame): sums of doubles depend on it. */
#include <stdlib.h>

#include "exec/accumulate.h"
#include "exec/over.h"

/* ---- counts and integers ---- */

/* before[i]: how many of the rows before row i are counted. */
static uint32_t *count_before(const struct addends *addends, size_t rows, struct arena *arena)
{
  uint32_t *before = arena_take(arena, rows + 1, sizeof *before), count = 0;
  for (size_t i = 0; i < rows; i++) {
    before[i] = count;
    count += addends->skip == NULL || !addends->skip[i];
  }
  before[rows] = count;
  return before;
}

static void count_frames(const struct over_frames *frames, const uint32_t *before, size_t rows,
                         struct column *out)
{
  for (size_t i = 0; i < rows; i++)
    out->i64[i] = before[frames->high[i]] - before[frames->low[i]];
}

static void mark_empty(const struct over_frames *frames, const uint32_t *before, size_t rows,
                       struct column *out, struct arena *arena)
{
  for (size_t i = 0; i < rows; i++)
    if (before[frames->high[i]] == before[frames->low[i]])
      column_flags(out, rows, arena)[i] = 1;
}

/* Sums wrap around, and so do their differences. */
static void sum_integers(const struct over_frames *frames, const struct addends *addends,
                         size_t rows, struct column *out, struct arena *arena)
{
  uint64_t *before = arena_take(arena, rows + 1, sizeof *before), sum = 0;
  const int64_t *x = addends->arg[0].i64;
  for (size_t i = 0; i < rows; i++) {
    before[i] = sum;
    sum += addends->skip == NULL || !addends->skip[i] ? (uint64_t)x[i] : 0;
  }
  before[rows] = sum;
  for (size_t i = 0; i < rows; i++)
    out->i64[i] = (int64_t)(before[frames->high[i]] - before[frames->low[i]]);
}

/* ---- sums of doubles ---- */

/* A frame that only grew goes on from the sum that it had. */
static void sum_doubles(const struct over_frames *frames, const struct addends *addends,
                        size_t rows, double *out)
{
  const double *x = addends->arg[0].f64;
  const uint8_t *skip = addends->skip;
  size_t low = 0, high = 0;
  double sum = 0;
  for (size_t i = 0; i < rows; i++) {
    if (frames->low[i] != low || frames->high[i] < high) {
      low = high = frames->low[i];
      sum = 0;
    }
    for (; high < frames->high[i]; high++)
      if (skip == NULL || !skip[high])
        sum += x[high];
    out[i] = sum;
  }
}

static void divide_by_counts(const struct over_frames *frames, const uint32_t *before, size_t rows,
                             double *out)
{
  for (size_t i = 0; i < rows; i++) {
    uint32_t count = before[frames->high[i]] - before[frames->low[i]];
    out[i] /= count + (count == 0);
  }
}

/* ---- any other function ---- */

struct adding {
  struct accumulator accumulator;
  unsigned char *state; /* of one group, the frame */
  size_t bytes;
  struct addends addends;
  struct pairs pairs; /* all with that state */
  struct arena arena; /* of one addition or one result */
};

static void start_adding(struct adding *a, const struct aggregate *aggregate)
{
  *a = (struct adding){0};
  a->bytes = accumulators_start(&a->accumulator, aggregate, 1, 1);
  a->state = mem_new(1, a->bytes);
  a->pairs.row = mem_new(BATCH_ROWS, sizeof *a->pairs.row);
  a->pairs.state = mem_new(BATCH_ROWS, sizeof *a->pairs.state);
  a->pairs.slot = mem_new(BATCH_ROWS, sizeof *a->pairs.slot);
  for (size_t i = 0; i < BATCH_ROWS; i++)
    a->pairs.state[i] = a->state;
}

static void end_adding(struct adding *a)
{
  accumulators_end(&a->accumulator, 1);
  free(a->state);
  free(a->pairs.row);
  free(a->pairs.state);
  free(a->pairs.slot);
  arena_free(&a->arena);
}

static void forget_rows(struct adding *a)
{
  accumulator_reset(&a->accumulator);
  memset(a->state, 0, a->bytes);
}

static bool add_rows(struct adding *a, size_t from, size_t to, struct error *err)
{
  struct evaluation ev = {&a->arena, err};
  while (from < to) {
    struct pairs *p = &a->pairs;
    for (p->count = 0; p->count < BATCH_ROWS && from < to; from++)
      p->row[p->count++] = (uint32_t)from;
    arena_reset(&a->arena);
    if (!accumulator_add(&a->accumulator, &a->addends, p, &ev))
      return false;
  }
  return true;
}

static bool keep_result(struct adding *a, struct store *kept, struct error *err)
{
  struct evaluation ev = {&a->arena, err};
  struct column result;
  arena_reset(&a->arena);
  if (!accumulator_finish(&a->accumulator, a->pairs.state, a->pairs.slot, 1, &result, &ev))
    return false;
  store_append(kept, &result, 0, 1);
  return true;
}

/* One result for each frame that differs from the one before. */
static bool add_frames(struct adding *a, const struct over_rows *rows,
                       const struct over_frames *frames, struct store *kept, uint32_t *pick,
                       struct error *err)
{
  size_t low = 0, high = 0;
  for (size_t p = 0; p < rows->partitions; p++)
    for (size_t i = rows->start[p]; i < rows->start[p + 1]; i++) {
      bool is_first = i == rows->start[p];
      bool same = !is_first && frames->low[i] == low && frames->high[i] == high;
      if (is_first || frames->low[i] != low || frames->high[i] < high) {
        forget_rows(a);
        low = high = frames->low[i];
      }
      if (!add_rows(a, high, frames->high[i], err) || (!same && !keep_result(a, kept, err)))
        return false;
      high = frames->high[i];
      pick[i] = (uint32_t)(store_rows(kept) - 1);
    }
  return true;
}

/* ---- the door ---- */

static bool add_any(const struct over_rows *rows, const struct over_function *f,
                    const struct over_frames *frames, const struct addends *addends,
                    struct store *kept, struct column *out, struct evaluation *ev)
{
  size_t n = rows->batch.rows;
  uint32_t *pick = arena_take(ev->arena, n, sizeof *pick);
  struct adding adding;
  start_adding(&adding, &f->aggregate);
  adding.addends = *addends;
  bool good = add_frames(&adding, rows, frames, kept, pick, ev->err);
  end_adding(&adding);
  if (good)
    store_gather(kept, pick, n, out, ev->arena);
  return good;
}

bool over_add(const struct over_rows *rows, const struct over_function *f, struct store *kept,
              struct column *out, struct evaluation *ev)
{
  const struct aggregate *a = &f->aggregate;
  struct accumulator evaluator = {.aggregate = a};
  struct addends addends;
  struct over_frames frames;
  if (!accumulator_evaluate(&evaluator, &rows->batch, ev, &addends) ||
      !over_frames(rows, &f->frame, ev, &frames))
    return false;
  bool sums = a->kind == AGGREGATE_SUM || a->kind == AGGREGATE_AVG;
  bool counts = a->kind == AGGREGATE_COUNT;
  bool integers = sums && addends.arg[0].type.kind == TYPE_BIGINT;
  bool doubles = sums && addends.arg[0].type.kind == TYPE_DOUBLE;
  if (!counts && !integers && !doubles)
    return add_any(rows, f, &frames, &addends, kept, out, ev);
  size_t n = rows->batch.rows;
  const uint32_t *before = count_before(&addends, n, ev->arena);
  column_make(out, f->type, n, ev->arena);
  if (counts)
    count_frames(&frames, before, n, out);
  else if (integers)
    sum_integers(&frames, &addends, n, out, ev->arena);
  else
    sum_doubles(&frames, &addends, n, out->f64);
  if (a->kind == AGGREGATE_AVG)
    divide_by_counts(&frames, before, n, out->f64);
  if (!counts)
    mark_empty(&frames, before, n, out, ev->arena);
  return true;
}
