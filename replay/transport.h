/* SPDX-License-Identifier: Apache-2.0 */
/* transport.h - the broker that a command line asks for. */
#ifndef RETRIAL_REPLAY_TRANSPORT_H
#define RETRIAL_REPLAY_TRANSPORT_H

#include "broker/broker.h"
#include "pipeline/pipeline.h"
#include "replay/options.h"

/* For the option lists. */
#define OPTION_BROKER                                                                              \
  {                                                                                                \
    "broker", 'b', "BROKER", "memory (default), mock or kafka:HOST:PORT[,...]", false, false       \
  }
/* The same for a part of a pipeline, which needs a broker that others reach. */
#define OPTION_CLUSTER                                                                             \
  {                                                                                                \
    "broker", 'b', "BROKER", "the Kafka cluster, kafka:HOST:PORT[,...]; needed", false, false      \
  }
#define OPTION_PROPERTY                                                                            \
  {                                                                                                \
    "property", 'X', "NAME=VALUE", "a setting of librdkafka, such as linger.ms=50", true, false    \
  }
#define OPTION_TIMEOUT                                                                             \
  {                                                                                                \
    "timeout", 0, "TIME", "give up when a broker is silent for so long (default 10s)", false,      \
        false                                                                                      \
  }

struct transport {
  struct broker *broker; /* the caller closes it; NULL: the memory broker */
  const char *name;      /* "memory", "mock", "kafka" */
  bool is_cluster;       /* it is there without us */
  int64_t timeout_ns;
  struct arena arena; /* what the broker keeps pointing to: freed after it was closed */
};

/* Connects as --broker, --property and the pipeline's own settings say. ERR_USAGE, ERR_BROKER. */
bool transport_open(struct transport *transport, const struct arguments *arguments,
                    const struct pipeline *pipeline, bool grouped, struct error *err);

/* A zeroed transport is allowed. */
void transport_close(struct transport *transport);

#endif
