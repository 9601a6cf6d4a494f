/* SPDX-License-Identifier: Apache-2.0 */
/* broker.h - a log of records by topic and partition: what a pipeline asks of Kafka, and no more.
 *
 * A broker is one of several implementations behind one table of operations; memory.h has the one
 * that lives in this process. Topics and readers are numbered from 0 in the order they were made.
 * A reader is one consumer group on one topic. Nothing here waits: what cannot be done now is
 * answered so, and asked again later.
 */
#ifndef RETRIAL_BROKER_BROKER_H
#define RETRIAL_BROKER_BROKER_H

#include "base/error.h"
#include "base/slice.h"

struct broker_record {
  struct slice key;
  bool keyed;           /* false: the record has no key, which is not the empty key */
  struct slice headers; /* a block, see broker/headers.h */
  struct slice value;
  bool tombstone;       /* the record has no value, which is not the empty value; value.n is 0 */
  int64_t timestamp_ms; /* since 1970-01-01 00:00:00 UTC, given by the producer */
  uint32_t partition;   /* chosen by the producer */
  int64_t offset;       /* given by the broker; from 0 in each partition */
};

enum broker_answer {
  BROKER_ACKED,   /* in the log */
  BROKER_QUEUED,  /* taken; poll() tells when it was acknowledged */
  BROKER_FULL,    /* not taken: no room until readers commit what they have read */
  BROKER_REFUSED, /* not taken, and never will be; err says why */
};

struct broker;

struct broker_ops {
  /* Makes a topic of at least 1 partition. ERR_BROKER if it is there already. */
  bool (*create_topic)(struct broker *broker, struct slice name, uint32_t partitions,
                       uint32_t *topic, struct error *err);
  /* Lets a group read a topic from the earliest record that is still there. What a topic's readers
   * have not committed stays; a topic without readers keeps all. */
  bool (*subscribe)(struct broker *broker, struct slice group, uint32_t topic, uint32_t *reader,
                    struct error *err);
  /* Appends a copy of the record. err is filled only with BROKER_REFUSED. */
  enum broker_answer (*produce)(struct broker *broker, uint32_t topic,
                                const struct broker_record *record, struct error *err);
  /* How many queued records of the topic were acknowledged since the last call. */
  bool (*poll)(struct broker *broker, uint32_t topic, uint64_t *acked, struct error *err);
  /* Up to max records of a partition from `offset` on into record[]; *count of them, 0 if the log
   * ends there. Their bytes are valid until the next produce, fetch or commit. ERR_BROKER if the
   * offset lies beyond the end or is not kept any more. */
  bool (*fetch)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                size_t max, struct broker_record *record, size_t *count, struct error *err);
  /* The group needs nothing below `offset` of this partition any more. */
  bool (*commit)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                 struct error *err);
  /* What the group has committed; at first the earliest offset that was kept. */
  bool (*committed)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                    struct error *err);
  /* One behind the last record of a partition. */
  bool (*end_offset)(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *offset,
                     struct error *err);
  void (*close)(struct broker *broker);
};

/* The first member of every implementation. */
struct broker {
  const struct broker_ops *ops;
};

/* NULL is allowed. */
static inline void broker_close(struct broker *broker)
{
  if (broker != NULL)
    broker->ops->close(broker);
}

#endif
