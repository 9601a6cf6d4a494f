/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_record.h"

#include <stdlib.h>

/* Steps return false when the input has ended; what was read so far is then settled by
 * finish_at_end(), as univocity does by an exception. Until then `ch` keeps its value. */

void csv_dialect_of(struct csv_dialect *dialect, const struct csv_read_options *options)
{
  unsigned char escape = (unsigned char)options->escape;
  *dialect = (struct csv_dialect){
      .separator = options->separator,
      .quote = (unsigned char)options->quote,
      .escape = escape,
      .comment = (unsigned char)options->comment,
      .has_comment = options->comment != 0,
      .skip_leading = options->ignore_leading_blanks,
      .skip_trailing = options->ignore_trailing_blanks,
      .null_value = options->null_value,
      .empty_value = options->empty_value,
      .lines = !options->multi_line,
      .line_end = {'\n', 0},
  };
  /* CsvFormat.getCharToEscapeQuoteEscaping: none if quotes are escaped by themselves. */
  if (options->escape_escape != 0)
    dialect->escape_escape = (unsigned char)options->escape_escape;
  else if (dialect->quote != escape)
    dialect->escape_escape = escape;
}

static bool is_blank(unsigned char c)
{
  return c <= ' ';
}

/* The separator if it is one character. A longer one has its own steps; where univocity calls the
 * common ones all the same, the separator there is NUL. */
static unsigned char separator_of(const struct csv_scanner *s)
{
  return s->dialect->separator.n == 1 ? (unsigned char)s->dialect->separator.p[0] : 0;
}

static bool read_char(struct csv_scanner *s, unsigned char *ch)
{
  const unsigned char *line_end = s->dialect->line_end;
  if (s->p == s->end) {
    s->more = !s->final;
    return false;
  }
  *ch = (unsigned char)*s->p++;
  if (s->dialect->lines || *ch != line_end[0])
    return true;
  if (line_end[1] == 0) {
    *ch = '\n';
  } else if (s->p == s->end) {
    s->more = !s->final;
    return s->final;
  } else if ((unsigned char)*s->p == line_end[1]) {
    s->p++;
    *ch = '\n';
  }
  return true;
}

static bool next(struct csv_scanner *s)
{
  unsigned char ch;
  if (!read_char(s, &ch))
    return false;
  s->ch = ch;
  return true;
}

static void put(struct csv_scanner *s, unsigned char c)
{
  buffer_put(&s->text, (char)c);
}

static void put_first(struct csv_scanner *s, unsigned char c)
{
  put(s, 0);
  char *value = s->text.p + s->value_at;
  memmove(value + 1, value, s->text.n - s->value_at - 1);
  value[0] = (char)c;
}

/* Takes characters up to one of the three, which becomes `ch`. */
static bool put_until(struct csv_scanner *s, unsigned char a, unsigned char b, unsigned char c)
{
  unsigned char ch = s->ch;
  while (ch != a && ch != b && ch != c) {
    put(s, ch);
    if (!read_char(s, &ch))
      return false;
  }
  s->ch = ch;
  return true;
}

static void put_match(struct csv_scanner *s)
{
  if (s->match < s->dialect->separator.n)
    buffer_append(&s->text, s->dialect->separator.p, s->match);
  s->match = 0;
}

/* The same up to a separator of several characters. */
static bool put_until_separator(struct csv_scanner *s)
{
  struct slice separator = s->dialect->separator;
  while (s->ch != '\n') {
    if ((unsigned char)separator.p[s->match] == s->ch) {
      if (++s->match == separator.n)
        break;
    } else if (s->match > 0) {
      put_match(s);
      continue;
    } else {
      put(s, s->ch);
    }
    if (!next(s))
      return false;
  }
  put_match(s);
  return true;
}

static struct csv_field *new_field(struct csv_scanner *s)
{
  if (s->fields == s->room) {
    s->room = s->room != 0 ? 2 * s->room : 16;
    s->field = mem_resize(s->field, s->room, sizeof *s->field);
  }
  return &s->field[s->fields++];
}

static void end_constant(struct csv_scanner *s, const struct slice *value)
{
  *new_field(s) = (struct csv_field){.value = value};
  s->value_at = s->text.n;
}

static void end_empty(struct csv_scanner *s)
{
  end_constant(s, &s->dialect->null_value);
}

static void end_value(struct csv_scanner *s)
{
  size_t end = s->text.n;
  while (s->trim && end > s->value_at && is_blank((unsigned char)s->text.p[end - 1]))
    end--;
  if (end == s->value_at) {
    end_constant(s, &s->dialect->empty_value);
    return;
  }
  *new_field(s) = (struct csv_field){.at = s->value_at, .n = end - s->value_at};
  s->value_at = s->text.n;
}

static bool is_selected(const struct csv_scanner *s)
{
  return s->selected == NULL || (s->fields < s->columns && s->selected[s->fields]);
}

/* The rest of a field that has to be taken as it stands, from its opening quote on. */
static bool put_raw_rest(struct csv_scanner *s)
{
  put_first(s, s->dialect->quote);
  if (!next(s))
    return false;
  s->trim = s->dialect->skip_trailing;
  if (s->dialect->separator.n != 1 && s->unescaped)
    return put_until_separator(s);
  return put_until(s, separator_of(s), '\n', '\n');
}

/* A quote and an escape behind it that escapes nothing: the field goes on as an unquoted one in
 * which escapes count. Each such pair within consumes one more separator (univocity recurses and
 * skips the character at hand on each return). */
static bool put_escaped_rest(struct csv_scanner *s)
{
  const struct csv_dialect *d = s->dialect;
  size_t depth = 0;
  put(s, d->quote);
  s->prev = s->ch;
  for (;;) {
    if (s->ch == separator_of(s) || s->ch == '\n') {
      if (depth-- == 0)
        return true;
    } else if (s->ch != d->quote && s->ch != d->escape) {
      if (s->prev == d->quote) {
        put(s, d->quote);
        s->prev = s->ch;
        continue;
      }
      put(s, s->ch);
    } else if (s->ch == d->escape && s->prev == d->escape_escape && d->escape_escape != 0) {
      put(s, d->escape);
      s->ch = 0;
    } else if (s->prev == d->escape) {
      put(s, s->ch == d->quote ? d->quote : s->prev);
      if (s->ch == d->quote)
        s->ch = 0;
    } else if (s->ch == d->quote && s->prev == d->quote) {
      put(s, d->quote);
    } else if (s->prev == d->quote) {
      put(s, d->quote);
      s->prev = s->ch;
      depth++;
      continue;
    }
    s->prev = s->ch;
    if (!next(s))
      return false;
  }
}

/* `ch` is a quote or an escape within a quoted field. */
static bool put_quote_or_escape(struct csv_scanner *s)
{
  const struct csv_dialect *d = s->dialect;
  if (s->ch == d->escape && s->prev == d->escape_escape && d->escape_escape != 0) {
    put(s, d->escape);
    s->ch = 0;
  } else if (s->prev == d->escape) {
    put(s, s->ch == d->quote ? d->quote : s->prev);
    if (s->ch == d->quote)
      s->ch = 0;
  } else if (s->ch == d->quote && s->prev == d->quote) {
    put(s, d->quote);
  } else if (s->prev == d->quote) {
    return put_escaped_rest(s);
  }
  return true;
}

/* A character behind a closing quote that is neither blank, separator nor line end. */
static bool put_unescaped_quote(struct csv_scanner *s)
{
  s->unescaped = true;
  put(s, s->dialect->quote);
  put(s, s->ch);
  s->prev = s->ch;
  return put_raw_rest(s);
}

static bool put_quoted_text(struct csv_scanner *s)
{
  if (s->prev == s->dialect->escape && s->dialect->escape != 0)
    put(s, s->dialect->escape);
  if (!put_until(s, s->dialect->quote, s->dialect->escape, s->dialect->escape_escape))
    return false;
  s->prev = s->ch;
  return next(s);
}

/* Blanks behind a closing quote: dropped before a separator or line end, else part of the text. */
static bool put_blanks_after_quote(struct csv_scanner *s)
{
  const char *blanks = s->p - 1;
  size_t n = 0;
  do {
    n++;
    if (!next(s))
      return false;
    if (s->ch == '\n')
      return true;
  } while (is_blank(s->ch) && s->ch != separator_of(s));
  if (s->ch == separator_of(s))
    return true;
  put(s, s->dialect->quote);
  buffer_append(&s->text, blanks, n);
  put(s, s->ch);
  s->prev = s->ch;
  return put_raw_rest(s);
}

/* A quoted field from behind its opening quote up to the separator or line end, which is `ch`. */
static bool put_quoted(struct csv_scanner *s)
{
  const struct csv_dialect *d = s->dialect;
  unsigned char separator = separator_of(s);
  if (!next(s))
    return false;
  for (;;) {
    if (s->prev == d->quote && (is_blank(s->ch) || s->ch == separator))
      break;
    if (s->ch != d->quote && s->ch != d->escape) {
      if (s->prev == d->quote)
        return put_unescaped_quote(s);
      if (!put_quoted_text(s))
        return false;
      continue;
    }
    if (!put_quote_or_escape(s))
      return false;
    s->prev = s->ch;
    if (!next(s))
      return false;
    if (s->unescaped && (s->ch == separator || s->ch == '\n'))
      return true;
  }
  if (s->ch != separator && s->ch != '\n')
    return put_blanks_after_quote(s);
  return true;
}

static bool at_line_end(const struct csv_scanner *s, const char *p)
{
  const unsigned char *line_end = s->dialect->line_end;
  return !s->dialect->lines && (unsigned char)*p == line_end[0] &&
         (line_end[1] == 0 || (p + 1 < s->end && (unsigned char)p[1] == line_end[1]));
}

/* Where the text of a regular quoted field ends: at a quote before a separator or LF, with no
 * escape in between that means something (for a field that is not kept: none is looked for).
 * NULL if it must be taken character by character. */
static const char *quoted_end(const struct csv_scanner *s, bool kept)
{
  const struct csv_dialect *d = s->dialect;
  for (const char *p = s->p; p + 1 < s->end; p++) {
    unsigned char c = (unsigned char)*p, after = (unsigned char)p[1];
    if (c == d->quote) {
      if ((unsigned char)p[-1] != d->escape)
        return after == separator_of(s) || after == '\n' ? p : NULL;
      if (kept)
        return NULL;
    } else if (c == d->escape && kept) {
      if (after == d->quote || after == d->escape_escape)
        return NULL;
    } else if (at_line_end(s, p)) {
      return NULL;
    }
  }
  return NULL;
}

/* A field that starts with a quote; ends with its separator or line end as `ch`. */
static bool scan_quoted(struct csv_scanner *s, bool *record_goes_on)
{
  const char *end = quoted_end(s, is_selected(s));
  *record_goes_on = true;
  if (end == NULL) {
    s->trim = false;
    if (!put_quoted(s))
      return false;
    end_value(s);
    return true;
  }
  s->trim = false;
  buffer_append(&s->text, s->p, (size_t)(end - s->p));
  s->p = end + 1;
  end_value(s);
  *record_goes_on = false;
  if (!next(s))
    return false;
  if (s->ch == separator_of(s)) {
    if (!next(s))
      return false;
    if (s->ch == '\n')
      end_empty(s);
  }
  return true;
}

/* An unquoted field: up to the separator where one is in sight, else up to the line end. The two
 * differ in what a field of blanks becomes when blanks are trimmed. */
static bool scan_unquoted(struct csv_scanner *s)
{
  unsigned char separator = separator_of(s);
  const char *start = s->p - 1, *p = start;
  while (p < s->end && (unsigned char)*p != separator && !at_line_end(s, p))
    p++;
  if (p == s->end && !s->final) {
    s->more = true;
    return false;
  }
  s->trim = s->dialect->skip_trailing;
  if (p == s->end) {
    if (!put_until(s, separator, '\n', '\n'))
      return false;
    end_value(s);
    return true;
  }
  buffer_append(&s->text, start, (size_t)(p - start));
  const char *last = p;
  while (s->trim && last > start && is_blank((unsigned char)last[-1]))
    last--;
  if (last == start)
    end_empty(s);
  else
    end_value(s);
  s->p = p;
  return next(s);
}

static bool skip_blanks(struct csv_scanner *s)
{
  unsigned char ch = s->ch;
  while (is_blank(ch) && ch != separator_of(s) && ch != '\n' && ch != s->dialect->quote)
    if (!read_char(s, &ch))
      return false;
  s->ch = ch;
  return true;
}

static bool scan_fields(struct csv_scanner *s)
{
  bool goes_on;
  if (s->dialect->skip_leading && !skip_blanks(s))
    return false;
  while (s->ch != '\n') {
    if (s->dialect->skip_leading && !skip_blanks(s))
      return false;
    if (s->ch == separator_of(s) || s->ch == '\n') {
      end_empty(s);
    } else {
      s->unescaped = false;
      s->prev = 0;
      goes_on = true;
      if (s->ch == s->dialect->quote ? !scan_quoted(s, &goes_on) : !scan_unquoted(s))
        return false;
      if (!goes_on)
        continue;
    }
    if (s->ch != '\n') {
      if (!next(s))
        return false;
      if (s->ch == '\n')
        end_empty(s);
    }
  }
  return true;
}

/* --- separators of several characters ------------------------------------------------------- */

/* Whether the separator starts at `ch`; 1 yes, 0 no, -1 the input ended within. What was read of
 * it on a no is kept as text only `with_text`. */
static int match_separator(struct csv_scanner *s, bool with_text)
{
  struct slice separator = s->dialect->separator;
  while (s->ch == (unsigned char)separator.p[s->match]) {
    if (++s->match == separator.n) {
      s->match = 0;
      return 1;
    }
    if (!next(s))
      return -1;
  }
  if (with_text && s->match > 0)
    put_match(s);
  return 0;
}

static bool put_blanks_before_separator(struct csv_scanner *s)
{
  struct buffer blanks = {0};
  bool ok = false;
  for (;;) {
    buffer_put(&blanks, (char)s->ch);
    if (!next(s))
      break;
    int found = s->ch == '\n' ? 1 : match_separator(s, false);
    ok = found > 0;
    if (found != 0)
      break;
    if (is_blank(s->ch))
      continue;
    put(s, s->dialect->quote);
    buffer_append(&s->text, blanks.p, blanks.n);
    put(s, s->ch);
    s->prev = s->ch;
    ok = put_raw_rest(s);
    break;
  }
  buffer_free(&blanks);
  return ok;
}

static bool put_quoted_long(struct csv_scanner *s)
{
  const struct csv_dialect *d = s->dialect;
  int found;
  if (!next(s))
    return false;
  for (;;) {
    if (s->prev == d->quote && is_blank(s->ch))
      break;
    if (s->prev == d->quote && (found = match_separator(s, true)) != 0)
      return found > 0;
    if (s->ch != d->quote && s->ch != d->escape) {
      if (s->prev == d->quote)
        return put_unescaped_quote(s);
      if (!put_quoted_text(s))
        return false;
      continue;
    }
    if (!put_quote_or_escape(s))
      return false;
    s->prev = s->ch;
    if (!next(s))
      return false;
    if (s->unescaped) {
      if (s->ch == '\n' || (found = match_separator(s, true)) > 0)
        return true;
      if (found < 0)
        return false;
    }
  }
  if (s->ch == '\n')
    return true;
  found = match_separator(s, false);
  return found == 0 ? put_blanks_before_separator(s) : found > 0;
}

static bool skip_blanks_long(struct csv_scanner *s)
{
  while (is_blank(s->ch) && s->ch != '\n' && s->ch != s->dialect->quote) {
    if (!next(s))
      return false;
    if (s->ch != (unsigned char)s->dialect->separator.p[s->match])
      continue;
    int found = match_separator(s, true);
    if (found < 0)
      return false;
    if (found > 0) {
      end_empty(s);
      if (!next(s))
        return false;
    }
  }
  if (s->match > 0)
    put_match(s);
  return true;
}

static bool scan_field_long(struct csv_scanner *s)
{
  s->unescaped = false;
  s->prev = 0;
  if (s->ch == s->dialect->quote && s->text.n == s->value_at) {
    s->trim = false;
    if (!put_quoted_long(s))
      return false;
    end_value(s);
    return true;
  }
  bool trim = s->trim; /* which the input's end leaves as the last field had it */
  if (!put_until_separator(s))
    return false;
  s->trim = trim || s->dialect->skip_trailing;
  end_value(s);
  s->trim = trim;
  return true;
}

static bool scan_fields_long(struct csv_scanner *s)
{
  bool leading = s->dialect->skip_leading;
  if (leading && is_blank(s->ch) && !skip_blanks_long(s))
    return false;
  while (s->ch != '\n') {
    if (leading && is_blank(s->ch) && !skip_blanks_long(s))
      return false;
    int found = s->ch == '\n' ? 1 : match_separator(s, true);
    if (found < 0)
      return false;
    if (found > 0)
      end_empty(s);
    else if (!scan_field_long(s))
      return false;
    if (s->ch != '\n') {
      if (!next(s))
        return false;
      if (s->ch == '\n')
        end_empty(s);
    }
  }
  return true;
}

/* -------------------------------------------------------------------------------------------- */

/* CsvParser.consumeValueOnEOF and AbstractParser.handleEOF. */
static void finish_at_end(struct csv_scanner *s)
{
  bool consumed, has_text;
  s->ended = true;
  if (s->ch == s->dialect->quote && s->prev == s->dialect->quote) {
    consumed = true;
  } else {
    if (s->ch == s->dialect->quote && !s->unescaped)
      put(s, s->dialect->quote);
    consumed = s->prev != 0 && s->ch != separator_of(s) && s->ch != '\n';
    s->ch = s->prev = 0;
    if (s->match > 0) {
      put_match(s);
      consumed = true;
    }
  }
  has_text = s->text.n > s->value_at;
  if (s->p == s->start)
    return;
  if (consumed || has_text)
    end_value(s);
  else
    end_empty(s);
}

/* A comment goes on to the stream's own line end; a LF does not end it where that is a CR. */
static void skip_comment(struct csv_scanner *s)
{
  while (s->p < s->end && !at_line_end(s, s->p))
    s->p++;
  if (s->p + (s->dialect->line_end[1] != 0) >= s->end)
    s->more = !s->final;
  else
    s->p += s->dialect->line_end[1] != 0 ? 2 : 1;
}

static enum csv_scan scan_record(struct csv_scanner *s)
{
  if (!next(s)) {
    if (s->more)
      return CSV_SCAN_MORE;
    finish_at_end(s);
  } else if (s->dialect->has_comment && s->ch == s->dialect->comment) {
    if (!s->dialect->lines)
      skip_comment(s);
    return s->more ? CSV_SCAN_MORE : CSV_SCAN_NOTHING;
  } else if (!(s->dialect->separator.n == 1 ? scan_fields(s) : scan_fields_long(s))) {
    if (s->more)
      return CSV_SCAN_MORE;
    finish_at_end(s);
  }
  if (s->fields > CSV_MAX_FIELDS)
    return CSV_SCAN_TOO_MANY;
  return s->fields != 0 ? CSV_SCAN_RECORD : CSV_SCAN_NOTHING;
}

enum csv_scan csv_scan(struct csv_scanner *s, const char **p, const char *end, bool final)
{
  struct csv_scanner before = *s;
  s->start = s->p = *p;
  s->end = end;
  s->final = final || s->dialect->lines;
  s->more = s->ended = false;
  s->fields = 0;
  s->text.n = s->value_at = 0;
  enum csv_scan scan = scan_record(s);
  if (scan == CSV_SCAN_MORE) {
    s->ch = before.ch;
    s->prev = before.prev;
    s->unescaped = before.unescaped;
    s->trim = before.trim;
    s->match = before.match;
    return scan;
  }
  *p = s->p;
  return scan;
}

struct slice csv_scanner_field(const struct csv_scanner *s, size_t i)
{
  const struct csv_field *field = &s->field[i];
  return field->value != NULL ? *field->value : (struct slice){s->text.p + field->at, field->n};
}

void csv_scanner_free(struct csv_scanner *s)
{
  free(s->field);
  buffer_free(&s->text);
}
