/* SPDX-License-Identifier: Apache-2.0 */
/* silence.h - a broker that should say something and does not. */
#ifndef RETRIAL_REPLAY_ROLES_SILENCE_H
#define RETRIAL_REPLAY_ROLES_SILENCE_H

#include "broker/broker.h"

/* Whether the broker was heard, at since_ns of the sleeper's time, no longer ago than is borne. */
bool silence_is_short(int64_t since_ns, int64_t patience_ns);

/* ERR_BROKER: nothing has come, though `though`; with what the broker's client complains of. */
bool silence_fail(struct broker *broker, int64_t patience_ns, const char *though,
                  struct error *err);

#endif
