/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/clock.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

#include "replay/time/sleeper.h"
#include "text/civil.h"

static int64_t time_of_day_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (int64_t)t.tv_sec * NS_PER_SECOND + t.tv_nsec;
}

void clock_start(struct clock *clock, bool real)
{
  *clock = (struct clock){.real = real, .start_ns = CLOCK_START_NS, .now_ns = CLOCK_START_NS};
  if (real) {
    clock->start_ns = time_of_day_ns();
    clock->behind_ns = clock->start_ns - sleeper_now();
  }
}

int64_t clock_now(const struct clock *clock)
{
  return clock->real ? sleeper_now() + clock->behind_ns : clock->now_ns;
}

void clock_jump(struct clock *clock, int64_t deadline_ns)
{
  assert(!clock->real && deadline_ns > clock->now_ns);
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

void clock_text(int64_t now_ns, char out[CLOCK_TEXT_BYTES])
{
  struct civil_time t = civil_from_micros(now_ns / NS_PER_US);
  snprintf(out, CLOCK_TEXT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.date.year, t.date.month,
           t.date.day, t.hour, t.minute, t.second);
}
