/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "sql/functions/pattern_java.h"
#include "text/utf8.h"

struct pattern {
  bool plain; /* only `literal`, perhaps at the start or the end */
  bool from_start, to_end;
  struct slice literal;
  pcre2_code *code; /* unless plain */
  bool empty;
  unsigned groups;
};

struct matcher {
  const struct pattern *pattern;
  pcre2_match_data *data;
  size_t start, end; /* of the last match */
};

/* ---- plain patterns ---- */

/* A backslash before anything but a letter or a digit stands for that character. */
static bool plain_character(struct slice regex, size_t *i, char *out)
{
  char c = regex.p[*i];
  if (c == '\\') {
    if (++*i >= regex.n)
      return false;
    c = regex.p[*i];
    if (ascii_is_digit(c) || ascii_is_letter(c))
      return false;
  } else if (strchr("[](){}.*+?^$|", c) != NULL) {
    return false; /* also the NUL byte */
  }
  *out = c;
  ++*i;
  return true;
}

static bool compile_plain(struct slice regex, struct arena *arena, struct pattern *pattern)
{
  char *literal = arena_take(arena, regex.n + 1, 1);
  size_t i = 0, n = 0, end = regex.n;
  pattern->from_start = regex.n > 0 && regex.p[0] == '^';
  i += pattern->from_start;
  pattern->to_end = end > i && regex.p[end - 1] == '$' && (end < i + 2 || regex.p[end - 2] != '\\');
  end -= pattern->to_end;
  struct slice body = {regex.p, end};
  while (i < end)
    if (!plain_character(body, &i, &literal[n++]))
      return false;
  pattern->literal = (struct slice){literal, n};
  pattern->plain = n > 0;
  return n > 0;
}

static bool literal_at(const struct pattern *pattern, struct slice text, size_t i)
{
  return i + pattern->literal.n <= text.n &&
         memcmp(text.p + i, pattern->literal.p, pattern->literal.n) == 0;
}

/* $ is the end, or the last line's end before it. */
static bool at_end(struct slice text, size_t i)
{
  struct slice rest = {text.p + i, text.n - i};
  return rest.n == 0 || slice_is(rest, "\n") || slice_is(rest, "\r") || slice_is(rest, "\r\n") ||
         slice_is(rest, "\xc2\x85") || slice_is(rest, "\xe2\x80\xa8") ||
         slice_is(rest, "\xe2\x80\xa9");
}

static bool find_plain(struct matcher *m, struct slice text, size_t from)
{
  const struct pattern *p = m->pattern;
  size_t n = p->literal.n, last = text.n >= n ? text.n - n : 0;
  if (p->to_end) {
    enum { LONGEST_LINE_END = 3 };
    size_t near = last > LONGEST_LINE_END ? last - LONGEST_LINE_END : 0;
    from = from > near ? from : near;
  }
  if (p->from_start && from > 0)
    return false;
  for (size_t i = from; i <= last; i++) {
    if (literal_at(p, text, i) && (!p->to_end || at_end(text, i + n))) {
      m->start = i;
      m->end = i + n;
      return true;
    }
    if (p->from_start)
      return false;
  }
  return false;
}

/* ---- PCRE2 ---- */

static void *take_memory(size_t size, void *arena)
{
  return arena_take(arena, 1, size);
}

static void leave_memory(void *memory, void *arena)
{
  (void)memory;
  (void)arena;
}

static bool refuse(struct slice regex, int code, struct error *err)
{
  char message[200];
  pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
  return error_set(err, ERR_SYNTAX, "the regular expression '%.*s' is wrong: %s",
                   SLICE_PRINT(regex), message);
}

static bool compile_pcre(struct slice regex, struct slice rewritten, struct arena *arena,
                         struct pattern *pattern, struct error *err)
{
  int code;
  size_t offset;
  pcre2_general_context *memory = pcre2_general_context_create(take_memory, leave_memory, arena);
  pcre2_compile_context *context = pcre2_compile_context_create(memory);
  pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
  pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
  /* bytes that are no UTF-8 match nothing, and do no harm */
  pattern->code = pcre2_compile((PCRE2_SPTR)rewritten.p, rewritten.n,
                                PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, &code, &offset, context);
  if (pattern->code == NULL)
    return refuse(regex, code, err);
  pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE); /* without it, the interpreter runs */
  uint32_t groups = 0;
  pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &groups);
  pattern->groups = groups;
  pattern->empty = regex.n == 0;
  return true;
}

struct pattern *pattern_compile(struct slice regex, struct arena *arena, struct error *err)
{
  struct pattern *pattern = arena_zero(arena, 1, sizeof *pattern);
  if (compile_plain(regex, arena, pattern))
    return pattern;
  struct buffer rewritten = {0};
  buffer_room(&rewritten, regex.n + 1);
  bool done = pattern_from_java(regex, &rewritten, err) &&
              compile_pcre(regex, (struct slice){rewritten.p, rewritten.n}, arena, pattern, err);
  buffer_free(&rewritten);
  return done ? pattern : NULL;
}

bool pattern_is_empty(const struct pattern *pattern)
{
  return pattern->empty;
}

unsigned pattern_groups(const struct pattern *pattern)
{
  return pattern->groups;
}

int pattern_group_named(const struct pattern *pattern, struct slice name)
{
  char text[64];
  if (pattern->plain || name.n >= sizeof text)
    return -1;
  memcpy(text, name.p, name.n);
  text[name.n] = '\0';
  int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)text);
  return number > 0 ? number : -1;
}

struct matcher *matcher_new(const struct pattern *pattern)
{
  struct matcher *m = mem_new(1, sizeof *m);
  m->pattern = pattern;
  if (!pattern->plain) {
    m->data = pcre2_match_data_create(pattern->groups + 1, NULL);
    if (m->data == NULL)
      mem_exhausted(sizeof *m);
  }
  return m;
}

void matcher_free(struct matcher *m)
{
  pcre2_match_data_free(m->data);
  free(m);
}

enum match matcher_find(struct matcher *m, struct slice text, size_t from, struct error *err)
{
  if (from > text.n)
    return MATCH_NONE;
  if (m->pattern->plain)
    return find_plain(m, text, from) ? MATCH_FOUND : MATCH_NONE;
  const char *p = text.p != NULL ? text.p : "";
  const pcre2_code *code = m->pattern->code;
  int found = pcre2_match(code, (PCRE2_SPTR)p, text.n, from, 0, m->data, NULL);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT) /* the interpreter keeps its stack on the heap */
    found = pcre2_match(code, (PCRE2_SPTR)p, text.n, from, PCRE2_NO_JIT, m->data, NULL);
  if (found == PCRE2_ERROR_NOMATCH)
    return MATCH_NONE;
  if (found < 0) {
    error_set(err, ERR_RANGE, "a regular expression was given up on: it would take too long");
    return MATCH_FAILED;
  }
  const size_t *place = pcre2_get_ovector_pointer(m->data);
  m->start = place[0];
  m->end = place[1];
  return MATCH_FOUND;
}

bool matcher_group(const struct matcher *m, unsigned group, size_t *start, size_t *end)
{
  *start = m->start;
  *end = m->end;
  if (group == 0)
    return true;
  const size_t *place = pcre2_get_ovector_pointer(m->data);
  *start = place[2 * group];
  *end = place[2 * group + 1];
  return *start != PCRE2_UNSET;
}

size_t matcher_next(const struct matcher *m, struct slice text)
{
  if (m->end > m->start)
    return m->end;
  return m->end < text.n ? m->end + utf8_size(text.p + m->end, text.n - m->end) : m->end + 1;
}
