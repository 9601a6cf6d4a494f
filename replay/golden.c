/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/golden.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/infile.h"
#include "golden/compare.h"
#include "replay/driver/driver.h"
#include "replay/scratch.h"

static struct golden_file *add(struct golden *golden, const char *name)
{
  for (size_t i = 0; i < golden->files; i++)
    if (strcmp(golden->file[i].name, name) == 0)
      return &golden->file[i];
  golden->file = mem_resize(golden->file, golden->files + 1, sizeof *golden->file);
  golden->file[golden->files] =
      (struct golden_file){.name = arena_copy(&golden->arena, name, strlen(name))};
  return &golden->file[golden->files++];
}

/* A golden directory that is not there has no files. */
static bool add_golden(struct golden *golden, struct error *err)
{
  DIR *open = opendir(golden->directory);
  if (open == NULL)
    return errno == ENOENT || error_io(err, golden->directory, errno, "cannot be read");
  const struct dirent *entry;
  while ((entry = readdir(open)) != NULL)
    if (entry->d_name[0] != '.')
      add(golden, entry->d_name);
  closedir(open);
  return true;
}

static void add_outputs(struct golden *golden)
{
  for (size_t i = 0; i < golden->pipeline->jobs; i++) {
    struct slice output = golden->pipeline->job[i].output;
    add(golden, arena_copy(&golden->arena, output.p, output.n));
  }
}

static bool read_if_there(struct arena *arena, const char *directory, const char *name,
                          struct buffer *out, bool *there, struct error *err)
{
  const char *path = arena_printf(arena, "%s/%s", directory, name);
  *there = access(path, F_OK) == 0;
  return !*there || infile_read(path, out, err);
}

static int by_name(const void *a, const void *b)
{
  return strcmp(((const struct golden_file *)a)->name, ((const struct golden_file *)b)->name);
}

static bool read_files(struct golden *golden, const char *run, struct error *err)
{
  if (!add_golden(golden, err))
    return false;
  add_outputs(golden);
  qsort(golden->file, golden->files, sizeof *golden->file, by_name);
  for (size_t i = 0; i < golden->files; i++) {
    struct golden_file *f = &golden->file[i];
    if (!read_if_there(&golden->arena, golden->directory, f->name, &f->expected, &f->has_expected,
                       err) ||
        !read_if_there(&golden->arena, run, f->name, &f->got, &f->has_got, err))
      return false;
  }
  return true;
}

static const char *golden_directory(struct golden *golden, const struct arguments *arguments)
{
  const char *given = arguments_value(arguments, "golden");
  return given != NULL ? given
                       : arena_printf(&golden->arena, "%s/golden", golden->pipeline->directory);
}

static bool replay_into(const struct golden *golden, const struct arguments *arguments,
                        const char *run, struct error *err)
{
  uint64_t partitions = 0, seed = 0;
  struct executor serial;
  executor_serial(&serial);
  if (!arguments_number(arguments, "partitions", 1, PIPELINE_MOST_PARTITIONS, &partitions, err) ||
      !arguments_number(arguments, "seed", 0, INT64_MAX, &seed, err))
    return false;
  struct replay_options options = {.dataset = arguments_value(arguments, "dataset"),
                                   .directory = run,
                                   .partitions = (uint32_t)partitions,
                                   .seed = seed,
                                   .executor = &serial};
  struct replay_result result = {0};
  bool good = replay_run(golden->pipeline, &options, &result, err);
  replay_result_free(&result);
  return good;
}

bool golden_open(struct golden *golden, const struct arguments *arguments, struct error *err)
{
  struct scratch scratch = {0};
  golden->pipeline = open_pipeline(arguments, err);
  if (golden->pipeline == NULL)
    return false;
  golden->directory = golden_directory(golden, arguments);
  bool good = scratch_make(&scratch, err) && replay_into(golden, arguments, scratch.path, err) &&
              read_files(golden, scratch.path, err);
  scratch_remove(&scratch);
  return good;
}

void golden_close(struct golden *golden)
{
  for (size_t i = 0; i < golden->files; i++) {
    buffer_free(&golden->file[i].expected);
    buffer_free(&golden->file[i].got);
  }
  free(golden->file);
  pipeline_free(golden->pipeline);
  arena_free(&golden->arena);
}

bool golden_describe(const struct golden_file *file, struct buffer *out)
{
  struct comparison c;
  if (!file->has_got) {
    buffer_printf(out, "%s: expected, but the run does not write it\n", file->name);
    return false;
  }
  if (!file->has_expected) {
    buffer_printf(out, "%s: written by the run, but there is no such golden file\n", file->name);
    return false;
  }
  compare_bytes((struct slice){file->expected.p, file->expected.n},
                (struct slice){file->got.p, file->got.n}, &c);
  comparison_describe(&c, file->name, out);
  return c.same;
}
