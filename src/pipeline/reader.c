/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/suggest.h"
#include "sql/parser.h"
#include "text/interval.h"

enum { MOST_KEYS = 32, HINT_BYTES = 96 };

bool read_fail(struct reader *r, const struct yaml *at, enum error_code code, const char *format,
               ...)
{
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  for (char *p = text; *p != '\0'; p++) /* a name in quotes may hold a line end */
    if ((unsigned char)*p < ' ')
      *p = ' ';
  return error_at(r->err, code, r->file, at->line, at->column, "%s", text);
}

bool read_fail_within(struct reader *r, const struct yaml *text, const char *what)
{
  struct error inner = *r->err;
  uint32_t line = text->line, column = text->column;
  if (!text->replaced && inner.line == 1)
    column += inner.column - 1 + text->quoted;
  return error_at(r->err, inner.code, r->file, line, column, "%s%s%s", what != NULL ? what : "",
                  what != NULL ? ": " : "", inner.text);
}

static const char *kind_name(const struct yaml *node)
{
  switch (node->kind) {
  case YAML_TEXT:
    return "a text";
  case YAML_LIST:
    return "a list";
  default:
    return "a map";
  }
}

static bool wrong_kind(struct reader *r, const struct yaml *node, const char *what,
                       const char *wanted)
{
  if (node->kind == YAML_TEXT && node->text.n == 0)
    return read_fail(r, node, ERR_TYPE, "%s is empty, it must be %s", what, wanted);
  return read_fail(r, node, ERR_TYPE, "%s must be %s, not %s", what, wanted, kind_name(node));
}

static size_t split_keys(const char *keys, struct slice *key)
{
  size_t n = 0;
  while (*keys != '\0' && n < MOST_KEYS) {
    size_t length = strcspn(keys, " ");
    key[n++] = (struct slice){keys, length};
    keys += length + (keys[length] == ' ');
  }
  return n;
}

bool read_map(struct reader *r, const struct yaml *node, const char *what, const char *keys)
{
  if (node->kind != YAML_MAP)
    return wrong_kind(r, node, what, "a map of keys and values");
  struct slice known[MOST_KEYS];
  size_t count = split_keys(keys, known);
  for (size_t i = 0; i < node->count; i++) {
    struct slice key = node->key[i].text;
    size_t k = 0;
    while (k < count && !slice_equal(known[k], key))
      k++;
    char hint[HINT_BYTES];
    if (k == count && suggest_hint(key, known, count, hint, sizeof hint)[0] != '\0')
      return read_fail(r, &node->key[i], ERR_NAME, "unknown key '%.*s' in %s%s", SLICE_PRINT(key),
                       what, hint);
    if (k == count)
      return read_fail(r, &node->key[i], ERR_NAME, "unknown key '%.*s' in %s; known are: %s",
                       SLICE_PRINT(key), what, keys);
  }
  return true;
}

/* Names appear in SQL, in file names and on the command line. */
static bool is_name(struct slice name)
{
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    bool inner = (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!letter && !(inner && i != 0) && !(c >= '0' && c <= '9'))
      return false;
  }
  return name.n != 0;
}

bool read_named(struct reader *r, const struct yaml *node, const char *what)
{
  if (node->kind != YAML_MAP)
    return wrong_kind(r, node, what, "a map of names");
  if (node->count == 0)
    return read_fail(r, node, ERR_TYPE, "%s is empty", what);
  for (size_t i = 0; i < node->count; i++)
    if (!is_name(node->key[i].text))
      return read_fail(r, &node->key[i], ERR_NAME,
                       "'%.*s' is no name: letters, digits, '_', '-' and '.' make one",
                       SLICE_PRINT(node->key[i].text));
  return true;
}

const struct yaml *read_needed(struct reader *r, const struct yaml *map, const char *key,
                               const char *what)
{
  const struct yaml *value = yaml_get(map, key);
  if (value == NULL)
    read_fail(r, map, ERR_SYNTAX, "key '%s' is missing in %s", key, what);
  return value;
}

bool read_text(struct reader *r, const struct yaml *node, const char *what, struct slice *out)
{
  if (node->kind != YAML_TEXT || node->text.n == 0)
    return wrong_kind(r, node, what, "a text");
  *out = node->text;
  return true;
}

const char *read_name_key(struct reader *r, const char *key, const char *what)
{
  return arena_printf(r->arena, "'%s' of %s", key, what);
}

bool read_key(struct reader *r, const struct yaml *map, const char *key, const char *what,
              struct slice *out)
{
  const struct yaml *value = read_needed(r, map, key, what);
  return value != NULL && read_text(r, value, read_name_key(r, key, what), out);
}

bool read_key_if(struct reader *r, const struct yaml *map, const char *key, const char *what,
                 struct slice *out)
{
  return yaml_get(map, key) == NULL || read_key(r, map, key, what, out);
}

bool read_expression(struct reader *r, const struct yaml *map, const char *key, const char *what,
                     struct slice *out)
{
  return read_key(r, map, key, what, out) &&
         (sql_parse_expression(*out, NULL, r->arena, r->err) != NULL ||
          read_fail_within(r, yaml_get(map, key), read_name_key(r, key, what)));
}

const struct yaml *read_list(struct reader *r, const struct yaml *map, const char *key,
                             const char *what)
{
  const struct yaml *value = read_needed(r, map, key, what);
  if (value == NULL || (value->kind == YAML_LIST && value->count != 0))
    return value;
  if (value->kind == YAML_LIST)
    read_fail(r, value, ERR_TYPE, "%s is an empty list", read_name_key(r, key, what));
  else
    wrong_kind(r, value, read_name_key(r, key, what), "a list: [...]");
  return NULL;
}

bool read_number(struct reader *r, const struct yaml *node, const char *what, uint64_t low,
                 uint64_t high, uint64_t *out)
{
  uint64_t value = 0;
  bool good = node->kind == YAML_TEXT && node->text.n != 0;
  for (size_t i = 0; good && i < node->text.n; i++) {
    char c = node->text.p[i];
    good = c >= '0' && c <= '9' && value <= high;
    value = value * 10 + (uint64_t)(c - '0');
  }
  if (!good || value < low || value > high)
    return read_fail(r, node, ERR_RANGE, "%s must be a whole number from %llu to %llu", what,
                     (unsigned long long)low, (unsigned long long)high);
  *out = value;
  return true;
}

bool read_duration(struct reader *r, const struct yaml *map, const char *key, const char *what,
                   int64_t *ns)
{
  const struct yaml *value = read_needed(r, map, key, what);
  struct slice text;
  what = read_name_key(r, key, what);
  if (value == NULL || !read_text(r, value, what, &text))
    return false;
  if (!duration_parse(text, ns, r->err))
    return read_fail_within(r, value, what);
  return *ns > 0 || read_fail(r, value, ERR_RANGE, "%s must be above zero", what);
}

bool read_length(struct reader *r, const struct yaml *node, const char *what, int64_t *ns)
{
  struct slice text;
  if (!read_text(r, node, what, &text))
    return false;
  if (!duration_parse(text, ns, r->err))
    return read_fail_within(r, node, what);
  return *ns <= DISTRIBUTION_MOST_NS ||
         read_fail(r, node, ERR_RANGE, "%s is too long: ten years are the most", what);
}

static bool read_setting(struct reader *r, const struct yaml *name, const struct yaml *value,
                         const char *what, struct broker_setting *setting)
{
  *setting = (struct broker_setting){name->text, value->text};
  if (name->text.n == 0)
    return read_fail(r, name, ERR_NAME, "a name in %s is empty", what);
  return (value->kind == YAML_TEXT && (value->text.n != 0 || value->quoted)) ||
         wrong_kind(r, value, arena_printf(r->arena, "'%.*s' in %s", SLICE_PRINT(name->text), what),
                    "a text");
}

bool read_settings_if(struct reader *r, const struct yaml *map, const char *key, const char *what,
                      size_t *settings, struct broker_setting **setting)
{
  const struct yaml *node = yaml_get(map, key);
  if (node == NULL)
    return true;
  what = read_name_key(r, key, what);
  if (node->kind != YAML_MAP)
    return wrong_kind(r, node, what, "a map of names and texts");
  *settings = node->count;
  *setting = arena_take(r->arena, node->count, sizeof **setting);
  for (size_t i = 0; i < node->count; i++)
    if (!read_setting(r, &node->key[i], &node->item[i], what, *setting + i))
      return false;
  return true;
}

bool read_unknown(struct reader *r, const struct yaml *node, const char *kind, struct slice name,
                  const struct slice *names, size_t count)
{
  char hint[HINT_BYTES];
  suggest_hint(name, names, count, hint, sizeof hint);
  return read_fail(r, node, ERR_NAME, "no %s '%.*s'%s", kind, SLICE_PRINT(name), hint);
}

bool read_column(struct reader *r, const struct yaml *node, size_t *column)
{
  const struct schema *schema = &r->pipeline->dataset.schema;
  struct slice name;
  if (!read_text(r, node, "a column", &name))
    return false;
  int found = schema_find(schema, name);
  if (found >= 0) {
    *column = (size_t)found;
    return true;
  }
  struct slice *names = arena_take(r->arena, schema->columns, sizeof *names);
  for (size_t i = 0; i < schema->columns; i++)
    names[i] = schema->column[i].name;
  return read_unknown(r, node, "column of the dataset is named", name, names, schema->columns);
}

bool read_output(struct reader *r, const struct yaml *map, const char *key, const char *what,
                 struct slice *out)
{
  if (!read_key(r, map, key, what, out))
    return false;
  const struct yaml *node = yaml_get(map, key);
  if (out->p[0] == '.' || memchr(out->p, '/', out->n) != NULL)
    return read_fail(r, node, ERR_RANGE,
                     "'%.*s' is no name of a file in the run's directory: no '/', no '.' in front",
                     SLICE_PRINT(*out));
  return true;
}
