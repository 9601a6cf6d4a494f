/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/latency_table.h"

#include <inttypes.h>

#include "measure/latency_write.h"
#include "replay/grid.h"
#include "replay/time/clock.h"
#include "text/number.h"

enum { WIDTH = 8 }; /* of "123.4 ms" */

const char *latency_text(int64_t ns, char out[LATENCY_TEXT_BYTES])
{
  static const char *const UNITS[] = {"us", "ms", "s"};
  uint64_t thousandths = (uint64_t)ns; /* of the unit */
  size_t unit = 0;
  if (thousandths < 1000) {
    snprintf(out, LATENCY_TEXT_BYTES, "%u ns", (unsigned)thousandths);
    return out;
  }
  for (; unit < 2 && thousandths >= 1000 * 1000; unit++)
    thousandths /= 1000;
  int decimals = 3;
  uint64_t whole = thousandths / 1000, rest = thousandths % 1000;
  for (uint64_t more = whole; more >= 10 && decimals > 0; more /= 10) {
    rest /= 10;
    decimals--;
  }
  if (decimals == 0)
    snprintf(out, LATENCY_TEXT_BYTES, "%" PRIu64 " %s", whole, UNITS[unit]);
  else
    snprintf(out, LATENCY_TEXT_BYTES, "%" PRIu64 ".%0*u %s", whole, decimals, (unsigned)rest,
             UNITS[unit]);
  return out;
}

static void duration_cell(struct grid *grid, int64_t ns)
{
  char text[LATENCY_TEXT_BYTES];
  grid_cell(grid, "%*s", WIDTH, latency_text(ns, text));
}

static void row(struct grid *grid, const char *name, const struct hist *h, int count_width)
{
  char count[NUMBER_GROUPED_BYTES];
  grid_cell(grid, "%s", name);
  grid_cell(grid, "%*s", count_width, number_print_grouped(h->totals.count, count));
  duration_cell(grid, latency_quantile(h, 50, 100));
  duration_cell(grid, latency_quantile(h, 99, 100));
  duration_cell(grid, latency_quantile(h, 999, 1000));
  duration_cell(grid, h->totals.max);
}

static void heading(struct grid *grid, int count_width)
{
  static const char *const COLUMNS[] = {"p50", "p99", "p99.9", "max"};
  grid_cell(grid, "%s", "");
  grid_cell(grid, "%*s", count_width, "count");
  for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
    grid_cell(grid, "%*s", WIDTH, COLUMNS[i]);
}

/* "produce-to-ack" as "produce to ack". */
static const char *spoken(const char *name, char *out, size_t size)
{
  snprintf(out, size, "%s", name);
  for (char *p = out; *p != '\0'; p++)
    if (*p == '-')
      *p = ' ';
  return out;
}

static int width_of_counts(const struct latency *l)
{
  size_t widest = sizeof "count" - 1;
  for (int i = 0; i < LATENCY_METRICS; i++) {
    char count[NUMBER_GROUPED_BYTES];
    uint64_t n = latency_count(l, (enum latency_metric)i);
    size_t width = strlen(number_print_grouped(n, count));
    if (width > widest)
      widest = width;
  }
  return (int)widest;
}

void latency_print_table(struct latency *l, FILE *out)
{
  struct grid grid = {.columns = 6};
  int width = width_of_counts(l);
  for (int i = 0; i < LATENCY_METRICS; i++) {
    enum latency_metric metric = (enum latency_metric)i;
    char name[32];
    if (latency_count(l, metric) == 0)
      continue;
    if (grid.cells == 0)
      heading(&grid, width);
    row(&grid, spoken(latency_name(metric), name, sizeof name), latency_corrected(l, metric),
        width);
    if (latency_uncorrected(l, metric) != NULL)
      row(&grid, "  uncorrected", latency_uncorrected(l, metric), width);
  }
  grid_print(&grid, 0, out);
}
