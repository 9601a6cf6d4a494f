/* SPDX-License-Identifier: Apache-2.0 */
/* source.h - what a producer sends: rows in their order, each of them one message or more. */
#ifndef RETRIAL_REPLAY_ROLES_SOURCE_H
#define RETRIAL_REPLAY_ROLES_SOURCE_H

#include "broker/broker.h"

struct source;

struct source_ops {
  /* Finds the next row that is to be sent: source->row. *scheduled_ns: when, by a time of the
   * source's own that never goes back. *end: there is none. */
  bool (*find)(struct source *source, int64_t *scheduled_ns, bool *end, struct error *err);
  /* The row's next message and its topic; false if it has no more. What *record points to is valid
   * until the next call. */
  bool (*message)(struct source *source, int64_t now_ns, uint32_t *topic,
                  struct broker_record *record);
  /* Fills in what a message says of its own time, each time that it is offered to the broker.
   * NULL: nothing. */
  void (*stamp)(struct source *source, int64_t intended_ns, int64_t now_ns,
                struct broker_record *record);
  /* The row was sent: source->row is the next one. */
  void (*sent)(struct source *source, int64_t intended_ns, int64_t now_ns);
  void (*close)(struct source *source);
};

/* The first member of every implementation. */
struct source {
  const struct source_ops *ops;
  const char *name;   /* for messages: "row 7 of the dataset" */
  uint64_t row;       /* from 0, those that are passed over counted */
  uint64_t first_row; /* the number that row 0 goes by */
};

/* NULL is allowed. */
static inline void source_close(struct source *source)
{
  if (source != NULL)
    source->ops->close(source);
}

#endif
