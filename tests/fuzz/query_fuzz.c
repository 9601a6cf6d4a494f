/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a query that is also run, over two small tables: it gives its rows or is refused
 * with one line, and nothing else; with two tasks at once the bytes are the same, and its plan is
 * told. Built with tests/fuzz/mutate.c, or with libFuzzer (configure --enable-fuzzer).
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "exec/query.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum {
  MOST_DIGITS = 4,  /* in a row: repeat('a', 1000000000) is no finding */
  MOST_SOURCES = 5, /* that FROM and JOIN may name: products of tables are none either */
};

/* Whether the query may be run to its end: no large number, not many tables. */
static bool is_small(struct slice text)
{
  size_t digits = 0, sources = 0;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits > MOST_DIGITS)
      return false;
    if (i + 4 <= text.n && (slice_equal_nocase((struct slice){text.p + i, 4}, SLICE("from")) ||
                            slice_equal_nocase((struct slice){text.p + i, 4}, SLICE("join"))))
      sources++;
    sources += c == ','; /* as may be a comma in FROM; so long lists are left out too */
  }
  return sources <= 5 * MOST_SOURCES;
}

static struct query_table table_of(const char *name, const char *schema, struct arena *arena)
{
  const char *top = getenv("srcdir");
  struct query_table table = {.name = slice_of(name)};
  table.path =
      arena_printf(arena, "%s/tests/data/query_fuzz/%s.csv", top != NULL ? top : ".", name);
  csv_read_defaults(&table.options);
  bool ok = schema_parse(slice_of(schema), &table.schema, arena, NULL);
  assert(ok);
  return table;
}

static void check_error(bool ok, const struct error *err)
{
  assert(ok == (err->code == ERR_NONE));
  assert(ok || (err->text[0] != '\0' && strchr(err->text, '\n') == NULL));
}

/* Two tasks at once, as far as what is planned goes; each runs when it is waited for. */
static void two_at_once(struct executor *executor)
{
  executor_serial(executor);
  executor->threads = 2;
}

/* The query's bytes in `path`; false if it is refused. */
static bool run_into(const struct query *query, const char *path)
{
  struct csv_write_options options;
  csv_write_defaults(&options);
  struct error err = {0};
  struct outfile *out = outfile_open(path, &err);
  assert(out != NULL);
  bool ok = query_write(query, &options, out, NULL, &err);
  check_error(ok, &err);
  if (ok)
    ok = outfile_commit(out, &err);
  else
    outfile_discard(out);
  return ok;
}

static void explain(const struct query *query)
{
  struct csv_write_options options;
  csv_write_defaults(&options);
  struct buffer text = {0};
  struct error err = {0};
  check_error(query_explain(query, &options, NULL, NULL, &text, &err), &err);
  buffer_free(&text);
}

/* Removes both. */
static void check_same_bytes(const char *a, const char *b)
{
  struct buffer first = {0}, second = {0};
  bool ok = infile_read(a, &first, NULL) && infile_read(b, &second, NULL);
  assert(ok && first.n == second.n);
  assert(first.n == 0 || memcmp(first.p, second.p, first.n) == 0);
  buffer_free(&first);
  buffer_free(&second);
  remove(a);
  remove(b);
}

static void run(struct slice text, struct arena *arena)
{
  struct query_table table[] = {
      table_of("t",
               "k STRING, i INT, b BIGINT, f FLOAT, d DOUBLE, s STRING, dt DATE, ts TIMESTAMP, "
               "bo BOOLEAN, m DECIMAL(10,2)",
               arena),
      table_of("u", "k STRING, i INT, w DOUBLE, ts TIMESTAMP", arena),
  };
  struct executor executor;
  executor_serial(&executor);
  struct query query = {
      .text = text, .file = "q.sql", .tables = 2, .table = table, .executor = &executor};
  explain(&query);
  /* Several processes may fuzz in one directory. */
  const char *first = arena_printf(arena, "query_fuzz.%ld.1", (long)getpid());
  const char *second = arena_printf(arena, "query_fuzz.%ld.2", (long)getpid());
  bool ok = run_into(&query, first);
  two_at_once(&executor);
  bool again = run_into(&query, second);
  assert(ok == again);
  if (ok)
    check_same_bytes(first, second);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct arena arena = {0};
  struct slice text = {(const char *)data, size};
  if (is_small(text))
    run(text, &arena);
  arena_free(&arena);
  return 0;
}
