/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/play.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {.parts = REPLAY_CONSUME | REPLAY_PROCESS, .real = true};
  options.grouped = arguments_has(arguments, "group");
  return play(arguments, &options, err);
}

static const struct option OPTIONS[] = {
    {"output", 'o', "DIR", "write the outputs there (default: NAME-run)", false, false},
    {"group", 0, NULL, "share the partitions with all who have this DIR", false, false},
    OPTIONS_PART,
    {0},
};

const struct command command_process = {
    .name = "process",
    .summary = "run a pipeline's jobs over its topics on Kafka",
    .operands = "PIPELINE [JOB...]",
    .about = "Consumes what the jobs need from a Kafka cluster (--broker kafka:HOST:PORT), as\n"
             "'retrial consume' does, and runs them over it. Without a JOB, all of them. The\n"
             "outputs are those of 'retrial run', also when it was killed and started again.\n",
    .option = OPTIONS,
    .exec = exec,
};
