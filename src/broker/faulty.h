/* SPDX-License-Identifier: Apache-2.0 */
/* faulty.h - a broker with one fault, to see that whoever relies on a broker notices. */
#ifndef RETRIAL_BROKER_FAULTY_H
#define RETRIAL_BROKER_FAULTY_H

#include "broker/broker.h"

enum fault_kind {
  FAULT_LOSE,   /* acknowledges the record and throws it away */
  FAULT_DOUBLE, /* appends the record twice, as a retry does whose first acknowledgement was lost */
  FAULT_REFUSE, /* refuses the record */
  FAULT_HOLD,   /* has no room for the record until it is offered the third time */
  FAULT_SKIP,   /* never delivers the record */
  FAULT_REPEAT, /* delivers the record twice */
  FAULT_GARBLE, /* delivers the record with its value cut in half */
};

struct fault {
  enum fault_kind kind;
  uint32_t topic;
  uint64_t record; /* of the topic, from 0, in the order in which it is produced or delivered */
};

/* Takes over `inner`, which is closed with it. */
struct broker *faulty_broker_new(struct broker *inner, struct fault fault);

#endif
