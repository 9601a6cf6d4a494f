/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buffer.h"
#include "replay/commands/commands.h"
#include "replay/options.h"
#include "replay/reference.h"

static void overview(FILE *out)
{
  fputs("usage: retrial COMMAND [operands] [options]\n"
        "\n"
        "Replays a dataset through a streaming pipeline and writes the pipeline's exact\n"
        "outputs.\n"
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
        "`retrial COMMAND --help` explains a command, `retrial help sql` the SQL of the\n"
        "jobs.\n"
        "Exit status: 0 as expected, 1 the outputs differ, 2 the command line is wrong,\n"
        "3 failed.\n",
        out);
}

/* `retrial help sql group by`: the operands behind the first one are one name. */
static enum status explain_sql(const struct arguments *arguments, struct error *err)
{
  if (arguments->operands == 1) {
    reference_overview(stdout);
    return STATUS_OK;
  }
  struct buffer name = {0};
  for (size_t i = 1; i < arguments->operands; i++)
    buffer_printf(&name, "%s%s", i != 1 ? " " : "", arguments->operand[i]);
  buffer_put(&name, '\0');
  bool good = reference_print(name.p, stdout, err);
  buffer_free(&name);
  return good ? STATUS_OK : STATUS_USAGE;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  if (arguments->operands == 0) {
    overview(stdout);
    return STATUS_OK;
  }
  if (strcmp(arguments->operand[0], "sql") == 0)
    return explain_sql(arguments, err);
  if (arguments->operands > 1) {
    error_set(err, ERR_USAGE, "unexpected operand '%.100s'; see 'retrial help help'",
              arguments->operand[1]);
    return STATUS_USAGE;
  }
  const struct command *command = command_find(arguments->operand[0], err);
  if (command == NULL)
    return STATUS_USAGE;
  command_help(command, stdout);
  return STATUS_OK;
}

const struct command command_help_text = {
    .name = "help",
    .summary = "list the commands, explain one, or explain the SQL",
    .operands = "[COMMAND [NAME...]]",
    .about =
        "`retrial help sql` is about the language, `retrial help sql NAME` about a function, a\n"
        "clause or a family of functions, `retrial help sql functions` lists them all;\n"
        "`retrial sql --help` is about the command.\n",
    .exec = exec,
};
