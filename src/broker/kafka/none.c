/* SPDX-License-Identifier: Apache-2.0 */
/* none.c - in the place of the transport where librdkafka was not found or not wanted. */
#include "broker/kafka.h"

bool kafka_is_built_in(void)
{
  return false;
}

struct broker *kafka_broker_new(const struct kafka_options *options, struct error *err)
{
  (void)options;
  error_set(err, ERR_UNSUPPORTED,
            "this retrial was built without librdkafka; install it (Debian: librdkafka-dev), then "
            "configure and make again");
  return NULL;
}
