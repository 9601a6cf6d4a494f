/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "replay/commands/commands.h"
#include "replay/options.h"
#include "replay/roles/interrupt.h"

static const struct command *const COMMANDS[] = {
    &command_accept,
    &command_consume,
    &command_export,
    &command_generate,
    &command_help_text,
    &command_init,
    &command_job,
    &command_list,
    &command_process,
    &command_produce,
    &command_record,
    &command_report,
    &command_run,
    &command_show,
    &command_sql,
    &command_verify,
    &command_version,
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

const struct command *const *command_table(size_t *count)
{
  *count = COMMAND_COUNT;
  return COMMANDS;
}

const struct command *command_find(const char *name, struct error *err)
{
  struct slice names[COMMAND_COUNT];
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    if (strcmp(COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
    names[i] = slice_of(COMMANDS[i]->name);
  }
  char hint[96];
  suggest_hint(slice_of(name), names, COMMAND_COUNT, hint, sizeof hint);
  error_set(err, ERR_USAGE, "unknown command '%.100s'%s; see 'retrial help'", name, hint);
  return NULL;
}

/* Outputs are written aside and named at their end, so leaving here leaves none half done. */
_Noreturn void mem_exhausted(size_t size)
{
  fprintf(stderr, "retrial: out of memory (%zu bytes could not be had)\n", size);
  _Exit(STATUS_FAILED);
}

static enum status report(const struct error *err)
{
  char line[sizeof err->file + sizeof err->text + 32];
  fflush(stdout);
  fprintf(stderr, "retrial: %s\n", error_format(err, line, sizeof line));
  return err->code == ERR_USAGE ? STATUS_USAGE : STATUS_FAILED;
}

static enum status run(const struct command *command, int argc, char **argv, struct error *err)
{
  struct arguments arguments;
  if (!arguments_parse(command, argc, argv, &arguments, err))
    return STATUS_USAGE;
  enum status status = STATUS_OK;
  if (arguments.help)
    command_help(command, stdout);
  else
    status = command->exec(&arguments, err);
  arguments_free(&arguments);
  return status;
}

/* `retrial --help` and `retrial --version` are the commands without the dashes. */
static const char *command_word(const char *word)
{
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
    return "help";
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
    return "version";
  return word;
}

int main(int argc, char **argv)
{
  /* A reader that leaves (`| head`) ends the program without a word, even where a parent ignored
   * the signal. */
  signal(SIGPIPE, SIG_DFL);
  struct error err = {0};
  enum status status = STATUS_USAGE;
  if (argc < 2) {
    error_set(&err, ERR_USAGE, "no command given; see 'retrial help'");
  } else {
    const struct command *command = command_find(command_word(argv[1]), &err);
    if (command != NULL)
      status = run(command, argc - 2, argv + 2, &err);
  }
  if (err.code == ERR_NONE && (fflush(stdout) != 0 || ferror(stdout) != 0))
    error_io(&err, "standard output", errno, "cannot be written");
  if (err.code == ERR_NONE)
    return status;
  status = report(&err);
  interrupt_pass_on();
  return status;
}
