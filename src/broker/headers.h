/* SPDX-License-Identifier: Apache-2.0 */
/* headers.h - a record's headers as one block of bytes: names and values, in order.
 *
 * Each is one byte for the name's length, the name, four bytes (little-endian) for the value's
 * length, the value. Names are shorter than 256 bytes.
 */
#ifndef RETRIAL_BROKER_HEADERS_H
#define RETRIAL_BROKER_HEADERS_H

#include "base/buffer.h"

/* Appends one header to a block. */
void headers_add(struct buffer *block, struct slice name, struct slice value);

struct header {
  struct slice name, value;
};

/* Takes the first header off *rest, a block or the rest of one; false where there is none. */
bool headers_next(struct slice *rest, struct header *header);

/* The value of the last header of that name (as Kafka's lastHeader), or false. */
bool headers_find(struct slice block, struct slice name, struct slice *value);

/* A number as a header's value: eight bytes, big-endian, as Kafka's LongSerializer writes it. */
enum { HEADER_NUMBER_BYTES = 8 };
void header_number_put(char *out, uint64_t number);
uint64_t header_number(const char *value);

#endif
