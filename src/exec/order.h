/* SPDX-License-Identifier: Apache-2.0 */
/* order.h - a stable sort of row numbers, fast on rows that are in order already. */
#ifndef RETRIAL_EXEC_ORDER_H
#define RETRIAL_EXEC_ORDER_H

#include "table/column.h"

/* Below, equal or above zero for rows a and b. */
typedef int order_compare(const void *argument, uint32_t a, uint32_t b);

/* Sorts row[0 .. count-1]: natural merge sort, so rows that come in few ascending runs cost little
 * more than one pass. False if they were in order already. */
bool order_sort(uint32_t *row, size_t count, order_compare *compare, const void *argument);

/* Whether Spark sorts by radix where this is the one key: its 8-byte prefix decides (SortPrefix).
 */
bool order_by_radix(struct type type);

/* Rows before a radix sort: each null goes to the front, and the first row that is none, which was
 * there, to the end (UnsafeInMemorySorter.insertRecord). Rows that tie show it. Returns whether a
 * row moved. */
bool order_nulls_to_the_front(const struct column *key, uint32_t *row, size_t rows);

#endif
