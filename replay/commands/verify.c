/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/golden.h"

/* Prints what differs; how many files do. */
static size_t print_differences(const struct golden *golden)
{
  size_t differing = 0;
  struct buffer words = {0};
  for (size_t i = 0; i < golden->files; i++)
    differing += !golden_describe(&golden->file[i], &words);
  printf("%.*s", (int)words.n, words.n != 0 ? words.p : "");
  buffer_free(&words);
  return differing;
}

static bool has_golden(const struct golden *golden)
{
  for (size_t i = 0; i < golden->files; i++)
    if (golden->file[i].has_expected)
      return true;
  return false;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct golden golden = {0};
  enum status status = STATUS_FAILED;
  const char *name = arguments->operand[0];
  if (golden_open(&golden, arguments, err)) {
    if (!has_golden(&golden)) {
      error_at(err, ERR_IO, golden.directory, 0, 0,
               "no golden files there; 'retrial accept %s' makes them", name);
    } else {
      size_t differing = print_differences(&golden);
      status = differing == 0 ? STATUS_OK : STATUS_DIFFERS;
      if (differing == 0)
        printf("%s: all outputs as expected\n", name);
      else
        printf("%s: %zu of %zu files differ; if that is right: retrial accept %s, with the same "
               "options\n",
               name, differing, golden.files, name);
    }
  }
  golden_close(&golden);
  return status;
}

static const struct option OPTIONS[] = {
    OPTION_DATASET, OPTION_GOLDEN, OPTION_PARTITIONS, OPTION_SEED, OPTION_SET, {0},
};

const struct command command_verify = {
    .name = "verify",
    .summary = "replay a pipeline and compare its outputs with the golden files",
    .operands = "PIPELINE",
    .about =
        "Replays into a temporary directory and compares byte for byte. Exit status: 0 all files\n"
        "are the same, 1 some differ, 3 the replay failed or there is nothing to compare with.\n",
    .option = OPTIONS,
    .exec = exec,
};
