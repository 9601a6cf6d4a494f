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

bool headers_find(struct slice block, struct slice name, struct slice *value)
{
  bool found = false;
  const char *p = block.p, *end = block.p + block.n;
  while (p != end) {
    struct slice here = {p + 1, (unsigned char)*p};
    p += 1 + here.n;
    size_t length = length_at(p);
    p += 4;
    if (slice_equal(here, name)) {
      *value = (struct slice){p, length};
      found = true;
    }
    p += length;
  }
  return found;
}

void header_number_put(char *out, uint64_t number)
{
  for (int i = HEADER_NUMBER_BYTES - 1; i >= 0; i--, number >>= 8)
    out[i] = (char)(number & 0xff);
}

bool header_number(struct slice value, uint64_t *number)
{
  if (value.n != HEADER_NUMBER_BYTES)
    return false;
  *number = 0;
  for (size_t i = 0; i < value.n; i++)
    *number = *number << 8 | (unsigned char)value.p[i];
  return true;
}
