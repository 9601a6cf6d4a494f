/* SPDX-License-Identifier: Apache-2.0 */
/* load.h - what a command line says of the clock, and of what is sent when. */
#ifndef RETRIAL_REPLAY_LOAD_H
#define RETRIAL_REPLAY_LOAD_H

#include "replay/driver/driver.h"
#include "replay/options.h"

/* For the option lists of the commands that send. */
#define OPTION_CLOCK                                                                               \
  {                                                                                                \
    "clock", 0, "CLOCK", "virtual (default: time jumps) or real", false, false                     \
  }
#define OPTIONS_LOAD                                                                               \
  {"speed", 0, "N", "real clock, N times as fast as the schedule, or max", false, false},          \
      {"rate", 0, "R", "R rows a second, whatever the schedule says", false, false},               \
      {"poisson", 0, NULL, "--rate is a mean: gaps by chance", false, false},                      \
      {"catch-up", 0, "F", "a late producer goes F times as fast (default 2)", false, false},    \
      {"loop", 0, "N", "send the dataset N times, or forever", false, false},                      \
      {"limit", 0, "ROWS", "stop after so many rows in all", false, false},                        \
      {"duration", 0, "TIME", "stop after so long: 90s, 2min", false, false},                      \
      {"in-flight", 0, "N", "real clock, at most N messages not acknowledged yet", false, false},  \
  {                                                                                                \
    "precise", 0, NULL, "real clock, spin before deadlines while that helps", false, false         \
  }

/* Fills load, real, precise and apart of the options. ERR_USAGE. */
bool load_parse(const struct arguments *arguments, struct replay_options *options,
                struct error *err);

#endif
