/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/progress.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/nanoseconds.h"
#include "replay/time/sleeper.h"

enum { BAR_CELLS = 30, SAMPLE_BYTES = 16 * 1024 };
#define SILENT_NS NS_PER_SECOND
#define REDRAW_NS (100 * NS_PER_MS)

static bool can_draw(void)
{
  const char *terminal = getenv("TERM");
  return isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void progress_start(struct progress *p, uint64_t total)
{
  *p = (struct progress){.shown = can_draw(), .total = total, .start_ns = sleeper_now()};
  p->next_ns = p->start_ns + SILENT_NS;
}

/* The bar is one line that begins with a carriage return and wipes what stood there ("\033[K"). */
static void draw(const struct progress *p, const char *doing, uint64_t rows)
{
  char bar[BAR_CELLS + 1];
  double share = p->total != 0 ? (double)rows / (double)p->total : 0;
  int cells = share < 1 ? (int)(share * BAR_CELLS) : BAR_CELLS;
  memset(bar, '.', BAR_CELLS);
  memset(bar, '#', (size_t)cells);
  bar[BAR_CELLS] = '\0';
  fprintf(stderr, "\r\033[K%s ", doing);
  if (p->total != 0)
    fprintf(stderr, "[%s] %3d %%, ", bar, share < 1 ? (int)(share * 100) : 100);
  fprintf(stderr, "%" PRIu64 " rows", rows);
  fflush(stderr);
}

void progress_tell(void *argument, const char *doing, uint64_t rows)
{
  struct progress *p = argument;
  if (!p->shown)
    return;
  int64_t now = sleeper_now();
  if (now < p->next_ns)
    return;
  draw(p, doing, rows);
  p->drawn = true;
  p->next_ns = now + REDRAW_NS;
}

double progress_end(struct progress *p)
{
  if (p->drawn) {
    fputs("\r\033[K", stderr);
    fflush(stderr);
  }
  p->drawn = false;
  return (double)(sleeper_now() - p->start_ns) / NS_PER_SECOND;
}

uint64_t progress_estimate_rows(const char *path)
{
  char sample[SAMPLE_BYTES];
  struct stat status;
  uint64_t lines = 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  ssize_t n =
      fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? read(fd, sample, sizeof sample) : 0;
  close(fd);
  for (ssize_t i = 0; i < n; i++)
    lines += sample[i] == '\n';
  return n > 0 ? (uint64_t)status.st_size * lines / (uint64_t)n : 0;
}
