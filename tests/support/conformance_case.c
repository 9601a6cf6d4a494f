/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/conformance_case.h"

#include <yaml.h>

#include "base/infile.h"
#include "base/suggest.h"

struct reader {
  yaml_document_t document;
  const char *file, *folder;
  struct arena *arena;
  struct error *err;
  struct conformance_case *out;
};

static bool fail(const struct reader *r, const yaml_node_t *node, const char *what,
                 struct slice name)
{
  return error_at(r->err, ERR_SYNTAX, r->file, (uint32_t)node->start_mark.line + 1,
                  (uint32_t)node->start_mark.column + 1, what, SLICE_PRINT(name));
}

static struct slice text_of(const yaml_node_t *node)
{
  return (struct slice){(const char *)node->data.scalar.value, node->data.scalar.length};
}

static struct slice keep(const struct reader *r, struct slice s)
{
  return (struct slice){arena_copy(r->arena, s.p, s.n), s.n};
}

/* A scalar as Spark takes it: YAML's booleans are the words true and false. */
static bool take_text(const struct reader *r, const yaml_node_t *node, struct slice *out)
{
  static const char *const words[] = {"yes", "on", "true", "no", "off", "false"};
  if (node->type != YAML_SCALAR_NODE)
    return fail(r, node, "a text is expected here%.*s", SLICE(""));
  *out = keep(r, text_of(node));
  for (size_t i = 0; node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && i < 6; i++)
    if (slice_equal_nocase(*out, slice_of(words[i])))
      *out = i < 3 ? SLICE("true") : SLICE("false");
  return true;
}

typedef bool take_entry(struct reader *r, struct slice key, const yaml_node_t *key_node,
                        const yaml_node_t *value, void *into);

/* Hands every entry of a mapping to `take`; an empty scalar is an empty mapping. */
static bool each_entry(struct reader *r, const yaml_node_t *node, take_entry *take, void *into)
{
  if (node->type == YAML_SCALAR_NODE && node->data.scalar.length == 0)
    return true;
  if (node->type != YAML_MAPPING_NODE)
    return fail(r, node, "a mapping (key: value) is expected here%.*s", SLICE(""));
  const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
  for (; pair < node->data.mapping.pairs.top; pair++) {
    const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key);
    const yaml_node_t *value = yaml_document_get_node(&r->document, pair->value);
    if (key->type != YAML_SCALAR_NODE)
      return fail(r, key, "a word is expected here%.*s", SLICE(""));
    if (!take(r, text_of(key), key, value, into))
      return false;
  }
  return true;
}

static size_t entries(const yaml_node_t *node)
{
  if (node->type != YAML_MAPPING_NODE)
    return 0;
  return (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
}

static bool unknown(struct reader *r, const yaml_node_t *key, const struct slice *names,
                    size_t count)
{
  char text[100], hint[80];
  suggest_hint(text_of(key), names, count, hint, sizeof hint);
  snprintf(text, sizeof text, "unknown key '%%.*s'%s", hint);
  return fail(r, key, text, text_of(key));
}

static bool take_pair(struct reader *r, struct slice key, const yaml_node_t *key_node,
                      const yaml_node_t *value, void *into)
{
  struct pairs *pairs = into;
  struct variable *pair = &pairs->pair[pairs->count++];
  (void)key_node;
  pair->name = keep(r, key);
  return take_text(r, value, &pair->text);
}

static bool take_pairs(struct reader *r, const yaml_node_t *node, struct pairs *out)
{
  out->pair = arena_take(r->arena, entries(node), sizeof *out->pair);
  return each_entry(r, node, take_pair, out);
}

static bool take_table_key(struct reader *r, struct slice key, const yaml_node_t *key_node,
                           const yaml_node_t *value, void *into)
{
  const struct slice names[] = {SLICE("file"), SLICE("schema"), SLICE("options")};
  struct case_table *table = into;
  if (slice_is(key, "file"))
    return take_text(r, value, &table->file);
  if (slice_is(key, "schema"))
    return take_text(r, value, &table->schema);
  if (slice_is(key, "options"))
    return take_pairs(r, value, &table->options);
  return unknown(r, key_node, names, 3);
}

static bool take_table(struct reader *r, struct slice key, const yaml_node_t *key_node,
                       const yaml_node_t *value, void *into)
{
  (void)into;
  struct case_table *table = &r->out->table[r->out->tables++];
  table->name = keep(r, key);
  if (!each_entry(r, value, take_table_key, table))
    return false;
  if (table->file.n == 0 || table->schema.n == 0)
    return fail(r, key_node, "table '%.*s' needs file and schema", key);
  return true;
}

static const char *path_below(const struct reader *r, struct slice name)
{
  return arena_printf(r->arena, "%s/%.*s", r->folder, SLICE_PRINT(name));
}

static bool take_path(struct reader *r, const yaml_node_t *value, const char **path)
{
  struct slice name;
  if (!take_text(r, value, &name))
    return false;
  *path = path_below(r, name);
  return true;
}

static bool take_order(struct reader *r, const yaml_node_t *value)
{
  struct slice order;
  if (!take_text(r, value, &order))
    return false;
  r->out->any_order = slice_is(order, "any");
  if (!r->out->any_order && !slice_is(order, "exact"))
    return fail(r, value, "order is exact or any, not '%.*s'", order);
  return true;
}

struct seen {
  bool title, about;
};

static bool take_case_key(struct reader *r, struct slice key, const yaml_node_t *key_node,
                          const yaml_node_t *value, void *into)
{
  const struct slice names[] = {SLICE("title"), SLICE("about"),  SLICE("tables"), SLICE("settings"),
                                SLICE("order"), SLICE("writer"), SLICE("query"),  SLICE("expected"),
                                SLICE("error"), SLICE("java")};
  struct conformance_case *out = r->out;
  struct seen *seen = into;
  struct slice ignored;
  if (slice_is(key, "title") || slice_is(key, "about")) {
    seen->title = seen->title || slice_is(key, "title");
    seen->about = seen->about || slice_is(key, "about");
    return take_text(r, value, &ignored);
  }
  if (slice_is(key, "tables")) {
    out->table = arena_zero(r->arena, entries(value), sizeof *out->table);
    return each_entry(r, value, take_table, NULL);
  }
  if (slice_is(key, "settings"))
    return take_pairs(r, value, &out->settings);
  if (slice_is(key, "writer"))
    return take_pairs(r, value, &out->writer);
  if (slice_is(key, "order"))
    return take_order(r, value);
  if (slice_is(key, "query"))
    return take_path(r, value, &out->query);
  if (slice_is(key, "expected"))
    return take_path(r, value, &out->expected);
  if (slice_is(key, "java")) /* the engine gives the newest Java's bytes */
    return take_text(r, value, &ignored);
  out->refused = out->refused || slice_is(key, "error");
  if (slice_is(key, "error"))
    return take_text(r, value, &ignored);
  return unknown(r, key_node, names, sizeof names / sizeof names[0]);
}

static bool is_streaming(struct reader *r, const yaml_node_t *root)
{
  if (root->type != YAML_MAPPING_NODE)
    return false;
  const yaml_node_pair_t *pair = root->data.mapping.pairs.start;
  for (; pair < root->data.mapping.pairs.top; pair++) {
    const yaml_node_t *key = yaml_document_get_node(&r->document, pair->key);
    if (key->type == YAML_SCALAR_NODE && slice_is(text_of(key), "streams"))
      return true;
  }
  return false;
}

static bool read_case(struct reader *r)
{
  struct seen seen = {0};
  const yaml_node_t *root = yaml_document_get_root_node(&r->document);
  if (root == NULL)
    return error_at(r->err, ERR_SYNTAX, r->file, 0, 0, "the file is empty");
  r->out->streaming = is_streaming(r, root);
  if (r->out->streaming)
    return true;
  if (!each_entry(r, root, take_case_key, &seen))
    return false;
  if (!seen.title || !seen.about)
    return fail(r, root, "title and about are needed%.*s", SLICE(""));
  return true;
}

static bool load(struct reader *r, yaml_parser_t *parser, struct buffer *text)
{
  if (!infile_read(r->file, text, r->err))
    return false;
  yaml_parser_set_input_string(parser, (const unsigned char *)text->p, text->n);
  if (!yaml_parser_load(parser, &r->document))
    return error_at(r->err, ERR_SYNTAX, r->file, (uint32_t)parser->problem_mark.line + 1,
                    (uint32_t)parser->problem_mark.column + 1, "%s", parser->problem);
  bool done = read_case(r);
  yaml_document_delete(&r->document);
  return done;
}

bool conformance_case_load(const char *folder, struct arena *arena, struct conformance_case *out,
                           struct error *err)
{
  struct reader r = {.folder = folder, .arena = arena, .err = err, .out = out};
  struct buffer text = {0};
  yaml_parser_t parser;
  *out = (struct conformance_case){0};
  out->query = path_below(&r, SLICE("query.sql"));
  out->expected = path_below(&r, SLICE("expected.csv"));
  r.file = path_below(&r, SLICE("case.yaml"));
  if (!yaml_parser_initialize(&parser))
    mem_exhausted(sizeof parser);
  bool done = load(&r, &parser, &text);
  yaml_parser_delete(&parser);
  buffer_free(&text);
  return done;
}
