/* SPDX-License-Identifier: Apache-2.0 */
#include "base/slice.h"

#include "base/ascii.h"

bool slice_equal_nocase(struct slice a, struct slice b)
{
  if (a.n != b.n)
    return false;
  for (size_t i = 0; i < a.n; i++)
    if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
      return false;
  return true;
}

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice slice_trim(struct slice a)
{
  while (a.n != 0 && is_space(a.p[0]))
    a.p++, a.n--;
  while (a.n != 0 && is_space(a.p[a.n - 1]))
    a.n--;
  return a;
}
