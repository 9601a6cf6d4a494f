/* SPDX-License-Identifier: Apache-2.0 */
/* sorting.h - how ORDER BY compares rows. */
#ifndef RETRIAL_EXEC_SORTING_H
#define RETRIAL_EXEC_SORTING_H

#include "sql/plan.h"

/* Rows by their keys: key[i] holds what sort[i] says of each row. */
struct sorting {
  const struct sort_key *sort;
  const struct column *key;
  size_t keys;
};

/* An order_compare (order.h) of rows a and b of the struct sorting. */
int sorting_compare(const void *sorting, uint32_t a, uint32_t b);

#endif
