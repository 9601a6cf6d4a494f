/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/parts.h"

#include <stdlib.h>

#include "exec/compare.h"
#include "exec/order.h"
#include "exec/pages.h"

/* The state of a group that a part belongs to. */
struct whole {
  unsigned char *state;
  uint8_t slot;
  bool is_late; /* a null in the part's key: it is in the table that is read last */
};

struct parts {
  const struct plan *plan;
  struct key_table *keys; /* (group, DISTINCT arguments), numbered as they come */
  struct pages *pages;    /* page i: the states of part i */
  struct whole *whole;    /* whole[i]: of part i */
};

struct parts *parts_new(const struct plan *plan, size_t state_bytes)
{
  struct parts *p = mem_new(1, sizeof *p);
  struct type *type = mem_new(plan->parts + 1, sizeof *type);
  type[0] = type_of(TYPE_BIGINT);
  for (size_t k = 0; k < plan->parts; k++)
    type[k + 1] = plan->part[k]->type;
  *p = (struct parts){.plan = plan, .keys = key_table_new(plan->parts + 1, type)};
  p->pages = pages_new(state_bytes);
  free(type);
  return p;
}

void parts_free(struct parts *parts)
{
  if (parts == NULL)
    return;
  key_table_free(parts->keys);
  pages_free(parts->pages);
  free(parts->whole);
  free(parts);
}

/* key[0]: the group; the other columns: the DISTINCT arguments of the pairs' rows. */
static bool gather_keys(const struct parts *p, const struct batch *in, const struct pairs *pairs,
                        struct column *key, struct evaluation *ev)
{
  column_make(&key[0], type_of(TYPE_BIGINT), pairs->count, ev->arena);
  for (size_t i = 0; i < pairs->count; i++)
    key[0].i64[i] = (int64_t)((uintptr_t)pairs->state[i] + pairs->slot[i]);
  for (size_t k = 0; k < p->plan->parts; k++) {
    struct column value;
    if (!expr_eval(p->plan->part[k], in, ev, &value))
      return false;
    column_gather(&value, pairs->row, pairs->count, &key[k + 1], ev->arena);
  }
  return true;
}

/* Which rows have a null among the keys and the DISTINCT arguments. */
static uint8_t *find_nulls(const struct parts *p, const struct batch *in, struct evaluation *ev)
{
  uint8_t *found = arena_zero(ev->arena, in->rows, 1);
  size_t keys = p->plan->exprs;
  for (size_t k = 0; k < keys + p->plan->parts; k++) {
    struct column c;
    if (!expr_eval(k < keys ? p->plan->expr[k] : p->plan->part[k - keys], in, ev, &c))
      return NULL;
    for (size_t i = 0; i < in->rows; i++)
      found[i] |= column_is_null(&c, i);
  }
  return found;
}

bool parts_pair(struct parts *parts, const struct batch *in, const struct pairs *pairs,
                struct pairs *out, struct evaluation *ev)
{
  struct column *key = arena_take(ev->arena, parts->plan->parts + 1, sizeof *key);
  uint8_t *has_null = find_nulls(parts, in, ev);
  if (has_null == NULL || !gather_keys(parts, in, pairs, key, ev))
    return false;
  uint32_t *number = arena_take(ev->arena, pairs->count, sizeof *number);
  size_t count = key_table_add(parts->keys, key, pairs->count, number);
  parts->whole = mem_resize(parts->whole, count, sizeof *parts->whole);
  *out = *pairs;
  out->state = arena_take(ev->arena, pairs->count, sizeof *out->state);
  out->slot = arena_zero(ev->arena, pairs->count, sizeof *out->slot);
  for (size_t i = 0; i < pairs->count; i++) {
    out->state[i] = pages_state(parts->pages, pages_get(parts->pages, number[i], 0));
    parts->whole[number[i]] =
        (struct whole){pairs->state[i], pairs->slot[i], has_null[pairs->row[i]] != 0};
  }
  return true;
}

struct part_order {
  const struct column *value;
  size_t columns;
};

static int compare_parts(const void *argument, uint32_t a, uint32_t b)
{
  const struct part_order *order = argument;
  int result = 0;
  for (size_t k = 0; k < order->columns && result == 0; k++)
    result = value_compare(&order->value[k], a, &order->value[k], b);
  return result;
}

static void sort_parts(const struct parts *p, uint32_t *number, size_t count)
{
  struct arena arena = {0};
  struct column *key = arena_take(&arena, p->plan->parts + 1, sizeof *key);
  key_table_values(p->keys, number, count, key, &arena);
  struct part_order order = {key + 1, p->plan->parts};
  order_sort(number, count, compare_parts, &order);
  arena_free(&arena);
}

static int compare_lateness(const void *argument, uint32_t a, uint32_t b)
{
  const struct parts *p = argument;
  return p->whole[a].is_late - p->whole[b].is_late;
}

void parts_merge(const struct parts *parts, struct accumulator *a, size_t count)
{
  size_t n = key_table_keys(parts->keys);
  uint32_t *number = mem_resize(NULL, n, sizeof *number);
  for (size_t i = 0; i < n; i++)
    number[i] = (uint32_t)i;
  if (!aggregates_are_hashed(parts->plan))
    sort_parts(parts, number, n);
  else if (aggregates_in_two_tables(parts->plan))
    order_sort(number, n, compare_lateness, parts);
  for (size_t i = 0; i < n; i++) {
    const struct whole *whole = &parts->whole[number[i]];
    const unsigned char *part = pages_state(parts->pages, pages_get(parts->pages, number[i], 0));
    for (size_t k = 0; k < count; k++)
      accumulator_merge(&a[k], part, whole->state, whole->slot);
  }
  free(number);
}
