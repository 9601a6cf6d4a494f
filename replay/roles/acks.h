/* SPDX-License-Identifier: Apache-2.0 */
/* acks.h - the role that takes the broker's acknowledgements of what the producer sent. */
#ifndef RETRIAL_REPLAY_ROLES_ACKS_H
#define RETRIAL_REPLAY_ROLES_ACKS_H

#include "broker/broker.h"
#include "measure/account.h"
#include "measure/latency.h"
#include "replay/roles/flight.h"
#include "replay/roles/role.h"

struct acks;

/* Counts in account[] by topic, times produce to ack in `latency`; rows are those of `source`, as
 * errors call it. All of it must outlive the role. A record that the broker refused ends the run
 * with ERR_BROKER. */
struct acks *acks_new(struct broker *broker, struct flight *flight, struct account_topic *account,
                      struct latency *latency, const char *source);

struct role *acks_role(struct acks *acks);

/* Nothing is sent any more: the role is done when nothing is in flight. May be called from the
 * producer's thread. */
void acks_end(struct acks *acks);

void acks_free(struct acks *acks);

#endif
