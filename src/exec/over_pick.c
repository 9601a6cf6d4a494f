/* SPDX-License-Identifier: Apache-2.0 */
/* Functions whose result is the value of another row: lag, lead, first, last, nth, min and max.
 * They find that row's number; the values are gathered at the end. */
#include "exec/compare.h"
#include "exec/over.h"

/* The rows whose value is not null: row[before[i]] is the first one of them from row i on. */
struct solid {
  uint32_t *row;
  uint32_t *before;
};

static struct solid find_solid(const struct column *value, size_t rows, bool skips_nulls,
                               struct arena *arena)
{
  struct solid s = {arena_take(arena, rows + 1, sizeof *s.row),
                    arena_take(arena, rows + 1, sizeof *s.before)};
  uint32_t count = 0;
  for (size_t i = 0; i < rows; i++) {
    s.before[i] = count;
    if (!skips_nulls || !column_is_null(value, i))
      s.row[count++] = (uint32_t)i;
  }
  s.before[rows] = count;
  return s;
}

/* The value `number` rows later, rows with a null not counted; the row's own for 0. */
static uint32_t shifted(const struct solid *s, size_t start, size_t end, size_t i, int64_t number)
{
  if (number == 0)
    return (uint32_t)i;
  bool counts = s->before[i + 1] != s->before[i];
  int64_t at = (int64_t)s->before[i] + number - (number > 0 && !counts);
  if (at < (int64_t)s->before[start] || at >= (int64_t)s->before[end])
    return ROW_NONE;
  return s->row[at];
}

static void pick_shifted(const struct over_rows *rows, const struct solid *s, int64_t number,
                         uint32_t *pick)
{
  for (size_t p = 0; p < rows->partitions; p++)
    for (size_t i = rows->start[p]; i < rows->start[p + 1]; i++)
      pick[i] = shifted(s, rows->start[p], rows->start[p + 1], i, number);
}

/* Number `number` of the frame's rows from 0 on, or from its end on. */
static void pick_in_frame(const struct over_rows *rows, const struct over_frames *frames,
                          const struct solid *s, const struct over_function *f, uint32_t *pick)
{
  uint64_t number = f->kind == OVER_NTH ? (uint64_t)f->number - 1 : 0;
  for (size_t i = 0; i < rows->batch.rows; i++) {
    size_t low = s->before[frames->low[i]], high = s->before[frames->high[i]];
    if (number >= high - low)
      pick[i] = ROW_NONE;
    else
      pick[i] = s->row[f->kind == OVER_LAST ? high - 1 : low + number];
  }
}

/* The least or greatest value of each frame, the first one of equals. `queue` holds the rows that
 * may still come to be it: each of them is better than all behind it, so that every row enters
 * and leaves once. */
static void pick_extreme(const struct over_rows *rows, const struct over_frames *frames,
                         const struct column *value, bool above, uint32_t *pick,
                         struct arena *arena)
{
  uint32_t *queue = arena_take(arena, rows->batch.rows, sizeof *queue);
  for (size_t p = 0; p < rows->partitions; p++) {
    size_t first = 0, last = 0, next = rows->start[p];
    for (size_t i = next; i < rows->start[p + 1]; i++) {
      for (; next < frames->high[i]; next++) {
        if (column_is_null(value, next))
          continue;
        while (last > first) {
          int order = value_compare(value, queue[last - 1], value, next);
          if (above ? order >= 0 : order <= 0)
            break;
          last--;
        }
        queue[last++] = (uint32_t)next;
      }
      while (first < last && queue[first] < frames->low[i])
        first++;
      pick[i] = first < last ? queue[first] : ROW_NONE;
    }
  }
}

/* Where no row is picked the value of `otherwise` stands. */
static bool gather_or(const struct over_rows *rows, const struct over_function *f,
                      const struct column *value, uint32_t *pick, struct store *kept,
                      struct column *out, struct evaluation *ev)
{
  struct column both[2] = {*value};
  if (!expr_eval(f->otherwise, &rows->batch, ev, &both[1]))
    return false;
  size_t n = rows->batch.rows;
  store_append(kept, &both[0], 0, n);
  store_append(kept, &both[1], 0, n);
  for (size_t i = 0; i < n; i++)
    if (pick[i] == ROW_NONE)
      pick[i] = (uint32_t)(n + i);
  store_gather(kept, pick, n, out, ev->arena);
  return true;
}

bool over_pick(const struct over_rows *rows, const struct over_function *f, struct store *kept,
               struct column *out, struct evaluation *ev)
{
  size_t n = rows->batch.rows;
  uint32_t *pick = arena_take(ev->arena, n, sizeof *pick);
  struct column value;
  struct over_frames frames;
  if (!expr_eval(f->arg, &rows->batch, ev, &value) ||
      (f->kind != OVER_SHIFT && !over_frames(rows, &f->frame, ev, &frames)))
    return false;
  if (f->kind == OVER_MIN || f->kind == OVER_MAX) {
    pick_extreme(rows, &frames, &value, f->kind == OVER_MAX, pick, ev->arena);
  } else {
    struct solid solid = find_solid(&value, n, f->ignore_nulls, ev->arena);
    if (f->kind == OVER_SHIFT)
      pick_shifted(rows, &solid, f->number, pick);
    else
      pick_in_frame(rows, &frames, &solid, f, pick);
  }
  if (f->otherwise != NULL)
    return gather_or(rows, f, &value, pick, kept, out, ev);
  column_gather(&value, pick, n, out, ev->arena);
  return true;
}
