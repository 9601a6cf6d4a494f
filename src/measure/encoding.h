/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.h - a histogram as a few bytes: HdrHistogram's V2 encoding, not compressed.
 *
 * A header of 40 bytes, highest byte first (cookie, bytes of the counts, normalizing offset,
 * digits, lowest and highest duration as 64 bits, conversion ratio as a double), then the counts up
 * to the last that is not 0: ZigZag LEB128, at most 9 bytes each, a run of n > 1 zeros as -n. Equal
 * counts give equal bytes.
 */
#ifndef RETRIAL_MEASURE_ENCODING_H
#define RETRIAL_MEASURE_ENCODING_H

#include "base/buffer.h"
#include "measure/histogram.h"

/* The last byte says: words of up to 9 bytes. */
#define HIST_COOKIE UINT32_C(0x1c849313)
#define HIST_COMPRESSED_COOKIE UINT32_C(0x1c849314)

enum { HIST_HEADER_BYTES = 40 };

void hist_encode(const struct hist *h, struct buffer *out);

/* A histogram of the same layout with the same counts; ERR_DATA (and NULL) if the bytes are no
 * encoding, ERR_UNSUPPORTED if they are one that hist_encode() does not write. The durations
 * themselves are gone: min, max and the sum are those of the buckets' lowest, highest and middle.
 */
struct hist *hist_decode(struct slice bytes, struct error *err);

/* Adds what was encoded to a histogram of the same layout; `totals` is what was known exactly of
 * it. The bytes are hist_encode()'s. */
void hist_add_encoded(struct hist *into, struct slice bytes, const struct hist_totals *totals);

/* Numbers of `bytes` bytes, highest byte first. */
void encoding_put(struct buffer *out, uint64_t value, int bytes);
uint64_t encoding_get(const char *p, int bytes);

#endif
