/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/base64.h"

#include <nettle/base64.h>

void base64_put(struct buffer *out, struct slice s)
{
  size_t digits = BASE64_ENCODE_RAW_LENGTH(s.n);
  base64_encode_raw(buffer_room(out, digits), s.n, (const uint8_t *)s.p);
  out->n += digits;
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
