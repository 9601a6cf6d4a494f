/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/play.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {.parts = REPLAY_ALL};
  return play(arguments, &options, err);
}

static const struct option OPTIONS[] = {
    {"dataset", 'd', "FILE", "replay this dataset instead of the pipeline's", false, false},
    {"output", 'o', "DIR", "write the outputs there (default: NAME-run)", false, false},
    {"seed", 0, "N", "what is left to chance; no output depends on it (default 0)", false, false},
    OPTIONS_PLAY,
    OPTION_CLOCK,
    OPTIONS_LOAD,
    {0},
};

const struct command command_run = {
    .name = "run",
    .summary = "replay a dataset through a pipeline",
    .operands = "PIPELINE",
    .about =
        "Sends the dataset through the pipeline's topics, consumers, tables and jobs and writes\n"
        "the outputs and run.json into a directory. Without more options all of it happens in\n"
        "this process, under a virtual clock. The run fails if a single message or row is\n"
        "unaccounted for. Latencies are measured under the real clock: --clock real, --speed.\n",
    .option = OPTIONS,
    .exec = exec,
};
