/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The end of the ascending run that starts at `from`. */
static size_t run_end(const uint32_t *row, size_t from, size_t count, order_compare *compare,
                      const void *argument)
{
  size_t end = from + 1;
  while (end < count && compare(argument, row[end - 1], row[end]) <= 0)
    end++;
  return end;
}

static void merge(const uint32_t *row, size_t from, size_t middle, size_t end, uint32_t *out,
                  order_compare *compare, const void *argument)
{
  size_t left = from, right = middle;
  for (size_t i = from; i < end; i++) {
    bool take_left =
        right == end || (left < middle && compare(argument, row[left], row[right]) <= 0);
    out[i] = take_left ? row[left++] : row[right++];
  }
}

/* Merges neighbouring runs into `out`; returns how many runs are left. */
static size_t merge_runs(const uint32_t *row, size_t *run, size_t runs, uint32_t *out,
                         order_compare *compare, const void *argument)
{
  size_t merged = 0;
  for (size_t i = 0; i < runs; i += 2) {
    size_t middle = run[i + 1], end = i + 2 <= runs ? run[i + 2] : middle;
    merge(row, run[i], middle, end, out, compare, argument);
    run[merged++] = run[i];
    run[merged] = end;
  }
  return merged;
}

bool order_sort(uint32_t *row, size_t count, order_compare *compare, const void *argument)
{
  if (count < 2 || run_end(row, 0, count, compare, argument) == count)
    return false;
  size_t runs = 0, *run = mem_new(count + 2, sizeof *run);
  for (size_t from = 0; from < count; from = run[runs])
    run[++runs] = run_end(row, from, count, compare, argument);
  uint32_t *other = mem_resize(NULL, count, sizeof *other), *from = row, *to = other;
  while (runs > 1) {
    runs = merge_runs(from, run, runs, to, compare, argument);
    uint32_t *swap = from;
    from = to, to = swap;
  }
  if (from != row)
    memcpy(row, from, count * sizeof *row);
  free(other);
  free(run);
  return true;
}

bool order_by_radix(struct type type)
{
  bool is_small = type.kind != TYPE_DECIMAL || type.precision <= DECIMAL_DIGITS_OF_INT64;
  return type.kind != TYPE_STRING && type.items == 0 && is_small;
}

bool order_nulls_to_the_front(const struct column *key, uint32_t *row, size_t rows)
{
  size_t nulls = 0;
  for (size_t i = 0; i < rows; i++)
    if (column_is_null(key, i)) {
      row[i] = row[nulls];
      row[nulls++] = (uint32_t)i;
    }
  return nulls != 0;
}
