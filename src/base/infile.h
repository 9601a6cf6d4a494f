/* SPDX-License-Identifier: Apache-2.0 */
/* infile.h - a small file, read whole: a query, a pipeline, a golden file. */
#ifndef RETRIAL_BASE_INFILE_H
#define RETRIAL_BASE_INFILE_H

#include "base/buffer.h"
#include "base/error.h"

/* Appends the bytes of `path` to out. ERR_IO if it cannot be read; a directory cannot. */
bool infile_read(const char *path, struct buffer *out, struct error *err);

/* ERR_IO if there is nothing called `path`. */
bool infile_check(const char *path, struct error *err);

#endif
