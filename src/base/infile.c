/* SPDX-License-Identifier: Apache-2.0 */
#include "base/infile.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { READ_BYTES = 64 * 1024 };

bool infile_read(const char *path, struct buffer *out, struct error *err)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return error_io(err, path, errno, "cannot be read");
  ssize_t n;
  do {
    n = read(fd, buffer_room(out, READ_BYTES), READ_BYTES);
    out->n += n > 0 ? (size_t)n : 0;
  } while (n > 0 || (n < 0 && errno == EINTR));
  int problem = errno;
  close(fd);
  return n == 0 || error_io(err, path, problem, "cannot be read");
}

bool infile_check(const char *path, struct error *err)
{
  return access(path, F_OK) == 0 || error_io(err, path, errno, "cannot be read");
}
