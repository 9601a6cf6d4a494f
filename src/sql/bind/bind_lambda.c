/* SPDX-License-Identifier: Apache-2.0 */
/* Lambda functions: what their parameters are, and which columns of the row around them they read.
 *
 * A bound body knows its own frame only: its parameters, then copies of what it reads of the row
 * around it. So whatever walks over expressions meets no column that is not its own.
 */
#include "sql/bind/binder_internal.h"

enum { MAX_PARAMETERS = 3 };

/* For each lambda a letter a parameter, of the arguments before it: e and f the elements of the
 * first and second array, z the second argument, k, v and w the key and the values of the maps, i
 * an index, which may be left out. */
static const struct higher_order {
  const char *name, *lambda[2];
} functions[] = {
    {"aggregate", {"ze", "z"}},
    {"array_sort", {"ee"}},
    {"exists", {"e"}},
    {"filter", {"ei"}},
    {"forall", {"e"}},
    {"map_filter", {"kv"}},
    {"map_zip_with", {"kvw"}},
    {"reduce", {"ze", "z"}},
    {"transform", {"ei"}},
    {"transform_keys", {"kv"}},
    {"transform_values", {"kv"}},
    {"zip_with", {"ef"}},
};

/* The letters of argument i's parameters; NULL if it cannot be a lambda. */
static const char *letters_of(const struct ast_expr *call, size_t i)
{
  size_t before = 0;
  for (size_t k = 0; k < i; k++)
    before += call->arg[k]->kind == AST_LAMBDA;
  for (size_t k = 0; k < sizeof functions / sizeof functions[0]; k++)
    if (before < 2 && ast_is_named(call, functions[k].name))
      return functions[k].lambda[before];
  return NULL;
}

/* Item `item` of an argument that has to be of that kind. */
static bool item_of(const struct expr *arg, enum type_kind kind, unsigned item, struct type *out)
{
  if (arg->type.kind != kind)
    return false;
  *out = arg->type.item[item].type;
  return true;
}

static bool parameter_type(char letter, struct expr *const *arg, size_t args, struct type *out)
{
  *out = type_of(TYPE_INT);
  bool second = letter == 'f' || letter == 'z' || letter == 'w';
  if (letter != 'i' && args < (second ? 2 : 1))
    return false;
  switch (letter) {
  case 'e':
    return item_of(arg[0], TYPE_ARRAY, 0, out);
  case 'f':
    return item_of(arg[1], TYPE_ARRAY, 0, out);
  case 'k':
    return item_of(arg[0], TYPE_MAP, 0, out);
  case 'v':
    return item_of(arg[0], TYPE_MAP, 1, out);
  case 'w':
    return item_of(arg[1], TYPE_MAP, 1, out);
  case 'z':
    *out = arg[1]->type;
    return true;
  default:
    return true;
  }
}

/* `frame` parameters may be there, even if the last one has no name. The columns of the row around
 * the body become the lambda's arguments, each once. */
static void capture(struct expr *e, const struct lambda_scope *own, size_t frame,
                    struct expr *lambda, struct arena *arena)
{
  for (size_t i = 0; i < e->args; i++)
    capture(e->arg[i], own, frame, lambda, arena);
  if (e->kind == EXPR_SCALAR) { /* is known only when the query runs: not a part of the body */
    lambda->arg[lambda->args] = expr_copy(arena, e);
    *e = *expr_column(arena, frame + lambda->args++, e->type, e->at);
    return;
  }
  if (e->kind != EXPR_COLUMN)
    return;
  if (e->index >= own->first && e->index < own->first + own->parameters) {
    e->index -= own->first;
    return;
  }
  size_t at = 0;
  while (at < lambda->args &&
         (lambda->arg[at]->kind != EXPR_COLUMN || lambda->arg[at]->index != e->index))
    at++;
  if (at == lambda->args)
    lambda->arg[lambda->args++] = expr_column(arena, e->index, e->type, e->at);
  e->index = frame + at;
}

static size_t count_columns(const struct expr *e)
{
  size_t count = e->kind == EXPR_COLUMN || e->kind == EXPR_SCALAR;
  for (size_t i = 0; i < e->args; i++)
    count += count_columns(e->arg[i]);
  return count;
}

static struct expr *close_lambda(const struct context *c, const struct expr *bound,
                                 const struct lambda_scope *own, size_t frame, struct position at)
{
  struct arena *arena = c->binder->b.arena;
  struct expr *body = expr_copy(arena, bound);
  struct expr *lambda = arena_zero(arena, 1, sizeof *lambda);
  lambda->kind = EXPR_LAMBDA;
  lambda->at = at;
  lambda->arg = arena_take(arena, count_columns(body), sizeof *lambda->arg);
  capture(body, own, frame, lambda, arena);
  lambda->state = body;
  struct field *field = arena_zero(arena, lambda->args, sizeof *field);
  for (size_t i = 0; i < lambda->args; i++)
    field[i].type = lambda->arg[i]->type;
  lambda->type = (struct type){TYPE_STRUCT, 0, 0, (uint16_t)lambda->args, field};
  return lambda;
}

struct expr *bind_lambda(struct context *c, const struct ast_expr *call, struct expr *const *arg,
                         size_t i)
{
  const struct ast_expr *ast = call->arg[i];
  const char *letters = letters_of(call, i);
  struct type type[MAX_PARAMETERS];
  size_t count = ast->name.parts, most = letters != NULL ? strlen(letters) : 0;
  if (letters == NULL) {
    bind_fails(c, ERR_TYPE, ast->at, "'%.*s' takes no lambda function here",
               SLICE_PRINT(ast_name(call)));
    return NULL;
  }
  if (count > most || count < most - (letters[most - 1] == 'i')) {
    bind_fails(c, ERR_TYPE, ast->at, "the lambda function of %.*s() takes %zu parameters, not %zu",
               SLICE_PRINT(ast_name(call)), most, count);
    return NULL;
  }
  for (size_t k = 0; k < count; k++)
    if (!parameter_type(letters[k], arg, i, &type[k])) {
      bind_fails(c, ERR_TYPE, call->at, "'%.*s' takes %s before the lambda function",
                 SLICE_PRINT(ast_name(call)), letters[0] == 'k' ? "a map" : "an array");
      return NULL;
    }
  struct lambda_scope own = {c->lambda, LAMBDA_PLACEHOLDER, count, ast->name.part, type};
  if (c->lambda != NULL)
    own.first = c->lambda->first + c->lambda->parameters;
  struct context inner = *c;
  inner.lambda = &own;
  inner.window = NULL;
  inner.over = NULL;
  struct expr *body = bind_expr(&inner, ast->arg[0]);
  return body != NULL ? close_lambda(c, body, &own, most, ast->at) : NULL;
}

struct expr *lambda_parameter(const struct context *c, struct slice name, struct position at)
{
  for (const struct lambda_scope *l = c->lambda; l != NULL; l = l->outer)
    for (size_t i = 0; i < l->parameters; i++)
      if (slice_equal_nocase(l->name[i], name))
        return expr_column(c->binder->b.arena, l->first + i, l->type[i], at);
  return NULL;
}
