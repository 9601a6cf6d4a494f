/* SPDX-License-Identifier: Apache-2.0 */
/* sent_times.h - when each row of the dataset was meant to be sent and was sent, the last time.
 *
 * 16 bytes for each row of the dataset, however often it is repeated. A zeroed struct is empty;
 * sent_times_free() releases it.
 */
#ifndef RETRIAL_REPLAY_ROLES_SENT_TIMES_H
#define RETRIAL_REPLAY_ROLES_SENT_TIMES_H

#include <stddef.h>
#include <stdint.h>

struct sent_time {
  int64_t intended_ns, sent_ns; /* sent: to the last topic */
};

struct sent_times {
  size_t next; /* the row that is sent next; those before it were sent after all others */
  size_t rows, room;
  struct sent_time *row;
};

void sent_times_add(struct sent_times *times, int64_t intended_ns, int64_t sent_ns);

/* The next row is the first one of the dataset again. */
void sent_times_restart(struct sent_times *times);

/* Where the row stands in the order in which rows were last sent; row < times->rows. */
static inline size_t sent_times_rank(const struct sent_times *times, size_t row)
{
  return row < times->next ? times->rows + row : row;
}

/* The times of the row of that rank. */
static inline struct sent_time sent_times_of(const struct sent_times *times, size_t rank)
{
  return times->row[rank < times->rows ? rank : rank - times->rows];
}

void sent_times_free(struct sent_times *times);

#endif
