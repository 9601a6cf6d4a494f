/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/infile.h"
#include "base/memory.h"
#include "base/outfile.h"
#include "replay/commands/commands.h"
#include "replay/locate.h"
#include "replay/options.h"

/* An ordinary pipeline among those that are installed; its plain files are what is copied. */
static const char STARTER[] = "starter";

/* Makes the directory, or sees that it is empty. */
static bool make_directory(const char *path, struct error *err)
{
  if (mkdir(path, 0777) == 0)
    return true;
  if (errno != EEXIST)
    return error_io(err, path, errno, "cannot be made");
  DIR *open = opendir(path);
  if (open == NULL)
    return error_io(err, path, errno, "cannot be read");
  bool empty = true;
  const struct dirent *entry;
  while ((entry = readdir(open)) != NULL)
    empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
  closedir(open);
  return empty || error_at(err, ERR_USAGE, path, 0, 0,
                           "is not empty; a new pipeline goes into a new or an empty directory");
}

static bool copy(const char *from, const char *to, struct error *err)
{
  struct buffer bytes = {0};
  bool good =
      infile_read(from, &bytes, err) && outfile_put(to, (struct slice){bytes.p, bytes.n}, err);
  buffer_free(&bytes);
  return good;
}

static bool copy_all(const char *from, const char *to, struct arena *arena, struct error *err)
{
  DIR *open = opendir(from);
  if (open == NULL)
    return error_io(err, from, errno, "cannot be read");
  bool good = true;
  const struct dirent *entry;
  while (good && (entry = readdir(open)) != NULL) {
    const char *file = arena_printf(arena, "%s/%s", from, entry->d_name);
    struct stat status;
    if (entry->d_name[0] != '.' && stat(file, &status) == 0 && S_ISREG(status.st_mode))
      good = copy(file, arena_printf(arena, "%s/%s", to, entry->d_name), err);
  }
  closedir(open);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  const char *directory = arguments->operand[0];
  struct arena arena = {0};
  const char *starter = locate_pipeline(STARTER, &arena, err);
  if (starter == NULL) {
    error_set(err, ERR_IO,
              "the files of a new pipeline ('%s') are not installed; RETRIAL_PIPELINES may name "
              "the directory above them",
              STARTER);
  } else if (make_directory(directory, err) && copy_all(starter, directory, &arena, err)) {
    printf("%s: a small pipeline is there. Next:\n"
           "  retrial show %s\n"
           "  retrial run %s -o %s/out\n"
           "  retrial accept %s    # its outputs become what 'retrial verify' expects\n",
           directory, directory, directory, directory, directory);
  }
  arena_free(&arena);
  return STATUS_OK;
}

const struct command command_init = {
    .name = "init",
    .summary = "make a directory with a small pipeline to start from",
    .operands = "DIR",
    .exec = exec,
};
