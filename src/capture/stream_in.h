/* SPDX-License-Identifier: Apache-2.0 */
/* stream_in.h - bytes out of a file, through zstd if its name ends in ".zst". */
#ifndef RETRIAL_CAPTURE_STREAM_IN_H
#define RETRIAL_CAPTURE_STREAM_IN_H

#include "base/buffer.h"
#include "base/error.h"

bool stream_is_zstd(const char *path);

struct stream_in;

/* NULL with ERR_IO. The caller releases it with stream_in_close(). */
struct stream_in *stream_in_open(const char *path, struct error *err);

/* Appends what comes next to out, at least one byte unless *end. ERR_IO; ERR_DATA if it is no zstd
 * data, or damaged. */
bool stream_in_read(struct stream_in *stream, struct buffer *out, bool *end, struct error *err);

/* At the end: whether zstd data is missing. */
bool stream_in_is_cut(const struct stream_in *stream);

/* NULL is allowed. */
void stream_in_close(struct stream_in *stream);

#endif
