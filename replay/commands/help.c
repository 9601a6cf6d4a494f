/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "replay/commands/commands.h"
#include "replay/options.h"

static void overview(FILE *out)
{
  fputs("usage: retrial COMMAND [operands] [options]\n"
        "\n"
        "Replays a dataset through a streaming pipeline and writes the pipeline's exact outputs.\n"
        "\n"
        "commands:\n",
        out);
  size_t count;
  const struct command *const *table = command_table(&count);
  size_t width = 0;
  for (size_t i = 0; i < count; i++)
    width = strlen(table[i]->name) > width ? strlen(table[i]->name) : width;
  for (size_t i = 0; i < count; i++)
    fprintf(out, "  %-*s  %s\n", (int)width, table[i]->name, table[i]->summary);
  fputs("\n"
        "`retrial COMMAND --help` explains a command. Exit status: 0 as expected, 1 the outputs\n"
        "differ, 2 the command line is wrong, 3 failed.\n",
        out);
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  if (arguments->operands == 0) {
    overview(stdout);
    return STATUS_OK;
  }
  const struct command *command = command_find(arguments->operand[0], err);
  if (command == NULL)
    return STATUS_USAGE;
  command_help(command, stdout);
  return STATUS_OK;
}

const struct command command_help_text = {
    .name = "help",
    .summary = "list the commands, or explain one",
    .operands = "[COMMAND]",
    .exec = exec,
};
