/* SPDX-License-Identifier: Apache-2.0 */
/* order.h - a stable sort of row numbers, fast on rows that are in order already. */
#ifndef RETRIAL_EXEC_ORDER_H
#define RETRIAL_EXEC_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Below, equal or above zero for rows a and b. */
typedef int order_compare(const void *argument, uint32_t a, uint32_t b);

/* Sorts row[0 .. count-1]: natural merge sort, so rows that come in few ascending runs cost little
 * more than one pass. False if they were in order already. */
bool order_sort(uint32_t *row, size_t count, order_compare *compare, const void *argument);

#endif
