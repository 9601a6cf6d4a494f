/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/yaml.h"

#include <stdlib.h>
#include <yaml.h>

enum { DEEPEST = 32 };

struct loader {
  yaml_parser_t parser;
  yaml_event_t event; /* the next one, not yet consumed */
  struct slice text;
  const char *file;
  struct arena *arena;
  struct error *err;
};

/* libyaml counts characters from 0, errors count bytes from 1. */
static uint32_t byte_column(struct slice text, const yaml_mark_t *mark)
{
  const char *p = text.p, *end = text.p + text.n;
  for (size_t line = 0; line < mark->line && p != NULL && p < end; line++) {
    const char *next = memchr(p, '\n', (size_t)(end - p));
    p = next != NULL ? next + 1 : end;
  }
  const char *start = p;
  for (size_t i = 0; i < mark->column && p < end; i++)
    do
      p++;
    while (p < end && ((unsigned char)*p & 0xc0) == 0x80);
  return (uint32_t)(p - start) + 1;
}

static bool fail_at(struct loader *l, const yaml_mark_t *mark, enum error_code code,
                    const char *text)
{
  return error_at(l->err, code, l->file, (uint32_t)mark->line + 1, byte_column(l->text, mark), "%s",
                  text);
}

static bool fail_parse(struct loader *l)
{
  const yaml_parser_t *parser = &l->parser;
  const char *problem = parser->problem != NULL ? parser->problem : "it cannot be read";
  if (parser->error == YAML_MEMORY_ERROR)
    mem_exhausted(l->text.n);
  char text[256];
  if (parser->error == YAML_READER_ERROR) { /* has an offset only */
    uint32_t line = 1;
    for (size_t i = 0; i < parser->problem_offset && i < l->text.n; i++)
      line += l->text.p[i] == '\n';
    return error_at(l->err, ERR_SYNTAX, l->file, line, 0, "not YAML: %s", problem);
  }
  if (parser->context != NULL)
    snprintf(text, sizeof text, "not YAML: %s %s", parser->context, problem);
  else
    snprintf(text, sizeof text, "not YAML: %s", problem);
  return fail_at(l, &parser->problem_mark, ERR_SYNTAX, text);
}

/* Releases the current event and parses the next one. */
static bool advance(struct loader *l)
{
  yaml_event_delete(&l->event);
  return yaml_parser_parse(&l->parser, &l->event) ? true : fail_parse(l);
}

/* Items that grow in the heap while a list or a map is open. */
struct items {
  struct yaml *p;
  size_t n;
};

static struct yaml *push(struct items *items)
{
  if ((items->n & (items->n - 1)) == 0)
    items->p = mem_resize(items->p, items->n == 0 ? 1 : items->n * 2, sizeof *items->p);
  return &items->p[items->n++];
}

static struct yaml *settle(struct items *items, struct arena *arena)
{
  struct yaml *copy = arena_take(arena, items->n, sizeof *copy);
  if (items->n != 0)
    memcpy(copy, items->p, items->n * sizeof *copy);
  return copy;
}

static bool load_node(struct loader *l, unsigned depth, struct yaml *out);

static bool load_text(struct loader *l, struct yaml *out)
{
  const yaml_event_t *event = &l->event;
  size_t n = event->data.scalar.length;
  out->kind = YAML_TEXT;
  out->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  out->text = (struct slice){arena_copy(l->arena, event->data.scalar.value, n), n};
  return advance(l);
}

static bool load_list(struct loader *l, unsigned depth, struct yaml *out)
{
  struct items items = {0};
  bool good = advance(l);
  while (good && l->event.type != YAML_SEQUENCE_END_EVENT)
    good = load_node(l, depth + 1, push(&items));
  out->kind = YAML_LIST;
  out->count = items.n;
  out->item = settle(&items, l->arena);
  free(items.p);
  return good && advance(l);
}

static bool load_key(struct loader *l, const struct items *keys, struct yaml *out)
{
  if (l->event.type != YAML_SCALAR_EVENT)
    return fail_at(l, &l->event.start_mark, ERR_SYNTAX, "a key must be one word");
  if (!load_node(l, 0, out))
    return false;
  for (size_t i = 0; i + 1 < keys->n; i++)
    if (slice_equal(keys->p[i].text, out->text))
      return error_at(l->err, ERR_NAME, l->file, out->line, out->column,
                      "key '%.*s' is there already, in line %u", SLICE_PRINT(out->text),
                      keys->p[i].line);
  return true;
}

static bool load_map(struct loader *l, unsigned depth, struct yaml *out)
{
  struct items keys = {0}, values = {0};
  bool good = advance(l);
  while (good && l->event.type != YAML_MAPPING_END_EVENT)
    good = load_key(l, &keys, push(&keys)) && load_node(l, depth + 1, push(&values));
  out->kind = YAML_MAP;
  out->count = values.n;
  out->key = settle(&keys, l->arena);
  out->item = settle(&values, l->arena);
  free(keys.p);
  free(values.p);
  return good && advance(l);
}

/* An anchor or a tag on the current event, or an alias. */
static bool is_decorated(const yaml_event_t *event)
{
  switch (event->type) {
  case YAML_ALIAS_EVENT:
    return true;
  case YAML_SCALAR_EVENT:
    return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
  case YAML_SEQUENCE_START_EVENT:
    return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
  case YAML_MAPPING_START_EVENT:
    return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
  default:
    return false;
  }
}

static bool load_node(struct loader *l, unsigned depth, struct yaml *out)
{
  const yaml_mark_t *mark = &l->event.start_mark;
  *out = (struct yaml){.line = (uint32_t)mark->line + 1, .column = byte_column(l->text, mark)};
  if (is_decorated(&l->event))
    return fail_at(l, mark, ERR_SYNTAX,
                   "anchors (&), aliases (*) and tags (!) have no meaning here; text that starts "
                   "with such a sign belongs in quotes");
  if (depth > DEEPEST)
    return fail_at(l, mark, ERR_SYNTAX, "nested too deeply");
  switch (l->event.type) {
  case YAML_SCALAR_EVENT:
    return load_text(l, out);
  case YAML_SEQUENCE_START_EVENT:
    return load_list(l, depth, out);
  default:
    return load_map(l, depth, out);
  }
}

static bool load_document(struct loader *l, struct yaml *out)
{
  *out = (struct yaml){.kind = YAML_MAP, .line = 1, .column = 1};
  if (!advance(l) || !advance(l)) /* the stream's start, then the document's or the end */
    return false;
  if (l->event.type == YAML_STREAM_END_EVENT)
    return true;
  if (!advance(l) || !load_node(l, 0, out) || !advance(l))
    return false;
  return l->event.type == YAML_STREAM_END_EVENT ||
         fail_at(l, &l->event.start_mark, ERR_SYNTAX, "only one document is allowed in the file");
}

/* libyaml skips a byte order mark only where it has to guess the encoding. */
static struct slice without_mark(struct slice text)
{
  size_t n = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  return (struct slice){text.p + n, text.n - n};
}

struct yaml *yaml_parse(struct slice text, const char *file, struct arena *arena, struct error *err)
{
  text = text.n != 0 ? without_mark(text) : SLICE("");
  struct loader l = {.text = text, .file = file, .arena = arena, .err = err};
  if (!yaml_parser_initialize(&l.parser))
    mem_exhausted(sizeof l.parser);
  yaml_parser_set_encoding(&l.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&l.parser, (const unsigned char *)text.p, text.n);
  struct yaml *root = arena_zero(arena, 1, sizeof *root);
  bool good = load_document(&l, root);
  yaml_event_delete(&l.event);
  yaml_parser_delete(&l.parser);
  return good ? root : NULL;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
  for (size_t i = 0; i < map->count; i++)
    if (slice_is(map->key[i].text, key))
      return &map->item[i];
  return NULL;
}
