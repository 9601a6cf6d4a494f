/* SPDX-License-Identifier: Apache-2.0 */
/* broker.h - a log of records by topic and partition: what a pipeline asks of Kafka, and no more.
 *
 * A broker is one of several implementations behind one table of operations: memory.h has the one
 * that lives in this process, kafka.h those behind librdkafka. Topics and readers are numbered from
 * 0 in the order they were made. A reader is one consumer group on one topic. produce() may run in
 * one thread while another one calls the rest, where the implementation says so.
 *
 * Nothing here waits for records, room or acknowledgements: what cannot be done now is answered so,
 * and asked again later. Setting up (open_topic, subscribe) and asking for offsets may take as long
 * as an answer of the broker does.
 */
#ifndef RETRIAL_BROKER_BROKER_H
#define RETRIAL_BROKER_BROKER_H

#include "base/error.h"
#include "base/slice.h"

/* A setting of a topic or of a client by its name in Kafka: "retention.ms", "60000". */
struct broker_setting {
  struct slice name, value;
};

struct topic_spec {
  struct slice name;
  uint32_t partitions;  /* at least 1 */
  uint32_t replication; /* 0: as the broker does by itself */
  size_t settings;
  const struct broker_setting *setting; /* of a topic that is made */
  bool must_exist;                      /* it is not made where it is missing */
};

struct broker_record {
  struct slice key;
  bool keyed;           /* false: the record has no key, which is not the empty key */
  struct slice headers; /* a block, see broker/headers.h */
  struct slice value;
  bool tombstone;       /* the record has no value, which is not the empty value; value.n is 0 */
  int64_t timestamp_ms; /* since 1970-01-01 00:00:00 UTC, given by the producer */
  uint32_t partition;   /* chosen by the producer */
  int64_t offset;       /* given by the broker; from 0 in each partition */
  uint64_t tag;         /* comes back with the acknowledgement of a record that was queued */
};

/* What became of a record that was queued. */
struct broker_ack {
  uint64_t tag;
  const char *refusal; /* NULL: it is in the log; else why it is not, a text that stays */
};

enum broker_answer {
  BROKER_ACKED,   /* in the log */
  BROKER_QUEUED,  /* taken; poll() tells when it was acknowledged */
  BROKER_FULL,    /* not taken: no room until readers commit what they have read */
  BROKER_REFUSED, /* not taken, and never will be; err says why */
};

struct broker;

struct broker_ops {
  /* Makes a topic, or finds it. ERR_BROKER if it is there with another number of partitions, is
   * missing and must exist, or cannot be made. */
  bool (*open_topic)(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                     struct error *err);
  /* Lets a group read a topic from start[] on, by partition, or (NULL) from the earliest record
   * that is still there. What a topic's readers have not committed stays; a topic without readers
   * keeps all. */
  bool (*subscribe)(struct broker *broker, struct slice group, uint32_t topic, const int64_t *start,
                    uint32_t *reader, struct error *err);
  /* Appends a copy of the record. err is filled only with BROKER_REFUSED. */
  enum broker_answer (*produce)(struct broker *broker, uint32_t topic,
                                const struct broker_record *record, struct error *err);
  /* Up to max answers about queued records since the last call; *count of them. */
  bool (*poll)(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
               struct error *err);
  /* Up to max records of a partition from `offset` on into record[]; *count of them, 0 if the log
   * ends there. Their bytes are valid until the reader's next fetch or commit of that partition.
   * ERR_BROKER if the offset lies beyond the end or is not kept any more. */
  bool (*fetch)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                size_t max, struct broker_record *record, size_t *count, struct error *err);
  /* NULL where every offset has a record. Else, where the reader stands: fetch() has given all
   * records below this offset. Behind a last record others may have left marks, which are none. */
  int64_t (*position)(struct broker *broker, uint32_t reader, uint32_t partition);
  /* Whether the reader may read the partition; NULL: it may read all. */
  bool (*owns)(struct broker *broker, uint32_t reader, uint32_t partition);
  /* The group needs nothing below `offset` of this partition any more. */
  bool (*commit)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                 struct error *err);
  /* What the group has committed; at first the earliest offset that was kept. */
  bool (*committed)(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                    struct error *err);
  /* The earliest record that a partition keeps, and one behind its last. */
  bool (*range)(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                int64_t *end, struct error *err);
  /* NULL where the broker is part of the process: nothing happens in it by itself. Else, a file
   * descriptor that becomes readable when there may be something to poll or fetch; whoever sees it
   * so calls this again, which empties it. -1 with an error if it cannot be had. */
  int (*wake)(struct broker *broker, struct error *err);
  /* NULL where the broker is part of the process. Else what its client complained of last and has
   * not got over, as far as it tells; "" if all is well. Valid until the next call. */
  const char *(*trouble)(struct broker *broker);
  /* Records that are queued and not acknowledged are given up. */
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
