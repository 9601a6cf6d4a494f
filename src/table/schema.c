/* SPDX-License-Identifier: Apache-2.0 */
#include "table/schema.h"

#include "base/suggest.h"

/* A recursive descent over the DDL. */
struct ddl {
  struct slice text;
  size_t at; /* of the next character, blanks skipped */
  struct arena *arena;
  struct error *err;
  int depth;
  bool of_cast; /* a type of its own, not of a file's column */
};

/* Types within types, so that a hostile text cannot exhaust the stack. */
enum { MAX_DEPTH = 64 };

static bool fail_at(struct ddl *d, size_t at, enum error_code code, const char *what,
                    struct slice found)
{
  uint32_t line = 1, column = 1;
  for (size_t i = 0; i < at; i++, column++)
    if (d->text.p[i] == '\n') {
      line++;
      column = 0;
    }
  return error_at(d->err, code, "", line, column, "%s%s%.*s%s", what, found.n != 0 ? " '" : "",
                  SLICE_PRINT(found), found.n != 0 ? "'" : "");
}

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void skip_blanks(struct ddl *d)
{
  while (d->at < d->text.n && is_blank(d->text.p[d->at]))
    d->at++;
}

/* The word, or the single other character, that comes next; empty at the end. */
static struct slice peek(const struct ddl *d)
{
  size_t end = d->at;
  while (end < d->text.n && is_word(d->text.p[end]))
    end++;
  if (end == d->at && end < d->text.n)
    end++;
  return (struct slice){d->text.p + d->at, end - d->at};
}

static bool unexpected(struct ddl *d, const char *wanted)
{
  struct slice found = peek(d);
  return fail_at(d, d->at, ERR_SYNTAX, wanted, found.n != 0 ? found : SLICE("the end"));
}

static bool take(struct ddl *d, const char *word)
{
  struct slice next = peek(d);
  if (!slice_equal_nocase(next, slice_of(word)))
    return false;
  d->at += next.n;
  skip_blanks(d);
  return true;
}

static bool want(struct ddl *d, const char *word, const char *message)
{
  return take(d, word) || unexpected(d, message);
}

/* `any text` with `` for a backquote in it. */
static bool quoted_name(struct ddl *d, struct slice *out)
{
  size_t start = d->at++, n = 0;
  char *name = arena_take(d->arena, d->text.n - start, 1);
  for (;; d->at++) {
    if (d->at == d->text.n)
      return fail_at(d, start, ERR_SYNTAX, "a name's closing backquote is missing", SLICE(""));
    if (d->text.p[d->at] == '`') {
      if (d->at + 1 == d->text.n || d->text.p[d->at + 1] != '`')
        break;
      d->at++;
    }
    name[n++] = d->text.p[d->at];
  }
  d->at++;
  *out = (struct slice){name, n};
  return n != 0 || fail_at(d, start, ERR_SYNTAX, "a name is empty", SLICE(""));
}

static bool parse_name(struct ddl *d, struct slice *out)
{
  if (d->at < d->text.n && d->text.p[d->at] == '`') {
    if (!quoted_name(d, out))
      return false;
  } else {
    struct slice word = peek(d);
    if (word.n == 0 || !is_word(word.p[0]))
      return unexpected(d, "a column name was expected, but there is");
    *out = (struct slice){arena_copy(d->arena, word.p, word.n), word.n};
    d->at += word.n;
  }
  skip_blanks(d);
  return true;
}

static bool parse_number(struct ddl *d, int *out)
{
  struct slice digits = peek(d);
  int value = 0;
  if (digits.n == 0 || digits.n > 4)
    return unexpected(d, "a number of digits was expected, but there is");
  for (size_t i = 0; i < digits.n; i++) {
    if (digits.p[i] < '0' || digits.p[i] > '9')
      return unexpected(d, "a number of digits was expected, but there is");
    value = value * 10 + (digits.p[i] - '0');
  }
  d->at += digits.n;
  skip_blanks(d);
  *out = value;
  return true;
}

/* After DECIMAL: nothing, (precision) or (precision, scale). */
static bool parse_decimal(struct ddl *d, struct type *out)
{
  int precision = 10, scale = 0;
  size_t start = d->at;
  if (take(d, "(")) {
    if (!parse_number(d, &precision) || (take(d, ",") && !parse_number(d, &scale)) ||
        !want(d, ")", "a ')' was expected, but there is"))
      return false;
  }
  if (precision < 1 || precision > DECIMAL_DIGITS || scale > precision)
    return fail_at(d, start, ERR_RANGE,
                   "DECIMAL has 1 to 38 digits, and no more of them behind the point than in all",
                   SLICE(""));
  *out = type_decimal(precision, scale);
  return true;
}

/* INTERVAL UNIT [TO UNIT]. */
static bool parse_interval(struct ddl *d, struct type *out)
{
  enum interval_unit first, last;
  size_t start = d->at;
  if (!interval_unit_find(peek(d), &first))
    return fail_at(d, start, ERR_UNSUPPORTED,
                   "INTERVAL without units, such as DAY TO SECOND, is not supported", SLICE(""));
  take(d, interval_unit_name(first));
  last = first;
  if (take(d, "to") && (!interval_unit_find(peek(d), &last) || last <= first ||
                        (first <= INTERVAL_MONTH) != (last <= INTERVAL_MONTH)))
    return fail_at(d, d->at, ERR_SYNTAX,
                   "an INTERVAL goes from a unit to a shorter one of its kind", SLICE(""));
  if (last != first)
    take(d, interval_unit_name(last));
  *out = type_interval(first, last);
  return true;
}

static bool parse_type(struct ddl *d, struct type *out);

static bool parse_fields(struct ddl *d, struct schema *out, const char *end);

static bool parse_elements(struct ddl *d, struct type *out, enum type_kind kind)
{
  unsigned items = kind == TYPE_MAP ? 2 : 1;
  struct field *item = arena_zero(d->arena, items, sizeof *item);
  if (!want(d, "<", "a '<' was expected, but there is"))
    return false;
  for (unsigned i = 0; i < items; i++)
    if ((i != 0 && !want(d, ",", "a ',' was expected, but there is")) ||
        !parse_type(d, &item[i].type))
      return false;
  item[0].name = kind == TYPE_MAP ? SLICE("key") : SLICE("element");
  if (items == 2)
    item[1].name = SLICE("value");
  *out = (struct type){.kind = kind, .items = (uint16_t)items, .item = item};
  return want(d, ">", "a '>' was expected, but there is");
}

static bool parse_struct(struct ddl *d, struct type *out)
{
  struct schema fields;
  if (!want(d, "<", "a '<' was expected, but there is") || !parse_fields(d, &fields, ">"))
    return false;
  *out =
      (struct type){.kind = TYPE_STRUCT, .items = (uint16_t)fields.columns, .item = fields.column};
  return want(d, ">", "a '>' was expected, but there is");
}

static const struct {
  struct slice name;
  enum type_kind kind;
} simple_types[] = {
    {SLICE("boolean"), TYPE_BOOLEAN},     {SLICE("tinyint"), TYPE_TINYINT},
    {SLICE("byte"), TYPE_TINYINT},        {SLICE("smallint"), TYPE_SMALLINT},
    {SLICE("short"), TYPE_SMALLINT},      {SLICE("int"), TYPE_INT},
    {SLICE("integer"), TYPE_INT},         {SLICE("bigint"), TYPE_BIGINT},
    {SLICE("long"), TYPE_BIGINT},         {SLICE("float"), TYPE_FLOAT},
    {SLICE("real"), TYPE_FLOAT},          {SLICE("double"), TYPE_DOUBLE},
    {SLICE("string"), TYPE_STRING},       {SLICE("date"), TYPE_DATE},
    {SLICE("timestamp"), TYPE_TIMESTAMP}, {SLICE("timestamp_ltz"), TYPE_TIMESTAMP},
    {SLICE("void"), TYPE_NULL},           {SLICE("decimal"), TYPE_DECIMAL},
    {SLICE("dec"), TYPE_DECIMAL},         {SLICE("numeric"), TYPE_DECIMAL},
    {SLICE("array"), TYPE_ARRAY},         {SLICE("map"), TYPE_MAP},
    {SLICE("struct"), TYPE_STRUCT},       {SLICE("interval"), TYPE_INTERVAL},
};

enum { SIMPLE_TYPES = sizeof simple_types / sizeof *simple_types };

static bool unknown_type(struct ddl *d, size_t at, struct slice name)
{
  static const struct slice elsewhere[] = {SLICE("binary"), SLICE("timestamp_ntz")};
  struct slice known[SIMPLE_TYPES];
  char text[160], hint[96];
  for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
    if (slice_equal_nocase(name, elsewhere[i]))
      return fail_at(d, at, ERR_UNSUPPORTED, "this type is not supported:", name);
  for (size_t i = 0; i < SIMPLE_TYPES; i++)
    known[i] = simple_types[i].name;
  suggest_hint(name, known, SIMPLE_TYPES, hint, sizeof hint);
  text[0] = '\0';
  strncat(text, "no such type", sizeof text - 1);
  strncat(text, hint, sizeof text - 1 - strlen(text));
  strncat(text, ":", sizeof text - 1 - strlen(text));
  return fail_at(d, at, ERR_SYNTAX, text, name);
}

static bool parse_named_type(struct ddl *d, enum type_kind kind, struct type *out)
{
  switch (kind) {
  case TYPE_DECIMAL:
    return parse_decimal(d, out);
  case TYPE_ARRAY:
  case TYPE_MAP:
    return parse_elements(d, out, kind);
  case TYPE_STRUCT:
    return parse_struct(d, out);
  case TYPE_INTERVAL:
    return parse_interval(d, out);
  default:
    *out = type_of(kind);
    return true;
  }
}

/* VARCHAR(n) and CHAR(n): in a cast they are STRING and their length counts for nothing
 * (CharVarcharUtils); for a file's column Spark refuses them. */
static bool parse_text_type(struct ddl *d, size_t at, struct slice name, struct type *out)
{
  int length = 0;
  if (!d->of_cast)
    return fail_at(d, at, ERR_TYPE, "a file's column is STRING, not", name);
  *out = type_of(TYPE_STRING);
  return want(d, "(", "a length such as (10) was expected, but there is") &&
         parse_number(d, &length) && want(d, ")", "a ')' was expected, but there is");
}

static bool is_text_type(struct slice name)
{
  return slice_equal_nocase(name, SLICE("varchar")) || slice_equal_nocase(name, SLICE("char")) ||
         slice_equal_nocase(name, SLICE("character"));
}

static bool parse_type(struct ddl *d, struct type *out)
{
  size_t start = d->at;
  struct slice name = peek(d);
  if (name.n == 0 || !is_word(name.p[0]))
    return unexpected(d, "a type was expected, but there is");
  if (d->depth == MAX_DEPTH)
    return fail_at(d, start, ERR_RANGE, "types are nested too deep", SLICE(""));
  d->at += name.n;
  skip_blanks(d);
  if (is_text_type(name))
    return parse_text_type(d, start, name, out);
  for (size_t i = 0; i < SIMPLE_TYPES; i++)
    if (slice_equal_nocase(name, simple_types[i].name)) {
      d->depth++;
      bool ok = parse_named_type(d, simple_types[i].kind, out);
      d->depth--;
      return ok;
    }
  return unknown_type(d, start, name);
}

/* COMMENT 'text': skipped. */
static bool skip_comment(struct ddl *d)
{
  size_t start = d->at;
  if (!take(d, "comment"))
    return true;
  char quote = d->at < d->text.n ? d->text.p[d->at] : 0;
  if (quote != '\'' && quote != '"')
    return unexpected(d, "a quoted text was expected after COMMENT, but there is");
  for (d->at++; d->at < d->text.n && d->text.p[d->at] != quote; d->at++)
    d->at += d->text.p[d->at] == '\\';
  if (d->at >= d->text.n)
    return fail_at(d, start, ERR_SYNTAX, "the text after COMMENT does not end", SLICE(""));
  d->at++;
  skip_blanks(d);
  return true;
}

/* "name [:] TYPE [NOT NULL] [COMMENT '..']". NOT NULL is read and forgotten: Spark makes every
 * column of a file nullable. */
static bool parse_field(struct ddl *d, struct field *out)
{
  if (!parse_name(d, &out->name))
    return false;
  take(d, ":");
  return parse_type(d, &out->type) &&
         (!take(d, "not") || want(d, "null", "NULL was expected after NOT, but there is")) &&
         skip_comment(d);
}

/* Fields with commas between, up to `end` or, where that is NULL, the end of the text. */
static bool parse_fields(struct ddl *d, struct schema *out, const char *end)
{
  size_t capacity = 0;
  *out = (struct schema){0, NULL};
  do {
    size_t start = d->at;
    if (out->columns == capacity) {
      struct field *old = out->column;
      capacity = capacity != 0 ? 2 * capacity : 8;
      out->column = arena_take(d->arena, capacity, sizeof *out->column);
      if (old != NULL)
        memcpy(out->column, old, out->columns * sizeof *old);
    }
    struct field *field = &out->column[out->columns];
    if (!parse_field(d, field))
      return false;
    if (schema_find(out, field->name) >= 0)
      return fail_at(d, start, ERR_NAME, "two columns have the name", field->name);
    if (++out->columns > UINT16_MAX)
      return fail_at(d, start, ERR_RANGE, "there are too many columns", SLICE(""));
  } while (take(d, ","));
  return end != NULL || d->at == d->text.n ||
         unexpected(d, "a ',' or the end was expected, but there is");
}

bool schema_parse(struct slice ddl, struct schema *out, struct arena *arena, struct error *err)
{
  struct ddl d = {.text = ddl, .arena = arena, .err = err};
  skip_blanks(&d);
  return parse_fields(&d, out, NULL);
}

bool type_parse(struct slice text, struct type *out, struct arena *arena, struct error *err)
{
  struct ddl d = {.text = text, .arena = arena, .err = err, .of_cast = true};
  skip_blanks(&d);
  return parse_type(&d, out) &&
         (d.at == text.n || unexpected(&d, "the type should end here, but there is"));
}

int schema_find(const struct schema *schema, struct slice name)
{
  for (size_t i = 0; i < schema->columns; i++)
    if (slice_equal_nocase(schema->column[i].name, name))
      return (int)i;
  return -1;
}
