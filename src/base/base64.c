/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include <nettle/base64.h>

enum { LINE_BYTES = BASE64_LINE_DIGITS / 4 * 3 };

static size_t print(struct slice s, char *out)
{
  base64_encode_raw(out, s.n, (const uint8_t *)s.p);
  return base64_digits(s.n);
}

size_t base64_print_lines(struct slice s, char *out)
{
  size_t n = 0, i = 0;
  for (; s.n - i > LINE_BYTES; i += LINE_BYTES) {
    n += print((struct slice){s.p + i, LINE_BYTES}, out + n);
    out[n++] = '\r';
    out[n++] = '\n';
  }
  return n + print((struct slice){s.p + i, s.n - i}, out + n);
}

void base64_put(struct buffer *out, struct slice s)
{
  out->n += print(s, buffer_room(out, base64_digits(s.n)));
}

bool base64_take(struct slice digits, struct arena *arena, struct slice *out)
{
  struct base64_decode_ctx decode;
  size_t n = 0;
  uint8_t *p = arena_take(arena, BASE64_DECODE_LENGTH(digits.n), 1);
  base64_decode_init(&decode);
  if (!base64_decode_update(&decode, &n, p, digits.n, digits.p) || !base64_decode_final(&decode))
    return false;
  *out = (struct slice){(const char *)p, n};
  return true;
}
