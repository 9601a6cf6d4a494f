/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/result.h"

/* Strings of a batch come from chunks of this size, so that a row costs no call of the arena. */
enum { TEXT_CHUNK = 16384 };

static void merge_flags(const uint8_t *a, const uint8_t *b, size_t rows, uint8_t *out)
{
  for (size_t i = 0; i < rows; i++)
    out[i] = a[i] | b[i];
}

bool result_begin(struct evaluation *ev, const struct expr *e, const struct column *arg,
                  size_t rows, struct column *out)
{
  uint8_t *flags = NULL;
  bool shared = true;
  for (size_t k = 0; k < e->args; k++) {
    if (arg[k].type.kind == TYPE_NULL || (arg[k].constant && column_is_null(&arg[k], 0))) {
      column_make_null(out, e->type, ev->arena);
      return false;
    }
    if (arg[k].constant || arg[k].null == NULL)
      continue;
    if (flags == NULL) {
      flags = arg[k].null;
      continue;
    }
    uint8_t *both = shared ? arena_take(ev->arena, rows, 1) : flags;
    merge_flags(flags, arg[k].null, rows, both);
    flags = both;
    shared = false;
  }
  column_make(out, e->type, rows, ev->arena);
  out->null = flags;
  return true;
}

uint8_t *result_flags(struct evaluation *ev, size_t rows, struct column *out)
{
  uint8_t *own = arena_zero(ev->arena, rows, 1);
  if (out->null != NULL)
    memcpy(own, out->null, rows);
  out->null = own;
  return own;
}

char *text_writer_grow(struct text_writer *w, size_t n)
{
  size_t size = n > TEXT_CHUNK ? n : TEXT_CHUNK;
  w->p = arena_take(w->arena, size, 1);
  w->left = size;
  return w->p;
}
