/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/loop.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "replay/roles/interrupt.h"
#include "replay/roles/silence.h"

static void shuffle(struct loop *l)
{
  for (size_t i = l->roles; i > 1; i--) {
    size_t k = random_below(&l->random, i);
    struct role *role = l->role[i - 1];
    l->role[i - 1] = l->role[k];
    l->role[k] = role;
  }
}

/* Takes note that the roles are about to look at the broker: what comes from now on wakes. */
static bool look_at_broker(struct loop *l, struct error *err)
{
  if (l->broker->ops->wake == NULL)
    return true;
  l->wake_fd = l->broker->ops->wake(l->broker, err);
  return l->wake_fd >= 0;
}

/* Sleeps until then, as the monotonic clock has it, or until the broker has something. */
static void nap(struct loop *l, int64_t monotonic_ns)
{
  sleeper_wait(&l->sleeper, monotonic_ns, l->wake_fd);
}

static bool let_act(struct loop *l, struct role *role, bool *progress, struct error *err)
{
  return role->deadline_ns == ROLE_DONE || role->advance(role, l->clock, progress, err);
}

/* Whether the broker has said anything for so long as it may be silent. */
static bool is_patient(struct loop *l, struct error *err)
{
  uint64_t heard;
  if (!l->awaits(l->argument, &heard) || heard != l->heard || l->heard_ns == 0) {
    l->heard = heard;
    l->heard_ns = sleeper_now();
  }
  return silence_is_short(l->heard_ns, l->patience_ns) ||
         silence_fail(l->broker, l->patience_ns, "records are on their way", err);
}

/* Lets every role act once. */
static bool act(struct loop *l, bool *progress, struct error *err)
{
  shuffle(l);
  if (!interrupt_check(err) || !look_at_broker(l, err) ||
      (l->first != NULL && !let_act(l, l->first, progress, err)))
    return false;
  for (size_t i = 0; i < l->roles; i++)
    if (!let_act(l, l->role[i], progress, err))
      return false;
  l->tell(l->argument);
  return true;
}

/* The next deadline; ROLE_DONE if every role is done. */
static int64_t next_deadline(const struct loop *l)
{
  int64_t next = l->first != NULL ? l->first->deadline_ns : ROLE_DONE;
  for (size_t i = 0; i < l->roles; i++)
    if (l->role[i]->deadline_ns < next)
      next = l->role[i]->deadline_ns;
  return next;
}

/* --- the virtual clock --- */

/* Lets every role act until none can do any more at this instant. */
static bool settle(struct loop *l, struct error *err)
{
  bool progress = true;
  while (progress) {
    progress = false;
    if (!act(l, &progress, err))
      return false;
  }
  return true;
}

/* Records are with a broker that is no part of the process: its time is the machine's. */
static bool await(struct loop *l, struct error *err)
{
  nap(l, sleeper_now() + SLEEPER_NAP_NS);
  return is_patient(l, err);
}

static bool run_virtual(struct loop *l, struct error *err)
{
  for (;;) {
    bool progress = false;
    if (!act(l, &progress, err) || (progress && !settle(l, err)))
      return false;
    int64_t deadline = next_deadline(l);
    if (deadline == ROLE_DONE)
      return true;
    if (l->broker->ops->wake != NULL && !l->may_jump(l->argument, deadline)) {
      if (!await(l, err))
        return false;
      continue;
    }
    if (!l->can_go_on(l->argument, err))
      return false;
    if (deadline == ROLE_WAITS)
      return error_set(err, ERR_BROKER,
                       "records wait for room in topics whose consumers have stopped; give these a "
                       "longer idle_timeout");
    clock_jump(l->clock, deadline);
  }
}

/* --- the real clock --- */

struct apart {
  struct loop *loop;
  atomic_bool stop, done;
  bool good;
  struct error err;
};

/* The deadline as the sleeper has it, or the end of the longest nap. */
static int64_t until(const struct loop *l, int64_t deadline_ns)
{
  int64_t longest_ns = sleeper_now() + SLEEPER_NAP_NS;
  if (deadline_ns >= ROLE_WAITS)
    return longest_ns;
  int64_t ns = clock_monotonic(l->clock, deadline_ns);
  return ns < longest_ns ? ns : longest_ns;
}

static void *run_apart(void *argument)
{
  struct apart *a = argument;
  struct role *role = a->loop->apart;
  struct sleeper sleeper;
  sleeper_start(&sleeper, a->loop->precise);
  while (a->good && role->deadline_ns != ROLE_DONE && !atomic_load(&a->stop)) {
    bool progress = false;
    a->good = role->advance(role, a->loop->clock, &progress, &a->err);
    if (a->good && role->deadline_ns != ROLE_DONE && !progress)
      sleeper_wait(&sleeper, until(a->loop, role->deadline_ns), -1);
  }
  a->loop->apart_spin = sleeper.spin;
  atomic_store(&a->done, true);
  return NULL;
}

static bool run_here(struct loop *l, struct apart *apart, struct error *err)
{
  for (;;) {
    bool progress = false;
    if (!act(l, &progress, err))
      return false;
    bool apart_done = l->apart == NULL || atomic_load(&apart->done);
    if (l->apart != NULL && apart_done && !apart->good)
      return true;
    int64_t deadline = next_deadline(l);
    if (deadline == ROLE_DONE && apart_done)
      return true;
    if (progress)
      continue;
    if (!l->can_go_on(l->argument, err) || (l->broker->ops->wake != NULL && !is_patient(l, err)))
      return false;
    nap(l, until(l, deadline));
    sleeper_watch(&l->sleeper);
  }
}

static bool run_real(struct loop *l, struct error *err)
{
  pthread_t thread;
  struct apart apart = {.loop = l, .good = true};
  if (l->apart != NULL) {
    int problem = pthread_create(&thread, NULL, run_apart, &apart);
    if (problem != 0)
      return error_set(err, ERR_IO, "no thread can be started: %s", strerror(problem));
  }
  bool good = run_here(l, &apart, err);
  if (l->apart == NULL)
    return good;
  atomic_store(&apart.stop, true);
  pthread_join(thread, NULL);
  if (good && !apart.good && err != NULL)
    *err = apart.err;
  return good && apart.good;
}

bool loop_run(struct loop *l, struct error *err)
{
  l->wake_fd = -1;
  sleeper_start(&l->sleeper, l->precise && l->apart == NULL);
  return l->clock->real ? run_real(l, err) : run_virtual(l, err);
}
