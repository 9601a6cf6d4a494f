/* SPDX-License-Identifier: Apache-2.0 */
/* java_hash.h - in which order hash tables of Scala and Spark give the values put into them.
 *
 * Spark shows these orders in collect_set() and mode(). Values are those of a column of plain type:
 * no decimals.
 */
#ifndef RETRIAL_EXEC_AGGREGATES_JAVA_HASH_H
#define RETRIAL_EXEC_AGGREGATES_JAVA_HASH_H

#include "table/column.h"

/* Puts rows row[0 .. rows-1] into a scala.collection.mutable.HashSet (Scala 2.12) and takes them
 * out again: the first row of each value, in the set's order. Returns how many. */
size_t scala_hash_set(const struct column *value, uint32_t *row, size_t rows);

/* The same for Spark's OpenHashMap, which adds times[i] up for equal values. */
size_t spark_open_hash_map(const struct column *value, uint32_t *row, uint64_t *times, size_t rows);

#endif
