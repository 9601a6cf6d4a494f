/* SPDX-License-Identifier: Apache-2.0 */
/* Checksums of texts: md5(), sha1(), sha2(), crc32(); base64(). */
#include "base/base64.h"
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/digest.h"

static struct slice hex_digest(struct text_writer *w, enum digest kind, struct slice bytes)
{
  char *p = text_writer_room(w, DIGEST_HEX_BYTES);
  return text_writer_take(w, digest_hex(kind, bytes, p));
}

TEXT_KERNEL(md5_kernel, hex_digest(&w, DIGEST_MD5, TEXT(0)))
TEXT_KERNEL(sha1_kernel, hex_digest(&w, DIGEST_SHA1, TEXT(0)))

static bool takes_text(const struct call *c)
{
  if (call_kind(c, 0) == TYPE_STRING || call_kind(c, 0) == TYPE_NULL)
    return true;
  call_refuse_types(c, "a text");
  return false;
}

struct expr *bind_digest(struct call *c)
{
  if (!takes_text(c))
    return NULL;
  return call_result(c, type_of(TYPE_STRING),
                     c->function->variant == DIGEST_MD5 ? md5_kernel : sha1_kernel, NULL);
}

/* Null for a size that is none of SHA-2's; 0 is 256. */
static bool sha2_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  struct text_writer w = {.arena = ev->arena};
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    int32_t bits = INT(1);
    if (bits != 0 && bits != 224 && bits != 256 && bits != 384 && bits != 512) {
      result_null(ev, out, rows, i, &null);
      continue;
    }
    enum digest kind = bits == 224   ? DIGEST_SHA224
                       : bits == 384 ? DIGEST_SHA384
                       : bits == 512 ? DIGEST_SHA512
                                     : DIGEST_SHA256;
    out->text[i] = hex_digest(&w, kind, TEXT(0));
  }
  return true;
}

struct expr *bind_sha2(struct call *c)
{
  if (!takes_text(c) || !call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), sha2_kernel, NULL);
}

SCALAR_KERNEL(crc32_kernel, i64, (int64_t)digest_crc32(TEXT(0)))

struct expr *bind_crc32(struct call *c)
{
  return takes_text(c) ? call_result(c, type_of(TYPE_BIGINT), crc32_kernel, NULL) : NULL;
}

static struct slice base64(struct text_writer *w, struct slice s)
{
  char *p = text_writer_room(w, base64_lines_room(s.n));
  return text_writer_take(w, base64_print_lines(s, p));
}

TEXT_KERNEL(base64_kernel, base64(&w, TEXT(0)))

struct expr *bind_base64(struct call *c)
{
  return takes_text(c) ? call_result(c, type_of(TYPE_STRING), base64_kernel, NULL) : NULL;
}
