/* SPDX-License-Identifier: Apache-2.0 */
/* producer.h - the role that sends what a source has, when its schedule and the pace say so. A full
 * broker holds it up; nothing is skipped.
 */
#ifndef RETRIAL_REPLAY_ROLES_PRODUCER_H
#define RETRIAL_REPLAY_ROLES_PRODUCER_H

#include "broker/broker.h"
#include "measure/account.h"
#include "measure/latency.h"
#include "replay/roles/acks.h"
#include "replay/roles/flight.h"
#include "replay/roles/role.h"
#include "replay/roles/source.h"
#include "replay/time/pace.h"

struct producer_setup {
  struct source *source;         /* producer_free() closes it */
  struct broker *broker;         /* with the source's topics under their numbers */
  struct account_topic *account; /* by topic */
  struct flight *flight;
  struct acks *acks; /* is told when everything was sent */
  struct latency *latency;
  struct pace_options pace;
  int64_t duration_ns; /* rows that are meant to go later are not sent; 0: no limit */
  uint64_t in_flight;  /* messages at once; 0: no limit */
};

struct producer;

/* All of the setup must outlive the producer. The first row is due at start_ns. */
struct producer *producer_new(const struct producer_setup *setup, int64_t start_ns);

struct role *producer_role(struct producer *producer);

/* Rows sent so far, to all topics. This, the next and the one that is blocked may be asked from
 * another thread. */
uint64_t producer_rows(const struct producer *producer);

/* When the next row was meant to be sent; ROLE_DONE when all are. */
int64_t producer_next_ns(const struct producer *producer);

/* How late a row was sent, at most; and the last one. */
int64_t producer_late_ns(const struct producer *producer);
int64_t producer_last_late_ns(const struct producer *producer);

/* The name of the topic that had no room at the last try; NULL if there was room. */
const struct slice *producer_blocked(const struct producer *producer);

/* NULL is allowed. */
void producer_free(struct producer *producer);

#endif
