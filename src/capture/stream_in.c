/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/stream_in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <zstd.h>

enum { READ_BYTES = 128 * 1024 };

struct stream_in {
  int fd;
  char *path;
  ZSTD_DStream *zstd; /* NULL: plain */
  struct buffer packed;
  size_t unpacked; /* bytes of packed that were taken */
  size_t missing;  /* what zstd said last: 0 if a frame is complete */
};

bool stream_is_zstd(const char *path)
{
  size_t n = strlen(path);
  return n >= 4 && strcmp(path + n - 4, ".zst") == 0;
}

struct stream_in *stream_in_open(const char *path, struct error *err)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    error_io(err, path, errno, "cannot be read");
    return NULL;
  }
  struct stream_in *s = mem_new(1, sizeof *s);
  s->fd = fd;
  s->path = mem_new(strlen(path) + 1, 1);
  strcpy(s->path, path);
  if (!stream_is_zstd(path))
    return s;
  s->zstd = ZSTD_createDStream();
  if (s->zstd == NULL)
    mem_exhausted(ZSTD_DStreamInSize());
  s->missing = 1;
  return s;
}

static bool read_file(struct stream_in *s, struct buffer *out, bool *end, struct error *err)
{
  ssize_t n;
  do
    n = read(s->fd, buffer_room(out, READ_BYTES), READ_BYTES);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return error_io(err, s->path, errno, "cannot be read");
  out->n += (size_t)n;
  *end = n == 0;
  return true;
}

static bool unpack(struct stream_in *s, struct buffer *out, struct error *err)
{
  ZSTD_inBuffer in = {s->packed.p, s->packed.n, s->unpacked};
  ZSTD_outBuffer room = {buffer_room(out, READ_BYTES), READ_BYTES, 0};
  s->missing = ZSTD_decompressStream(s->zstd, &room, &in);
  if (ZSTD_isError(s->missing))
    return error_at(err, ERR_DATA, s->path, 0, 0, "no zstd data, or damaged (%s)",
                    ZSTD_getErrorName(s->missing));
  s->unpacked = in.pos;
  out->n += room.pos;
  return true;
}

/* At the file's end zstd may still hold bytes for which there was no room. */
static bool read_zstd(struct stream_in *s, struct buffer *out, bool *end, struct error *err)
{
  size_t before = out->n;
  for (bool last = false; out->n == before && !last;) {
    if (s->unpacked == s->packed.n) {
      s->packed.n = s->unpacked = 0;
      if (!read_file(s, &s->packed, &last, err))
        return false;
    }
    bool complete = last && s->missing == 0;
    if (!complete && !unpack(s, out, err))
      return false;
  }
  *end = out->n == before;
  return true;
}

bool stream_in_read(struct stream_in *s, struct buffer *out, bool *end, struct error *err)
{
  return s->zstd != NULL ? read_zstd(s, out, end, err) : read_file(s, out, end, err);
}

bool stream_in_is_cut(const struct stream_in *s)
{
  return s->missing != 0;
}

void stream_in_close(struct stream_in *s)
{
  if (s == NULL)
    return;
  close(s->fd);
  buffer_free(&s->packed);
  ZSTD_freeDStream(s->zstd);
  free(s->path);
  free(s);
}
