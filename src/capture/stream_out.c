/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/stream_out.h"

#include <stdlib.h>
#include <zstd.h>

#include "base/memory.h"
#include "base/outfile.h"
#include "capture/stream_in.h"

struct stream_out {
  struct outfile *file;
  ZSTD_CStream *zstd; /* NULL: plain */
  char *packed;       /* room for ZSTD_CStreamOutSize() bytes */
};

struct stream_out *stream_out_open(const char *path, struct error *err)
{
  struct outfile *file = outfile_open(path, err);
  if (file == NULL)
    return NULL;
  struct stream_out *s = mem_new(1, sizeof *s);
  s->file = file;
  if (!stream_is_zstd(path))
    return s;
  s->packed = mem_new(ZSTD_CStreamOutSize(), 1);
  s->zstd = ZSTD_createCStream();
  if (s->zstd == NULL)
    mem_exhausted(ZSTD_CStreamOutSize());
  ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_checksumFlag, 1);
  return s;
}

/* ZSTD_e_end returns 0 when all is out, ZSTD_e_continue when all is in. */
static bool pack(struct stream_out *s, struct slice bytes, ZSTD_EndDirective directive,
                 struct error *err)
{
  ZSTD_inBuffer in = {bytes.p, bytes.n, 0};
  size_t left;
  do {
    ZSTD_outBuffer out = {s->packed, ZSTD_CStreamOutSize(), 0};
    left = ZSTD_compressStream2(s->zstd, &out, &in, directive);
    if (ZSTD_isError(left)) /* of memory: nothing else can fail */
      mem_exhausted(bytes.n);
    if (!outfile_write(s->file, s->packed, out.pos, err))
      return false;
  } while (directive == ZSTD_e_end ? left != 0 : in.pos < in.size);
  return true;
}

bool stream_out_write(struct stream_out *s, struct slice bytes, struct error *err)
{
  return s->zstd != NULL ? pack(s, bytes, ZSTD_e_continue, err)
                         : outfile_write(s->file, bytes.p, bytes.n, err);
}

bool stream_out_commit(struct stream_out *s, struct error *err)
{
  bool good = s->zstd == NULL || pack(s, SLICE(""), ZSTD_e_end, err);
  if (good) {
    good = outfile_commit(s->file, err);
    s->file = NULL;
  }
  stream_out_discard(s);
  return good;
}

void stream_out_discard(struct stream_out *s)
{
  if (s == NULL)
    return;
  outfile_discard(s->file);
  ZSTD_freeCStream(s->zstd);
  free(s->packed);
  free(s);
}
