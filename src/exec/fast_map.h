/* SPDX-License-Identifier: Apache-2.0 */
/* fast_map.h - which groups Spark keeps in its fast hash map, as it gives them before all others.
 *
 * A partial aggregation looks in a small table first: 65,536 groups at most, in 131,072 buckets, of
 * which two are tried. Groups with a null key and those that found no bucket go to a second table
 * (HashAggregateExec.scala, RowBasedHashMapGenerator.scala, HashMapGenerator.scala).
 */
#ifndef RETRIAL_EXEC_FAST_MAP_H
#define RETRIAL_EXEC_FAST_MAP_H

#include "table/column.h"

struct fast_map;

/* The caller releases it with fast_map_free(). */
struct fast_map *fast_map_new(void);

/* Whether a group finds room whose keys are that row of the columns, which have no items.
 * Groups are asked about once, in the order in which they come. */
bool fast_map_add(struct fast_map *map, const struct column *key, size_t columns, size_t row);

/* NULL is allowed. */
void fast_map_free(struct fast_map *map);

#endif
