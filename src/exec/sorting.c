/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/sorting.h"

#include "exec/compare.h"

int sorting_compare(const void *argument, uint32_t a, uint32_t b)
{
  const struct sorting *s = argument;
  for (size_t i = 0; i < s->keys; i++) {
    const struct column *key = &s->key[i];
    bool a_null = column_is_null(key, a), b_null = column_is_null(key, b);
    int order;
    if (a_null || b_null)
      order = s->sort[i].nulls_last ? a_null - b_null : b_null - a_null;
    else if (s->sort[i].descending)
      order = value_compare(key, b, key, a);
    else
      order = value_compare(key, a, key, b);
    if (order != 0)
      return order;
  }
  return 0;
}
