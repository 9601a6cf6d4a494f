/* SPDX-License-Identifier: Apache-2.0 */
/* Structs, arrays and maps: their parts, split(), array() and what looks into arrays. */
#include "base/buffer.h"
#include "sql/coercion.h"
#include "sql/functions/array_rows.h"
#include "sql/functions/cast.h"
#include "sql/functions/compare.h"
#include "sql/functions/list.h"
#include "sql/functions/regexp.h"
#include "sql/functions/result.h"
#include "text/utf8.h"

static const struct field string_item = {{"element", 7}, {TYPE_STRING, 0, 0, 0, NULL}};

static uint32_t first_of(const struct column *c, size_t row)
{
  size_t i = column_index(c, row);
  return i != 0 ? c->end[i - 1] : 0;
}

static uint32_t end_of(const struct column *c, size_t row)
{
  return c->end[column_index(c, row)];
}

/* ---- parts ---- */

static bool field_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  size_t index = *(const size_t *)e->state;
  *out = arg[0].item[index];
  if (arg[0].null == NULL || out->constant)
    return true;
  uint8_t *null = result_flags(ev, rows, out);
  for (size_t i = 0; i < rows; i++)
    null[i] |= column_is_null(&arg[0], i);
  return true;
}

/* struct.name */
struct expr *bind_field(struct call *c)
{
  struct type type = c->arg[0]->type;
  struct slice name = c->arg[1]->value.text[0];
  char text[200];
  if (type.kind == TYPE_MAP) /* map.key */
    return bind_element(c);
  if (type.kind != TYPE_STRUCT)
    return call_refuse(c, ERR_TYPE, "there is no field '%.*s' in a value of type %s",
                       SLICE_PRINT(name), type_name(type, text, sizeof text));
  size_t *index = arena_take(c->b->arena, 1, sizeof *index), found = 0;
  for (size_t i = 0; i < type.items; i++)
    if (slice_equal_nocase(type.item[i].name, name)) {
      *index = i;
      found++;
    }
  if (found == 1)
    return call_result(c, type.item[*index].type, field_kernel, index);
  return call_refuse(c, ERR_NAME, "there %s field '%.*s' in %s",
                     found == 0 ? "is no" : "is more than one", SLICE_PRINT(name),
                     type_name(type, text, sizeof text));
}

/* The element that each row takes of `c`: at[i], or ROW_NONE. */
static void gather(struct evaluation *ev, const struct column *item, const uint32_t *at,
                   size_t rows, struct column *out)
{
  column_gather(item, at, rows, out, ev->arena);
}

/* variant of the index: from 0 as x[i], or from 1 (or from the end) as element_at(). */
static uint32_t index_in(const struct column *list, size_t row, int32_t index, bool from_one)
{
  uint32_t first = first_of(list, row), end = end_of(list, row);
  int64_t place =
      from_one ? (index > 0 ? (int64_t)index - 1 : (int64_t)(end - first) + index) : index;
  return place >= 0 && place < (int64_t)(end - first) ? first + (uint32_t)place : ROW_NONE;
}

static bool element_rows(struct evaluation *ev, const struct column *arg, size_t rows,
                         struct column *out, bool from_one)
{
  uint32_t *at = arena_take(ev->arena, rows, sizeof *at);
  for (size_t i = 0; i < rows; i++) {
    at[i] = ROW_NONE;
    if (column_is_null(&arg[0], i) || column_is_null(&arg[1], i))
      continue;
    int32_t index = arg[1].i32[column_index(&arg[1], i)];
    if (from_one && index == 0)
      return error_set(ev->err, ERR_RANGE, "the elements of element_at() count from 1, not 0");
    at[i] = index_in(&arg[0], i, index, from_one);
  }
  gather(ev, &arg[0].item[0], at, rows, out);
  return true;
}

static bool element_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  (void)e;
  return element_rows(ev, arg, rows, out, false);
}

static bool element_at_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  (void)e;
  return element_rows(ev, arg, rows, out, true);
}

static bool map_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  (void)e;
  uint32_t *at = arena_take(ev->arena, rows, sizeof *at);
  for (size_t i = 0; i < rows; i++) {
    at[i] = ROW_NONE;
    if (column_is_null(&arg[0], i) || column_is_null(&arg[1], i))
      continue;
    for (uint32_t k = first_of(&arg[0], i); k < end_of(&arg[0], i) && at[i] == ROW_NONE; k++)
      if (compare_values(&arg[0].item[0], k, &arg[1], i) == 0)
        at[i] = k;
  }
  gather(ev, &arg[0].item[1], at, rows, out);
  return true;
}

static struct expr *bind_part(struct call *c, expr_kernel *of_array)
{
  struct type type = c->arg[0]->type;
  if (type.kind == TYPE_MAP)
    return call_accept(c, 1, type.item[0].type)
               ? call_result(c, type.item[1].type, map_kernel, NULL)
               : NULL;
  if (type.kind != TYPE_ARRAY || !type_is_integer(c->arg[1]->type))
    return call_refuse_types(c, "an array and an integer, or a map and its key");
  if (!call_cast(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type.item[0].type, of_array, NULL);
}

struct expr *bind_element(struct call *c)
{
  return bind_part(c, element_kernel);
}

/* get(array, i): as x[i], but of arrays only */
struct expr *bind_get(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY)
    return call_refuse_types(c, "an array and an integer");
  return bind_part(c, element_kernel);
}

struct expr *bind_element_at(struct call *c)
{
  if (call_kind(c, 0) == TYPE_ARRAY && call_kind(c, 1) == TYPE_BIGINT)
    return call_refuse_types(c, "an array and an INT");
  struct type key, given = c->arg[1]->type;
  if (call_kind(c, 0) == TYPE_MAP && (!type_tightest(c->arg[0]->type.item[0].type, given, &key) ||
                                      !type_equal(key, c->arg[0]->type.item[0].type)))
    return call_refuse_types(c, "a map and a key of its type");
  return bind_part(c, element_at_kernel);
}

/* size(null) is -1 (spark.sql.legacy.sizeOfNull, true with ANSI off). */
static bool size_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->i32[i] =
        column_is_null(&arg[0], i) ? -1 : (int32_t)(end_of(&arg[0], i) - first_of(&arg[0], i));
  return true;
}

struct expr *bind_size(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY && call_kind(c, 0) != TYPE_MAP)
    return call_refuse_types(c, "an array or a map");
  return call_result(c, type_of(TYPE_INT), size_kernel, NULL);
}

static bool length_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i32[i] = (int32_t)(end_of(&arg[0], i) - first_of(&arg[0], i));
  return true;
}

/* array_size(null) is null. */
struct expr *bind_array_size(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY)
    return call_refuse_types(c, "an array");
  return call_result(c, type_of(TYPE_INT), length_kernel, NULL);
}

/* arrays_zip('name', array, ...): structs of the elements at one place; the shorter arrays go on
 * with nulls. The binder of calls has put the names in. */
static bool zip_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  uint32_t total = 0;
  for (size_t i = 0; i < rows; i++) {
    uint32_t longest = 0;
    for (size_t k = 1; k < e->args && !result_is_null(out, i); k += 2)
      if (extent_length(extent_of(&arg[k], i)) > longest)
        longest = extent_length(extent_of(&arg[k], i));
    out->end[i] = total += longest;
  }
  column_make(&out->item[0], e->type.item[0].type, total, ev->arena);
  uint32_t *at = arena_take(ev->arena, total, sizeof *at);
  for (size_t k = 1; k < e->args; k += 2) {
    uint32_t n = 0;
    for (size_t i = 0; i < rows; i++) {
      struct extent extent = result_is_null(out, i) ? (struct extent){0, 0} : extent_of(&arg[k], i);
      for (uint32_t m = extent.first; n < out->end[i]; m++)
        at[n++] = m < extent.end ? m : ROW_NONE;
    }
    column_gather(&arg[k].item[0], at, total, &out->item[0].item[k / 2], ev->arena);
  }
  return true;
}

struct expr *bind_arrays_zip(struct call *c)
{
  size_t fields = c->args / 2;
  struct field *field = arena_take(c->b->arena, fields, sizeof *field);
  for (size_t k = 0; k < fields; k++) {
    if (call_kind(c, 2 * k + 1) != TYPE_ARRAY)
      return call_refuse_types(c, "arrays");
    field[k] = (struct field){c->arg[2 * k]->value.text[0], c->arg[2 * k + 1]->type.item[0].type};
  }
  struct type row = {TYPE_STRUCT, 0, 0, (uint16_t)fields, field};
  return call_result(c, type_array(c->b->arena, row), zip_kernel, NULL);
}

/* ---- making ---- */

/* struct(a, b) has the fields col1, col2; named_struct('x', a, 'y', b) says them (variant 1). */
static bool struct_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  size_t step = e->args / e->type.items;
  column_make(out, e->type, rows, ev->arena);
  for (size_t k = 0; k < e->type.items; k++)
    out->item[k] = arg[k * step + step - 1];
  return true;
}

struct expr *bind_struct(struct call *c)
{
  size_t step = c->function->variant ? 2 : 1, fields = c->args / step;
  struct field *field = arena_zero(c->b->arena, fields, sizeof *field);
  if (c->args % step != 0)
    return call_refuse(c, ERR_TYPE, "named_struct() takes pairs of a name and a value");
  for (size_t k = 0; k < fields; k++) {
    bool null = false;
    const char *name = arena_printf(c->b->arena, "col%zu", k + 1);
    field[k] = (struct field){slice_of(name), c->arg[k * step + step - 1]->type};
    if (step == 1)
      continue;
    if (!call_accept(c, 2 * k, type_of(TYPE_STRING)) || !call_constant(c, 2 * k, "name", &null))
      return NULL;
    if (null)
      return call_refuse(c, ERR_TYPE, "a field's name in named_struct() must not be null");
    field[k].name = c->arg[2 * k]->value.text[0];
  }
  struct type type = {TYPE_STRUCT, 0, 0, (uint16_t)fields, field};
  return call_result(c, type, struct_kernel, NULL);
}

/* array(a, b): the elements of row i stand together. */
static bool array_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  size_t n = e->args, *count = arena_take(ev->arena, n, sizeof *count);
  const struct column **piece = arena_take(ev->arena, n, sizeof *piece);
  column_make(out, e->type, rows, ev->arena);
  uint32_t *at = arena_take(ev->arena, rows * n, sizeof *at);
  for (size_t k = 0; k < n; k++) {
    piece[k] = &arg[k];
    count[k] = rows;
    for (size_t i = 0; i < rows; i++)
      at[i * n + k] = (uint32_t)(k * rows + i);
  }
  for (size_t i = 0; i < rows; i++)
    out->end[i] = (uint32_t)((i + 1) * n);
  struct column stacked = {.type = e->type.item[0].type};
  if (n != 0)
    column_stack(piece, count, n, &stacked, ev->arena);
  column_gather(&stacked, at, rows * n, &out->item[0], ev->arena);
  return true;
}

struct expr *bind_array(struct call *c)
{
  struct type item;
  if (!call_common(c, 0, c->args, 1, &item))
    return NULL;
  return call_result(c, type_array(c->b->arena, item), array_kernel, NULL);
}

/* ---- split(s, regex[, limit]) ---- */

static void add_piece(struct buffer *pieces, struct slice text, size_t start, size_t end)
{
  struct slice piece = {text.p + start, end - start};
  buffer_append(pieces, &piece, sizeof piece);
}

/* String.split: limit <= 0 gives all pieces, empty ones at the end too; an empty match at the very
 * start gives no piece. */
static bool split_row(struct matcher *m, struct slice text, int32_t limit, struct buffer *pieces,
                      struct error *err)
{
  size_t index = 0, from = 0;
  int32_t count = 0;
  enum match match = MATCH_NONE;
  while ((limit <= 0 || count < limit - 1) &&
         (match = matcher_find(m, text, from, err)) == MATCH_FOUND) {
    size_t start, end;
    matcher_group(m, 0, &start, &end);
    from = matcher_next(m, text);
    if (end == 0)
      continue;
    add_piece(pieces, text, index, start);
    index = end;
    count++;
  }
  add_piece(pieces, text, index, text.n);
  return match != MATCH_FAILED;
}

/* The pieces of all rows become the elements of the array column. */
static void finish_array(struct evaluation *ev, struct buffer *pieces, struct column *out)
{
  size_t n = pieces->n / sizeof(struct slice);
  column_make(&out->item[0], type_of(TYPE_STRING), n, ev->arena);
  if (n != 0)
    memcpy(out->item[0].text, pieces->p, pieces->n);
  buffer_free(pieces);
}

/* An empty expression gives the characters, the first `limit` of them (UTF8String.split). */
static void split_characters(struct slice text, int32_t limit, struct buffer *pieces)
{
  for (size_t i = 0; i < text.n && limit != 0; limit--) {
    size_t size = utf8_size(text.p + i, text.n - i);
    add_piece(pieces, text, i, i + size);
    i += size;
  }
}

static bool split_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  struct buffer pieces = {0};
  bool done = true;
  for (size_t i = 0; i < rows && done; i++) {
    if (!result_is_null(out, i)) {
      struct slice text = arg[0].text[column_index(&arg[0], i)];
      int32_t limit = e->args == 3 ? arg[2].i32[column_index(&arg[2], i)] : -1;
      if (text.n != 0 && pattern_is_empty(e->state))
        split_characters(text, limit > 0 ? limit : -1, &pieces);
      else
        done = split_row(m, text, limit, &pieces, ev->err);
    }
    out->end[i] = (uint32_t)(pieces.n / sizeof(struct slice));
  }
  matcher_free(m);
  finish_array(ev, &pieces, out);
  return done;
}

struct expr *bind_split(struct call *c)
{
  const struct pattern *pattern;
  struct type type = {TYPE_ARRAY, 0, 0, 1, &string_item};
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !regexp_take(c, 1, &pattern) ||
      (c->args == 3 && !call_accept(c, 2, type_of(TYPE_INT))))
    return NULL;
  return pattern != NULL ? call_result(c, type, split_kernel, pattern) : call_null(c, type);
}

/* ---- looking into arrays ---- */

/* array_join(strings, separator[, for nulls]); nulls are left out unless something stands for them.
 */
static void join_row(const struct expr *e, const struct column *arg, size_t i, struct buffer *line)
{
  const struct column *item = &arg[0].item[0];
  struct slice separator = arg[1].text[column_index(&arg[1], i)];
  bool any = false;
  for (uint32_t k = first_of(&arg[0], i); k < end_of(&arg[0], i); k++) {
    bool null = column_is_null(item, k);
    if (null && e->args < 3)
      continue;
    buffer_add(line, any ? separator : SLICE(""));
    buffer_add(line,
               null ? arg[2].text[column_index(&arg[2], i)] : item->text[column_index(item, k)]);
    any = true;
  }
}

static bool join_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct buffer line = {0};
  for (size_t i = 0; i < rows; i++) {
    line.n = 0;
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    join_row(e, arg, i, &line);
    out->text[i] =
        (struct slice){arena_copy(ev->arena, line.p != NULL ? line.p : "", line.n), line.n};
  }
  buffer_free(&line);
  return true;
}

struct expr *bind_array_join(struct call *c)
{
  if (call_kind(c, 0) != TYPE_ARRAY || c->arg[0]->type.item[0].type.items != 0)
    return call_refuse_types(c, "an array of plain values and a separator");
  if (!call_cast(c, 0, type_array(c->b->arena, type_of(TYPE_STRING))))
    return NULL;
  for (size_t i = 1; i < c->args; i++)
    if (!call_expect(c, i, type_of(TYPE_STRING)))
      return NULL;
  return call_result(c, type_of(TYPE_STRING), join_kernel, NULL);
}
