/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/clock.h"

#include <assert.h>

void clock_start(struct clock *clock)
{
  clock->now_ns = CLOCK_START_NS;
}

void clock_jump(struct clock *clock, int64_t deadline_ns)
{
  assert(deadline_ns > clock->now_ns);
  clock->now_ns = deadline_ns;
}

static void two_digits(char *out, int value)
{
  out[0] = (char)('0' + value / 10);
  out[1] = (char)('0' + value % 10);
}

void clock_time_of_day(int64_t now_ns, char out[CLOCK_TIME_BYTES])
{
  assert(now_ns >= 0);
  int second = (int)(now_ns / NS_PER_SECOND % 86400);
  two_digits(out, second / 3600);
  out[2] = ':';
  two_digits(out + 3, second / 60 % 60);
  out[5] = ':';
  two_digits(out + 6, second % 60);
}
