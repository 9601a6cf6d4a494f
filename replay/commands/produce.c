/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/play.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {.parts = REPLAY_PRODUCE, .real = true};
  bool resumes = arguments_has(arguments, "resume"), appends = arguments_has(arguments, "append");
  if (resumes && appends) {
    error_set(err, ERR_USAGE, "--resume and --append exclude each other");
    return STATUS_USAGE;
  }
  if (resumes || appends)
    options.before = resumes ? REPLAY_RESUMES : REPLAY_APPENDS;
  return play(arguments, &options, err);
}

static const struct option OPTIONS[] = {
    {"dataset", 'd', "FILE", "send this dataset instead of the pipeline's", false, false},
    {"output", 'o', "DIR", "write latencies and run.json there (default: nowhere)", false, false},
    {"resume", 0, NULL, "send what an interrupted producer has not sent", false, false},
    {"append", 0, NULL, "send all, even where the topics have records already", false, false},
    {"seed", 0, "N", "of the gaps of --poisson (default 0)", false, false},
    OPTIONS_PART,
    OPTIONS_LOAD,
    {0},
};

const struct command command_produce = {
    .name = "produce",
    .summary = "send a pipeline's dataset to Kafka",
    .operands = "PIPELINE",
    .about =
        "Sends the dataset to the pipeline's topics on a Kafka cluster (--broker\n"
        "kafka:HOST:PORT), under the real clock, and makes the topics that are missing. One that\n"
        "was killed is started again with --resume: it asks the topics how far it came, and no\n"
        "record is sent twice.\n",
    .option = OPTIONS,
    .exec = exec,
};
