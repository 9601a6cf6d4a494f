/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/alert_windows.h"

#include <stdlib.h>

#include "base/hash.h"

enum { FIRST_SLOTS = 64, FIRST_ROOM = 256 };

struct alert_series {
  struct slice name;
  uint64_t hash;
  size_t from, to; /* its windows, once they are sorted */
};

/* Where the series is, or could be. */
static uint32_t *find_slot(const struct alert_windows *w, struct slice name, uint64_t hash)
{
  size_t i = hash & (w->slots - 1);
  while (w->slot[i] != 0) {
    const struct alert_series *s = &w->of[w->slot[i] - 1];
    if (s->hash == hash && slice_equal(s->name, name))
      break;
    i = (i + 1) & (w->slots - 1);
  }
  return &w->slot[i];
}

/* At most every second slot is taken. */
static void make_room(struct alert_windows *w)
{
  if (w->series < w->slots / 2)
    return;
  w->slots = w->slots != 0 ? 2 * w->slots : FIRST_SLOTS;
  free(w->slot);
  w->slot = mem_new(w->slots, sizeof *w->slot);
  w->of = mem_resize(w->of, w->slots / 2, sizeof *w->of);
  for (uint32_t i = 0; i < w->series; i++)
    *find_slot(w, w->of[i].name, w->of[i].hash) = i + 1;
}

static uint32_t intern(struct alert_windows *w, struct slice name)
{
  uint64_t hash = hash_slice(name);
  make_room(w);
  uint32_t *slot = find_slot(w, name, hash);
  if (*slot == 0) {
    struct slice kept = {arena_copy(&w->arena, name.p, name.n), name.n};
    w->of[w->series] = (struct alert_series){.name = kept, .hash = hash};
    *slot = ++w->series;
  }
  return *slot - 1;
}

void alert_windows_add(struct alert_windows *w, struct slice series, int64_t start_us,
                       int64_t end_us)
{
  if (w->windows == w->room) {
    w->room = w->room != 0 ? 2 * w->room : FIRST_ROOM;
    w->window = mem_resize(w->window, w->room, sizeof *w->window);
  }
  w->window[w->windows++] =
      (struct alert_window){.series = intern(w, series), .start_us = start_us, .end_us = end_us};
}

static int compare(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

static int by_series_and_time(const void *left, const void *right)
{
  const struct alert_window *a = left, *b = right;
  int order = compare(a->series, b->series);
  if (order == 0)
    order = compare(a->start_us, b->start_us);
  return order != 0 ? order : compare(a->end_us, b->end_us);
}

void alert_windows_sort(struct alert_windows *w)
{
  if (w->windows > 1)
    qsort(w->window, w->windows, sizeof *w->window, by_series_and_time);
  for (size_t i = 0; i < w->windows; i++) {
    struct alert_window *window = &w->window[i];
    struct alert_series *series = &w->of[window->series];
    bool first = i == 0 || window[-1].series != window->series;
    if (first)
      series->from = i;
    series->to = i + 1;
    window->reach_us =
        !first && window[-1].reach_us > window->end_us ? window[-1].reach_us : window->end_us;
  }
}

/* The first window of the series that starts after that time. */
static size_t first_after(const struct alert_windows *w, const struct alert_series *series,
                          int64_t time_us)
{
  size_t low = series->from, high = series->to;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (w->window[middle].start_us <= time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void alert_windows_sample(struct alert_windows *w, struct slice series, int64_t time_us,
                          uint64_t rank)
{
  uint32_t slot = w->slots != 0 ? *find_slot(w, series, hash_slice(series)) : 0;
  if (slot == 0)
    return;
  const struct alert_series *s = &w->of[slot - 1];
  for (size_t i = first_after(w, s, time_us); i > s->from && w->window[i - 1].reach_us > time_us;
       i--) {
    struct alert_window *window = &w->window[i - 1];
    if (window->end_us > time_us && window->samples <= rank)
      window->samples = rank + 1;
  }
}

void alert_windows_free(struct alert_windows *w)
{
  free(w->window);
  free(w->of);
  free(w->slot);
  arena_free(&w->arena);
}
