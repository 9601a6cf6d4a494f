/* SPDX-License-Identifier: Apache-2.0 */
/* kafka.h - a Kafka cluster as a broker, through librdkafka; or the mock cluster that librdkafka
 * brings along, which lives in this process and forgets.
 *
 * Groups are assigned all partitions of their topics directly, without a coordinator; nothing is
 * committed to the cluster. A grouped broker subscribes instead: partitions come and go with the
 * group's rebalances (fetch() gives nothing from those that others have), and what is committed
 * here is committed there.
 *
 * Deliveries are idempotent and acknowledged by all replicas unless a setting says otherwise. The
 * mock cluster keeps no more than 5 MiB and 100,000 batches of a partition and drops the rest
 * without a word (librdkafka 2.0.2, rdkafka_mock.c): produce() answers BROKER_FULL long before, and
 * an offset that was passed over is an error.
 *
 * produce() may run in one thread while one other calls the rest. librdkafka's own threads stay
 * behind this door.
 */
#ifndef RETRIAL_BROKER_KAFKA_H
#define RETRIAL_BROKER_KAFKA_H

#include "broker/broker.h"

struct kafka_options {
  const char *servers; /* "HOST:PORT[,...]"; NULL: the mock cluster */
  int timeout_ms;      /* how long a request of ours may go without an answer */
  bool grouped;
  size_t settings; /* any of librdkafka's, the last of a name counts */
  const struct broker_setting *setting;
};

/* Connects. ERR_USAGE for a setting that librdkafka does not know or take; ERR_BROKER if no broker
 * answers in time, with the address and the cause; ERR_UNSUPPORTED in a build without librdkafka.
 * The caller closes it with broker_close(). */
struct broker *kafka_broker_new(const struct kafka_options *options, struct error *err);

/* Whether this build has librdkafka. */
bool kafka_is_built_in(void);

#endif
