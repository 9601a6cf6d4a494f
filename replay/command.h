/* SPDX-License-Identifier: Apache-2.0 */
/* command.h - a subcommand: its words, its options, its function.
 *
 * A subcommand is one file below replay/commands/ that defines one `const struct command`, named
 * command_NAME. It is declared in replay/commands/commands.h and listed in the table of
 * replay/main.c; the parser, --help and "did you mean" all follow from the description.
 */
#ifndef RETRIAL_REPLAY_COMMAND_H
#define RETRIAL_REPLAY_COMMAND_H

#include "base/error.h"

/* What `retrial` exits with. */
enum status {
  STATUS_OK = 0,
  STATUS_DIFFERS = 1, /* it ran, and the outputs are not the expected ones */
  STATUS_USAGE = 2,   /* the command line, or a setting on it, is wrong */
  STATUS_FAILED = 3,  /* it could not run, or its result cannot be trusted */
};

struct option {
  const char *name; /* without the dashes: "set" is --set */
  char letter;      /* 'o' is -o; 0: there is none */
  const char *word; /* names the argument in the help: "FILE"; NULL: the option is a switch */
  const char *help; /* one line, no final dot */
  bool repeatable, required;
};

struct arguments; /* replay/options.h */

struct command {
  const char *name;
  const char *summary;         /* one line, no final dot */
  const char *operands;        /* "PIPELINE [JOB]", "FILE..."; "" if it takes none */
  const char *about;           /* more words for --help, each line ended; or NULL */
  const struct option *option; /* ended by one without a name; NULL if it has none */
  /* Does the work. When it fails it fills err, which main() prints; the status then follows from
   * err's code (ERR_USAGE: 2, else 3), whatever was returned. */
  enum status (*exec)(const struct arguments *arguments, struct error *err);
};

/* All commands, sorted by name. */
const struct command *const *command_table(size_t *count);

/* NULL with ERR_USAGE and the nearest name. */
const struct command *command_find(const char *name, struct error *err);

#endif
