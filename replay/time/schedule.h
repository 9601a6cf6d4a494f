/* SPDX-License-Identifier: Apache-2.0 */
/* schedule.h - when each row of the dataset is sent: rows of one group together, a group every so
 * often. A group is a run of rows with the same text in one column (no text is the same as no
 * text); when a text comes again later, that is another group.
 */
#ifndef RETRIAL_REPLAY_TIME_SCHEDULE_H
#define RETRIAL_REPLAY_TIME_SCHEDULE_H

#include "base/buffer.h"

struct schedule {
  int64_t due_ns, every_ns;
  bool begun, broken, null; /* null: the present group has no text */
  struct buffer text;
};

/* The first group is due at start_ns. schedule_free() releases it. */
void schedule_start(struct schedule *schedule, int64_t start_ns, int64_t every_ns);

/* When the next row is due, whose text this is; *text is not read if null is true. */
int64_t schedule_next(struct schedule *schedule, struct slice text, bool null);

/* The next row begins a group of its own, whatever its text. */
void schedule_break(struct schedule *schedule);

void schedule_free(struct schedule *schedule);

#endif
