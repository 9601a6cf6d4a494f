/* SPDX-License-Identifier: Apache-2.0 */
/* window() without GROUP BY: each row comes once for each window that holds its time, the last
 * window first, as Spark's Expand gives them. A row without a time comes not at all. */
#include "exec/step.h"
#include "exec/windows.h"

struct window {
  struct step head;
  struct batch in; /* the input's batch that is being repeated */
  struct column time;
  struct arena in_arena;         /* of the time */
  size_t row;                    /* the next row of the batch */
  int64_t step;                  /* the next window of that row, counted from its last */
  uint32_t pair_row[BATCH_ROWS]; /* (row, window) pairs: rows of the batch ... */
  int64_t start[BATCH_ROWS];     /* ... and starts of windows */
  uint64_t windowed, null_time, windows;
};

/* The next pairs, up to BATCH_ROWS; returns how many. */
static size_t fill(struct window *w, const struct window_spec *spec)
{
  size_t count = 0;
  int64_t overlap = window_overlap(spec);
  for (; w->row < w->in.rows && count < BATCH_ROWS; w->row++, w->step = 0) {
    if (column_is_null(&w->time, w->row)) {
      w->null_time++;
      continue;
    }
    int64_t t = w->time.i64[column_index(&w->time, w->row)];
    int64_t last = window_last(spec, t);
    for (; w->step < overlap && count < BATCH_ROWS; w->step++)
      if (window_holds(spec, window_before(last, w->step), t)) {
        w->pair_row[count] = (uint32_t)w->row;
        w->start[count++] = window_start(spec, window_before(last, w->step));
      }
    if (w->step < overlap)
      return count;
    w->windowed++;
  }
  return count;
}

static void make_struct(const struct plan *plan, const int64_t *start, size_t count,
                        struct column *out, struct arena *arena)
{
  struct type type = plan->schema.column[plan->schema.columns - 1].type;
  column_make(out, type, count, arena);
  for (unsigned k = 0; k < 2; k++)
    column_make(&out->item[k], type_of(TYPE_TIMESTAMP), count, arena);
  for (size_t i = 0; i < count; i++) {
    out->item[0].i64[i] = start[i];
    out->item[1].i64[i] = window_end(&plan->window, start[i]);
  }
}

static bool read_more(struct window *w, struct error *err)
{
  if (!step_next(w->head.input[0], &w->in, err))
    return false;
  w->row = 0;
  w->step = 0;
  arena_reset(&w->in_arena);
  struct evaluation ev = {&w->in_arena, err};
  return w->in.rows == 0 || expr_eval(w->head.plan->time, &w->in, &ev, &w->time);
}

static bool window_next(struct step *step, struct batch *out, struct error *err)
{
  struct window *w = (struct window *)step;
  size_t count = 0, columns = step->plan->schema.columns;
  arena_reset(&step->arena);
  *out = (struct batch){.columns = columns};
  while (count == 0) {
    if (w->row == w->in.rows && !read_more(w, err))
      return false;
    if (w->in.rows == 0)
      return true;
    count = fill(w, &step->plan->window);
  }
  w->windows += count;
  out->rows = count;
  out->partition = w->in.partition;
  out->column = arena_take(&step->arena, columns, sizeof *out->column);
  for (size_t i = 0; i + 1 < columns; i++)
    column_gather(&w->in.column[i], w->pair_row, count, &out->column[i], &step->arena);
  make_struct(step->plan, w->start, count, &out->column[columns - 1], &step->arena);
  return true;
}

static void window_count(const struct step *step, struct query_counts *counts)
{
  const struct window *w = (const struct window *)step;
  counts->windowed += w->windowed;
  counts->null_time += w->null_time;
  counts->windows += step->plan->unfolded ? 0 : w->windows; /* else the groups are counted */
}

static void window_close(struct step *step)
{
  arena_free(&((struct window *)step)->in_arena);
}

static const struct step_kind window_kind = {"window", window_next, NULL, window_close,
                                             window_count};

struct step *window_open(const struct plan *plan, struct step *input)
{
  return step_new(&window_kind, sizeof(struct window), plan, input, NULL);
}
