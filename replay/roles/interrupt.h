/* SPDX-License-Identifier: Apache-2.0 */
/* interrupt.h - SIGINT and SIGTERM while a run goes on: they are noted, so that the run ends by
 * itself. The second one ends the program at once.
 */
#ifndef RETRIAL_REPLAY_ROLES_INTERRUPT_H
#define RETRIAL_REPLAY_ROLES_INTERRUPT_H

#include "base/error.h"

/* From here on, until they are let go again. A signal that was ignored still is. */
void interrupt_catch(void);
void interrupt_let_go(void);

/* ERR_INTERRUPTED if one came. May be asked from any thread. */
bool interrupt_check(struct error *err);

/* Ends the program by the signal that came, as its parent expects; does nothing if none did. */
void interrupt_pass_on(void);

#endif
