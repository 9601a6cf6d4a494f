/* SPDX-License-Identifier: Apache-2.0 */
/* outfile.h - a file that appears whole or not at all.
 *
 * Bytes go to a file without a name in the target's directory (or, where the file system has no
 * such thing, to a hidden one beside it); outfile_commit() gives it the target's name in one step.
 * Until then, whatever happens, the target stays as it was. The path "-" is standard output, to
 * which, as to a device or a pipe, bytes go as they come.
 */
#ifndef RETRIAL_BASE_OUTFILE_H
#define RETRIAL_BASE_OUTFILE_H

#include "base/error.h"
#include "base/growing.h"
#include "base/slice.h"

struct outfile;

/* NULL with ERR_IO if the directory cannot be written. The caller ends it with outfile_commit()
 * or outfile_discard(). */
struct outfile *outfile_open(const char *path, struct error *err);

/* To be called before the first byte: what is written can be read by way of `growing`, which must
 * outlive the file, until it is ended. It ends with the file: whole if that is committed. ERR_IO if
 * this is no file of the file system. */
bool outfile_grow(struct outfile *file, struct growing *growing, struct error *err);

/* Buffered. ERR_IO as soon as the system refuses (disk full). */
bool outfile_write(struct outfile *file, const void *p, size_t n, struct error *err);

/* Flushes, names the file and releases it; after a failure the target is as it was. */
bool outfile_commit(struct outfile *file, struct error *err);

/* Releases it without a trace; NULL is allowed. */
void outfile_discard(struct outfile *file);

/* A whole file in one go. */
bool outfile_put(const char *path, struct slice bytes, struct error *err);

#endif
