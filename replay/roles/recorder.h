/* SPDX-License-Identifier: Apache-2.0 */
/* recorder.h - the records of topics, out of a broker into a capture.
 *
 * They are merged by time: of the records that are next in their partitions the earliest comes
 * first, of equal ones that of the topic named first, then of the lower partition. So a partition
 * keeps its order whatever its times are, and memory holds a piece of each partition. What was
 * there at the start is merged whole; what comes later (`follows`) as it comes.
 */
#ifndef RETRIAL_REPLAY_ROLES_RECORDER_H
#define RETRIAL_REPLAY_ROLES_RECORDER_H

#include "broker/broker.h"
#include "capture/capture.h"

struct recorder_setup {
  struct broker *broker;
  size_t topics;
  const char *const *topic;
  bool from_end;       /* from the present ends on; else from the earliest records */
  bool follows;        /* goes on behind the present ends */
  int64_t idle_ns;     /* ends after so long without a record; 0: never */
  int64_t duration_ns; /* and after so long; 0: never */
  uint64_t limit;      /* and after so many records; 0: never */
  int64_t patience_ns; /* how long the broker may be silent though there are records */
  void (*tell)(void *argument, const char *doing, uint64_t records); /* called now and then */
  void *argument;
};

struct recorded {
  struct slice name;
  uint32_t partitions;
  uint64_t records;
};

struct recorder;

/* Finds the topics and where their partitions begin and end. All of the setup must outlive the
 * recorder. ERR_BROKER. */
struct recorder *recorder_new(const struct recorder_setup *setup, struct error *err);

/* How many records there were to record at the start, at most. */
uint64_t recorder_expects(const struct recorder *recorder);

/* Writes until there is nothing more to record. After a failure the writer has all records until
 * then: ERR_BROKER, also for a record that was deleted before its turn; ERR_INTERRUPTED; as
 * capture_write() does. */
bool recorder_run(struct recorder *recorder, struct capture_writer *writer, struct error *err);

/* What was written of each topic, and of all. */
const struct recorded *recorder_topics(const struct recorder *recorder);
uint64_t recorder_records(const struct recorder *recorder);

/* NULL is allowed. */
void recorder_free(struct recorder *recorder);

#endif
