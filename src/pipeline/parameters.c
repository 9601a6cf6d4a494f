/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/suggest.h"
#include "pipeline/reader.h"
#include "text/number.h"

static bool is_text(const struct yaml *node)
{
  return node->kind == YAML_TEXT;
}

/* A list of texts that stand for themselves, or a map from names to texts. */
static bool read_choices(struct reader *r, const struct yaml *node, const char *what,
                         struct parameter *p)
{
  if (is_text(node) || node->count == 0)
    return read_fail(r, node, ERR_TYPE,
                     "the choices of %s must be a list [a, b] or a map {name: text}", what);
  p->choices = node->count;
  p->choice = arena_take(r->arena, node->count, sizeof *p->choice);
  for (size_t i = 0; i < node->count; i++) {
    const struct yaml *item = &node->item[i];
    if (!is_text(item))
      return read_fail(r, item, ERR_TYPE, "a choice of %s must be a text", what);
    struct slice name = node->kind == YAML_MAP ? node->key[i].text : item->text;
    for (size_t k = 0; k < i; k++)
      if (slice_equal(p->choice[k].name, name))
        return read_fail(r, item, ERR_NAME, "choice '%.*s' of %s is there already",
                         SLICE_PRINT(name), what);
    p->choice[i] = (struct choice){name, item->text};
  }
  return true;
}

static const struct choice *find_choice(const struct parameter *p, struct slice name)
{
  for (size_t i = 0; i < p->choices; i++)
    if (slice_equal(p->choice[i].name, name))
      return &p->choice[i];
  return NULL;
}

/* "'>=', '>'", ended by NUL, in the arena. */
static const char *list_choices(struct reader *r, const struct parameter *p)
{
  struct buffer list = {0};
  for (size_t i = 0; i < p->choices; i++)
    buffer_printf(&list, "%s'%.*s'", i != 0 ? ", " : "", SLICE_PRINT(p->choice[i].name));
  const char *text = arena_copy(r->arena, list.p, list.n);
  buffer_free(&list);
  return text;
}

static bool read_described(struct reader *r, const struct yaml *node, const char *what,
                           struct parameter *p)
{
  if (!read_map(r, node, what, "default choices about"))
    return false;
  const struct yaml *fallback = read_needed(r, node, "default", what);
  if (fallback == NULL)
    return false;
  if (!is_text(fallback))
    return read_fail(r, fallback, ERR_TYPE, "the default of %s must be a text", what);
  p->fallback = fallback->text;
  if (!read_key_if(r, node, "about", what, &p->about))
    return false;
  const struct yaml *choices = yaml_get(node, "choices");
  if (choices == NULL)
    return true;
  if (!read_choices(r, choices, what, p))
    return false;
  return find_choice(p, p->fallback) != NULL ||
         read_fail(r, fallback, ERR_NAME, "the default of %s must be one of its choices: %s", what,
                   list_choices(r, p));
}

static bool read_parameter(struct reader *r, const struct yaml *key, const struct yaml *node,
                           struct parameter *p)
{
  const char *what = arena_printf(r->arena, "parameter '%.*s'", SLICE_PRINT(key->text));
  p->name = key->text;
  if (is_text(node))
    p->fallback = node->text;
  else if (!read_described(r, node, what, p))
    return false;
  p->value = p->fallback;
  return true;
}

static bool unknown_setting(struct reader *r, struct slice name)
{
  const struct pipeline *pipeline = r->pipeline;
  struct slice *names = arena_take(r->arena, pipeline->parameters, sizeof *names);
  for (size_t i = 0; i < pipeline->parameters; i++)
    names[i] = pipeline->parameter[i].name;
  char hint[96];
  suggest_hint(name, names, pipeline->parameters, hint, sizeof hint);
  return error_set(r->err, ERR_USAGE,
                   "--set: pipeline '%.*s' has no parameter '%.*s'%s; see 'retrial show'",
                   SLICE_PRINT(pipeline->name), SLICE_PRINT(name), hint);
}

static bool apply(struct reader *r, const struct setting *setting)
{
  struct pipeline *pipeline = r->pipeline;
  for (size_t i = 0; i < pipeline->parameters; i++) {
    struct parameter *p = &pipeline->parameter[i];
    if (!slice_equal(p->name, setting->name))
      continue;
    if (p->choices != 0 && find_choice(p, setting->value) == NULL)
      return error_set(r->err, ERR_USAGE, "--set: parameter '%.*s' takes %s, not '%.*s'",
                       SLICE_PRINT(p->name), list_choices(r, p), SLICE_PRINT(setting->value));
    double number;
    if (p->choices == 0 && number_parse_double(p->fallback, &number) &&
        !number_parse_double(setting->value, &number))
      return error_set(r->err, ERR_USAGE, "--set: parameter '%.*s' takes a number, not '%.*s'",
                       SLICE_PRINT(p->name), SLICE_PRINT(setting->value));
    p->value =
        (struct slice){arena_copy(r->arena, setting->value.p, setting->value.n), setting->value.n};
    p->is_set = true;
    return true;
  }
  return unknown_setting(r, setting->name);
}

bool read_parameters(struct reader *r, const struct yaml *map, const struct setting *setting,
                     size_t settings)
{
  struct pipeline *pipeline = r->pipeline;
  if (map != NULL) {
    if (!read_named(r, map, "'parameters'"))
      return false;
    pipeline->parameters = map->count;
    pipeline->parameter = arena_zero(r->arena, map->count, sizeof *pipeline->parameter);
    for (size_t i = 0; i < map->count; i++)
      if (!read_parameter(r, &map->key[i], &map->item[i], &pipeline->parameter[i]))
        return false;
  }
  for (size_t i = 0; i < settings; i++)
    if (!apply(r, &setting[i]))
      return false;
  return true;
}

struct variable *pipeline_variables(const struct pipeline *pipeline, size_t *count,
                                    struct arena *arena)
{
  struct variable *variable = arena_take(arena, pipeline->parameters, sizeof *variable);
  for (size_t i = 0; i < pipeline->parameters; i++) {
    const struct parameter *p = &pipeline->parameter[i];
    const struct choice *choice = find_choice(p, p->value);
    variable[i] = (struct variable){p->name, choice != NULL ? choice->text : p->value};
  }
  *count = pipeline->parameters;
  return variable;
}

struct replacement {
  struct reader *reader;
  const struct variable *variable;
  size_t variables;
};

static bool replace(const struct replacement *to, struct yaml *node)
{
  struct reader *r = to->reader;
  if (node->kind == YAML_TEXT) {
    struct slice text;
    if (!variables_replace(node->text, to->variable, to->variables, r->file, r->arena, &text,
                           r->err))
      return read_fail_within(r, node, NULL);
    node->replaced = !slice_equal(text, node->text);
    node->text = text;
    return true;
  }
  for (size_t i = 0; i < node->count; i++)
    if (!replace(to, &node->item[i]))
      return false;
  return true;
}

bool read_variables(struct reader *r, struct yaml *root)
{
  struct replacement to = {.reader = r};
  to.variable = pipeline_variables(r->pipeline, &to.variables, r->arena);
  for (size_t i = 0; i < root->count; i++)
    if (!slice_is(root->key[i].text, "parameters") && !replace(&to, &root->item[i]))
      return false;
  return true;
}
