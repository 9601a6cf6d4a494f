/* SPDX-License-Identifier: Apache-2.0 */
/* collect_list, collect_set and mode: all rows of a group, in a chain (collect.scala, Mode.scala).
 * The order of collect_set() and which of several values mode() takes come from hash tables of
 * Scala and Spark, which are played through with the group's values. */
#include <stdlib.h>

#include "exec/aggregates/chains.h"
#include "exec/aggregates/java_hash.h"

struct collected {
  struct chain rows;
};

static bool list_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                     const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  EACH_STATE(struct collected, c)
  chain_add(a, &c->rows, arg, row);
  return true;
}

static void list_merge(struct accumulator *a, const void *part, void *into)
{
  const struct collected *from = part;
  struct collected *to = into;
  chain_join(a, &from->rows, &to->rows);
}

/* Arrays of all rows of each state. */
static bool list_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev)
{
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    total += FINISHED(struct collected)->rows.count;
  uint32_t *row = arena_take(ev->arena, total, sizeof *row);
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    chain_rows(a, &FINISHED(struct collected)->rows, row + at);
    at += FINISHED(struct collected)->rows.count;
    out->end[i] = (uint32_t)at;
  }
  chain_values(a, 0, row, total, &out->item[0], ev->arena);
  return true;
}

const struct accumulator_kind list_kind = {sizeof(struct collected), list_add, list_merge,
                                           list_finish};

/* ---- hash tables played through ---- */

struct play {
  struct arena arena;
  struct column value; /* of the rows */
  uint32_t *kept;      /* their numbers among those kept */
  uint32_t *row;       /* 0 .. rows-1, in an order */
  size_t rows;
};

static void start_play(struct play *p, const struct accumulator *a, const struct chain *first,
                       const struct chain *second)
{
  *p = (struct play){.rows = first->count + (second != NULL ? second->count : 0)};
  p->kept = arena_take(&p->arena, p->rows, sizeof *p->kept);
  p->row = arena_take(&p->arena, p->rows, sizeof *p->row);
  chain_rows(a, first, p->kept);
  if (second != NULL)
    chain_rows(a, second, p->kept + first->count);
  for (size_t i = 0; i < p->rows; i++)
    p->row[i] = (uint32_t)i;
  chain_values(a, 0, p->kept, p->rows, &p->value, &p->arena);
}

static void keep_play(struct play *p, struct accumulator *a, struct chain *chain)
{
  for (size_t i = 0; i < p->rows; i++)
    p->row[i] = p->kept[p->row[i]];
  chain_set(a, chain, p->row, p->rows);
}

/* The part goes through a table when it is read back, and into that of the state. */
static void set_merge(struct accumulator *a, const void *part, void *into)
{
  const struct collected *from = part;
  struct collected *to = into, came = *from;
  struct play p;
  for (unsigned turn = 0; turn < 2; turn++) { /* as it was, as it is read back */
    start_play(&p, a, &came.rows, NULL);
    p.rows = scala_hash_set(&p.value, p.row, p.rows);
    keep_play(&p, a, &came.rows);
    arena_free(&p.arena);
  }
  start_play(&p, a, &to->rows, &came.rows);
  keep_play(&p, a, &to->rows);
  arena_free(&p.arena);
}

static bool set_finish(const struct accumulator *a, unsigned char *const *state,
                       const uint8_t *slot, size_t count, struct column *out, struct evaluation *ev)
{
  size_t total = 0, at = 0;
  for (size_t i = 0; i < count; i++)
    total += FINISHED(struct collected)->rows.count;
  uint32_t *row = arena_take(ev->arena, total, sizeof *row);
  for (size_t i = 0; i < count; i++) {
    struct play p;
    start_play(&p, a, &FINISHED(struct collected)->rows, NULL);
    p.rows = scala_hash_set(&p.value, p.row, p.rows);
    for (size_t k = 0; k < p.rows; k++)
      row[at++] = p.kept[p.row[k]];
    out->end[i] = (uint32_t)at;
    arena_free(&p.arena);
  }
  chain_values(a, 0, row, at, &out->item[0], ev->arena);
  return true;
}

const struct accumulator_kind set_kind = {sizeof(struct collected), list_add, set_merge,
                                          set_finish};

/* ---- mode ---- */

/* How often kept row i counts; a merged state counts its rows by their values. */
static uint64_t times_of(const struct accumulator *a, uint32_t i)
{
  return i < a->times_room ? a->times[i] : 1;
}

static void set_times(struct accumulator *a, uint32_t i, uint64_t times)
{
  if (i >= a->times_room) {
    a->times = mem_resize(a->times, a->next_room, sizeof *a->times);
    while (a->times_room < a->next_room)
      a->times[a->times_room++] = 1;
  }
  a->times[i] = times;
}

/* Puts a group's values into one of Spark's tables after the other; returns how often each one that
 * comes out was there. */
static uint64_t *play_counts(struct play *p, const struct accumulator *a, unsigned tables)
{
  uint64_t *times = arena_take(&p->arena, p->rows, sizeof *times);
  for (size_t i = 0; i < p->rows; i++)
    times[i] = times_of(a, p->kept[i]);
  while (tables-- > 0)
    p->rows = spark_open_hash_map(&p->value, p->row, times, p->rows);
  return times;
}

/* The part's table is written, read back, and added to that of the state. */
static void mode_merge(struct accumulator *a, const void *part, void *into)
{
  const struct collected *from = part;
  struct collected *to = into, came = *from;
  struct play p;
  start_play(&p, a, &came.rows, NULL);
  uint64_t *times = play_counts(&p, a, 2);
  keep_play(&p, a, &came.rows);
  for (size_t i = 0; i < p.rows; i++)
    set_times(a, p.row[i], times[i]);
  arena_free(&p.arena);
  chain_join(a, &came.rows, &to->rows);
}

static uint32_t most_frequent(const struct accumulator *a, const struct chain *rows)
{
  struct play p;
  if (rows->count == 0)
    return ROW_NONE;
  start_play(&p, a, rows, NULL);
  const uint64_t *times = play_counts(&p, a, 1);
  size_t best = 0;
  for (size_t i = 1; i < p.rows; i++)
    if (times[i] > times[best])
      best = i;
  uint32_t row = p.kept[p.row[best]];
  arena_free(&p.arena);
  return row;
}

static bool mode_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev)
{
  uint32_t *row = arena_take(ev->arena, count, sizeof *row);
  bool any = false;
  for (size_t i = 0; i < count; i++) {
    row[i] = most_frequent(a, &FINISHED(struct collected)->rows);
    any |= row[i] != ROW_NONE;
  }
  if (any)
    chain_values(a, 0, row, count, out, ev->arena);
  else
    column_make_null(out, a->aggregate->type, ev->arena);
  return true;
}

const struct accumulator_kind mode_kind = {sizeof(struct collected), list_add, mode_merge,
                                           mode_finish};
