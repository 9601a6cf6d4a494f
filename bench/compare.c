/* SPDX-License-Identifier: Apache-2.0 */
/* compare N LABEL COMMAND [LABEL COMMAND]... - what whole programs cost, side by side.
 *
 * Runs every command line (by sh) N times, in turns, so that a busy moment of the machine hits them
 * all; prints the medians of wall time, CPU time and peak memory, and the CPU time as a ratio to
 * the first command's. Their standard output is thrown away. $BEFORE is a command line that runs,
 * unmeasured, before each of them.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 1000 };

struct cost {
  double wall, cpu; /* seconds */
  double memory;    /* MB, the peak of the resident set, of the largest process */
};

static double seconds_of(struct timeval t)
{
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_child(const char *command)
{
  int null = open("/dev/null", O_RDWR);
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
  /* Without `exec` the shell's own start and memory would be measured too. */
  size_t size = strlen(command) + sizeof "exec ";
  char *line = malloc(size);
  if (line != NULL)
    snprintf(line, size, "exec %s", command);
  execl("/bin/sh", "sh", "-c", line, (char *)NULL);
  _exit(127);
}

static void add_usage(struct cost *cost, const struct rusage *usage)
{
  double memory = (double)usage->ru_maxrss / 1024;
  cost->cpu += seconds_of(usage->ru_utime) + seconds_of(usage->ru_stime);
  if (memory > cost->memory)
    cost->memory = memory;
}

static struct cost measure(const char *label, const char *command)
{
  const char *before = getenv("BEFORE");
  if (before != NULL && system(before) != 0)
    fprintf(stderr, "compare: %s failed\n", before);
  double start = now();
  pid_t child = fork();
  if (child == 0)
    run_child(command);
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
    perror("compare");
    exit(3);
  }
  struct cost cost = {.wall = now() - start};
  add_usage(&cost, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "compare: %s failed: %s\n", label, command);
    exit(3);
  }
  /* What it left behind (PySpark its Java) comes to us, the subreaper: its cost is the command's.
   */
  while (wait4(-1, &status, 0, &usage) > 0 || errno == EINTR)
    add_usage(&cost, &usage);
  return cost;
}

static int ascending(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The median of the double at `offset` in each of n costs. */
static double median(const struct cost *cost, size_t n, size_t offset)
{
  double value[RUNS_MAX];
  for (size_t i = 0; i < n; i++)
    memcpy(&value[i], (const char *)&cost[i] + offset, sizeof value[i]);
  qsort(value, n, sizeof value[0], ascending);
  return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

static void print_table(size_t commands, char **label, size_t runs, struct cost (*cost)[RUNS_MAX])
{
  double first = 0;
  printf("%-28s %9s %9s %9s %8s\n", "", "wall s", "cpu s", "peak MB", "cpu x");
  for (size_t c = 0; c < commands; c++) {
    double cpu = median(cost[c], runs, offsetof(struct cost, cpu));
    if (c == 0)
      first = cpu;
    printf("%-28s %9.4f %9.4f %9.1f %8.2f\n", label[2 * c],
           median(cost[c], runs, offsetof(struct cost, wall)), cpu,
           median(cost[c], runs, offsetof(struct cost, memory)), first > 0 ? cpu / first : 0.0);
  }
}

int main(int argc, char **argv)
{
  size_t runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
  if (runs < 1 || runs > RUNS_MAX || argc < 4 || argc % 2 != 0) {
    fputs("usage: compare N LABEL COMMAND [LABEL COMMAND]...\n", stderr);
    return 2;
  }
  size_t commands = (size_t)(argc - 2) / 2;
  struct cost(*cost)[RUNS_MAX] = calloc(commands, sizeof *cost);
  if (cost == NULL)
    return 3;
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  for (size_t r = 0; r < runs; r++)
    for (size_t c = 0; c < commands; c++)
      cost[c][r] = measure(argv[2 + 2 * c], argv[3 + 2 * c]);
  print_table(commands, argv + 2, runs, cost);
  free(cost);
  return 0;
}
