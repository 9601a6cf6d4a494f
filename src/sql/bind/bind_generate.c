/* SPDX-License-Identifier: Apache-2.0 */
/* Generators: functions that make rows. Each is bound to an array or a map whose elements become
 * the rows; stack() and json_tuple() make theirs of structs. */
#include <stdio.h>

#include "sql/bind/binder_internal.h"

enum generator_kind { GENERATE_ELEMENTS, GENERATE_FIELDS, GENERATE_STACK, GENERATE_JSON };

static const struct generator_name {
  const char *name;
  enum generator_kind kind;
  bool position, outer;
} generators[] = {
    {"explode", GENERATE_ELEMENTS, false, false},
    {"explode_outer", GENERATE_ELEMENTS, false, true},
    {"inline", GENERATE_FIELDS, false, false},
    {"inline_outer", GENERATE_FIELDS, false, true},
    {"json_tuple", GENERATE_JSON, false, false},
    {"posexplode", GENERATE_ELEMENTS, true, false},
    {"posexplode_outer", GENERATE_ELEMENTS, true, true},
    {"stack", GENERATE_STACK, false, false},
};

const char *generator_name(size_t i)
{
  return i < sizeof generators / sizeof generators[0] ? generators[i].name : NULL;
}

static const struct generator_name *find(const struct ast_expr *ast)
{
  for (size_t i = 0; i < sizeof generators / sizeof generators[0]; i++)
    if (ast_is_named(ast, generators[i].name))
      return &generators[i];
  return NULL;
}

bool is_generator_call(const struct ast_expr *ast)
{
  return ast->kind == AST_CALL && ast->over == NULL && find(ast) != NULL;
}

static bool fails(struct context *c, const struct ast_expr *ast, const char *wanted)
{
  return bind_fails(c, ERR_TYPE, ast->at, "'%.*s' takes %s", SLICE_PRINT(ast_name(ast)), wanted);
}

static struct expr *call(struct context *c, const char *name, struct expr **arg, size_t args,
                         struct position at)
{
  return function_bind(&c->binder->b, slice_of(name), arg, args, at);
}

static struct expr *text_of(struct context *c, const char *text, struct position at)
{
  struct column value;
  column_make_text(&value, slice_of(text), c->binder->b.arena);
  return expr_literal(c->binder->b.arena, value, at);
}

/* named_struct('<letters>0', value[0], ...) */
static struct expr *make_row(struct context *c, const char *letters, struct expr **value, size_t n,
                             struct position at)
{
  struct expr **arg = arena_take(c->binder->b.arena, 2 * n, sizeof *arg);
  for (size_t k = 0; k < n; k++) {
    arg[2 * k] = text_of(c, arena_printf(c->binder->b.arena, "%s%zu", letters, k), at);
    arg[2 * k + 1] = value[k];
  }
  return call(c, "named_struct", arg, 2 * n, at);
}

/* The type of a column of stack(): its cells have one type, or are bare NULLs (StackCoercion). */
static bool unify_cells(struct context *c, const struct ast_expr *ast, struct expr **cell,
                        size_t cells, size_t width)
{
  for (size_t first = 0; first < width; first++) {
    struct type type = type_of(TYPE_NULL);
    for (size_t i = first; i < cells; i += width) {
      if (cell[i]->type.kind == TYPE_NULL)
        continue;
      if (type.kind != TYPE_NULL && !type_equal(type, cell[i]->type))
        return fails(c, ast, "values of one type for each column (use CAST)");
      type = cell[i]->type;
    }
    if (type.kind == TYPE_NULL)
      return fails(c, ast, "a typed value in each column; CAST one of its NULLs");
    for (size_t i = first; i < cells; i += width)
      if ((cell[i] = expr_cast(&c->binder->b, cell[i], type, ast->at)) == NULL)
        return false;
  }
  return true;
}

/* stack(n, a, b, ...): n rows, filled row by row, nulls at the end. */
static struct expr *bind_stack(struct context *c, const struct ast_expr *ast, struct expr **arg)
{
  const struct expr *count = arg[0];
  struct arena *arena = c->binder->b.arena;
  if (ast->args < 2 || count->kind != EXPR_LITERAL || count->type.kind != TYPE_INT ||
      column_is_null(&count->value, 0) || count->value.i32[0] < 1) {
    fails(c, ast, "a constant number of rows, then the values");
    return NULL;
  }
  size_t rows = (size_t)count->value.i32[0], given = ast->args - 1;
  size_t width = (given + rows - 1) / rows;
  if (rows > given) {
    fails(c, ast, "at least one value for each row");
    return NULL;
  }
  struct expr **cell = arena_take(arena, rows * width, sizeof *cell);
  struct column none;
  column_make_null(&none, type_of(TYPE_NULL), arena);
  for (size_t i = 0; i < rows * width; i++)
    cell[i] = i < given ? arg[1 + i] : expr_literal(arena, none, ast->at);
  if (!unify_cells(c, ast, cell, rows * width, width))
    return NULL;
  struct expr **row = arena_take(arena, rows, sizeof *row);
  for (size_t i = 0; i < rows; i++)
    if ((row[i] = make_row(c, "col", cell + i * width, width, ast->at)) == NULL)
      return NULL;
  return call(c, "array", row, rows, ast->at);
}

/* json_tuple(text, 'a', 'b'): the members' values as strings. */
static struct expr *bind_json_tuple(struct context *c, const struct ast_expr *ast,
                                    struct expr **arg)
{
  struct arena *arena = c->binder->b.arena;
  struct expr **value = arena_take(arena, ast->args, sizeof *value);
  if (ast->args < 2) {
    fails(c, ast, "a text and the names of its members");
    return NULL;
  }
  for (size_t i = 1; i < ast->args; i++) {
    const struct expr *name = arg[i];
    if (name->kind != EXPR_LITERAL || name->type.kind != TYPE_STRING ||
        column_is_null(&name->value, 0) ||
        memchr(name->value.text[0].p, '\'', name->value.text[0].n) != NULL) {
      fails(c, ast, "constant names without quotes in them");
      return NULL;
    }
    struct expr **pair = arena_take(arena, 2, sizeof *pair);
    pair[0] = arg[0];
    pair[1] =
        text_of(c, arena_printf(arena, "$['%.*s']", SLICE_PRINT(name->value.text[0])), ast->at);
    if ((value[i - 1] = call(c, "get_json_object", pair, 2, ast->at)) == NULL)
      return NULL;
  }
  struct expr **row = arena_take(arena, 1, sizeof *row);
  row[0] = make_row(c, "c", value, ast->args - 1, ast->at);
  return row[0] != NULL ? call(c, "array", row, 1, ast->at) : NULL;
}

static bool bind_list(struct context *c, const struct ast_expr *ast, enum generator_kind kind,
                      struct expr **arg, struct generator *g)
{
  g->list = arg[0];
  g->spec.fields = kind != GENERATE_ELEMENTS;
  if (kind == GENERATE_STACK)
    g->list = bind_stack(c, ast, arg);
  else if (kind == GENERATE_JSON)
    g->list = bind_json_tuple(c, ast, arg);
  else if (ast->args != 1)
    return fails(c, ast, "one argument");
  if (g->list == NULL)
    return false;
  struct type type = g->list->type;
  if (kind == GENERATE_ELEMENTS)
    return type.kind == TYPE_ARRAY || type.kind == TYPE_MAP || fails(c, ast, "an array or a map");
  return (type.kind == TYPE_ARRAY && type.item[0].type.kind == TYPE_STRUCT) ||
         fails(c, ast, "an array of structs");
}

/* pos; col, or key and value, or the fields. */
static void name_columns(struct generator *g, struct arena *arena)
{
  struct type type = g->list->type;
  bool map = type.kind == TYPE_MAP;
  const struct field *item = g->spec.fields ? type.item[0].type.item : type.item;
  size_t items = g->spec.fields ? type.item[0].type.items : type.items;
  g->column = arena_take(arena, items + 1, sizeof *g->column);
  g->columns = 0;
  if (g->spec.position)
    g->column[g->columns++] = (struct field){SLICE("pos"), type_of(TYPE_INT)};
  for (size_t i = 0; i < items; i++) {
    g->column[g->columns] = item[i];
    if (!g->spec.fields)
      g->column[g->columns].name = map ? (i == 0 ? SLICE("key") : SLICE("value")) : SLICE("col");
    g->columns++;
  }
}

bool bind_generator(struct context *c, const struct ast_expr *ast, const struct slice *name,
                    size_t names, struct generator *out)
{
  const struct generator_name *found = find(ast);
  *out = (struct generator){.spec = {.position = found->position, .outer = found->outer}};
  struct expr **arg = arena_take(c->binder->b.arena, ast->args, sizeof *arg);
  if (ast->args == 0 || ast->distinct || ast->filter != NULL || ast->ignore_nulls)
    return fails(c, ast, "arguments, and no DISTINCT or FILTER");
  for (size_t i = 0; i < ast->args; i++)
    if ((arg[i] = bind_expr(c, ast->arg[i])) == NULL)
      return false;
  if (!bind_list(c, ast, found->kind, arg, out))
    return false;
  name_columns(out, c->binder->b.arena);
  if (names != 0 && names != out->columns)
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() gives %zu columns, not the %zu that are named",
                      SLICE_PRINT(ast_name(ast)), out->columns, names);
  for (size_t i = 0; i < names; i++)
    out->column[i].name = name[i];
  return true;
}
