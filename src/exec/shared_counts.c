/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/shared_counts.h"

#include <stdlib.h>
#include <string.h>

static bool counts_rows(const struct accumulator *a)
{
  enum aggregate_kind kind = a->aggregate->kind;
  return kind == AGGREGATE_COUNT || kind == AGGREGATE_SUM || kind == AGGREGATE_AVG;
}

static bool shares(const struct accumulator *a)
{
  return a->counter != a;
}

size_t counts_share(struct accumulator *a, size_t count, size_t slots)
{
  struct accumulator *counter = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!counts_rows(&a[i]))
      continue;
    counter = counter != NULL ? counter : &a[i];
    a[i].counter = counter;
  }
  return accumulators_lay_out(a, count, slots);
}

/* Whether two functions take the same rows of a batch. */
static bool same_rows(const uint8_t *skip, const uint8_t *other, size_t rows)
{
  if (skip == other)
    return true;
  if (skip != NULL && other != NULL)
    return memcmp(skip, other, rows) == 0;
  return memchr(skip != NULL ? skip : other, 1, rows) == NULL;
}

/* The functions as they were laid out before and as they are now. */
struct parting {
  size_t count, slots;
  const struct accumulator *before;
  struct accumulator *a;
};

/* What the 16 bits of a count do not hold is kept by the place of the count, which changes. */
static void move_carries(const struct accumulator *before, struct accumulator *a,
                         const unsigned char *from, unsigned char *to, size_t slots)
{
  for (unsigned slot = 0; slot < slots; slot++)
    for (uint64_t n = accumulator_carries(before, from, (uint8_t)slot); n != 0; n--)
      accumulator_carry(a, to, (uint8_t)slot);
}

static void move_page(void *argument, const unsigned char *from, unsigned char *to)
{
  const struct parting *p = argument;
  for (size_t i = 0; i < p->count; i++) {
    const struct accumulator *before = &p->before[i];
    struct accumulator *a = &p->a[i];
    memcpy(to + a->value_at, from + before->value_at, p->slots * a->value_size);
    if (shares(a))
      continue;
    memcpy(to + a->count_at, from + before->count_at, p->slots * sizeof(uint16_t));
    if (before->counter->carried != NULL)
      move_carries(before->counter, a, from, to, p->slots);
  }
}

/* The maps of what was carried go with the old states. */
static struct accumulator *take_maps(struct accumulator *a, size_t count)
{
  struct accumulator *before = mem_new(count, sizeof *before);
  for (size_t i = 0; i < count; i++) {
    before[i] = a[i];
    before[i].counter = &before[a[i].counter - a];
    a[i].carried = NULL;
    a[i].carries = NULL;
  }
  return before;
}

static void free_maps(struct accumulator *before, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    key_table_free(before[i].carried);
    free(before[i].carries);
  }
  free(before);
}

void counts_part(struct accumulator *a, size_t count, const struct addends *addends, size_t rows,
                 struct pages *pages, size_t slots)
{
  size_t parted = 0;
  for (size_t i = 0; i < count; i++)
    parted += shares(&a[i]) && !same_rows(addends[i].skip, addends[a[i].counter - a].skip, rows);
  if (parted == 0)
    return;
  struct accumulator *before = take_maps(a, count);
  for (size_t i = 0; i < count; i++)
    if (shares(&a[i]) && !same_rows(addends[i].skip, addends[a[i].counter - a].skip, rows))
      a[i].counter = &a[i];
  struct parting parting = {count, slots, before, a};
  pages_move(pages, accumulators_lay_out(a, count, slots), move_page, &parting);
  free_maps(before, count);
}
