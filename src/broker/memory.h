/* SPDX-License-Identifier: Apache-2.0 */
/* memory.h - the broker that lives in this process.
 *
 * Each partition is a list of segments, each segment a run of length-prefixed records. A segment
 * is released once every reader of its topic has committed what is in it; when the segments take
 * up the limit, produce() answers BROKER_FULL until that happens. Nothing is ever dropped to make
 * room. The caller closes it with broker_close().
 */
#ifndef RETRIAL_BROKER_MEMORY_H
#define RETRIAL_BROKER_MEMORY_H

#include "broker/broker.h"

enum {
  MEMORY_SEGMENT_BYTES = 64 * 1024,     /* a larger record gets a segment of its own */
  MEMORY_LIMIT_BYTES = 64 * 1024 * 1024 /* what a replay gives it */
};

/* A broker whose segments take at most `limit` bytes, or one segment for each partition where that
 * is more. */
struct broker *memory_broker_new(size_t limit);

/* The bytes of its segments at this moment. */
size_t memory_broker_bytes(const struct broker *broker);

#endif
