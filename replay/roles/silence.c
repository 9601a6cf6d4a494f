/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/silence.h"

#include "base/nanoseconds.h"
#include "replay/time/sleeper.h"

bool silence_is_short(int64_t since_ns, int64_t patience_ns)
{
  return sleeper_now() - since_ns < patience_ns;
}

bool silence_fail(struct broker *broker, int64_t patience_ns, const char *though, struct error *err)
{
  const char *why = broker->ops->trouble != NULL ? broker->ops->trouble(broker) : "";
  return error_set(err, ERR_BROKER,
                   "nothing has come from the broker for %g s (see --timeout), though %s%s%s",
                   (double)patience_ns / NS_PER_SECOND, though, why[0] != '\0' ? ": " : "", why);
}
