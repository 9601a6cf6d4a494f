/* SPDX-License-Identifier: Apache-2.0 */
/* locked.h - a broker of this process that two threads share: one produces, the other one calls the
 * rest. They are let in one after the other, and what is produced wakes the side that reads.
 *
 * Records that were fetched are read without the lock: the inner broker must leave their bytes
 * alone while somebody produces, as the memory broker does.
 */
#ifndef RETRIAL_REPLAY_ROLES_LOCKED_H
#define RETRIAL_REPLAY_ROLES_LOCKED_H

#include "broker/broker.h"

/* Takes over `inner`, which is closed with it. */
struct broker *locked_broker_new(struct broker *inner);

#endif
