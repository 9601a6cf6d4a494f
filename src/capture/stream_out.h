/* SPDX-License-Identifier: Apache-2.0 */
/* stream_out.h - bytes into a file, through zstd if its name ends in ".zst".
 *
 * As base/outfile.h: the file appears whole or not at all.
 */
#ifndef RETRIAL_CAPTURE_STREAM_OUT_H
#define RETRIAL_CAPTURE_STREAM_OUT_H

#include "base/error.h"
#include "base/slice.h"

struct stream_out;

/* NULL with ERR_IO. The caller ends it with stream_out_commit() or stream_out_discard(). */
struct stream_out *stream_out_open(const char *path, struct error *err);

/* ERR_IO. */
bool stream_out_write(struct stream_out *stream, struct slice bytes, struct error *err);

/* Releases the stream, after a failure too. */
bool stream_out_commit(struct stream_out *stream, struct error *err);

/* NULL is allowed. */
void stream_out_discard(struct stream_out *stream);

#endif
