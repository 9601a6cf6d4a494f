/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <sys/stat.h>

#include "pipeline/generator.h"
#include "replay/commands/commands.h"
#include "replay/open.h"

#define NS_PER_MINUTE INT64_C(60000000000)

enum { MOST_MINUTES = 100 * 366 * 24 * 60 };

/* What the command line says in place of the pipeline. */
static bool override(struct generator *g, const struct arguments *arguments, struct error *err)
{
  uint64_t seed = g->seed, servers = g->entities, minutes = 0;
  if (!arguments_number(arguments, "seed", 0, UINT64_MAX, &seed, err) ||
      !arguments_number(arguments, "servers", 1, GENERATOR_MOST_ENTITIES, &servers, err) ||
      !arguments_number(arguments, "minutes", 1, MOST_MINUTES, &minutes, err))
    return false;
  g->seed = seed;
  g->entities = (uint32_t)servers;
  if (minutes != 0)
    g->length_ns = (int64_t)minutes * NS_PER_MINUTE;
  if (arguments_has(arguments, "start"))
    g->start = slice_of(arguments_value(arguments, "start"));
  struct error why;
  return generator_check(g, &why) || error_set(err, ERR_USAGE, "%s", why.text);
}

/* dataset.csv has its labels in dataset.labels.csv; standard output, pipes and devices nowhere. */
static const char *labels_path(const char *output, struct arena *arena)
{
  struct slice stem = slice_of(output), ending = SLICE(".csv");
  struct stat status;
  if (slice_is(stem, "-") || (stat(output, &status) == 0 && !S_ISREG(status.st_mode)))
    return NULL;
  if (stem.n > ending.n &&
      slice_equal((struct slice){stem.p + stem.n - ending.n, ending.n}, ending))
    stem.n -= ending.n;
  return arena_printf(arena, "%.*s.labels.csv", SLICE_PRINT(stem));
}

static bool generate(const struct generator *g, const char *output, const char *labels,
                     struct error *err)
{
  struct outfile *data = outfile_open(output, err);
  if (data == NULL)
    return false;
  struct outfile *aside = labels != NULL ? outfile_open(labels, err) : NULL;
  if ((labels != NULL && aside == NULL) || !generator_write(g, data, aside, err)) {
    outfile_discard(data);
    outfile_discard(aside);
    return false;
  }
  if (!outfile_commit(data, err)) {
    outfile_discard(aside);
    return false;
  }
  return aside == NULL || outfile_commit(aside, err);
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct pipeline *pipeline = open_pipeline(arguments, err);
  if (pipeline == NULL)
    return STATUS_FAILED;
  struct generator *g = pipeline->generator;
  const char *output = arguments_value(arguments, "output");
  if (g == NULL)
    error_at(err, ERR_USAGE, pipeline->file, 0, 0, "no 'generate' there, so nothing to go by");
  else if (override(g, arguments, err))
    generate(g, output, labels_path(output, &pipeline->arena), err);
  pipeline_free(pipeline);
  return STATUS_OK;
}

static const struct option OPTIONS[] = {
    {"minutes", 0, "N", "how long the dataset is", false, false},
    {"output", 'o', "FILE", "write the dataset there ('-': standard output)", false, true},
    {"seed", 0, "N", "another dataset for every number", false, false},
    {"servers", 0, "N", "how many entities report", false, false},
    {"start", 0, "TIME", "the first sample's time, as the dataset writes times", false, false},
    OPTION_SET,
    {0},
};

const struct command command_generate = {
    .name = "generate",
    .summary = "make up a dataset for a pipeline",
    .operands = "PIPELINE",
    .about =
        "Writes what 'generate' in pipeline.yaml declares; options take the place of what is\n"
        "there. Beside FILE.csv comes FILE.labels.csv: every incident with its entity, the time\n"
        "of its first sample, the time behind its last one, and its kind. The same seed gives\n"
        "the same bytes on every machine. Times without a date start over at midnight.\n",
    .option = OPTIONS,
    .exec = exec,
};
