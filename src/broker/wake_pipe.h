/* SPDX-License-Identifier: Apache-2.0 */
/* wake_pipe.h - the descriptor behind broker_ops.wake: a pipe that nobody waits in. */
#ifndef RETRIAL_BROKER_WAKE_PIPE_H
#define RETRIAL_BROKER_WAKE_PIPE_H

#include "base/error.h"

/* Both ends do not block and are closed by exec; -1 each after ERR_IO. */
bool wake_pipe_open(int end[2], struct error *err);

/* Ends that are -1 are allowed. */
void wake_pipe_close(const int end[2]);

#endif
