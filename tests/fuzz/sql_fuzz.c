/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a query: the parser takes them or refuses them with a place, and nothing else.
 * Built with tests/fuzz/mutate.c, or with clang's -fsanitize=fuzzer and -dict=tests/fuzz/sql.dict.
 */
#include <assert.h>
#include <stdio.h>

#include "sql/parser.h"
#include "sql/variables.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The promises of an error: a code, a place within the text, one line. */
static void check_error(const struct error *err, size_t size)
{
  assert(err->code != ERR_NONE);
  assert(err->line >= 1 && err->line <= size + 1);
  assert(err->column >= 1 && err->column <= size + 1);
  assert(err->text[0] != '\0' && strchr(err->text, '\n') == NULL);
}

static bool is_within(struct slice part, struct slice whole)
{
  return part.p >= whole.p && part.p + part.n <= whole.p + whole.n;
}

static void check_expr(const struct ast_expr *e, struct slice text)
{
  assert(e->height < AST_MAX_HEIGHT);
  assert(is_within(e->source, text) && e->source.n > 0);
  for (size_t i = 0; i < e->args; i++) {
    assert(e->arg[i]->height < e->height);
    check_expr(e->arg[i], text);
  }
}

static void fuzz_query(struct slice text, struct arena *arena)
{
  struct error err = {0};
  struct ast_script *script = sql_parse(text, "q.sql", arena, &err);
  assert((script == NULL) == (err.code != ERR_NONE));
  if (script == NULL)
    check_error(&err, text.n);
}

static void fuzz_expression(struct slice text, struct arena *arena)
{
  struct error err = {0};
  struct ast_expr *e = sql_parse_expression(text, "q.sql", arena, &err);
  assert((e == NULL) == (err.code != ERR_NONE));
  if (e == NULL)
    check_error(&err, text.n);
  else
    check_expr(e, text);
}

static void fuzz_variables(struct slice text, struct arena *arena)
{
  const struct variable variable[] = {
      {text, SLICE("${a}")}, {SLICE("a"), SLICE("${b}${b}")}, {SLICE("b"), text}};
  struct error err = {0};
  struct slice out;
  if (!variables_replace(text, variable, 3, "q.sql", arena, &out, &err))
    check_error(&err, text.n);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct arena arena = {0};
  struct slice text = {(const char *)data, size};
  fuzz_query(text, &arena);
  fuzz_expression(text, &arena);
  fuzz_variables(text, &arena);
  arena_free(&arena);
  return 0;
}
