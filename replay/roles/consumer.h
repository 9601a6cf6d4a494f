/* SPDX-License-Identifier: Apache-2.0 */
/* consumer.h - the role that reads topics as one group, decodes what comes, and stores it in the
 * dataset's order. It ends, as it should, after a time of silence.
 */
#ifndef RETRIAL_REPLAY_ROLES_CONSUMER_H
#define RETRIAL_REPLAY_ROLES_CONSUMER_H

#include "base/random.h"
#include "broker/broker.h"
#include "measure/account.h"
#include "measure/latency.h"
#include "pipeline/pipeline.h"
#include "replay/roles/rejects.h"
#include "replay/roles/role.h"

/* What is known of records to come, when none has come for a while. */
enum outlook {
  OUTLOOK_UNKNOWN, /* the idle timeout decides */
  OUTLOOK_MORE,    /* some are on their way: the idle time does not pass */
  OUTLOOK_OVER,    /* none will ever come */
};

struct consumer_setup {
  const struct pipeline *pipeline;
  const struct consumer *consumer;
  struct broker *broker;
  const uint32_t *partitions;  /* by topic */
  const int64_t *const *start; /* by topic: where its partitions begin; NULL: at the earliest */
  const char *directory;       /* for the stored tables */
  /* Nobody here knows what is sent: where all is silent, the broker is asked whether that is all.
   */
  bool alone;
  /* Of a group whose members share the partitions out: the directory of their journals. NULL: all
   * partitions are read here, and read again by one that is started again. */
  const char *journals;
  struct account_reader *reader; /* one for each topic of the consumer, in its order */
  struct account_table *table;   /* by table of the pipeline */
  struct growing *const *growing; /* by table: what is stored, for those who read it meanwhile */
  struct rejects *rejects;
  struct latency *latency;
  int64_t idle_timeout_ns; /* in the run's time */
  int64_t patience_ns;     /* with journals: for records that are there and do not come */
  enum outlook (*look_out)(void *argument, int64_t now_ns); /* NULL: OUTLOOK_UNKNOWN */
  void *argument;
  /* Decides what a broker may decide: which partition is read first, and how much at once. */
  uint64_t seed;
  int64_t start_ns;
};

struct consumer_role;

/* Subscribes. Everything in setup must outlive the consumer; ERR_BROKER, ERR_IO. */
struct consumer_role *consumer_new(const struct consumer_setup *setup, struct error *err);

struct role *consumer_role(struct consumer_role *consumer);

/* Names the stored files. */
bool consumer_commit(struct consumer_role *consumer, struct error *err);

/* NULL is allowed; files without a name leave no trace. */
void consumer_free(struct consumer_role *consumer);

#endif
