/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "replay/report/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/outfile.h"
#include "replay/report/texts.h"

enum { CANNOT_START = 126 };

static bool is_program(const char *path)
{
  struct stat status;
  return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* The first `name` in a directory of the PATH, or NULL. */
static const char *on_path(const char *name, struct arena *arena)
{
  const char *path = getenv("PATH");
  while (path != NULL && *path != '\0') {
    size_t n = strcspn(path, ":");
    const char *file = n != 0 ? arena_printf(arena, "%.*s/%s", (int)n, path, name)
                              : arena_printf(arena, "./%s", name);
    if (is_program(file))
      return file;
    path += n + (path[n] == ':');
  }
  return NULL;
}

/* The child runs in another directory, so the path must not depend on this one. */
static const char *absolute(const char *path, struct arena *arena)
{
  char *whole = realpath(path, NULL);
  const char *copy = whole != NULL ? arena_copy(arena, whole, strlen(whole)) : NULL;
  free(whole);
  return copy;
}

static bool find_program(struct gnuplot *g, const char *named, struct error *err)
{
  const char *path = named == NULL                ? on_path("gnuplot", &g->arena)
                     : strchr(named, '/') != NULL ? named
                                                  : on_path(named, &g->arena);
  if (path != NULL && is_program(path))
    g->program = absolute(path, &g->arena);
  if (g->program != NULL)
    return true;
  if (named != NULL)
    return error_at(err, ERR_IO, named, 0, 0, "is no program; --gnuplot names gnuplot's");
  return error_set(err, ERR_IO,
                   "gnuplot is not on the PATH; install it (Debian and Ubuntu: apt-get install "
                   "gnuplot-nox) or name it with --gnuplot FILE");
}

static bool make_directory(struct gnuplot *g, const char *keep, struct error *err)
{
  if (keep == NULL) {
    g->directory = g->scratch.path;
    return scratch_make(&g->scratch, err);
  }
  struct stat status;
  g->directory = keep;
  if (mkdir(keep, 0777) != 0 && errno != EEXIST)
    return error_io(err, keep, errno, "cannot be made");
  return (stat(keep, &status) == 0 && S_ISDIR(status.st_mode)) ||
         error_at(err, ERR_IO, keep, 0, 0, "is no directory; --keep needs one");
}

static bool copy_scripts(struct gnuplot *g, struct error *err)
{
  struct buffer script = {0};
  bool good = true;
  for (const struct report_text *text = report_texts; good && text->name != NULL; text++) {
    if (strstr(text->name, ".gp") == NULL)
      continue;
    script.n = 0;
    for (const char *const *line = text->line; *line != NULL; line++)
      buffer_add(&script, slice_of(*line));
    good = gnuplot_data(g, text->name, &script, err);
  }
  buffer_free(&script);
  return good;
}

bool gnuplot_open(struct gnuplot *g, const char *named, const char *keep, struct error *err)
{
  *g = (struct gnuplot){0};
  return find_program(g, named, err) && make_directory(g, keep, err) && copy_scripts(g, err);
}

static const char *path_of(struct gnuplot *g, const char *name)
{
  return arena_printf(&g->arena, "%s/%s", g->directory, name);
}

bool gnuplot_data(struct gnuplot *g, const char *name, const struct buffer *bytes,
                  struct error *err)
{
  return outfile_put(path_of(g, name), (struct slice){bytes->p, bytes->n}, err);
}

/* Opens the file as the stream; ends the child if that fails. */
static void redirect(int stream, const char *path, int flags)
{
  int fd = open(path, flags, 0666);
  if (fd < 0 || dup2(fd, stream) < 0)
    _exit(CANNOT_START);
  close(fd);
}

/* The child: in the directory, without a locale, a time zone or a user's settings (-d). */
static _Noreturn void become(const struct gnuplot *g, const char *script, const char *settings,
                             const char *out, const char *words)
{
  char *const argument[] = {"gnuplot", "-d", "-e", (char *)settings, (char *)script, NULL};
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC);
  redirect(STDERR_FILENO, words, O_WRONLY | O_CREAT | O_TRUNC);
  unsetenv("GNUPLOT_LIB"); /* where `load` looks */
  if (setenv("LC_ALL", "C", 1) == 0 && setenv("TZ", "UTC0", 1) == 0 && chdir(g->directory) == 0)
    execv(g->program, argument);
  _exit(CANNOT_START);
}

/* What gnuplot says about a mistake: the line behind the marks of the place. */
static bool failed(struct gnuplot *g, const char *script, const char *words, struct error *err)
{
  struct buffer said = {0};
  struct slice line = SLICE("it says nothing");
  if (infile_read(words, &said, NULL))
    for (size_t at = 0; at < said.n;) {
      const char *end = memchr(said.p + at, '\n', said.n - at);
      size_t n = end != NULL ? (size_t)(end - said.p) - at : said.n - at;
      struct slice trimmed = slice_trim((struct slice){said.p + at, n});
      if (trimmed.n != 0 && trimmed.p[0] != '^')
        line = trimmed;
      at += n + 1;
    }
  error_set(err, ERR_IO, "%s cannot draw %s: %.*s", g->program, script,
            (int)(line.n < 300 ? line.n : 300), line.p);
  buffer_free(&said);
  return false;
}

static void note_command(struct gnuplot *g, const char *script, const char *settings,
                         const char *name)
{
  buffer_printf(&g->commands, "gnuplot -d -e \"%s\" %s >%s.svg\n", settings, script, name);
}

bool gnuplot_draw(struct gnuplot *g, const char *script, const char *settings, const char *name,
                  struct buffer *svg, struct error *err)
{
  const char *out = path_of(g, arena_printf(&g->arena, "%s.svg", name));
  const char *words = path_of(g, "messages");
  int status = 0;
  note_command(g, script, settings, name);
  pid_t child = fork();
  if (child == 0)
    become(g, script, settings, out, words);
  if (child < 0)
    return error_io(err, g->program, errno, "cannot be started");
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      return error_io(err, g->program, errno, "cannot be waited for");
  size_t before = svg->n;
  if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT_START)
    return error_at(err, ERR_IO, g->program, 0, 0, "cannot be started; --gnuplot names another");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return failed(g, script, words, err);
  return infile_read(out, svg, err) && (svg->n != before || failed(g, script, words, err));
}

bool gnuplot_finish(struct gnuplot *g, struct error *err)
{
  unlink(path_of(g, "messages"));
  if (g->scratch.path[0] != '\0')
    return true;
  struct buffer all = {0};
  buffer_printf(&all,
                "# Draws every picture again: cd here && sh draw\n"
                "export LC_ALL=C.UTF-8 # where the degree sign is missing gnuplot warns\n%.*s",
                (int)g->commands.n, g->commands.n != 0 ? g->commands.p : "");
  bool good = gnuplot_data(g, "draw", &all, err);
  buffer_free(&all);
  return good;
}

void gnuplot_close(struct gnuplot *g)
{
  scratch_remove(&g->scratch);
  buffer_free(&g->commands);
  arena_free(&g->arena);
}
