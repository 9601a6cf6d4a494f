/* SPDX-License-Identifier: Apache-2.0 */
/* spin.h - whether the last stretch before a deadline is slept or spun: the decision, without a
 * clock.
 *
 * Spinning meets a deadline better on a processor that nobody else wants, and worse on one that is
 * shared: who spins uses its time up and is put behind the others. So it is tried out. Deadlines go
 * in blocks. Once in SPIN_KEPT_BLOCKS one block goes the other way, and the way with which three of
 * four deadlines were met sooner is the one to keep; a few of them may be as late as they like. The
 * first comparison comes after the first block, which is spun.
 */
#ifndef RETRIAL_REPLAY_TIME_SPIN_H
#define RETRIAL_REPLAY_TIME_SPIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  SPIN_BLOCK = 32, /* deadlines */
  SPIN_KEPT_BLOCKS = 32,
  SPIN_GAIN_NS = 5000, /* by so much spinning has to be better, for what it costs */
};

struct spin {
  bool spins;      /* the way to go at present */
  bool trial;      /* but for this block, which goes the other way */
  unsigned blocks; /* since the last trial */
  unsigned count;  /* deadlines of this block so far, and how late each was met */
  int64_t late_ns[SPIN_BLOCK];
  int64_t kept_ns;                     /* of the last block that was no trial: see above */
  uint64_t spun, slept;                /* deadlines */
  uint64_t comparisons, stops, starts; /* of these, those after which spinning ended or began */
};

void spin_start(struct spin *spin);

/* Whether the next deadline is spun for. */
bool spin_next(const struct spin *spin);

/* How late that one was met. */
void spin_record(struct spin *spin, int64_t late_ns);

/* "spun for 64 of 1056 deadlines; given up 1 times and taken up again 0 times in 2 comparisons"
 * into out, cut to fit; returns out. */
char *spin_words(const struct spin *spin, char *out, size_t size);

#endif
