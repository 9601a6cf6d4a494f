/* SPDX-License-Identifier: Apache-2.0 */
/* samples ROWS SERVERS - writes a CSV of server samples to stdout, for benchmarks.
 *
 * One sample of each server every 5 seconds from 2026-01-01 on, servers shuffled within an instant,
 * two decimals, uniform: the layout of ../shared/peers/a/gen.py, from our own generator of numbers.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/random.h"
#include "text/civil.h"

enum { SEED = 20260101, SECONDS_APART = 5 };

_Noreturn void mem_exhausted(size_t size)
{
  fprintf(stderr, "samples: out of memory (%zu bytes)\n", size);
  exit(3);
}

static void shuffle(struct random *random, uint32_t *order, uint32_t n)
{
  for (uint32_t i = n; i > 1; i--) {
    uint32_t j = (uint32_t)random_below(random, i);
    uint32_t last = order[i - 1];
    order[i - 1] = order[j];
    order[j] = last;
  }
}

static void print_time(char *out, size_t size, int64_t second)
{
  struct civil_time t = civil_from_micros(second * MICROS_PER_SECOND);
  snprintf(out, size,
           "%04" PRId32 "-%02" PRId32 "-%02" PRId32 " %02" PRId32 ":%02" PRId32 ":%02" PRId32,
           t.date.year, t.date.month, t.date.day, t.hour, t.minute, t.second);
}

static void print_value(struct random *random, int low, int high, char end)
{
  int64_t hundredths = random_between(random, low * 100, high * 100);
  printf("%" PRId64 ".%02" PRId64 "%c", hundredths / 100, hundredths % 100, end);
}

static void print_samples(struct random *random, uint64_t rows, uint32_t servers)
{
  uint32_t *order = mem_new(servers, sizeof *order);
  for (uint32_t i = 0; i < servers; i++)
    order[i] = i + 1;
  int64_t second = civil_to_days(2026, 1, 1) * 86400;
  char time[80];
  for (uint64_t row = 0; row < rows; row++) {
    uint32_t turn = (uint32_t)(row % servers);
    if (turn == 0) {
      shuffle(random, order, servers);
      print_time(time, sizeof time, second);
      second += SECONDS_APART;
    }
    printf("%s,server_%" PRIu32 ",", time, order[turn]);
    print_value(random, 5, 100, ',');   /* cpu_pct */
    print_value(random, 10, 100, ',');  /* mem_pct */
    print_value(random, 10, 9999, ','); /* net_in */
    print_value(random, 10, 9999, ','); /* net_out */
    print_value(random, 1, 2500, '\n'); /* disk_io */
  }
  free(order);
}

int main(int argc, char **argv)
{
  uint64_t rows = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t servers = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (rows == 0 || servers == 0 || servers > UINT32_MAX) {
    fputs("usage: samples ROWS SERVERS > FILE\n", stderr);
    return 2;
  }
  struct random random;
  random_seed(&random, SEED);
  puts("ts,server_id,cpu_pct,mem_pct,net_in,net_out,disk_io");
  print_samples(&random, rows, (uint32_t)servers);
  return fflush(stdout) == 0 ? 0 : 3;
}
