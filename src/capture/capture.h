/* SPDX-License-Identifier: Apache-2.0 */
/* capture.h - records in a file, one line each (envelope.h), in the order in which they came.
 *
 * A file whose name ends in ".zst" is compressed by zstd, with a checksum; any other is plain. Both
 * are written and read as a stream: memory holds one line, at most CAPTURE_LINE_BYTES of it.
 */
#ifndef RETRIAL_CAPTURE_CAPTURE_H
#define RETRIAL_CAPTURE_CAPTURE_H

#include "capture/envelope.h"

/* Kafka takes records of 1 MiB (message.max.bytes) unless it is told otherwise; escapes make six of
 * it at most. */
enum { CAPTURE_LINE_BYTES = 256 << 20 };

struct capture_writer;

/* NULL with ERR_IO if the directory cannot be written. The file appears whole or not at all, see
 * base/outfile.h; the caller ends it with capture_commit() or capture_discard(). */
struct capture_writer *capture_create(const char *path, struct error *err);

/* ERR_RANGE if the line is too long: it is left out, others may follow. ERR_IO: only
 * capture_discard() may follow. */
bool capture_write(struct capture_writer *writer, const struct capture_record *record,
                   struct error *err);

/* Names the file and releases the writer; after a failure (ERR_IO) the target is as it was. */
bool capture_commit(struct capture_writer *writer, struct error *err);

/* Releases it without a trace; NULL is allowed. */
void capture_discard(struct capture_writer *writer);

struct capture_reader;

/* NULL with ERR_IO if it cannot be read. The caller releases it with capture_close(). */
struct capture_reader *capture_open(const char *path, struct error *err);

/* The next record, or *end. What *out points to is valid until the next call. A last line without
 * its line end counts if it is whole; lines of blanks are skipped. After a failure, which names
 * file and line, nothing more is read: ERR_IO, ERR_RANGE for a line that is too long, ERR_DATA for
 * one that is no record, for zstd data that is damaged (its checksum is known at the end only), and
 * for a capture that was cut short. */
bool capture_next(struct capture_reader *reader, struct capture_record *out, bool *end,
                  struct error *err);

/* The line of the record that capture_next() gave last, from 1; 2^32 - 1 for those beyond. */
uint32_t capture_line(const struct capture_reader *reader);

/* Whether capture_next() failed because the file ends too early; all records that it gave until
 * then are as they were written. */
bool capture_is_cut(const struct capture_reader *reader);

/* NULL is allowed. */
void capture_close(struct capture_reader *reader);

/* Reads all of a file, for those who want every record or none: how many there are, up to the
 * failure if there is one, which *cut tells apart as capture_is_cut() does. */
bool capture_count(const char *path, uint64_t *records, bool *cut, struct error *err);

#endif
