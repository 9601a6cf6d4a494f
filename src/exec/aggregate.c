/* SPDX-License-Identifier: Apache-2.0 */
/* GROUP BY, with or without window(). A row adds itself to each of its windows, in row order; the
 * groups come out when all rows are in, key by key, each key's windows in ascending order. */
#include <stdlib.h>

#include "exec/accumulate.h"
#include "exec/compare.h"
#include "exec/fast_map.h"
#include "exec/order.h"
#include "exec/pages.h"
#include "exec/parts.h"
#include "exec/runs.h"
#include "exec/shared_counts.h"
#include "exec/step.h"
#include "exec/windows.h"
#include "text/civil.h"

/* ObjectHashAggregateExec's map holds so many keys; rows that come when it is full are sorted by
 * their keys and aggregated apart, before the states of the map (ObjectAggregationIterator,
 * spark.sql.objectHashAggregate.sortBased.fallbackThreshold). */
enum { OBJECT_MAP_KEYS = 128 };

struct groups {
  struct step head;
  struct key_table *keys;
  struct pages *pages;
  size_t accumulators;
  struct accumulator *accumulator;
  struct pairs pairs;
  bool by_runs; /* rows are added by runs instead */
  struct runs runs;
  struct parts *parts;    /* or NULL */
  size_t most_rows;       /* see plan_most_rows() */
  bool has_objects;       /* GROUPS_OF_OBJECTS */
  bool is_sorted;         /* GROUPS_SORTED */
  size_t met;             /* keys that rows had so far, in their order */
  struct pages *overflow; /* states of rows that came when the map of objects was full, by key */
  bool is_full;           /* all rows are in */
  uint32_t *sequence;     /* pages in the order in which they come out */
  size_t page;            /* the next one of it */
  unsigned window;        /* the next window of that page */
  uint64_t rows, windowed, null_time, groups;
};

/* ---- rows to pairs ---- */

static void reserve_pairs(struct pairs *p, size_t more)
{
  if (p->room - p->count >= more)
    return;
  p->room = 2 * (p->count + more);
  p->row = mem_resize(p->row, p->room, sizeof *p->row);
  p->state = mem_resize(p->state, p->room, sizeof *p->state);
  p->slot = mem_resize(p->slot, p->room, sizeof *p->slot);
}

static inline void add_pair(struct pairs *p, size_t row, unsigned char *state, unsigned slot)
{
  p->row[p->count] = (uint32_t)row;
  p->state[p->count] = state;
  p->slot[p->count++] = (uint8_t)slot;
}

static size_t pair_without_windows(struct groups *g, const uint32_t *key, size_t rows)
{
  reserve_pairs(&g->pairs, rows);
  for (size_t i = 0; i < rows; i++) {
    uint32_t page = pages_get(g->pages, key[i], 0);
    pages_at(g->pages, page)->present = 1;
    add_pair(&g->pairs, i, pages_state(g->pages, page), 0);
  }
  return rows;
}

static int64_t page_number(int64_t window)
{
  return window >> 5; /* floor: PAGE_WINDOWS is 32 */
}

_Static_assert(PAGE_WINDOWS == 32, "page_number() shifts by 5");

/* The windows of one time that share a page. */
struct stretch {
  int64_t number; /* of the page */
  uint32_t present;
  uint8_t slot, count;
};

/* The windows first .. last in ascending order; returns how many stretches they are. */
static size_t split_windows(int64_t first, int64_t last, struct stretch *out)
{
  size_t n = 0;
  while (first <= last) {
    unsigned slot = (unsigned)(first & (PAGE_WINDOWS - 1)), left = PAGE_WINDOWS - slot;
    unsigned count = last - first < left ? (unsigned)(last - first) + 1 : left;
    out[n++] = (struct stretch){page_number(first), (uint32_t)((UINT64_C(1) << count) - 1) << slot,
                                (uint8_t)slot, (uint8_t)count};
    first += count;
  }
  return n;
}

static inline void add_stretch(struct groups *g, size_t row, uint32_t key, const struct stretch *s)
{
  struct page *page = pages_find(g->pages, key, s->number);
  page->present |= s->present;
  if (g->by_runs) {
    runs_append(&g->runs, row, page->state, s->slot, s->count);
    return;
  }
  for (unsigned k = 0; k < s->count; k++)
    add_pair(&g->pairs, row, page->state, s->slot + k);
}

/* Where a row is in many windows, the rows of a batch are added in several goes. */
enum { MOST_PAIRS = 512 * BATCH_ROWS };

/* Pairs rows from `row` on; returns the first one that has to wait. Rows of one time, which follow
 * each other more often than not, are in the same windows. */
static size_t pair_with_windows(struct groups *g, const struct column *time, const uint32_t *key,
                                size_t row, size_t rows)
{
  const struct window_spec *w = &g->head.plan->window;
  int64_t overlap = window_overlap(w), known_time = 0;
  size_t most = (size_t)overlap / PAGE_WINDOWS + 2, stretches = 0;
  struct stretch *stretch = arena_take(&g->head.arena, most, sizeof *stretch);
  bool known = false;
  for (; row < rows && g->pairs.count + g->runs.count < MOST_PAIRS; row++) {
    if (column_is_null(time, row)) {
      g->null_time++;
      continue;
    }
    int64_t t = time->i64[column_index(time, row)];
    if (!known || t != known_time) {
      int64_t last = window_last(w, t), first = window_before(last, overlap - 1);
      stretches = split_windows(first + !window_holds(w, first, t), last, stretch);
      known_time = t;
      known = true;
    }
    if (g->by_runs)
      runs_reserve(&g->runs, most);
    else
      reserve_pairs(&g->pairs, (size_t)overlap);
    for (size_t k = 0; k < stretches; k++)
      add_stretch(g, row, key[row], &stretch[k]);
    g->windowed++;
  }
  return row;
}

/* ---- reading all rows ---- */

/* The pairs, those of rows that come too late for the map with states of their own. Without
 * windows: pair i is row i. False if none came too late. */
static bool pair_overflow(struct groups *g, const uint32_t *key, struct pairs *out,
                          struct arena *arena)
{
  bool any = false;
  *out = g->pairs;
  out->state = arena_take(arena, out->count, sizeof *out->state);
  for (size_t i = 0; i < out->count; i++) {
    bool full = g->met >= OBJECT_MAP_KEYS;
    g->met = key[i] >= g->met ? key[i] + 1 : g->met;
    out->state[i] = g->pairs.state[i];
    if (full)
      out->state[i] = pages_state(g->overflow, pages_get(g->overflow, key[i], 0));
    any |= full;
  }
  return any;
}

/* One key that Spark sorts by its 8 bytes (see exec/sort.c): nulls among them move other rows. */
static bool moves_rows(const struct plan *plan)
{
  struct type type = plan->expr[0]->type;
  bool wide = type.kind == TYPE_DECIMAL && type.precision > DECIMAL_DIGITS_OF_INT64;
  bool depends = false;
  for (size_t i = 0; i < plan->aggregates; i++)
    depends |= aggregate_depends_on_order(&plan->aggregate[i]);
  return depends && plan->exprs == 1 && type.kind != TYPE_STRING && type.items == 0 && !wide;
}

static bool any_null(const struct column *c, size_t rows)
{
  bool found = false;
  for (size_t i = 0; i < rows; i++)
    found |= column_is_null(c, i);
  return found;
}

static bool has_distinct(const struct plan *plan)
{
  bool found = false;
  for (size_t i = 0; i < plan->aggregates; i++)
    found |= plan->aggregate[i].distinct;
  return found;
}

/* Objects whose parts need not be kept apart, as no order shows in them: percentiles. */
static bool merges_parts(const struct groups *g)
{
  const struct plan *plan = g->head.plan;
  return g->parts != NULL && !plan->in_parts && plan_part_way(plan) == GROUPS_OF_OBJECTS;
}

static bool accumulate(struct groups *g, const struct batch *in, const struct column *value,
                       const uint32_t *key, struct evaluation *ev)
{
  const struct plan *plan = g->head.plan;
  struct pairs other, late;
  if (g->parts != NULL && !parts_pair(g->parts, in, key, &g->pairs, &other, ev))
    return false;
  if (merges_parts(g))
    return accumulators_add(g->accumulator, g->accumulators, in, &g->pairs, NULL, ev);
  bool is_other = g->parts != NULL && plan->in_parts;
  bool overflows = g->has_objects && plan->exprs != 0 && pair_overflow(g, key, &late, ev->arena);
  if (is_other && plan->parts != 0 && plan_part_way(plan) == GROUPS_OF_OBJECTS)
    overflows |= parts_count(g->parts) >= OBJECT_MAP_KEYS;
  overflows |= g->rows > g->most_rows;
  if (overflows && has_distinct(plan))
    return error_set(ev->err, ERR_UNSUPPORTED,
                     "DISTINCT beside functions such as collect_list() is not supported for %d "
                     "groups and more",
                     (int)OBJECT_MAP_KEYS);
  if (overflows && plan->by_partition)
    return error_set(ev->err, ERR_UNSUPPORTED,
                     "functions such as collect_list() over UNION are not supported for %d groups "
                     "and more",
                     (int)OBJECT_MAP_KEYS);
  if (plan->by_partition && g->is_sorted && plan->in_parts && moves_rows(plan) &&
      any_null(value, in->rows))
    return error_set(ev->err, ERR_UNSUPPORTED,
                     "a null key over UNION is not supported beside functions that keep a STRING; "
                     "keep it out by WHERE, or group by its text");
  if (overflows && moves_rows(plan) && any_null(value, in->rows))
    return error_set(ev->err, ERR_UNSUPPORTED,
                     "a null key among %d groups and more is not supported beside functions such "
                     "as collect_list(); keep it out by WHERE, or group by its text",
                     (int)OBJECT_MAP_KEYS);
  if (overflows)
    other = late, is_other = true;
  return accumulators_add(g->accumulator, g->accumulators, in, &g->pairs, is_other ? &other : NULL,
                          ev);
}

static bool add_by_runs(struct groups *g, const struct batch *in, const struct column *time,
                        const uint32_t *key, struct evaluation *ev)
{
  struct addends *addends = arena_take(ev->arena, g->accumulators, sizeof *addends);
  for (size_t i = 0; i < g->accumulators; i++)
    if (!accumulator_evaluate(&g->accumulator[i], in, ev, &addends[i]))
      return false;
  counts_part(g->accumulator, g->accumulators, addends, in->rows, g->pages, PAGE_WINDOWS);
  for (size_t row = 0; row < in->rows;) {
    g->runs.count = 0;
    row = pair_with_windows(g, time, key, row, in->rows);
    runs_add(g->accumulator, g->accumulators, addends, &g->runs);
  }
  return true;
}

static bool add_batch(struct groups *g, const struct batch *in, struct error *err)
{
  const struct plan *plan = g->head.plan;
  struct arena *arena = &g->head.arena;
  struct evaluation ev = {arena, err};
  struct column time, *key = arena_take(arena, plan->exprs, sizeof *key);
  for (size_t i = 0; i < plan->exprs; i++)
    if (!expr_eval(plan->expr[i], in, &ev, &key[i]))
      return false;
  if (plan->time != NULL && !expr_eval(plan->time, in, &ev, &time))
    return false;
  uint32_t *number = arena_take(arena, in->rows, sizeof *number);
  key_table_add(g->keys, key, in->rows, number);
  g->rows += in->rows;
  if (g->by_runs)
    return add_by_runs(g, in, &time, number, &ev);
  for (size_t row = 0; row < in->rows;) {
    g->pairs.count = 0;
    if (plan->time != NULL)
      row = pair_with_windows(g, &time, number, row, in->rows);
    else
      row = pair_without_windows(g, number, in->rows);
    if (!accumulate(g, in, key, number, &ev))
      return false;
  }
  return true;
}

struct key_order {
  size_t columns;
  struct column *column;
};

static int compare_keys(const void *argument, uint32_t a, uint32_t b)
{
  const struct key_order *order = argument;
  int result = 0;
  for (size_t k = 0; k < order->columns && result == 0; k++)
    result = value_compare(&order->column[k], a, &order->column[k], b);
  return result;
}

static int compare_numbers(const void *argument, uint32_t a, uint32_t b)
{
  const struct pages *pages = argument;
  int64_t x = pages_at(pages, a)->number, y = pages_at(pages, b)->number;
  return (x > y) - (x < y);
}

/* Of keys in the order in which they arrived those of Spark's fast map come first. */
static void put_fast_map_first(const struct groups *g, uint32_t *number, size_t keys)
{
  struct arena arena = {0};
  struct fast_map *map = fast_map_new();
  size_t columns = g->head.plan->exprs, fast = 0, late = 0;
  struct column *key = arena_take(&arena, columns, sizeof *key);
  uint32_t *later = arena_take(&arena, keys, sizeof *later);
  key_table_values(g->keys, number, keys, key, &arena);
  for (size_t i = 0; i < keys; i++)
    if (fast_map_add(map, key, columns, i))
      number[fast++] = number[i];
    else
      later[late++] = number[i];
  memcpy(number + fast, later, late * sizeof *later);
  fast_map_free(map);
  arena_free(&arena);
}

static void sort_by_value(const struct groups *g, uint32_t *number, size_t keys)
{
  struct arena arena = {0};
  size_t columns = g->head.plan->exprs;
  struct key_order order = {columns, arena_take(&arena, columns, sizeof(struct column))};
  key_table_values(g->keys, number, keys, order.column, &arena);
  order_sort(number, keys, compare_keys, &order);
  arena_free(&arena);
}

/* Rank of each key in the order in which its groups have to come. */
static uint32_t *rank_keys(const struct groups *g)
{
  const struct plan *plan = g->head.plan;
  size_t keys = key_table_keys(g->keys);
  uint32_t *rank = mem_resize(NULL, keys, sizeof *rank);
  uint32_t *number = mem_resize(NULL, keys, sizeof *number);
  for (size_t i = 0; i < keys; i++)
    number[i] = (uint32_t)i;
  bool overflows = pages_count(g->overflow) != 0 ||
                   (merges_parts(g) && parts_before_last_row(g->parts) >= OBJECT_MAP_KEYS);
  if ((plan->sorted || overflows) && plan->exprs != 0)
    sort_by_value(g, number, keys);
  else if (g->parts != NULL && g->rows != 0 && plan->time == NULL)
    parts_arrival(g->parts, number, keys);
  if (plan->fast_map)
    put_fast_map_first(g, number, keys);
  for (size_t i = 0; i < keys; i++)
    rank[number[i]] = (uint32_t)i;
  free(number);
  return rank;
}

/* Pages by the rank of their key, and then by their number. */
static void sequence_pages(struct groups *g)
{
  size_t count = pages_count(g->pages), keys = key_table_keys(g->keys);
  uint32_t *rank = rank_keys(g);
  size_t *end = mem_new(keys + 2, sizeof *end); /* of the pages of each rank; first their start */
  for (size_t i = 0; i < count; i++)
    end[rank[pages_at(g->pages, i)->key] + 2]++;
  for (size_t k = 2; k < keys + 2; k++)
    end[k] += end[k - 1];
  g->sequence = mem_resize(NULL, count, sizeof *g->sequence);
  for (size_t i = 0; i < count; i++)
    g->sequence[end[rank[pages_at(g->pages, i)->key] + 1]++] = (uint32_t)i;
  for (size_t k = 0; k < keys; k++)
    order_sort(g->sequence + end[k], end[k + 1] - end[k], compare_numbers, g->pages);
  free(end);
  free(rank);
}

/* Whether all windows are of the years 1 to 9998. */
static bool windows_are_plain(const struct groups *g)
{
  const struct window_spec *w = &g->head.plan->window;
  int64_t first = window_last(w, civil_to_days(1, 1, 2) * MICROS_PER_DAY);
  int64_t last = window_last(w, civil_to_days(9998, 12, 31) * MICROS_PER_DAY) - window_overlap(w);
  for (size_t i = 0; i < pages_count(g->pages); i++) {
    int64_t window = pages_at(g->pages, i)->number * PAGE_WINDOWS;
    if (window <= first || window + PAGE_WINDOWS > last)
      return false;
  }
  return true;
}

/* The states of the rows that came too late for the map, before those of the others. */
static void merge_overflow(struct groups *g)
{
  for (size_t i = 0; i < pages_count(g->overflow); i++) {
    unsigned char *later = pages_state(g->overflow, i);
    unsigned char *state =
        pages_state(g->pages, pages_get(g->pages, pages_at(g->overflow, i)->key, 0));
    for (size_t k = 0; k < g->accumulators; k++)
      accumulator_merge_later(&g->accumulator[k], later, state, 0);
  }
}

/* The second of Spark's two aggregations. Its own map of objects overflows too, and then the first
 * groups are merged once more. */
static void settle(struct groups *g)
{
  const struct plan *plan = g->head.plan;
  bool shows = false, is_done = plan->by_partition && plan->in_parts && plan->parts == 0;
  for (size_t k = 0; k < g->accumulators; k++)
    shows |= accumulator_settles(&g->accumulator[k]);
  if (!shows || is_done)
    return;
  size_t pages = pages_count(g->pages);
  bool again = pages_count(g->overflow) != 0 && pages > OBJECT_MAP_KEYS;
  for (size_t i = 0; i < pages; i++) {
    const struct page *page = pages_at(g->pages, g->sequence[i]);
    unsigned char *state = pages_state(g->pages, g->sequence[i]);
    unsigned times = again && i < OBJECT_MAP_KEYS ? 2 : 1;
    for (size_t k = 0; k < g->accumulators * times; k++)
      for (unsigned w = 0; w < PAGE_WINDOWS; w++)
        if (page->present >> w & 1)
          accumulator_settle(&g->accumulator[k % g->accumulators], state, (uint8_t)w);
  }
}

static bool groups_prepare(struct step *step, struct error *err)
{
  struct groups *g = (struct groups *)step;
  struct batch in;
  if (g->is_full)
    return true;
  do {
    arena_reset(&step->arena);
    if (!step_next(step->input[0], &in, err) || (in.rows != 0 && !add_batch(g, &in, err)))
      return false;
  } while (in.rows != 0);
  g->is_full = true;
  if (step->plan->in_parts)
    parts_merge(g->parts, g->accumulator, g->accumulators);
  bool is_global = step->plan->exprs == 0 && step->plan->time == NULL;
  if (is_global && g->rows == 0) { /* an aggregate of no rows is one row */
    uint32_t key;
    key_table_add(g->keys, NULL, 1, &key);
    pages_at(g->pages, pages_get(g->pages, key, 0))->present = 1;
  }
  merge_overflow(g);
  sequence_pages(g);
  settle(g);
  step->plain_years = step->plan->time != NULL && windows_are_plain(g);
  return true;
}

/* ---- groups to rows ---- */

struct chosen {
  size_t count;
  uint32_t key[BATCH_ROWS];
  int64_t window[BATCH_ROWS];
  unsigned char *state[BATCH_ROWS];
  uint8_t slot[BATCH_ROWS];
};

/* Pages of one key do not lie side by side: what is needed soon is asked for early. */
static void fetch_page(const struct groups *g, size_t page)
{
  enum { LINE_BYTES = 64, PAGES_AHEAD = 8 };
  size_t count = pages_count(g->pages);
  if (page + PAGES_AHEAD < count)
    __builtin_prefetch(pages_at(g->pages, g->sequence[page + PAGES_AHEAD]));
  if (page >= count)
    return;
  const unsigned char *state = pages_state(g->pages, g->sequence[page]);
  for (size_t i = 0; i < pages_bytes(g->pages); i += LINE_BYTES)
    __builtin_prefetch(state + i);
}

static void choose_groups(struct groups *g, struct chosen *c)
{
  size_t pages = pages_count(g->pages);
  for (c->count = 0; g->page < pages; g->page++, g->window = 0) {
    if (g->window == 0)
      fetch_page(g, g->page + 1);
    const struct page *page = pages_at(g->pages, g->sequence[g->page]);
    unsigned char *state = pages_state(g->pages, g->sequence[g->page]);
    for (; g->window < PAGE_WINDOWS; g->window++) {
      if ((page->present >> g->window & 1) == 0)
        continue;
      if (c->count == BATCH_ROWS)
        return;
      c->key[c->count] = page->key;
      c->window[c->count] = page->number * PAGE_WINDOWS + g->window;
      c->state[c->count] = state;
      c->slot[c->count++] = (uint8_t)g->window;
    }
  }
}

static void window_column(const struct plan *plan, const struct chosen *c, struct column *out,
                          struct arena *arena)
{
  column_make(out, plan->schema.column[plan->exprs].type, c->count, arena);
  for (unsigned k = 0; k < 2; k++)
    column_make(&out->item[k], type_of(TYPE_TIMESTAMP), c->count, arena);
  for (size_t i = 0; i < c->count; i++) {
    int64_t start = window_start(&plan->window, c->window[i]);
    out->item[0].i64[i] = start;
    out->item[1].i64[i] = window_end(&plan->window, start);
  }
}

static bool groups_next(struct step *step, struct batch *out, struct error *err)
{
  struct groups *g = (struct groups *)step;
  const struct plan *plan = step->plan;
  if (!groups_prepare(step, err))
    return false;
  arena_reset(&step->arena);
  struct evaluation ev = {&step->arena, err};
  struct chosen *c = arena_take(&step->arena, 1, sizeof *c);
  choose_groups(g, c);
  g->groups += c->count;
  *out = (struct batch){.rows = c->count, .columns = plan->schema.columns};
  out->column = arena_take(&step->arena, out->columns, sizeof *out->column);
  struct column *next = out->column;
  key_table_values(g->keys, c->key, c->count, next, &step->arena);
  next += plan->exprs;
  if (plan->time != NULL)
    window_column(plan, c, next++, &step->arena);
  for (size_t i = 0; i < g->accumulators; i++)
    if (!accumulator_finish(&g->accumulator[i], c->state, c->slot, c->count, next++, &ev))
      return false;
  return true;
}

static void groups_close(struct step *step)
{
  struct groups *g = (struct groups *)step;
  accumulators_end(g->accumulator, g->accumulators);
  free(g->accumulator);
  key_table_free(g->keys);
  pages_free(g->pages);
  pages_free(g->overflow);
  parts_free(g->parts);
  runs_free(&g->runs);
  free(g->pairs.row);
  free(g->pairs.state);
  free(g->pairs.slot);
  free(g->sequence);
}

static void groups_count(const struct step *step, struct query_counts *counts)
{
  const struct groups *g = (const struct groups *)step;
  if (step->plan->time == NULL && !step->plan->unfolded)
    return;
  counts->windowed += g->windowed;
  counts->null_time += g->null_time;
  counts->windows += g->groups;
}

static const struct step_kind groups_kind = {"aggregate", groups_next, groups_prepare, groups_close,
                                             groups_count};

/* Groups come by their keys and then by their window's start; its end follows with it. */
static void set_order(struct step *step, struct arena *arena)
{
  const struct plan *plan = step->plan;
  if (!plan->sorted)
    return;
  step->order = arena_take(arena, plan->exprs + 2, sizeof *step->order);
  for (size_t i = 0; i < plan->exprs; i++)
    step->order[step->orders++] = (struct order_part){.column = i, .field = -1};
  step->unique = true;
  for (int field = 0; plan->time != NULL && field < 2; field++)
    step->order[step->orders++] =
        (struct order_part){.column = plan->exprs, .field = field, .window = &plan->window};
}

struct step *aggregate_open(const struct plan *plan, struct step *input, const struct execution *x)
{
  struct groups *g = step_new(&groups_kind, sizeof *g, plan, input, NULL);
  struct type *type = arena_take(x->arena, plan->exprs, sizeof *type);
  for (size_t i = 0; i < plan->exprs; i++)
    type[i] = plan->expr[i]->type;
  g->keys = key_table_new(plan->exprs, type);
  g->accumulators = plan->aggregates;
  g->accumulator = mem_new(plan->aggregates, sizeof *g->accumulator);
  size_t slots = plan->time != NULL ? PAGE_WINDOWS : 1;
  size_t bytes = accumulators_start(g->accumulator, plan->aggregate, plan->aggregates, slots);
  bytes += bytes == 0; /* parts know a group by the place of its states */
  g->most_rows = plan_most_rows(plan);
  g->has_objects = plan_grouping_way(plan) == GROUPS_OF_OBJECTS;
  g->is_sorted = plan_grouping_way(plan) == GROUPS_SORTED;
  if (plan->parts != 0 || plan->by_partition)
    g->parts = parts_new(plan, bytes);
  g->by_runs = plan->time != NULL && g->parts == NULL;
  for (size_t i = 0; i < g->accumulators; i++)
    g->by_runs &= runs_take(&g->accumulator[i]);
  if (g->by_runs)
    bytes = counts_share(g->accumulator, g->accumulators, slots);
  g->pages = pages_new(bytes);
  g->overflow = pages_new(bytes);
  set_order(&g->head, x->arena);
  g->head.note = plan->exprs == 0 && plan->time == NULL ? NULL
                 : plan->sorted                         ? "groups in the order of their keys"
                 : plan->fast_map ? "groups as Spark's two hash tables give them"
                                  : "groups in the order in which they arrive";
  return &g->head;
}
