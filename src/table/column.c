/* SPDX-License-Identifier: Apache-2.0 */
#include "table/column.h"

size_t type_size(struct type t)
{
  switch (t.kind) {
  case TYPE_BOOLEAN:
    return sizeof(uint8_t);
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    return sizeof(int32_t);
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return sizeof(int64_t);
  case TYPE_DECIMAL:
    return sizeof(int128);
  case TYPE_FLOAT:
    return sizeof(float);
  case TYPE_DOUBLE:
    return sizeof(double);
  case TYPE_STRING:
    return sizeof(struct slice);
  case TYPE_ARRAY:
  case TYPE_MAP:
    return sizeof(uint32_t);
  case TYPE_NULL:
  case TYPE_STRUCT:
    break;
  }
  return 0;
}

void column_make(struct column *c, struct type type, size_t rows, struct arena *arena)
{
  *c = (struct column){.type = type};
  if (type_size(type) != 0)
    c->data = arena_take(arena, rows, type_size(type));
  if (type.items != 0)
    c->item = arena_zero(arena, type.items, sizeof *c->item);
}

uint8_t *column_flags(struct column *c, size_t rows, struct arena *arena)
{
  if (c->null == NULL)
    c->null = arena_zero(arena, c->constant ? 1 : rows, 1);
  return c->null;
}

void column_make_null(struct column *c, struct type type, struct arena *arena)
{
  column_make(c, type, 1, arena);
  c->constant = true;
  if (c->data != NULL)
    memset(c->data, 0, type_size(type));
  column_flags(c, 1, arena)[0] = 1;
  for (unsigned i = 0; i < type.items; i++)
    column_make_null(&c->item[i], type.item[i].type, arena);
}

void column_make_text(struct column *c, struct slice text, struct arena *arena)
{
  column_make(c, type_of(TYPE_STRING), 1, arena);
  c->constant = true;
  c->text[0] = text;
}

/* Texts of a column lie side by side in one copy; a run of the same text is copied once. */
static void copy_texts(struct column *c, size_t rows, struct arena *arena)
{
  size_t bytes = 0;
  for (size_t i = 0; i < rows; i++) {
    if (c->null != NULL && c->null[i])
      c->text[i] = (struct slice){NULL, 0};
    bytes += c->text[i].n;
  }
  char *to = arena_take(arena, bytes, 1);
  const char *last = NULL, *copied = NULL;
  size_t last_n = 0;
  for (size_t i = 0; i < rows; i++) {
    struct slice *text = &c->text[i];
    if (text->n == 0)
      continue;
    if (text->p != last || text->n != last_n) {
      last = text->p;
      last_n = text->n;
      copied = memcpy(to, last, last_n);
      to += last_n;
    }
    text->p = copied;
  }
}

void column_copy(const struct column *in, size_t rows, struct column *out, struct arena *arena)
{
  size_t count = in->constant ? 1 : rows, size = type_size(in->type);
  column_make(out, in->type, count, arena);
  out->constant = in->constant;
  if (size != 0 && in->data != NULL)
    memcpy(out->data, in->data, count * size);
  if (in->null != NULL)
    memcpy(column_flags(out, count, arena), in->null, count);
  if (in->type.kind == TYPE_STRING)
    copy_texts(out, count, arena);
  size_t items = column_items(in, count);
  for (unsigned k = 0; k < in->type.items; k++)
    column_copy(&in->item[k], items, &out->item[k], arena);
}

static void gather_flags(const struct column *in, const uint32_t *row, size_t count,
                         struct column *out, struct arena *arena)
{
  for (size_t i = 0; i < count; i++)
    if (row[i] == ROW_NONE || column_is_null(in, row[i]))
      column_flags(out, count, arena)[i] = 1;
}

#define GATHER(member, zero)                                                                       \
  for (size_t i = 0; i < count; i++)                                                               \
  out->member[i] = row[i] == ROW_NONE ? (zero) : in->member[column_index(in, row[i])]

/* Elements of arrays and maps: each row's run is copied behind the one before. */
static void gather_runs(const struct column *in, const uint32_t *row, size_t count,
                        struct column *out, struct arena *arena)
{
  uint32_t total = 0;
  for (size_t i = 0; i < count; i++) {
    size_t r = row[i] == ROW_NONE ? 0 : column_index(in, row[i]);
    uint32_t length = row[i] == ROW_NONE ? 0 : in->end[r] - (r != 0 ? in->end[r - 1] : 0);
    out->end[i] = total += length;
  }
  uint32_t *element = arena_take(arena, total, sizeof *element);
  for (size_t i = 0; i < count; i++) {
    uint32_t first = i != 0 ? out->end[i - 1] : 0;
    size_t r = row[i] == ROW_NONE ? 0 : column_index(in, row[i]);
    uint32_t from = r != 0 ? in->end[r - 1] : 0;
    for (uint32_t k = first; k < out->end[i]; k++)
      element[k] = from + (k - first);
  }
  for (unsigned k = 0; k < in->type.items; k++)
    column_gather(&in->item[k], element, total, &out->item[k], arena);
}

void column_gather(const struct column *in, const uint32_t *row, size_t count, struct column *out,
                   struct arena *arena)
{
  column_make(out, in->type, count, arena);
  gather_flags(in, row, count, out, arena);
  switch (in->type.kind) {
  case TYPE_NULL:
    break;
  case TYPE_BOOLEAN:
    GATHER(boolean, 0);
    break;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    GATHER(i32, 0);
    break;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    GATHER(i64, 0);
    break;
  case TYPE_DECIMAL:
    GATHER(decimal, 0);
    break;
  case TYPE_FLOAT:
    GATHER(f32, 0);
    break;
  case TYPE_DOUBLE:
    GATHER(f64, 0);
    break;
  case TYPE_STRING:
    GATHER(text, ((struct slice){NULL, 0}));
    break;
  case TYPE_ARRAY:
  case TYPE_MAP:
    gather_runs(in, row, count, out, arena);
    break;
  case TYPE_STRUCT:
    for (unsigned k = 0; k < in->type.items; k++)
      column_gather(&in->item[k], row, count, &out->item[k], arena);
    break;
  }
}

void column_keep_text(struct column *c, size_t rows, struct arena *arena)
{
  for (size_t i = 0; c->type.kind == TYPE_STRING && i < rows; i++)
    if (!column_is_null(c, i))
      c->text[i].p = arena_copy(arena, c->text[i].p, c->text[i].n);
  size_t items = column_items(c, rows);
  for (unsigned k = 0; k < c->type.items; k++)
    column_keep_text(&c->item[k], items, arena);
}

void column_make_constant(struct column *c)
{
  c->constant = true;
  if (c->type.kind == TYPE_STRUCT)
    for (unsigned k = 0; k < c->type.items; k++)
      column_make_constant(&c->item[k]);
}
