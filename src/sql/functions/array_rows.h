/* SPDX-License-Identifier: Apache-2.0 */
/* array_rows.h - arrays and maps in kernels: the elements that each row has in `item`, and new
 * arrays put together from elements that are there already.
 */
#ifndef RETRIAL_SQL_FUNCTIONS_ARRAY_ROWS_H
#define RETRIAL_SQL_FUNCTIONS_ARRAY_ROWS_H

#include "base/buffer.h"
#include "sql/functions/call.h"
#include "sql/functions/result.h"

enum { LONGEST_ARRAY = 2147483632 }; /* ByteArrayMethods.MAX_ROUNDED_ARRAY_LENGTH */

/* Whether the arrays of a batch have no more elements in all than one may have in Spark, as 32 bits
 * count their ends; false with ERR_RANGE that names the function. */
bool array_fits(struct evaluation *ev, const char *function, uint64_t elements);

/* Elements first .. end-1 of a column of elements: those of one row. */
struct extent {
  uint32_t first, end;
};

static inline struct extent extent_of(const struct column *list, size_t row)
{
  size_t i = column_index(list, row);
  return (struct extent){i != 0 ? list->end[i - 1] : 0, list->end[i]};
}

/* None where the result is null. */
static inline struct extent extent_of_result(const struct column *list, size_t row,
                                             const struct column *out)
{
  return result_is_null(out, row) ? (struct extent){0, 0} : extent_of(list, row);
}

static inline uint32_t extent_length(struct extent extent)
{
  return extent.end - extent.first;
}

/* Indexes of the elements that are taken, row by row; whoever declares it, zeroed, ends it with
 * picks_finish() or picks_drop(). ROW_NONE is a null. */
struct picks {
  struct buffer index;
};

static inline uint32_t picks_count(const struct picks *r)
{
  return (uint32_t)(r->index.n / sizeof(uint32_t));
}

static inline void picks_add(struct picks *r, uint32_t element)
{
  uint32_t *room = (uint32_t *)(void *)buffer_room(&r->index, sizeof element);
  *room = element;
  r->index.n += sizeof element;
}

static inline const uint32_t *picks_index(const struct picks *r)
{
  return (const uint32_t *)(const void *)r->index.p;
}

/* All elements of the extent, which begins `base` elements later where columns were stacked. */
void picks_add_extent(struct picks *r, struct extent extent, uint32_t base);

/* Argument by argument, all that they have in a row where out is not null: as elements of the
 * arguments' stacked columns. Sets the ends of out. */
void picks_concat(struct picks *r, const struct column *arg, size_t args, size_t rows,
                  struct column *out);

void picks_gather(struct evaluation *ev, const struct picks *r, const struct column *item,
                  struct column *out);

/* The elements that were added become the items of out, whose ends the caller has set. */
void picks_finish(struct evaluation *ev, struct picks *r, const struct column *item,
                  struct column *out);
void picks_drop(struct picks *r);

/* Both columns' elements in one; *second is where those of b start. */
void array_stack(struct evaluation *ev, const struct column *a, size_t rows_a,
                 const struct column *b, size_t rows_b, struct column *out, uint32_t *second);

/* How many elements the column holds in all for `rows` rows. */
static inline size_t array_items(const struct column *list, size_t rows)
{
  return list->constant ? list->end[0] : rows != 0 ? list->end[rows - 1] : 0;
}

/* ARRAY<item>; MAP<key, value>. */
struct type type_array(struct arena *arena, struct type item);
struct type type_map(struct arena *arena, struct type key, struct type value);

/* Whether elements i and k of `item` are the same: nulls are, NaNs are, but 0.0 and -0.0 are
 * not: Spark hashes their bits (SQLOpenHashSet). Inside of other values they are. */
bool items_same(const struct column *item, uint32_t i, uint32_t k);

#endif
