/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/play.h"

static const char *const OF_CAPTURES[] = {"topic", "repartition", "shift-timestamps", "until-cut"};
static const char *const OF_PIPELINES[] = {"dataset", "resume", "append", "set"};

static const char *given(const struct arguments *arguments, const char *const *name, size_t names)
{
  for (size_t i = 0; i < names; i++)
    if (arguments_has(arguments, name[i]))
      return name[i];
  return NULL;
}

/* What is sent is a pipeline's dataset or a capture. */
static bool check(const struct arguments *arguments, struct error *err)
{
  bool captured = arguments_has(arguments, "capture");
  const char *wrong =
      captured ? given(arguments, OF_PIPELINES, sizeof OF_PIPELINES / sizeof *OF_PIPELINES)
               : given(arguments, OF_CAPTURES, sizeof OF_CAPTURES / sizeof *OF_CAPTURES);
  if (captured == (arguments->operands != 0))
    return error_set(err, ERR_USAGE,
                     "either a pipeline is named or --capture FILE; see 'retrial produce --help'");
  return wrong == NULL || error_set(err, ERR_USAGE, "--%s is for %s", wrong,
                                    captured ? "the dataset of a pipeline" : "a --capture");
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {.parts = REPLAY_PRODUCE, .real = true};
  if (!check(arguments, err))
    return STATUS_USAGE;
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
    {"capture", 'c', "FILE", "send the records of a capture instead", false, false},
    {"topic", 't', "[OLD=]NEW", "send a capture's records (of OLD) to topic NEW", true, false},
    {"repartition", 0, NULL, "a capture by key, not to the partitions that it names", false, false},
    {"shift-timestamps", 0, NULL, "a capture's first time becomes now, gaps stay", false, false},
    {"until-cut", 0, NULL, "of a capture that was cut short what is whole", false, false},
    {"resume", 0, NULL, "send what an interrupted producer has not sent", false, false},
    {"append", 0, NULL, "send all, even where the topics have records already", false, false},
    {"seed", 0, "N", "of the gaps of --poisson (default 0)", false, false},
    OPTIONS_PART,
    OPTIONS_LOAD,
    {0},
};

const struct command command_produce = {
    .name = "produce",
    .summary = "send a pipeline's dataset, or a capture, to Kafka",
    .operands = "[PIPELINE]",
    .about =
        "Sends the dataset to the pipeline's topics on a Kafka cluster (--broker\n"
        "kafka:HOST:PORT), under the real clock, and makes the topics that are missing. One that\n"
        "was killed is started again with --resume: it asks the topics how far it came, and\n"
        "sends the rest. --capture sends what 'retrial record' or 'kcat -C -J' wrote, behind\n"
        "what is there: the same keys, headers, values, partitions and times, with the gaps of\n"
        "these times.\n",
    .option = OPTIONS,
    .exec = exec,
};
