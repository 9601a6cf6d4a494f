/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/stamp.h"

enum { STAMP_BYTES = 3 * HEADER_NUMBER_BYTES };

static const struct slice NAME = {"retrial", 7};

void stamp_put(struct stamp stamp, struct buffer *headers)
{
  if (headers->n == 0) {
    char zero[STAMP_BYTES] = {0};
    headers_add(headers, NAME, (struct slice){zero, sizeof zero});
  }
  char *value = headers->p + headers->n - STAMP_BYTES;
  header_number_put(value, stamp.row);
  header_number_put(value + HEADER_NUMBER_BYTES, (uint64_t)stamp.due_ns);
  header_number_put(value + 2 * HEADER_NUMBER_BYTES, (uint64_t)stamp.sent_ns);
}

bool stamp_find(struct slice headers, struct stamp *stamp)
{
  struct slice value;
  if (!headers_find(headers, NAME, &value) || value.n != STAMP_BYTES)
    return false;
  stamp->row = header_number(value.p);
  stamp->due_ns = (int64_t)header_number(value.p + HEADER_NUMBER_BYTES);
  stamp->sent_ns = (int64_t)header_number(value.p + 2 * HEADER_NUMBER_BYTES);
  return true;
}
