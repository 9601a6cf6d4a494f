/* SPDX-License-Identifier: Apache-2.0 */
/* stamp.h - what every record that we send says of itself in a header: its row of the dataset, when
 * it was meant to be sent and when it was.
 *
 * The header "retrial" has 24 bytes: three big-endian numbers, as Kafka's LongSerializer writes
 * each. A record without it comes from a stranger.
 */
#ifndef RETRIAL_REPLAY_ROLES_STAMP_H
#define RETRIAL_REPLAY_ROLES_STAMP_H

#include "broker/headers.h"

struct stamp {
  uint64_t row;            /* from 0; a dataset that is sent again goes on counting */
  int64_t due_ns, sent_ns; /* since 1970-01-01 00:00:00 UTC */
};

/* Makes *headers the block of that one header. */
void stamp_put(struct stamp stamp, struct buffer *headers);

/* The stamp of a record with these headers, or false. */
bool stamp_find(struct slice headers, struct stamp *stamp);

#endif
