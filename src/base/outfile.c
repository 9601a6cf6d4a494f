/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

enum { FLUSH_BYTES = 256 * 1024, WORTH_A_CALL = 64 * 1024 };

struct outfile {
  int fd;
  bool is_stdout;
  bool direct; /* standard output, a device or a pipe: bytes go there as they come */
  char *path;  /* the target */
  char *aside; /* the hidden file's name; NULL while the file has none */
  struct buffer waiting;
  struct growing *growing; /* NULL: nobody reads it meanwhile */
};

/* The hidden name beside the target: ".NAME.retrial-PID". */
static char *aside_name(const char *path)
{
  struct buffer name = {0};
  const char *slash = strrchr(path, '/');
  size_t directory = slash != NULL ? (size_t)(slash - path) + 1 : 0;
  buffer_append(&name, path, directory);
  buffer_printf(&name, ".%s.retrial-%ld", path + directory, (long)getpid());
  buffer_put(&name, '\0');
  return name.p;
}

static int open_nameless(const char *path)
{
  struct buffer directory = {0};
  const char *slash = strrchr(path, '/');
  if (slash == NULL)
    buffer_put(&directory, '.');
  else
    buffer_append(&directory, path, slash == path ? 1 : (size_t)(slash - path));
  buffer_put(&directory, '\0');
  int fd = open(directory.p, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  buffer_free(&directory);
  return fd;
}

struct outfile *outfile_open(const char *path, struct error *err)
{
  struct outfile *file = mem_new(1, sizeof *file);
  file->path = mem_new(strlen(path) + 1, 1);
  strcpy(file->path, path);
  file->is_stdout = strcmp(path, "-") == 0;
  struct stat status;
  bool exists = !file->is_stdout && stat(path, &status) == 0;
  file->direct = file->is_stdout || (exists && !S_ISREG(status.st_mode));
  if (file->is_stdout) {
    file->fd = STDOUT_FILENO;
  } else if (file->direct) {
    file->fd = open(path, O_WRONLY | O_CLOEXEC); /* of a directory: EISDIR */
  } else {
    file->fd = open_nameless(path);
    if (file->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
      file->aside = aside_name(path);
      file->fd = open(file->aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    }
  }
  if (file->fd < 0) {
    error_io(err, path, errno, "cannot be written");
    free(file->aside), file->aside = NULL;
    outfile_discard(file);
    return NULL;
  }
  return file;
}

static bool write_all(struct outfile *file, const char *p, size_t n, struct error *err)
{
  while (n != 0) {
    ssize_t written = write(file->fd, p, n);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return error_io(err, file->is_stdout ? "standard output" : file->path, errno,
                      "cannot be written");
    p += written, n -= (size_t)written;
    if (file->growing != NULL)
      growing_add(file->growing, (size_t)written);
  }
  return true;
}

static bool flush(struct outfile *file, struct error *err)
{
  size_t n = file->waiting.n;
  file->waiting.n = 0;
  return write_all(file, file->waiting.p, n, err);
}

bool outfile_write(struct outfile *file, const void *p, size_t n, struct error *err)
{
  bool direct = n >= WORTH_A_CALL;
  if ((direct || file->waiting.n + n > FLUSH_BYTES) && !flush(file, err))
    return false;
  if (direct)
    return write_all(file, p, n, err);
  buffer_append(&file->waiting, p, n);
  return true;
}

/* The open file, by a name that does not depend on its own. */
static void name_self(const struct outfile *file, char *self, size_t size)
{
  snprintf(self, size, "/proc/self/fd/%d", file->fd);
}

bool outfile_grow(struct outfile *file, struct growing *growing, struct error *err)
{
  char self[64];
  name_self(file, self, sizeof self);
  int fd = file->direct ? -1 : open(file->aside != NULL ? file->aside : self, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return error_io(err, file->path, file->direct ? ESPIPE : errno,
                    "cannot be read while it is written");
  growing_begin(growing, fd);
  file->growing = growing;
  return true;
}

/* linkat() does not replace a file, rename() does: so a hidden name comes in between. */
static bool give_name(struct outfile *file, struct error *err)
{
  if (file->aside == NULL) {
    char self[64];
    name_self(file, self, sizeof self);
    char *aside = aside_name(file->path);
    (void)unlink(aside);
    if (linkat(AT_FDCWD, self, AT_FDCWD, aside, AT_SYMLINK_FOLLOW) != 0) {
      int problem = errno;
      free(aside);
      return error_io(err, file->path, problem, "cannot be named");
    }
    file->aside = aside;
  }
  if (rename(file->aside, file->path) != 0)
    return error_io(err, file->path, errno, "cannot be replaced");
  free(file->aside), file->aside = NULL;
  return true;
}

bool outfile_commit(struct outfile *file, struct error *err)
{
  bool good = flush(file, err);
  if (good && !file->direct)
    good = give_name(file, err);
  if (!file->is_stdout) {
    if (close(file->fd) != 0 && good)
      good = error_io(err, file->path, errno, "cannot be written");
    file->fd = -1;
  }
  if (good && file->growing != NULL)
    growing_end(file->growing, true);
  outfile_discard(file);
  return good;
}

void outfile_discard(struct outfile *file)
{
  if (file == NULL)
    return;
  if (file->aside != NULL)
    (void)unlink(file->aside);
  if (!file->is_stdout && file->fd >= 0)
    (void)close(file->fd);
  if (file->growing != NULL)
    growing_end(file->growing, false);
  buffer_free(&file->waiting);
  free(file->aside);
  free(file->path);
  free(file);
}

bool outfile_put(const char *path, struct slice bytes, struct error *err)
{
  struct outfile *file = outfile_open(path, err);
  if (file == NULL)
    return false;
  if (!outfile_write(file, bytes.p, bytes.n, err)) {
    outfile_discard(file);
    return false;
  }
  return outfile_commit(file, err);
}
