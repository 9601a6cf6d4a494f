/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* ppoll, in POSIX since 2024 only */
#include "replay/time/sleeper.h"

#include <poll.h>
#include <time.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "replay/time/clock.h"

/* Two clocks are read at one instant if nothing came between that takes longer. */
#define INSTANT_NS INT64_C(10000)

enum { LOOKS = 5 };

void sleeper_start(struct sleeper *sleeper, bool precise)
{
  *sleeper = (struct sleeper){.precise = precise};
  spin_start(&sleeper->spin);
#ifdef __linux__
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); /* 0 would mean the default */
#endif
}

static int64_t read_clock(clockid_t clock)
{
  struct timespec t;
  clock_gettime(clock, &t);
  return (int64_t)t.tv_sec * NS_PER_SECOND + t.tv_nsec;
}

int64_t sleeper_now(void)
{
  return read_clock(CLOCK_MONOTONIC);
}

static struct timespec timespec_of(int64_t ns)
{
  return (struct timespec){.tv_sec = (time_t)(ns / NS_PER_SECOND), .tv_nsec = ns % NS_PER_SECOND};
}

static bool sleep_until(int64_t deadline_ns)
{
  struct timespec deadline = timespec_of(deadline_ns);
  return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL) == 0;
}

static bool sleep_or_wake(int64_t deadline_ns, int wake_fd)
{
  struct pollfd wake = {.fd = wake_fd, .events = POLLIN};
  for (int64_t now = sleeper_now(); now < deadline_ns; now = sleeper_now()) {
    struct timespec left = timespec_of(deadline_ns - now);
    if (ppoll(&wake, 1, &left, NULL) != 0)
      return false;
  }
  return true;
}

bool sleeper_wait(struct sleeper *sleeper, int64_t deadline_ns, int wake_fd)
{
  bool spins = sleeper->precise && spin_next(&sleeper->spin);
  int64_t now = sleeper_now(), sleep_ns = deadline_ns - (spins ? SLEEPER_SPIN_NS : 0);
  if (now >= deadline_ns)
    return true;
  if (now < sleep_ns && !(wake_fd < 0 ? sleep_until(sleep_ns) : sleep_or_wake(sleep_ns, wake_fd)))
    return false;
  do
    now = sleeper_now();
  while (now < deadline_ns);
  if (sleeper->precise)
    spin_record(&sleeper->spin, now - deadline_ns);
  return true;
}

bool sleeper_watch(struct sleeper *sleeper)
{
  int64_t real = 0, monotonic = 0, least = INT64_MAX;
  for (int i = 0; i < LOOKS && least > INSTANT_NS; i++) {
    int64_t before = sleeper_now(), between = read_clock(CLOCK_REALTIME), after = sleeper_now();
    if (after - before >= least)
      continue;
    least = after - before;
    real = between;
    monotonic = before + least / 2;
  }
  return clock_watch_look(&sleeper->watch, real, monotonic);
}
