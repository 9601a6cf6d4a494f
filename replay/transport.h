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
    "broker", 'b', "BROKER", "memory, mock or kafka:HOST:PORT[,...]", false, false                 \
  }
#define OPTION_PROPERTY                                                                            \
  {                                                                                                \
    "property", 'X', "NAME=VALUE", "a setting of librdkafka, such as linger.ms=50", true, false    \
  }
#define OPTION_TIMEOUT                                                                             \
  {                                                                                                \
    "timeout", 0, "TIME", "how long the broker may go without an answer (default 10s)", false,     \
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
