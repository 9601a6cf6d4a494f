/* SPDX-License-Identifier: Apache-2.0 */
/* load.h - what a command line says of the clock, and of what is sent when. */
#ifndef RETRIAL_REPLAY_LOAD_H
#define RETRIAL_REPLAY_LOAD_H

#include "replay/driver/driver.h"
#include "replay/options.h"

/* For the option lists of the commands that send. */
#define OPTION_CLOCK                                                                               \
  {                                                                                                \
    "clock", 0, "CLOCK", "virtual (default) or real", false, false                                 \
  }
#define OPTIONS_LOAD                                                                               \
  {"speed", 0, "N", "real clock, N times as fast as the schedule says, or max", false, false},     \
      {"rate", 0, "R", "R rows a second instead of the schedule", false, false},                   \
      {"poisson", 0, NULL, "the rate is a mean: gaps by chance", false, false},                    \
      {"catch-up", 0,    "F", "when late, at most F times as fast (default max: at once)",         \
       false,      false},                                                                         \
      {"loop", 0, "N", "send the dataset N times, or forever", false, false},                      \
      {"limit", 0, "ROWS", "stop after so many rows", false, false},                               \
      {"duration", 0, "TIME", "send for so long", false, false},                                   \
      {"in-flight", 0, "N", "at most N messages wait for their acknowledgement", false, false},    \
  {                                                                                                \
    "precise", 0, NULL, "spin before each deadline, as long as that pays", false, false            \
  }

/* Fills load, real, precise and apart of the options. ERR_USAGE. */
bool load_parse(const struct arguments *arguments, struct replay_options *options,
                struct error *err);

#endif
