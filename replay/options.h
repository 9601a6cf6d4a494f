/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - a command line, checked against what its command declares.
 *
 * `--name value`, `--name=value`, `-n value`, `-nvalue`; switches without a value, and their
 * letters may stand together; `--` ends the options, which may stand behind operands. Texts point
 * into argv. Whoever calls arguments_parse() releases the result with arguments_free().
 */
#ifndef RETRIAL_REPLAY_OPTIONS_H
#define RETRIAL_REPLAY_OPTIONS_H

#include <stdio.h>

#include "replay/command.h"

struct given {
  const struct option *option;
  const char *value; /* NULL for a switch */
};

struct arguments {
  const struct command *command;
  bool help; /* -h or --help: nothing else was checked */
  size_t operands;
  const char **operand;
  size_t givens;
  struct given *given;
};

/* argv[0] .. argv[argc - 1] are what follows the command's name. ERR_USAGE for an unknown option
 * (with the nearest one), a missing or a second value, a missing option, too few or too many
 * operands. */
bool arguments_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                     struct error *err);

void arguments_free(struct arguments *arguments);

/* The value of --name, or NULL if it was not given. */
const char *arguments_value(const struct arguments *arguments, const char *name);

/* Whether --name was given. */
bool arguments_has(const struct arguments *arguments, const char *name);

/* The next value of a repeatable --name, NULL behind the last; *cursor starts at 0. */
const char *arguments_next(const struct arguments *arguments, const char *name, size_t *cursor);

/* The whole number of --name into *out, which stays as it is if the option was not given;
 * ERR_USAGE if it is none or not within low .. high. */
bool arguments_number(const struct arguments *arguments, const char *name, uint64_t low,
                      uint64_t high, uint64_t *out, struct error *err);

/* How the command is used, its options, its words. */
void command_help(const struct command *command, FILE *out);

#endif
