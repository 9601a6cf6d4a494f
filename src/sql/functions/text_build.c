/* SPDX-License-Identifier: Apache-2.0 */
/* New strings: concat(), replace(), lpad(), repeat() and their like. */
#include "sql/functions/list.h"
#include "sql/functions/text_rows.h"
#include "text/utf8.h"

static char *append(char *p, struct slice s)
{
  if (s.n != 0)
    memcpy(p, s.p, s.n);
  return p + s.n;
}

static bool concat_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct text_writer w = {.arena = ev->arena};
  for (size_t i = 0; i < rows; i++) {
    size_t n = 0;
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    for (size_t k = 0; k < e->args; k++)
      n += TEXT(k).n;
    char *p = text_writer_room(&w, n);
    for (size_t k = 0; k < e->args; k++)
      p = append(p, TEXT(k));
    out->text[i] = text_writer_take(&w, n);
  }
  return true;
}

/* Anything is turned to text; one null makes the whole null. */
struct expr *bind_concat(struct call *c)
{
  for (size_t i = 0; i < c->args; i++)
    if (call_kind(c, i) == TYPE_ARRAY)
      return bind_concat_arrays(c);
  if (!call_accept_texts(c, 0, c->args))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), concat_kernel, NULL);
}

/* One string of concat_ws() behind the others. */
struct joined {
  struct text_writer *w;
  struct slice separator;
  size_t n;
  bool any;
};

static void join(struct joined *j, struct slice s)
{
  size_t gap = j->any ? j->separator.n : 0;
  /* a longer result moves on to a chunk of its own */
  if (j->w->left < j->n + gap + s.n) {
    const char *old = j->w->p;
    char *p = text_writer_grow(j->w, 2 * (j->n + gap + s.n));
    if (j->n != 0)
      memcpy(p, old, j->n);
  }
  char *p = j->w->p + j->n;
  if (gap != 0)
    p = append(p, j->separator);
  append(p, s);
  j->n += gap + s.n;
  j->any = true;
}

/* Strings and arrays of strings; nulls are left out. */
static bool concat_ws_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                             size_t rows, struct column *out)
{
  struct text_writer w = {.arena = ev->arena};
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++) {
    out->text[i] = (struct slice){0};
    if (column_is_null(&arg[0], i)) {
      column_flags(out, rows, ev->arena)[i] = 1;
      continue;
    }
    struct joined j = {&w, TEXT(0), 0, false};
    for (size_t k = 1; k < e->args; k++) {
      if (column_is_null(&arg[k], i))
        continue;
      if (arg[k].type.kind != TYPE_ARRAY) {
        join(&j, TEXT(k));
        continue;
      }
      size_t at = column_index(&arg[k], i);
      for (uint32_t x = at != 0 ? arg[k].end[at - 1] : 0; x < arg[k].end[at]; x++)
        if (!column_is_null(&arg[k].item[0], x))
          join(&j, arg[k].item[0].text[column_index(&arg[k].item[0], x)]);
    }
    out->text[i] = text_writer_take(&w, j.n);
  }
  return true;
}

struct expr *bind_concat_ws(struct call *c)
{
  for (size_t i = 0; i < c->args; i++) {
    struct type type = c->arg[i]->type;
    bool list = i > 0 && type.kind == TYPE_ARRAY && type.item[0].type.kind == TYPE_STRING;
    if (!list && !call_accept(c, i, type_of(TYPE_STRING)))
      return NULL;
  }
  return call_result(c, type_of(TYPE_STRING), concat_ws_kernel, NULL);
}

static struct slice replace(struct text_writer *w, struct slice s, struct slice search,
                            struct slice by)
{
  size_t hits = 0;
  if (search.n == 0)
    return s;
  for (size_t i = 0; i + search.n <= s.n;) {
    bool hit = memcmp(s.p + i, search.p, search.n) == 0;
    hits += hit;
    i += hit ? search.n : 1;
  }
  if (hits == 0)
    return s;
  char *p = text_writer_room(w, s.n + hits * by.n);
  char *end = p;
  for (size_t i = 0; i < s.n;) {
    if (i + search.n <= s.n && memcmp(s.p + i, search.p, search.n) == 0) {
      end = append(end, by);
      i += search.n;
    } else {
      *end++ = s.p[i++];
    }
  }
  return text_writer_take(w, (size_t)(end - p));
}

TEXT_KERNEL(replace_kernel, replace(&w, TEXT(0), TEXT(1), TEXT(2)))
TEXT_KERNEL(remove_kernel, replace(&w, TEXT(0), TEXT(1), ((struct slice){0})))

struct expr *bind_replace(struct call *c)
{
  if (!call_accept_texts(c, 0, c->args))
    return NULL;
  expr_kernel *kernel = c->args == 3 ? replace_kernel : remove_kernel;
  return call_result(c, type_of(TYPE_STRING), kernel, NULL);
}

/* The place of the character of `size` bytes at p in `set`, in characters; -1 if it is not there.
 */
static int32_t place_in(struct slice set, const char *p, size_t size)
{
  int32_t place = 0;
  for (size_t i = 0; i < set.n; place++) {
    size_t n = utf8_size(set.p + i, set.n - i);
    if (n == size && memcmp(set.p + i, p, n) == 0)
      return place;
    i += n;
  }
  return -1;
}

/* Characters of `from` become those of `to` at the same place; without one there they vanish. */
static struct slice translate(struct text_writer *w, struct slice s, struct slice from,
                              struct slice to)
{
  char *p = text_writer_room(w, s.n * 4);
  size_t n = 0;
  for (size_t i = 0; i < s.n;) {
    size_t size = utf8_size(s.p + i, s.n - i);
    int32_t place = place_in(from, s.p + i, size);
    struct slice c = {s.p + i, size};
    if (place >= 0) {
      size_t at = utf8_offset(to, place);
      c = (struct slice){to.p + at, at < to.n ? utf8_size(to.p + at, to.n - at) : 0};
    }
    append(p + n, c);
    n += c.n;
    i += size;
  }
  return text_writer_take(w, n);
}

TEXT_KERNEL(translate_kernel, translate(&w, TEXT(0), TEXT(1), TEXT(2)))

struct expr *bind_translate(struct call *c)
{
  if (!call_accept_texts(c, 0, 3))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), translate_kernel, NULL);
}

/* `count` characters of `fill`, over and over. */
static char *fill_up(char *p, struct slice fill, int64_t count)
{
  for (size_t i = 0; count > 0; count--) {
    size_t size = utf8_size(fill.p + i, fill.n - i);
    p = append(p, (struct slice){fill.p + i, size});
    i = i + size < fill.n ? i + size : 0;
  }
  return p;
}

enum { LONGEST_TEXT = 2147483632 }; /* ByteArrayMethods.MAX_ROUNDED_ARRAY_LENGTH */

/* A few characters of a query may ask for any length. */
static bool check_length(size_t n, struct error *err)
{
  return n <= LONGEST_TEXT ||
         error_set(err, ERR_RANGE, "a text of %zu bytes is longer than %d", n, LONGEST_TEXT);
}

static size_t bytes_to_fill(struct slice fill, int64_t count)
{
  int64_t characters = utf8_count(fill);
  return (size_t)(count / characters) * fill.n + utf8_offset(fill, count % characters);
}

static bool pad(struct text_writer *w, struct slice *s, int32_t length, struct slice fill,
                bool left, struct error *err)
{
  int64_t missing = (int64_t)length - utf8_count(*s);
  if (missing <= 0 || fill.n == 0) {
    s->n = utf8_offset(*s, length);
    return true;
  }
  size_t n = s->n + bytes_to_fill(fill, missing);
  if (!check_length(n, err))
    return false;
  char *p = text_writer_room(w, n);
  left ? append(fill_up(p, fill, missing), *s) : fill_up(append(p, *s), fill, missing);
  *s = text_writer_take(w, n);
  return true;
}

static bool pad_rows(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     size_t rows, struct column *out, bool left)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct text_writer w = {.arena = ev->arena};
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    out->text[i] = TEXT(0);
    if (!pad(&w, &out->text[i], INT(1), e->args == 3 ? TEXT(2) : SLICE(" "), left, ev->err))
      return false;
  }
  return true;
}

static bool lpad_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  return pad_rows(ev, e, arg, rows, out, true);
}

static bool rpad_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  return pad_rows(ev, e, arg, rows, out, false);
}

struct expr *bind_pad(struct call *c)
{
  if (!call_accept_texts(c, 0, 1) || !call_accept(c, 1, type_of(TYPE_INT)) ||
      !call_accept_texts(c, 2, c->args))
    return NULL;
  expr_kernel *kernel = c->function->variant == TRIM_LEFT ? lpad_kernel : rpad_kernel;
  return call_result(c, type_of(TYPE_STRING), kernel, NULL);
}

/* repeat(s, times); space(times) repeats a blank. */
static bool repeat_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct text_writer w = {.arena = ev->arena};
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    struct slice s = e->args == 2 ? TEXT(0) : SLICE(" ");
    int32_t times = INT(e->args - 1);
    size_t n = times > 0 ? s.n * (size_t)times : 0;
    if (!check_length(n, ev->err))
      return false;
    char *p = text_writer_room(&w, n);
    for (size_t at = 0; at < n; at += s.n)
      memcpy(p + at, s.p, s.n);
    out->text[i] = text_writer_take(&w, n);
  }
  return true;
}

struct expr *bind_repeat(struct call *c)
{
  if (!call_accept_texts(c, 0, 1) || !call_accept(c, 1, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), repeat_kernel, NULL);
}

struct expr *bind_space(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_INT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), repeat_kernel, NULL);
}

static struct slice reverse(struct text_writer *w, struct slice s)
{
  char *p = text_writer_room(w, s.n);
  for (size_t i = 0; i < s.n;) {
    size_t size = utf8_size(s.p + i, s.n - i);
    memcpy(p + s.n - i - size, s.p + i, size);
    i += size;
  }
  return text_writer_take(w, s.n);
}

TEXT_KERNEL(reverse_kernel, reverse(&w, TEXT(0)))

struct expr *bind_reverse(struct call *c)
{
  if (call_kind(c, 0) == TYPE_ARRAY)
    return bind_array_set(c);
  if (!call_accept_texts(c, 0, 1))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), reverse_kernel, NULL);
}

/* overlay(s, by, position[, length]): by's own length if it is not said (Overlay.calculate). */
static struct slice overlay(struct text_writer *w, struct slice s, struct slice by,
                            int32_t position, int64_t length)
{
  int64_t cut = length >= 0 ? length : utf8_count(by);
  size_t head = utf8_offset(s, (int64_t)position - 1);
  size_t tail = utf8_offset(s, (int64_t)position - 1 + cut);
  char *p = text_writer_room(w, s.n + by.n);
  char *end = append(p, (struct slice){s.p, head});
  end = append(end, by);
  end = append(end, (struct slice){s.p + tail, s.n - tail});
  return text_writer_take(w, (size_t)(end - p));
}

TEXT_KERNEL(overlay_kernel, overlay(&w, TEXT(0), TEXT(1), INT(2), e->args == 4 ? INT(3) : -1))

struct expr *bind_overlay(struct call *c)
{
  if (!call_accept_texts(c, 0, 2) || !call_accept(c, 2, type_of(TYPE_INT)) ||
      (c->args == 4 && !call_accept(c, 3, type_of(TYPE_INT))))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), overlay_kernel, NULL);
}

static int32_t first_code(struct slice s)
{
  size_t i = 0;
  return s.n == 0 ? 0 : (int32_t)utf8_read(s, &i);
}

INT_KERNEL(ascii_kernel, first_code(TEXT(0)))

struct expr *bind_ascii(struct call *c)
{
  if (!call_accept_texts(c, 0, 1))
    return NULL;
  return call_result(c, type_of(TYPE_INT), ascii_kernel, NULL);
}

/* chr(n): negative gives '', the rest counts modulo 256. */
static struct slice character(struct text_writer *w, int64_t n)
{
  char *p = text_writer_room(w, 4);
  return text_writer_take(w, n < 0 ? 0 : utf8_write((uint32_t)(n & 0xff), p));
}

TEXT_KERNEL(char_kernel, character(&w, arg[0].i64[i]))

struct expr *bind_char(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_BIGINT)))
    return NULL;
  return call_result(c, type_of(TYPE_STRING), char_kernel, NULL);
}
