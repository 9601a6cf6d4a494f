/* SPDX-License-Identifier: Apache-2.0 */
/* choose.h - which consumers and jobs of a pipeline the operands behind its name mean. */
#ifndef RETRIAL_REPLAY_CHOOSE_H
#define RETRIAL_REPLAY_CHOOSE_H

#include "replay/driver/driver.h"
#include "replay/options.h"

/* For a consumer: those named. For a processor: the jobs named, and the consumers of the topics
 * that their queries need. Without names, all. What is chosen is in the arena. ERR_USAGE for a name
 * that is none; ERR_IO, ERR_SYNTAX for a query that cannot be read. */
bool choose_parts(const struct arguments *arguments, const struct pipeline *pipeline,
                  struct replay_options *options, struct arena *arena, struct error *err);

#endif
