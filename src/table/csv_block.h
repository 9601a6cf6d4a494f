/* SPDX-License-Identifier: Apache-2.0 */
/* csv_block.h - a file, block by block: what is not used up moves to the front of the next one.
 *
 * Works on anything that read(2) reads. The caller owns the block and ends it with
 * csv_block_close(). Bytes stay where they are until csv_block_refill().
 */
#ifndef RETRIAL_TABLE_CSV_BLOCK_H
#define RETRIAL_TABLE_CSV_BLOCK_H

#include "base/error.h"
#include "base/growing.h"

struct csv_block {
  int fd;                  /* -1: none, or a growing file's */
  struct growing *growing; /* NULL: the file stands there whole */
  uint64_t offset;         /* in a growing file: bytes that were read */
  const char *path;
  char *text;
  size_t size;     /* to be read at once */
  size_t capacity; /* more, if a record is longer; and there is padding behind */
  size_t used;     /* bytes before this one are done with */
  size_t end;      /* bytes that there are */
  bool at_eof;     /* nothing follows them */
  char line_end;   /* option lineSep: read as LF; 0: none */
};

/* ERR_IO if the path cannot be read. `path` must outlive the block. */
bool csv_block_open(struct csv_block *block, const char *path, size_t size, struct error *err);

/* The same for a file that is still being written; its path is for messages. */
void csv_block_follow(struct csv_block *block, struct growing *growing, const char *path,
                      size_t size);

/* Drops the used bytes and reads more; grows the block if there is no room left. `line` is where
 * the text starts, for the message. ERR_IO; ERR_DATA if a record is longer than 2 GiB;
 * ERR_UNSUPPORTED if a line holds line ends beside the one of `line_end`. */
bool csv_block_refill(struct csv_block *block, uint64_t line, struct error *err);

void csv_block_close(struct csv_block *block);

#endif
