/* SPDX-License-Identifier: Apache-2.0 */
#include "text/letter_case.h"

struct case_run {
  uint32_t first, last;
  int32_t step, delta;
};

struct case_special {
  uint32_t letter, upper[UPPER_CASE_LETTERS];
};

#include "text/letter_case_table.h"

#define COUNT(table) (sizeof table / sizeof table[0])

static uint32_t move(uint32_t c, const struct case_run *run, size_t runs)
{
  size_t low = 0, high = runs;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c < run[middle].first)
      high = middle;
    else if (c > run[middle].last)
      low = middle + 1;
    else
      return (c - run[middle].first) % (uint32_t)run[middle].step == 0
                 ? c + (uint32_t)run[middle].delta
                 : c;
  }
  return c;
}

size_t letter_upper(uint32_t c, uint32_t out[UPPER_CASE_LETTERS])
{
  size_t n = 0;
  if (c < 0x80) {
    out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
    return 1;
  }
  for (size_t i = 0; i < COUNT(upper_special) && upper_special[i].letter <= c; i++)
    if (upper_special[i].letter == c) {
      for (; n < UPPER_CASE_LETTERS && upper_special[i].upper[n] != 0; n++)
        out[n] = upper_special[i].upper[n];
      return n;
    }
  out[0] = move(c, upper_runs, COUNT(upper_runs));
  return 1;
}

uint32_t letter_lower(uint32_t c)
{
  if (c < 0x80)
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return move(c, lower_runs, COUNT(lower_runs));
}

uint32_t letter_title(uint32_t c)
{
  if (c < 0x80)
    return c >= 'a' && c <= 'z' ? c - 32 : c;
  return move(c, title_runs, COUNT(title_runs));
}
