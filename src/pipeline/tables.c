/* SPDX-License-Identifier: Apache-2.0 */
/* tables.c - what consumers store: "original_ts AS ts, server_id, cpu_pct FLOAT". */
#include "base/suggest.h"
#include "pipeline/reader.h"

/* A text being read from left to right. */
struct cursor {
  const char *p, *end;
};

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct cursor *c)
{
  while (c->p < c->end && is_blank(*c->p))
    c->p++;
}

/* Up to the next comma that is in no parentheses, angle brackets or back quotes. */
static struct slice take_item(struct cursor *c)
{
  int depth = 0;
  bool quoted = false;
  const char *start = c->p;
  for (; c->p < c->end && (*c->p != ',' || depth != 0 || quoted); c->p++) {
    quoted ^= *c->p == '`';
    depth += quoted ? 0 : (*c->p == '(' || *c->p == '<') - (*c->p == ')' || *c->p == '>');
  }
  struct slice item = {start, (size_t)(c->p - start)};
  c->p += c->p < c->end;
  return slice_trim(item);
}

/* A name, in back quotes if it has other signs than letters. */
static struct slice take_word(struct cursor *c)
{
  skip_blanks(c);
  const char *start = c->p;
  if (start < c->end && *start == '`') {
    const char *close = memchr(start + 1, '`', (size_t)(c->end - start - 1));
    c->p = close != NULL ? close + 1 : c->end;
    return (struct slice){start + 1, (size_t)((close != NULL ? close : c->end) - start - 1)};
  }
  while (c->p < c->end && !is_blank(*c->p))
    c->p++;
  return (struct slice){start, (size_t)(c->p - start)};
}

static bool find_field(struct reader *r, const struct yaml *at, const struct topic *topic,
                       struct slice name, size_t *field)
{
  struct slice *names = arena_take(r->arena, topic->fields, sizeof *names);
  for (size_t i = 0; i < topic->fields; i++) {
    names[i] = topic->field[i].name;
    if (slice_equal(names[i], name)) {
      *field = i;
      return true;
    }
  }
  return read_unknown(
      r, at, arena_printf(r->arena, "field of topic '%.*s' is named", SLICE_PRINT(topic->name)),
      name, names, topic->fields);
}

/* Points errors at the item within the text, where the text is as it stands in the file. */
static struct yaml item_place(const struct yaml *text, struct slice item)
{
  struct yaml at = *text;
  bool one_line = memchr(text->text.p, '\n', text->text.n) == NULL;
  if (!text->replaced && one_line)
    at.column += (uint32_t)(item.p - text->text.p) + text->quoted;
  return at;
}

static bool read_table_column(struct reader *r, const struct yaml *text, struct slice item,
                              const struct topic *topic, struct table_column *column)
{
  const struct pipeline *pipeline = r->pipeline;
  struct yaml at = item_place(text, item);
  struct cursor c = {item.p, item.p + item.n};
  struct slice field = take_word(&c);
  if (!find_field(r, &at, topic, field, &column->field))
    return false;
  column->name = field;
  struct cursor behind = c;
  if (slice_equal_nocase(take_word(&behind), SLICE("AS"))) {
    column->name = take_word(&behind);
    c = behind;
  }
  if (column->name.n == 0)
    return read_fail(r, &at, ERR_SYNTAX, "a name is missing behind AS");
  struct slice type = slice_trim((struct slice){c.p, (size_t)(c.end - c.p)});
  const struct message_field *source = &topic->field[column->field];
  column->type =
      source->is_sent ? type_of(TYPE_STRING) : pipeline->dataset.schema.column[source->column].type;
  if (type.n != 0 && !type_parse(type, &column->type, r->arena, r->err)) {
    struct error inner = *r->err;
    return read_fail(r, &at, inner.code, "column '%.*s': %s", SLICE_PRINT(column->name),
                     inner.text);
  }
  return true;
}

static size_t count_items(struct slice text)
{
  struct cursor c = {text.p, text.p + text.n};
  size_t n = 0;
  do {
    take_item(&c);
    n++;
  } while (c.p < c.end);
  return n;
}

static bool read_columns(struct reader *r, const struct yaml *text, const struct topic *topic,
                         struct stored_table *table)
{
  table->columns = count_items(text->text);
  table->column = arena_zero(r->arena, table->columns, sizeof *table->column);
  table->schema.columns = table->columns;
  table->schema.column = arena_zero(r->arena, table->columns, sizeof *table->schema.column);
  struct cursor c = {text->text.p, text->text.p + text->text.n};
  for (size_t i = 0; i < table->columns; i++) {
    struct table_column *column = &table->column[i];
    struct slice item = take_item(&c);
    if (!read_table_column(r, text, item, topic, column))
      return false;
    for (size_t k = 0; k < i; k++)
      if (slice_equal_nocase(table->column[k].name, column->name)) {
        struct yaml at = item_place(text, item);
        return read_fail(r, &at, ERR_NAME, "column '%.*s' is there already",
                         SLICE_PRINT(column->name));
      }
    table->schema.column[i] = (struct field){column->name, column->type};
  }
  return true;
}

static bool read_table(struct reader *r, const struct yaml *key, const struct yaml *map,
                       struct stored_table *table)
{
  const char *what = arena_printf(r->arena, "table '%.*s'", SLICE_PRINT(key->text));
  struct slice columns;
  table->name = key->text;
  if (!read_map(r, map, what, "from columns store"))
    return false;
  const struct yaml *from = read_needed(r, map, "from", what);
  return from != NULL && read_topic_name(r, from, &table->topic) &&
         read_key(r, map, "columns", what, &columns) &&
         read_columns(r, yaml_get(map, "columns"), &r->pipeline->topic[table->topic], table) &&
         read_output(r, map, "store", what, &table->file);
}

/* Names differ in more than the letters' case, which SQL does not see. */
bool read_tables(struct reader *r, const struct yaml *map)
{
  struct pipeline *pipeline = r->pipeline;
  if (!read_named(r, map, "'tables'"))
    return false;
  pipeline->tables = map->count;
  pipeline->table = arena_zero(r->arena, map->count, sizeof *pipeline->table);
  for (size_t i = 0; i < map->count; i++) {
    if (!read_table(r, &map->key[i], &map->item[i], &pipeline->table[i]))
      return false;
    for (size_t k = 0; k < i; k++)
      if (slice_equal_nocase(pipeline->table[k].name, pipeline->table[i].name))
        return read_fail(r, &map->key[i], ERR_NAME, "table '%.*s' is there already",
                         SLICE_PRINT(pipeline->table[k].name));
  }
  return true;
}
