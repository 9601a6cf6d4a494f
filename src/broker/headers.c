/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/headers.h"

#include <assert.h>

void headers_add(struct buffer *block, struct slice name, struct slice value)
{
  assert(name.n < 256 && value.n <= UINT32_MAX);
  buffer_put(block, (char)name.n);
  buffer_add(block, name);
  for (int shift = 0; shift < 32; shift += 8)
    buffer_put(block, (char)(value.n >> shift & 0xff));
  buffer_add(block, value);
}

static uint32_t length_at(const char *p)
{
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

bool headers_next(struct slice *rest, struct header *header)
{
  if (rest->n == 0)
    return false;
  const char *p = rest->p;
  header->name = (struct slice){p + 1, (unsigned char)*p};
  p += 1 + header->name.n;
  header->value = (struct slice){p + 4, length_at(p)};
  const char *end = header->value.p + header->value.n;
  *rest = (struct slice){end, (size_t)(rest->p + rest->n - end)};
  return true;
}

bool headers_find(struct slice block, struct slice name, struct slice *value)
{
  bool found = false;
  struct header header;
  while (headers_next(&block, &header)) {
    if (slice_equal(header.name, name)) {
      *value = header.value;
      found = true;
    }
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
