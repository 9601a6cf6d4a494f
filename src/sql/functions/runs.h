/* SPDX-License-Identifier: Apache-2.0 */
/* runs.h - arrays and maps in kernels: the run of elements that each row has in `item`, and new
 * arrays put together from elements that are there already.
 */
#ifndef RETRIAL_SQL_FUNCTIONS_RUNS_H
#define RETRIAL_SQL_FUNCTIONS_RUNS_H

#include "base/buffer.h"
#include "sql/functions/call.h"
#include "sql/functions/result.h"

struct run {
  uint32_t first, end;
};

static inline struct run run_of(const struct column *list, size_t row)
{
  size_t i = column_index(list, row);
  return (struct run){i != 0 ? list->end[i - 1] : 0, list->end[i]};
}

static inline uint32_t run_length(struct run run)
{
  return run.end - run.first;
}

/* Indexes of elements, row by row; whoever declares it, zeroed, ends it with runs_finish() or
 * runs_drop(). ROW_NONE is a null. */
struct runs {
  struct buffer index;
};

static inline uint32_t runs_count(const struct runs *r)
{
  return (uint32_t)(r->index.n / sizeof(uint32_t));
}

static inline void runs_add(struct runs *r, uint32_t element)
{
  uint32_t *room = (uint32_t *)(void *)buffer_room(&r->index, sizeof element);
  *room = element;
  r->index.n += sizeof element;
}

/* The elements that were added become the items of out, whose ends the caller has set. */
void runs_finish(struct evaluation *ev, struct runs *r, const struct column *item,
                 struct column *out);
void runs_drop(struct runs *r);

/* Both columns' elements in one; *second is where those of b start. */
void runs_stack(struct evaluation *ev, const struct column *a, size_t rows_a,
                const struct column *b, size_t rows_b, struct column *out, uint32_t *second);

/* How many elements the column holds in all for `rows` rows. */
static inline size_t runs_items(const struct column *list, size_t rows)
{
  return list->constant ? list->end[0] : rows != 0 ? list->end[rows - 1] : 0;
}

/* ARRAY<item>; MAP<key, value>. */
struct type type_array(struct arena *arena, struct type item);
struct type type_map(struct arena *arena, struct type key, struct type value);

/* Whether elements i and k of `item` are the same: nulls are, NaNs are, but 0.0 and -0.0 are
 * not: Spark hashes their bits (SQLOpenHashSet). Inside of other values they are. */
bool items_same(const struct column *item, uint32_t i, uint32_t k);

/* Casts arguments 0 and 1, both arrays, to one type; false with an error. */
bool arrays_accept(struct call *c);

#endif
