/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/play.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {.parts = REPLAY_CONSUME, .real = true};
  options.grouped = arguments_has(arguments, "group");
  return play(arguments, &options, err);
}

static const struct option OPTIONS[] = {
    {"output", 'o', "DIR", "store the tables there (default: PIPELINE-run)", false, false},
    {"group", 0, NULL, "share the partitions with others who store there", false, false},
    OPTIONS_PLAY,
    {0},
};

const struct command command_consume = {
    .name = "consume",
    .summary = "store what a pipeline's topics on Kafka have",
    .operands = "PIPELINE [CONSUMER...]",
    .about =
        "Takes the records of the consumers' topics from a Kafka cluster until none has come\n"
        "for the idle_timeout, and stores the tables. They appear when they are whole: one that\n"
        "was killed is started again and reads again. The members of a group (--group) keep\n"
        "what they took in DIR/journal, and go on where they were.\n",
    .option = OPTIONS,
    .exec = exec,
};
