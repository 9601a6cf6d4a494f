/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/outfile.h"
#include "replay/commands/commands.h"
#include "replay/golden.h"

/* Golden files change because a person looked at the difference: never in CI. */
static bool in_ci(void)
{
  const char *ci = getenv("CI");
  return ci != NULL && ci[0] != '\0';
}

static bool rewrite(const struct golden_file *file, const char *path, struct error *err)
{
  if (!file->has_got)
    return unlink(path) == 0 || error_io(err, path, errno, "cannot be removed");
  return outfile_put(path, (struct slice){file->got.p, file->got.n}, err);
}

static bool accept_file(struct golden *golden, const struct golden_file *file, struct error *err)
{
  struct buffer words = {0};
  bool same = golden_describe(file, &words);
  bool good =
      same ||
      rewrite(file, arena_printf(&golden->arena, "%s/%s", golden->directory, file->name), err);
  if (good && !file->has_got)
    printf("%s: removed, as the run does not write it\n", file->name);
  else if (good && !file->has_expected)
    printf("%s: new, written\n", file->name);
  else if (good)
    printf("%.*s%s", (int)words.n, words.p, same ? "" : "  rewritten\n");
  buffer_free(&words);
  return good;
}

static bool accept_all(struct golden *golden, struct error *err)
{
  if (mkdir(golden->directory, 0777) != 0 && errno != EEXIST)
    return error_io(err, golden->directory, errno, "cannot be made");
  for (size_t i = 0; i < golden->files; i++)
    if (!accept_file(golden, &golden->file[i], err))
      return false;
  return true;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct golden golden = {0};
  if (in_ci()) {
    error_set(err, ERR_USAGE,
              "golden files are not rewritten where CI is set; run it by hand, "
              "read the difference, commit it");
    return STATUS_USAGE;
  }
  if (golden_open(&golden, arguments, err))
    accept_all(&golden, err);
  golden_close(&golden);
  return STATUS_OK;
}

static const struct option OPTIONS[] = {
    OPTION_DATASET, OPTION_GOLDEN, OPTION_PARTITIONS, OPTION_SEED, OPTION_SET, {0},
};

const struct command command_accept = {
    .name = "accept",
    .summary = "replay a pipeline and make its outputs the golden files",
    .operands = "PIPELINE",
    .about = "Says what changes. Refused where the environment has CI set.\n",
    .option = OPTIONS,
    .exec = exec,
};
