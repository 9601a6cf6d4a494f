/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/parts.h"

#include <stdlib.h>

#include "exec/fast_map.h"
#include "exec/order.h"
#include "exec/pages.h"

/* The state of a group that a part belongs to. */
struct whole {
  unsigned char *state;
  uint8_t slot;
  uint32_t key, partition;
  bool is_late; /* it is in the table that Spark reads last */
};

struct parts {
  const struct plan *plan;
  struct key_table *keys; /* (group, partition, DISTINCT arguments), numbered as they come */
  struct pages *pages;    /* page i: the states of part i */
  struct fast_map *map;   /* of the partition; NULL: all parts are in one table */
  uint32_t partition;     /* of the last rows */
  struct whole *whole;    /* whole[i]: of part i */
  bool last_is_new;       /* the last row was the first of its part */
};

enum { OWN_KEYS = 2 }; /* in front of the DISTINCT arguments */

struct parts *parts_new(const struct plan *plan, size_t state_bytes)
{
  struct parts *p = mem_new(1, sizeof *p);
  struct type *type = mem_new(OWN_KEYS + plan->parts, sizeof *type);
  for (size_t k = 0; k < OWN_KEYS; k++)
    type[k] = type_of(TYPE_BIGINT);
  for (size_t k = 0; k < plan->parts; k++)
    type[OWN_KEYS + k] = plan->part[k]->type;
  *p = (struct parts){.plan = plan, .keys = key_table_new(OWN_KEYS + plan->parts, type)};
  p->pages = pages_new(state_bytes);
  if (plan_part_way(plan) == GROUPS_IN_TWO_TABLES)
    p->map = fast_map_new();
  free(type);
  return p;
}

void parts_free(struct parts *parts)
{
  if (parts == NULL)
    return;
  key_table_free(parts->keys);
  pages_free(parts->pages);
  fast_map_free(parts->map);
  free(parts->whole);
  free(parts);
}

/* key[0]: the group, key[1]: the partition; then the DISTINCT arguments of the pairs' rows. */
static bool gather_keys(const struct parts *p, const struct batch *in, const struct pairs *pairs,
                        struct column *key, struct evaluation *ev)
{
  for (size_t k = 0; k < OWN_KEYS; k++)
    column_make(&key[k], type_of(TYPE_BIGINT), pairs->count, ev->arena);
  for (size_t i = 0; i < pairs->count; i++) {
    key[0].i64[i] = (int64_t)((uintptr_t)pairs->state[i] + pairs->slot[i]);
    key[1].i64[i] = p->partition;
  }
  for (size_t k = 0; k < p->plan->parts; k++) {
    struct column value;
    if (!expr_eval(p->plan->part[k], in, ev, &value))
      return false;
    column_gather(&value, pairs->row, pairs->count, &key[OWN_KEYS + k], ev->arena);
  }
  return true;
}

/* The keys and the DISTINCT arguments of the rows. */
static struct column *eval_keys(const struct parts *p, const struct batch *in,
                                struct evaluation *ev)
{
  size_t keys = p->plan->exprs;
  struct column *c = arena_take(ev->arena, keys + p->plan->parts, sizeof *c);
  for (size_t k = 0; k < keys + p->plan->parts; k++)
    if (!expr_eval(k < keys ? p->plan->expr[k] : p->plan->part[k - keys], in, ev, &c[k]))
      return NULL;
  return c;
}

/* Each partition is aggregated with a map of its own. */
static void enter_partition(struct parts *parts, uint32_t partition)
{
  if (!parts->plan->by_partition || parts->partition == partition)
    return;
  parts->partition = partition;
  if (parts->map == NULL)
    return;
  fast_map_free(parts->map);
  parts->map = fast_map_new();
}

bool parts_pair(struct parts *parts, const struct batch *in, const uint32_t *group,
                const struct pairs *pairs, struct pairs *out, struct evaluation *ev)
{
  struct column *key = arena_take(ev->arena, OWN_KEYS + parts->plan->parts, sizeof *key);
  size_t known = key_table_keys(parts->keys);
  struct column *all = eval_keys(parts, in, ev);
  enter_partition(parts, in->partition);
  if (all == NULL || !gather_keys(parts, in, pairs, key, ev))
    return false;
  uint32_t *number = arena_take(ev->arena, pairs->count, sizeof *number);
  size_t count = key_table_add(parts->keys, key, pairs->count, number);
  parts->whole = mem_resize(parts->whole, count, sizeof *parts->whole);
  *out = *pairs;
  out->state = arena_take(ev->arena, pairs->count, sizeof *out->state);
  out->slot = arena_zero(ev->arena, pairs->count, sizeof *out->slot);
  for (size_t i = 0; i < pairs->count; i++) {
    out->state[i] = pages_state(parts->pages, pages_get(parts->pages, number[i], 0));
    parts->last_is_new = number[i] >= known;
    if (!parts->last_is_new)
      continue;
    size_t columns = parts->plan->exprs + parts->plan->parts;
    bool is_late = parts->map != NULL && !fast_map_add(parts->map, all, columns, pairs->row[i]);
    uint32_t row = pairs->row[i];
    parts->whole[known++] = (struct whole){.state = pairs->state[i],
                                           .slot = pairs->slot[i],
                                           .key = group[row],
                                           .partition = parts->partition,
                                           .is_late = is_late};
  }
  return true;
}

static int compare_lateness(const void *argument, uint32_t a, uint32_t b)
{
  const struct whole *x = &((const struct parts *)argument)->whole[a];
  const struct whole *y = &((const struct parts *)argument)->whole[b];
  if (x->partition != y->partition)
    return x->partition < y->partition ? -1 : 1;
  return x->is_late - y->is_late;
}

/* All parts in the order in which Spark's first step gives them; the caller frees them. Where that
 * sorts, the rows have been sorted. */
static uint32_t *sequence_parts(const struct parts *p, size_t count)
{
  uint32_t *number = mem_resize(NULL, count, sizeof *number);
  for (size_t i = 0; i < count; i++)
    number[i] = (uint32_t)i;
  if (p->map != NULL)
    order_sort(number, count, compare_lateness, p);
  return number;
}

size_t parts_count(const struct parts *parts)
{
  return key_table_keys(parts->keys);
}

size_t parts_before_last_row(const struct parts *parts)
{
  return parts_count(parts) - parts->last_is_new;
}

void parts_merge(const struct parts *parts, struct accumulator *a, size_t count)
{
  size_t n = key_table_keys(parts->keys);
  uint32_t *number = sequence_parts(parts, n);
  for (size_t i = 0; i < n; i++) {
    const struct whole *whole = &parts->whole[number[i]];
    unsigned char *part = pages_state(parts->pages, pages_get(parts->pages, number[i], 0));
    for (size_t k = 0; k < count; k++) {
      if (parts->plan->parts != 0) /* parts of DISTINCT are merged into empty states before */
        accumulator_settle(&a[k], part, 0);
      accumulator_merge(&a[k], part, whole->state, whole->slot);
    }
  }
  free(number);
}

void parts_arrival(const struct parts *parts, uint32_t *number, size_t keys)
{
  size_t n = key_table_keys(parts->keys), next = 0;
  uint32_t *part = sequence_parts(parts, n);
  bool *is_here = mem_new(keys, sizeof *is_here);
  memset(is_here, 0, keys * sizeof *is_here);
  for (size_t i = 0; i < n; i++) {
    uint32_t key = parts->whole[part[i]].key;
    if (!is_here[key])
      number[next++] = key;
    is_here[key] = true;
  }
  free(is_here);
  free(part);
}
