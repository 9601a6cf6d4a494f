/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/aggregates/chains.h"

#include <stdlib.h>

#include "exec/store.h"

static struct store *new_store(const struct aggregate *g)
{
  struct type *type = mem_new(g->args, sizeof *type);
  for (size_t k = 0; k < g->args; k++)
    type[k] = g->arg[k]->type;
  struct store *store = store_new(g->args, type, NULL);
  free(type);
  return store;
}

uint32_t chain_add(struct accumulator *a, struct chain *chain, const struct column *arg, size_t row)
{
  if (a->kept == NULL)
    a->kept = new_store(a->aggregate);
  uint32_t number = (uint32_t)store_rows(a->kept);
  store_append(a->kept, arg, row, row + 1);
  if (number == a->next_room) {
    a->next_room = a->next_room != 0 ? 2 * a->next_room : 64;
    a->next = mem_resize(a->next, a->next_room, sizeof *a->next);
  }
  a->next[number] = 0;
  if (chain->count++ == 0)
    chain->first = number + 1;
  else
    a->next[chain->last - 1] = number + 1;
  chain->last = number + 1;
  return number;
}

void chain_join(struct accumulator *a, const struct chain *part, struct chain *into)
{
  if (part->count == 0)
    return;
  if (into->count == 0) {
    *into = *part;
    return;
  }
  a->next[into->last - 1] = part->first;
  into->last = part->last;
  into->count += part->count;
}

void chain_rows(const struct accumulator *a, const struct chain *chain, uint32_t *row)
{
  uint32_t number = chain->first;
  for (size_t i = 0; i < chain->count; i++) {
    row[i] = number - 1;
    number = a->next[number - 1];
  }
}

void chain_set(struct accumulator *a, struct chain *chain, const uint32_t *row, size_t count)
{
  *chain = (struct chain){.count = (uint32_t)count};
  if (count == 0)
    return;
  chain->first = row[0] + 1;
  chain->last = row[count - 1] + 1;
  for (size_t i = 0; i + 1 < count; i++)
    a->next[row[i]] = row[i + 1] + 1;
}

void chain_values(const struct accumulator *a, size_t k, const uint32_t *row, size_t count,
                  struct column *out, struct arena *arena)
{
  struct column *all = arena_take(arena, a->aggregate->args, sizeof *all);
  if (a->kept == NULL)
    column_make(out, a->aggregate->arg[k]->type, count, arena);
  else
    store_gather(a->kept, row, count, all, arena), *out = all[k];
}
