/* SPDX-License-Identifier: Apache-2.0 */
/* csv_index.h - where the separators and line ends of a stretch of CSV are.
 *
 * Sixty-four bytes at a time are compared with the few bytes that matter, into bit masks (as
 * simdjson does it: Langdale and Lemire, 2019); the masks become lists of offsets. The caller owns
 * the index and releases it with csv_index_free().
 */
#ifndef RETRIAL_TABLE_CSV_INDEX_H
#define RETRIAL_TABLE_CSV_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes behind the end of the text that csv_index_build() may read. */
enum { CSV_PADDING = 64 };

/* How the bytes are compared. All give the same index. */
enum csv_kernel {
  CSV_KERNEL_BEST, /* the fastest that this processor has */
  CSV_KERNEL_PORTABLE,
  CSV_KERNEL_SSE2,
  CSV_KERNEL_AVX2,
};

bool csv_kernel_exists(enum csv_kernel kernel);

/* The bytes that are looked for. */
struct csv_needles {
  unsigned char separator, quote;
  bool crlf; /* CR LF is a line end, so only a CR without LF is special */
};

struct csv_index {
  uint32_t *mark; /* offsets of separators and line ends, ascending */
  uint32_t *line; /* which of the marks are line ends */
  uint32_t *special;
  size_t marks, lines, specials;
  size_t mark_room, line_room, special_room;
  bool high; /* some byte is not ASCII */
};

/* Indexes the n bytes at p, n < 2^32, up to and with the line end number `lines` (or a few more):
 * separators, LF, and what calls for the long way (quotes, CR). If the text ends without LF, its
 * end counts as one. Marks behind the last line end are of no use. */
void csv_index_build(struct csv_index *index, const char *p, size_t n, size_t lines,
                     struct csv_needles needles, enum csv_kernel kernel);

void csv_index_free(struct csv_index *index);

#endif
