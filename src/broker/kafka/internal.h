/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - what the parts of the Kafka transport share. Private to src/broker/kafka. */
#ifndef RETRIAL_BROKER_KAFKA_INTERNAL_H
#define RETRIAL_BROKER_KAFKA_INTERNAL_H

#include <librdkafka/rdkafka.h>
#include <stdatomic.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "broker/kafka.h"

enum { RECORD_OVERHEAD_BYTES = 64 }; /* of a record in a batch, at most: lengths and varints */

/* What the mock cluster has of a partition, for the limit in produce(). */
struct backlog {
  uint64_t sent_bytes, sent;           /* by whoever produces */
  _Atomic uint64_t freed_bytes, freed; /* by whoever fetches and commits */
};

struct kafka_topic {
  struct slice name;
  char *text; /* the name, ended by NUL */
  rd_kafka_topic_t *handle;
  uint32_t partitions;
  struct backlog *backlog; /* by partition */
};

/* A partition as one reader sees it. */
struct source {
  rd_kafka_queue_t *queue; /* NULL: not assigned to us */
  int64_t start, next;     /* next: the offset that will come, as far as we know */
  int64_t position;        /* behind what was looked at, records or not */
  int64_t committed;
  rd_kafka_message_t **message; /* of the last fetch; they own the records' bytes */
  size_t messages, room;
  uint64_t fetched_bytes; /* of that fetch */
  bool was_full;          /* the queue, when it was looked at last, or before */
  size_t stale;           /* in the queue when the client last complained */
  struct buffer headers;
};

struct kafka_group;

struct kafka_reader {
  struct kafka_group *group;
  uint32_t topic;
  rd_kafka_topic_t *handle; /* its client's */
  struct source *source;    /* by partition */
};

struct kafka_group {
  struct kafka_broker *kafka;
  struct slice name;
  rd_kafka_t *client;
  bool started;
  size_t most_queued, most_queued_bytes; /* of one partition; little more is fetched ahead */
};

struct kafka_broker {
  struct broker broker;
  struct kafka_options options; /* kept in the arena */
  const char *servers;          /* the mock cluster's, too */
  rd_kafka_t *client;           /* the producer, which asks for metadata as well */
  uint32_t topics, readers, groups;
  struct kafka_topic *topic;
  struct kafka_reader **reader;
  struct kafka_group **group;
  struct broker_ack *ack; /* came, and were not handed out */
  size_t acks, acks_room, acks_taken;
  bool refused;      /* by a certificate, a password: to try again is of no use */
  char problem[512]; /* what went wrong last, "" if nothing has or it is over */
  int wake[2];       /* a pipe; -1 before it is asked for */
  struct arena arena;
};

static inline struct kafka_broker *kafka_of(struct broker *broker)
{
  return (struct kafka_broker *)broker;
}

/* client.c: A handle with our settings and the user's; NULL with ERR_USAGE or ERR_BROKER. */
rd_kafka_t *kafka_client(struct kafka_broker *kafka, rd_kafka_type_t type, const char *group,
                         struct error *err);

/* Something came from the cluster: it is there again. */
static inline void kafka_is_well(struct kafka_broker *kafka)
{
  kafka->problem[0] = '\0';
}

/* Waits until a broker has answered once. */
bool kafka_connect(struct kafka_broker *kafka, struct error *err);

/* ERR_BROKER: "SERVERS: what: why". */
bool kafka_fail(const struct kafka_broker *kafka, const char *why, struct error *err,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Writes a byte into the pipe whenever the queue becomes other than empty. */
void kafka_wake_by(struct kafka_broker *kafka, rd_kafka_queue_t *queue);

/* topics.c */
bool kafka_open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                      struct error *err);
bool kafka_range(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                 int64_t *end, struct error *err);

/* produce.c */
enum broker_answer kafka_produce(struct broker *broker, uint32_t topic,
                                 const struct broker_record *record, struct error *err);
bool kafka_poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                struct error *err);
void kafka_delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque);

/* refill.c: the limits of a new group; after a fetch that gave records. The latter may wait for an
 * answer of the broker, a tenth of a second at most. */
void kafka_learn_limits(struct kafka_group *group);
void kafka_refill(struct kafka_reader *reader, uint32_t partition);

/* consume.c */
bool kafka_subscribe(struct broker *broker, struct slice group, uint32_t topic,
                     const int64_t *start, uint32_t *reader, struct error *err);
bool kafka_fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                 size_t max, struct broker_record *record, size_t *count, struct error *err);
int64_t kafka_position(struct broker *broker, uint32_t reader, uint32_t partition);
bool kafka_owns(struct broker *broker, uint32_t reader, uint32_t partition);
bool kafka_commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  struct error *err);
bool kafka_committed(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                     struct error *err);
void kafka_rebalance(rd_kafka_t *client, rd_kafka_resp_err_t what,
                     rd_kafka_topic_partition_list_t *list, void *opaque);
void kafka_stop_reading(struct kafka_broker *kafka);

/* What is queued now came before the trouble: to take it does not mean that this is over. */
void kafka_mark_stale(struct kafka_broker *kafka);

#endif
