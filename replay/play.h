/* SPDX-License-Identifier: Apache-2.0 */
/* play.h - a pipeline, or a part of it, played as a command line says. */
#ifndef RETRIAL_REPLAY_PLAY_H
#define RETRIAL_REPLAY_PLAY_H

#include "replay/driver/driver.h"
#include "replay/load.h"
#include "replay/open.h"
#include "replay/tables.h"
#include "replay/transport.h"

/* For the option lists. */
#define OPTIONS_PLAY                                                                               \
  {"partitions", 'p', "N", "give every topic N partitions", false, false}, OPTION_SET,             \
      OPTION_THREADS, OPTION_BROKER, OPTION_PROPERTY, OPTION_TIMEOUT

/* For those of its parts on their own. */
#define OPTIONS_PART                                                                               \
  {"partitions", 'p', "N", "the topics have N partitions each", false, false}, OPTION_SET,         \
      OPTION_THREADS, OPTION_CLUSTER, OPTION_PROPERTY, OPTION_TIMEOUT

/* Opens the pipeline and the broker, plays the parts that *options names under what the command
 * line says, and prints the summary. */
enum status play(const struct arguments *arguments, struct replay_options *options,
                 struct error *err);

#endif
