/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/headers.h"

#include <assert.h>

enum { LENGTH_BYTES = 4, NULL_LENGTH = 0xffffffff };

static void add(struct buffer *block, struct slice name, uint32_t length)
{
  assert(name.n <= HEADER_NAME_BYTES);
  buffer_put(block, (char)name.n);
  buffer_add(block, name);
  for (int shift = 0; shift < 32; shift += 8)
    buffer_put(block, (char)(length >> shift & 0xff));
}

void headers_add(struct buffer *block, struct slice name, struct slice value)
{
  assert(value.n < NULL_LENGTH);
  add(block, name, (uint32_t)value.n);
  buffer_add(block, value);
}

void headers_add_null(struct buffer *block, struct slice name)
{
  add(block, name, NULL_LENGTH);
}

static uint32_t length_at(const char *p)
{
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

bool headers_next(struct slice block, size_t *at, struct header *header)
{
  if (*at == block.n)
    return false;
  const char *p = block.p + *at;
  header->name = (struct slice){p + 1, (unsigned char)*p};
  p += 1 + header->name.n;
  uint32_t length = length_at(p);
  p += LENGTH_BYTES;
  header->null = length == NULL_LENGTH;
  header->value = (struct slice){p, header->null ? 0 : length};
  *at = (size_t)(p - block.p) + header->value.n;
  return true;
}

bool headers_find(struct slice block, struct slice name, struct slice *value)
{
  bool found = false;
  struct header header;
  for (size_t at = 0; headers_next(block, &at, &header);)
    if (slice_equal(header.name, name)) {
      *value = header.value;
      found = true;
    }
  return found;
}

void header_number_put(char *out, uint64_t number)
{
  for (int i = HEADER_NUMBER_BYTES - 1; i >= 0; i--, number >>= 8)
    out[i] = (char)(number & 0xff);
}

uint64_t header_number(const char *value)
{
  uint64_t number = 0;
  for (int i = 0; i < HEADER_NUMBER_BYTES; i++)
    number = number << 8 | (unsigned char)value[i];
  return number;
}
