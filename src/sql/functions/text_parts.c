/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of strings, and their lengths: substring(), left(), trim(), split_part(), length(). Results
 * share the argument's bytes.
 */
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/utf8.h"

INT_KERNEL(length_kernel, utf8_count(TEXT(0)))
INT_KERNEL(bytes_kernel, (int32_t)TEXT(0).n)
INT_KERNEL(bits_kernel, (int32_t)(TEXT(0).n * 8))

struct expr *bind_length(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_INT), length_kernel, NULL);
}

/* variant: 1 bytes, 8 bits */
struct expr *bind_byte_length(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_STRING)))
    return NULL;
  expr_kernel *kernel = c->function->variant == 8 ? bits_kernel : bytes_kernel;
  return call_result(c, type_of(TYPE_INT), kernel, NULL);
}

/* Characters from .. to-1, counted from 0. */
static struct slice cut(struct slice s, int64_t from, int64_t to)
{
  if (to <= from)
    return (struct slice){s.p, 0};
  size_t start = utf8_offset(s, from);
  struct slice rest = {s.p + start, s.n - start};
  rest.n = utf8_offset(rest, from > 0 ? to - from : to);
  return rest;
}

/* UTF8String.substringSQL: from 1; 0 is as 1; negative counts from the end, and what lies before
 * the start takes part in the length. */
static struct slice substring(struct slice s, int32_t position, int64_t length)
{
  int64_t from = position > 0 ? position - 1 : 0;
  if (position < 0)
    from = (int64_t)utf8_count(s) + position;
  return cut(s, from, from + length);
}

TEXT_KERNEL(substring_kernel, substring(TEXT(0), INT(1), INT(2)))
TEXT_KERNEL(rest_kernel, substring(TEXT(0), INT(1), INT32_MAX))
TEXT_KERNEL(left_kernel, cut(TEXT(0), 0, INT(1)))
TEXT_KERNEL(right_kernel, INT(1) <= 0 ? cut(TEXT(0), 0, 0) : substring(TEXT(0), -INT(1), INT32_MAX))

static bool accept_text_and_ints(struct call *c)
{
  for (size_t i = 0; i < c->args; i++)
    if (!call_accept(c, i, type_of(i == 0 ? TYPE_STRING : TYPE_INT)))
      return false;
  return true;
}

struct expr *bind_substring(struct call *c)
{
  if (!accept_text_and_ints(c))
    return NULL;
  expr_kernel *kernel = c->args == 3 ? substring_kernel : rest_kernel;
  return call_result(c, type_of(TYPE_STRING), kernel, NULL);
}

struct expr *bind_left(struct call *c)
{
  return accept_text_and_ints(c) ? call_result(c, type_of(TYPE_STRING), left_kernel, NULL) : NULL;
}

struct expr *bind_right(struct call *c)
{
  return accept_text_and_ints(c) ? call_result(c, type_of(TYPE_STRING), right_kernel, NULL) : NULL;
}

/* Whether the character of `size` bytes at p is one of `set`'s. */
static bool holds(struct slice set, const char *p, size_t size)
{
  for (size_t i = 0; i < set.n;) {
    size_t n = utf8_size(set.p + i, set.n - i);
    if (n == size && memcmp(set.p + i, p, n) == 0)
      return true;
    i += n;
  }
  return false;
}

static struct slice trim_left(struct slice s, struct slice set)
{
  while (s.n > 0) {
    size_t size = utf8_size(s.p, s.n);
    if (!holds(set, s.p, size))
      break;
    s.p += size;
    s.n -= size;
  }
  return s;
}

static struct slice trim_right(struct slice s, struct slice set)
{
  while (s.n > 0) {
    size_t last = s.n - 1;
    while (last > 0 && ((unsigned char)s.p[last] & 0xc0) == 0x80)
      last--;
    if (!holds(set, s.p + last, s.n - last))
      break;
    s.n = last;
  }
  return s;
}

TEXT_KERNEL(trim_kernel, trim_right(trim_left(TEXT(0), SLICE(" ")), SLICE(" ")))
TEXT_KERNEL(ltrim_kernel, trim_left(TEXT(0), SLICE(" ")))
TEXT_KERNEL(rtrim_kernel, trim_right(TEXT(0), SLICE(" ")))
TEXT_KERNEL(trim_set_kernel, trim_right(trim_left(TEXT(1), TEXT(0)), TEXT(0)))
TEXT_KERNEL(ltrim_set_kernel, trim_left(TEXT(1), TEXT(0)))
TEXT_KERNEL(rtrim_set_kernel, trim_right(TEXT(1), TEXT(0)))

static expr_kernel *const trim_kernels[][2] = {
    [TRIM_BOTH] = {trim_kernel, trim_set_kernel},
    [TRIM_LEFT] = {ltrim_kernel, ltrim_set_kernel},
    [TRIM_RIGHT] = {rtrim_kernel, rtrim_set_kernel},
};

/* trim([characters,] string); only btrim has the string first. */
struct expr *bind_trim(struct call *c)
{
  if (!call_accept_texts(c, 0, c->args))
    return NULL;
  if (c->args == 2 && c->function->name.p[0] == 'b') {
    struct expr *string = c->arg[0];
    c->arg[0] = c->arg[1];
    c->arg[1] = string;
  }
  return call_result(c, type_of(TYPE_STRING), trim_kernels[c->function->variant][c->args - 1],
                     NULL);
}

/* The start of `part` in s at or behind byte `from`; s.n + 1 if there is none. */
static size_t find_from(struct slice s, struct slice part, size_t from)
{
  for (size_t i = from; i + part.n <= s.n; i++)
    if (memcmp(s.p + i, part.p, part.n) == 0)
      return i;
  return s.n + 1;
}

/* Part `wanted`, counted from 1, or from the end if negative; empty if there is none. */
static struct slice split_part(struct slice s, struct slice delimiter, int32_t wanted)
{
  int64_t parts = 1;
  struct slice none = {s.p, 0};
  if (delimiter.n == 0)
    return wanted == 1 || wanted == -1 ? s : none;
  for (size_t i = 0; (i = find_from(s, delimiter, i)) <= s.n; i += delimiter.n)
    parts++;
  int64_t index = wanted > 0 ? wanted - 1 : parts + wanted;
  if (index < 0 || index >= parts)
    return none;
  size_t start = 0;
  for (; index > 0; index--)
    start = find_from(s, delimiter, start) + delimiter.n;
  size_t end = find_from(s, delimiter, start);
  return (struct slice){s.p + start, (end <= s.n ? end : s.n) - start};
}

static bool split_part_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                              size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    if (INT(2) == 0)
      return error_set(ev->err, ERR_RANGE, "the parts of split_part() count from 1, not 0");
    out->text[i] = split_part(TEXT(0), TEXT(1), INT(2));
  }
  return true;
}

struct expr *bind_split_part(struct call *c)
{
  if (!call_accept_texts(c, 0, 2) || !call_accept(c, 2, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), split_part_kernel, NULL);
}

/* What stands before the count-th delimiter; behind it, counted from the end, if negative. */
static struct slice substring_index(struct slice s, struct slice delimiter, int32_t count)
{
  if (delimiter.n == 0 || count == 0)
    return (struct slice){s.p, 0};
  if (count > 0) {
    for (size_t i = 0; (i = find_from(s, delimiter, i)) <= s.n; i++)
      if (--count == 0)
        return (struct slice){s.p, i};
    return s;
  }
  for (size_t i = s.n; i >= delimiter.n; i--)
    if (memcmp(s.p + i - delimiter.n, delimiter.p, delimiter.n) == 0 && ++count == 0)
      return (struct slice){s.p + i, s.n - i};
  return s;
}

TEXT_KERNEL(substring_index_kernel, substring_index(TEXT(0), TEXT(1), INT(2)))

struct expr *bind_substring_index(struct call *c)
{
  if (!call_accept_texts(c, 0, 2) || !call_accept(c, 2, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), substring_index_kernel, NULL);
}
