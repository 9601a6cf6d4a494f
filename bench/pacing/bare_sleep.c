/* SPDX-License-Identifier: Apache-2.0 */
/* bare_sleep RATE SECONDS [SPIN_US] - the floor of any pacing: sleeps until each of RATE events a
 * second is due, does nothing, and tells how late it woke up, in ns.
 *
 * The deadlines are absolute, so that lateness never adds up. With SPIN_US the last so many
 * microseconds are waited for in a loop: better on a processor of one's own, worse on a shared one.
 */
#define _DEFAULT_SOURCE /* getrusage */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#define SECOND_NS INT64_C(1000000000)
enum { EVENTS_MAX = 100000000, LEAD_NS = 10000000 };

static int64_t now_ns(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * SECOND_NS + t.tv_nsec;
}

static void sleep_until(int64_t due_ns)
{
  struct timespec t = {.tv_sec = due_ns / SECOND_NS, .tv_nsec = due_ns % SECOND_NS};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0)
    ;
}

static int64_t wait_for(int64_t due_ns, int64_t spin_ns)
{
  int64_t now = now_ns();
  if (now < due_ns - spin_ns) {
    sleep_until(due_ns - spin_ns);
    now = now_ns();
  }
  while (now < due_ns)
    now = now_ns();
  return now;
}

static int ascending(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t quantile(const int64_t *sorted, size_t n, size_t per_mille)
{
  return sorted[(n * per_mille + 999) / 1000 - 1];
}

static double cpu_seconds(void)
{
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
         (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
  double rate = argc > 2 ? strtod(argv[1], NULL) : 0;
  double seconds = argc > 2 ? strtod(argv[2], NULL) : 0;
  int64_t spin_ns = argc > 3 ? strtoll(argv[3], NULL, 10) * 1000 : 0;
  if (!(rate > 0) || !(seconds > 0) || rate * seconds < 1 || rate * seconds > EVENTS_MAX ||
      spin_ns < 0 || argc > 4) {
    fputs("usage: bare_sleep RATE SECONDS [SPIN_US]\n", stderr);
    return 2;
  }
  size_t n = (size_t)(rate * seconds);
  int64_t *late_ns = malloc(n * sizeof *late_ns);
  if (late_ns == NULL)
    return 3;
  for (size_t i = 0; i < n; i++)
    late_ns[i] = 0; /* its pages are there before the clock runs */
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);

  int64_t start = now_ns() + LEAD_NS;
  for (size_t i = 0; i < n; i++) {
    int64_t due = start + (int64_t)((double)i * (double)SECOND_NS / rate);
    late_ns[i] = wait_for(due, spin_ns) - due;
  }
  double took = (double)(now_ns() - start) / (double)SECOND_NS, cpu = cpu_seconds();
  qsort(late_ns, n, sizeof *late_ns, ascending);
  printf("events=%zu rate=%.1f p50_ns=%" PRId64 " p99_ns=%" PRId64 " p999_ns=%" PRId64
         " max_ns=%" PRId64 " cpu_share=%.3f\n",
         n, (double)(n > 1 ? n - 1 : n) / took, quantile(late_ns, n, 500), quantile(late_ns, n, 990),
         quantile(late_ns, n, 999), late_ns[n - 1], cpu / took);
  free(late_ns);
  return 0;
}
