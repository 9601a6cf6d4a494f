/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/spin.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void spin_start(struct spin *spin)
{
  *spin = (struct spin){.spins = true, .blocks = SPIN_KEPT_BLOCKS - 1};
}

bool spin_next(const struct spin *spin)
{
  return spin->spins != spin->trial;
}

static int ascending(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Three of four deadlines of the block were met so soon. */
static int64_t upper_quartile(int64_t late_ns[SPIN_BLOCK])
{
  qsort(late_ns, SPIN_BLOCK, sizeof *late_ns, ascending);
  return late_ns[SPIN_BLOCK * 3 / 4 - 1];
}

static void compare(struct spin *spin, int64_t trial_ns)
{
  int64_t spun_ns = spin->spins ? spin->kept_ns : trial_ns;
  int64_t slept_ns = spin->spins ? trial_ns : spin->kept_ns;
  bool pays = slept_ns - spun_ns >= SPIN_GAIN_NS;
  spin->comparisons++;
  spin->stops += spin->spins && !pays;
  spin->starts += !spin->spins && pays;
  spin->spins = pays;
}

static void end_block(struct spin *spin)
{
  int64_t late_ns = upper_quartile(spin->late_ns);
  spin->count = 0;
  if (spin->trial) {
    compare(spin, late_ns);
    spin->trial = false;
    spin->blocks = 0;
  } else {
    spin->kept_ns = late_ns;
    spin->trial = ++spin->blocks == SPIN_KEPT_BLOCKS;
  }
}

void spin_record(struct spin *spin, int64_t late_ns)
{
  bool spun = spin_next(spin);
  spin->spun += spun;
  spin->slept += !spun;
  spin->late_ns[spin->count++] = late_ns;
  if (spin->count == SPIN_BLOCK)
    end_block(spin);
}

char *spin_words(const struct spin *spin, char *out, size_t size)
{
  snprintf(out, size,
           "spun for %" PRIu64 " of %" PRIu64 " deadlines; given up %" PRIu64
           " times and taken up again %" PRIu64 " times in %" PRIu64 " comparisons",
           spin->spun, spin->spun + spin->slept, spin->stops, spin->starts, spin->comparisons);
  return out;
}
