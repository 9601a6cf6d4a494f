/* SPDX-License-Identifier: Apache-2.0 */
/* Which rows each row sees. */
#include "exec/compare.h"
#include "exec/over.h"

static size_t clamp(int64_t row, size_t least, size_t most)
{
  return row < (int64_t)least ? least : row > (int64_t)most ? most : (size_t)row;
}

/* ---- bounds that follow from a row's place and its peers ---- */

static size_t first_row(const struct over_rows *rows, const struct over_frame *f, size_t start,
                        size_t end, size_t i)
{
  if (f->from.kind == BOUND_UNBOUNDED_PRECEDING)
    return start;
  if (f->rows)
    return clamp((int64_t)i + f->from.rows, start, end);
  return rows->peer[i];
}

static size_t end_row(const struct over_rows *rows, const struct over_frame *f, size_t start,
                      size_t end, size_t i)
{
  if (f->to.kind == BOUND_UNBOUNDED_FOLLOWING)
    return end;
  if (f->rows)
    return clamp((int64_t)i + f->to.rows + 1, start, end);
  return rows->peer_end[i];
}

static void frames_by_place(const struct over_rows *rows, const struct over_frame *f,
                            const struct over_frames *out)
{
  for (size_t p = 0; p < rows->partitions; p++)
    for (size_t i = rows->start[p], end = rows->start[p + 1]; i < end; i++) {
      size_t low = first_row(rows, f, rows->start[p], end, i);
      size_t high = end_row(rows, f, rows->start[p], end, i);
      out->low[i] = (uint32_t)low;
      out->high[i] = (uint32_t)(high > low ? high : low);
    }
}

/* ---- bounds by the value of the order's key ---- */

struct range {
  const struct over_rows *rows;
  const struct over_frame *frame;
  const struct sort_key *sort;
  struct column key, from, to; /* the key, and what it is compared with */
};

/* Below, equal or above zero as row j comes before, at or behind the value of row i. */
static int compare(const struct range *r, const struct column *bound, size_t j, size_t i)
{
  bool j_null = column_is_null(&r->key, j), i_null = column_is_null(bound, i);
  if (j_null || i_null)
    return r->sort->nulls_last ? j_null - i_null : i_null - j_null;
  return r->sort->descending ? value_compare(bound, i, &r->key, j)
                             : value_compare(&r->key, j, bound, i);
}

static bool is_before_frame(const struct range *r, size_t j, size_t i)
{
  switch (r->frame->from.kind) {
  case BOUND_UNBOUNDED_PRECEDING:
    return false;
  case BOUND_CURRENT:
    return j < r->rows->peer[i];
  default:
    return compare(r, &r->from, j, i) < 0;
  }
}

static bool is_in_or_before_frame(const struct range *r, size_t j, size_t i)
{
  switch (r->frame->to.kind) {
  case BOUND_UNBOUNDED_FOLLOWING:
    return true;
  case BOUND_CURRENT:
    return j < r->rows->peer_end[i];
  default:
    return compare(r, &r->to, j, i) <= 0;
  }
}

/* Rows enter at one end and leave at the other, as in SlidingWindowFunctionFrame.write: where the
 * key's type wraps around, a row may miss itself, but those behind it are right again. */
static void frames_by_value(const struct range *r, const struct over_frames *out)
{
  for (size_t p = 0; p < r->rows->partitions; p++) {
    size_t end = r->rows->start[p + 1], low = r->rows->start[p], high = low;
    for (size_t i = low; i < end; i++) {
      while (low < high && is_before_frame(r, low, i))
        low++;
      for (; high < end && is_in_or_before_frame(r, high, i); high++)
        if (low == high && is_before_frame(r, high, i))
          low++;
      out->low[i] = (uint32_t)low;
      out->high[i] = (uint32_t)high;
    }
  }
}

static bool evaluate(const struct expr *e, const struct over_rows *rows, struct evaluation *ev,
                     struct column *out)
{
  return e == NULL || expr_eval(e, &rows->batch, ev, out);
}

bool over_frames(const struct over_rows *rows, const struct over_frame *frame,
                 struct evaluation *ev, struct over_frames *out)
{
  out->low = arena_take(ev->arena, rows->batch.rows, sizeof *out->low);
  out->high = arena_take(ev->arena, rows->batch.rows, sizeof *out->high);
  if (frame->from.value == NULL && frame->to.value == NULL) {
    frames_by_place(rows, frame, out);
    return true;
  }
  struct range r = {.rows = rows, .frame = frame, .sort = &rows->plan->sort[0]};
  if (!evaluate(r.sort->expr, rows, ev, &r.key) ||
      !evaluate(frame->from.value, rows, ev, &r.from) ||
      !evaluate(frame->to.value, rows, ev, &r.to))
    return false;
  frames_by_value(&r, out);
  return true;
}
