/* SPDX-License-Identifier: Apache-2.0 */
/* role.h - a part of the replay that acts in time: a state machine that is told what time it is.
 *
 * advance() does all that can be done now or a good piece of it, never waits, and says whether it
 * did anything. deadline_ns is when the role wants to be advanced even if nothing else happens.
 */
#ifndef RETRIAL_REPLAY_ROLES_ROLE_H
#define RETRIAL_REPLAY_ROLES_ROLE_H

#include "base/error.h"
#include "replay/time/clock.h"

#define ROLE_DONE INT64_MAX        /* as a deadline: there is nothing left to do */
#define ROLE_WAITS (INT64_MAX - 1) /* only something else that happens lets it go on */

struct role {
  int64_t deadline_ns;
  bool (*advance)(struct role *role, const struct clock *clock, bool *progress, struct error *err);
};

#endif
