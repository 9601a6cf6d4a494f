/* SPDX-License-Identifier: Apache-2.0 */
/* loop.h - lets roles act until all of them are done: under the virtual clock in any order within
 * an instant, then on to the next deadline; under the real clock as time goes by.
 */
#ifndef RETRIAL_REPLAY_ROLES_LOOP_H
#define RETRIAL_REPLAY_ROLES_LOOP_H

#include "base/random.h"
#include "broker/broker.h"
#include "replay/roles/role.h"
#include "replay/time/sleeper.h"

struct loop {
  struct clock *clock;
  struct broker *broker; /* wakes the loop when records or answers come */
  size_t roles;
  struct role **role; /* in any order; the loop shuffles them */
  struct role *first; /* acts before the others; NULL: none does */
  /* Under the real clock this role (the producer) runs in a thread of its own; NULL: none does. */
  struct role *apart;
  bool precise;           /* whoever sleeps for the producer's deadlines spins if that pays */
  struct spin apart_spin; /* how that went, in the thread apart */
  struct sleeper sleeper; /* of the loop itself */
  int wake_fd;
  struct random random;
  int64_t patience_ns; /* how long a broker may keep what was sent to it, in the machine's time */
  uint64_t heard;      /* at the last look, which was the first one with this figure at: */
  int64_t heard_ns;
  /* Whether the broker has something to say; *heard: how much it has said so far. */
  bool (*awaits)(void *argument, uint64_t *heard);
  /* Whether the virtual clock may jump to that deadline although records may be on their way. */
  bool (*may_jump)(void *argument, int64_t deadline_ns);
  /* Whether the roles can still go on; false fills err. */
  bool (*can_go_on)(void *argument, struct error *err);
  void (*tell)(void *argument);
  void *argument;
};

/* Fails as the first role that fails does, or by a signal. */
bool loop_run(struct loop *loop, struct error *err);

#endif
