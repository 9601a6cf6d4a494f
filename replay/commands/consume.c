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
    {"output", 'o', "DIR", "store the tables there (default: NAME-run)", false, false},
    {"group", 0, NULL, "share the partitions with all who have this DIR", false, false},
    OPTIONS_PART,
    {0},
};

const struct command command_consume = {
    .name = "consume",
    .summary = "store what a pipeline's topics on Kafka have",
    .operands = "PIPELINE [CONSUMER...]",
    .about = "Takes all records of the consumers' topics from a Kafka cluster (--broker\n"
             "kafka:HOST:PORT) until none has come for the idle_timeout, and stores the tables.\n"
             "These appear when they are whole. One that was killed is started again and reads\n"
             "again from the beginning; the members of a group (--group) keep what they took in\n"
             "DIR/journal, and go on where they were.\n",
    .option = OPTIONS,
    .exec = exec,
};
