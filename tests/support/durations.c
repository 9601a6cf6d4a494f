/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/durations.h"

#include "tests/support/data.h"

struct hist *durations_record(const struct slice *field)
{
  struct hist *h = hist_new(data_number(field[2]), (int)data_number(field[1]), NULL);
  int64_t count = data_number(field[4]);
  struct durations d = {.state = (uint64_t)count, .bits = (unsigned)data_number(field[3])};
  for (int64_t i = 0; i < count; i++)
    hist_record(h, durations_next(&d));
  return h;
}
