/* SPDX-License-Identifier: Apache-2.0 */
/* headers.h - a record's headers as one block of bytes: names and values, in order.
 *
 * Each is one byte for the name's length, the name, four bytes (little-endian) for the value's
 * length, the value; a value of 2^32 - 1 bytes is none at all. Names are shorter than 256 bytes.
 */
#ifndef RETRIAL_BROKER_HEADERS_H
#define RETRIAL_BROKER_HEADERS_H

#include "base/buffer.h"

enum { HEADER_NAME_BYTES = 255 };

/* null: the header has no value, which is not the empty value; value.n is 0. */
struct header {
  struct slice name, value;
  bool null;
};

/* Appends one header to a block. */
void headers_add(struct buffer *block, struct slice name, struct slice value);
void headers_add_null(struct buffer *block, struct slice name);

/* The header at byte *at of a block, from 0, and *at moved to the next one; false at the end. */
bool headers_next(struct slice block, size_t *at, struct header *header);

/* The value of the last header of that name (as Kafka's lastHeader), or false. */
bool headers_find(struct slice block, struct slice name, struct slice *value);

/* A number as a header's value: eight bytes, big-endian, as Kafka's LongSerializer writes it. */
enum { HEADER_NUMBER_BYTES = 8 };
void header_number_put(char *out, uint64_t number);
uint64_t header_number(const char *value);

#endif
