/* SPDX-License-Identifier: Apache-2.0 */
/* modelled.h - a broker that takes its time: another one behind a model of service times, under a
 * clock that the caller advances.
 *
 * Each partition is a server that takes records in the order in which they come. A record that
 * comes at t is served from t on, or from the end of the one before it, for a drawn time; then it
 * is appended to the inner broker and acknowledged: produce() answers BROKER_QUEUED, poll() gives
 * the tag back. It can be fetched a drawn time of delivery later, though never before those in
 * front of it. While the inner broker is full a record that was served waits, and its server with
 * it. The records that wait take up at most `limit` bytes, or one record; beyond, produce() answers
 * BROKER_FULL. range() tells of the inner log, that is, of what is acknowledged. A topic without
 * any such times is the inner broker's own: what that answers, this one does.
 *
 * A time is drawn from the seed, the topic's number, the partition and how many records came to it
 * before. Whatever can happen at an instant happens within the call that lets it, so that nothing
 * depends on the order of calls within an instant; where several servers have waited for room they
 * get it in the order of their times, topics and partitions.
 */
#ifndef RETRIAL_BROKER_MODELLED_H
#define RETRIAL_BROKER_MODELLED_H

#include "base/distribution.h"
#include "broker/broker.h"

enum { MODELLED_LIMIT_BYTES = 32 * 1024 * 1024 }; /* as a Java producer's buffer.memory */

struct modelled_times {
  struct distribution service, delivery;
};

struct modelled_options {
  size_t topics;
  const struct modelled_times *times; /* by topic, in the order in which they are opened */
  uint64_t seed;
  size_t limit;
  int64_t start_ns; /* the time until the first advance */
};

/* Takes over `inner`, which is closed with it and must acknowledge at once. The times are copied;
 * topics beyond them have none. */
struct broker *modelled_broker_new(struct broker *inner, const struct modelled_options *options);

/* From here on it is now_ns, which never goes back: what is produced comes at that time, so this is
 * called before anything else at an instant. Returns when the next thing happens by itself,
 * INT64_MAX if nothing does before somebody calls (records may still wait for room). Called once
 * more at the same instant, when all others have acted, it only tells that time. */
int64_t modelled_broker_advance(struct broker *broker, int64_t now_ns);

/* Records that were taken and are not in the log yet. */
uint64_t modelled_broker_waiting(const struct broker *broker);

#endif
