/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/infile.h"
#include "base/outfile.h"
#include "replay/commands/commands.h"
#include "replay/export_spark.h"
#include "replay/open.h"

/* Makes the directory if it is not there. */
static bool make_directory(const struct pipeline *pipeline, const char *path, struct error *err)
{
  struct stat status, own;
  if (mkdir(path, 0777) != 0 && errno != EEXIST)
    return error_io(err, path, errno, "cannot be made");
  if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
    return error_at(err, ERR_IO, path, 0, 0, "is no directory; the program needs one");
  return stat(pipeline->directory, &own) != 0 || own.st_dev != status.st_dev ||
         own.st_ino != status.st_ino ||
         error_at(err, ERR_USAGE, path, 0, 0,
                  "is the pipeline's own directory; name another one with -o");
}

/* Makes the directories that a file below `directory` stands in. */
static bool make_parents(const char *directory, struct slice file, struct arena *arena,
                         struct error *err)
{
  for (size_t i = 0; i < file.n; i++) {
    if (file.p[i] != '/')
      continue;
    const char *path = arena_printf(arena, "%s/%.*s", directory, (int)i, file.p);
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
      return error_io(err, path, errno, "cannot be made");
  }
  return true;
}

static bool copy(struct pipeline *pipeline, struct slice file, const char *directory,
                 struct error *err)
{
  struct arena *arena = &pipeline->arena;
  struct buffer bytes = {0};
  const char *from = arena_printf(arena, "%s/%.*s", pipeline->directory, SLICE_PRINT(file));
  const char *to = arena_printf(arena, "%s/%.*s", directory, SLICE_PRINT(file));
  bool good = infile_read(from, &bytes, err) && make_parents(directory, file, arena, err) &&
              outfile_put(to, (struct slice){bytes.p, bytes.n}, err);
  buffer_free(&bytes);
  return good;
}

static bool copy_queries(struct pipeline *pipeline, const char *directory, struct error *err)
{
  for (size_t i = 0; i < pipeline->jobs; i++) {
    const struct job *job = &pipeline->job[i];
    if (!copy(pipeline, job->query_file, directory, err))
      return false;
    for (size_t k = 0; k < job->automatics; k++)
      if (!copy(pipeline, job->automatic[k].query_file, directory, err))
        return false;
  }
  return true;
}

static bool write_program(struct pipeline *pipeline, const char *directory, struct error *err)
{
  struct buffer program = {0};
  export_spark(pipeline, &program);
  bool good = outfile_put(arena_printf(&pipeline->arena, "%s/jobs.py", directory),
                          (struct slice){program.p, program.n}, err);
  buffer_free(&program);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  if (strcmp(arguments->operand[0], "spark") != 0) {
    error_set(err, ERR_USAGE, "'%.100s' cannot be exported to; 'spark' can", arguments->operand[0]);
    return STATUS_USAGE;
  }
  struct arguments rest = *arguments;
  rest.operand++;
  rest.operands--;
  const char *directory = arguments_value(arguments, "output");
  struct pipeline *pipeline = open_pipeline(&rest, err);
  bool good = pipeline != NULL && make_directory(pipeline, directory, err) &&
              copy_queries(pipeline, directory, err) && write_program(pipeline, directory, err);
  if (good)
    printf("%s/jobs.py: the jobs of %.*s for Spark %s. Next:\n"
           "  retrial run %s -o RUN\n"
           "  python3 %s/jobs.py --tables RUN -o OUT    # or spark-submit; --kafka HOST:PORT\n",
           directory, SLICE_PRINT(pipeline->name), spark_version_name(pipeline->spark),
           rest.operand[0], directory);
  pipeline_free(pipeline);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option option[] = {
    {"output", 'o', "DIR", "write the program and its queries there", false, true},
    OPTION_SET,
    {0},
};

const struct command command_export = {
    .name = "export",
    .summary = "write a pipeline's jobs as a program for Apache Spark",
    .operands = "spark PIPELINE",
    .about =
        "DIR/jobs.py runs the pipeline's own .sql files, which are copied beside it, over the\n"
        "tables that a run stored or over the topics of a Kafka, and writes the same files.\n",
    .option = option,
    .exec = exec,
};
