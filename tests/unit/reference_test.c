/* SPDX-License-Identifier: Apache-2.0 */
/* Every line of the reference is true: its names are those of the engine, its examples run. */
#include "sql/reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "exec/query.h"
#include "sql/binder.h"
#include "sql/function.h"
#include "tests/support/check.h"
#include "text/time_text.h"

enum { TABLES = 3 };

/* --- names --- */

static bool has_entry(enum reference_kind kind, const char *name)
{
  size_t count;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++)
    for (const struct reference_entry *e = chapter[i].entry; e->name != NULL; e++)
      for (const char *const *own = e->name; chapter[i].kind == kind && *own != NULL; own++)
        if (strcmp(*own, name) == 0)
          return true;
  return false;
}

static const char *scalar_name(size_t i)
{
  size_t count;
  const struct slice *name = function_names(&count);
  return i < count ? name[i].p : NULL;
}

struct registry {
  enum reference_kind kind;
  const char *(*name)(size_t i);
};

static const struct registry registries[] = {
    {REFERENCE_FUNCTIONS, scalar_name},
    {REFERENCE_AGGREGATES, aggregate_name},
    {REFERENCE_OVER, over_name},
    {REFERENCE_TABLES, generator_name},
};

/* What the parser makes of syntax, and no user writes as a name. */
static bool is_written_otherwise(const char *name)
{
  static const char *const internal[] = {"element", "field", "interval_months", "is false",
                                         "is true"};
  for (size_t i = 0; i < sizeof internal / sizeof internal[0]; i++)
    if (strcmp(internal[i], name) == 0)
      return true;
  return false;
}

static void every_function_has_an_entry(void **state)
{
  (void)state;
  size_t missing = 0;
  for (size_t r = 0; r < sizeof registries / sizeof registries[0]; r++)
    for (size_t i = 0; registries[r].name(i) != NULL; i++) {
      const char *name = registries[r].name(i);
      if (is_written_otherwise(name) || has_entry(registries[r].kind, name))
        continue;
      print_message("'%s' has no entry in src/sql/reference (see README.md there)\n", name);
      missing++;
    }
  assert_int_equal(missing, 0);
}

static bool is_registered(const struct registry *r, const char *name)
{
  for (size_t i = 0; r->name(i) != NULL; i++)
    if (strcmp(r->name(i), name) == 0)
      return true;
  return false;
}

static void every_entry_of_a_function_is_one(void **state)
{
  (void)state;
  size_t count, unknown = 0;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++)
    for (size_t r = 0; r < sizeof registries / sizeof registries[0]; r++)
      for (const struct reference_entry *e = chapter[i].entry;
           chapter[i].kind == registries[r].kind && e->name != NULL; e++)
        for (const char *const *name = e->name; *name != NULL; name++)
          if (!is_registered(&registries[r], *name)) {
            print_message("%s: there is no '%s'\n", chapter[i].name, *name);
            unknown++;
          }
  assert_int_equal(unknown, 0);
}

/* --- examples --- */

/* A path below the build directory that no other test of this run uses. */
static const char *path_of(const char *name, struct arena *arena)
{
  return arena_printf(arena, "reference_test-%ld-%s", (long)getpid(), name);
}

static void add_table(struct query *query, struct query_table *table, const char *name,
                      const char *path, const char *schema, struct arena *arena)
{
  struct error err;
  struct query_table *t = &table[query->tables++];
  *t = (struct query_table){.name = slice_of(name), .path = path};
  csv_read_defaults(&t->options);
  if (!schema_parse(slice_of(schema), &t->schema, arena, &err))
    fail_msg("%s: %s", schema, err.text);
}

static bool take_options(const struct reference_example *e, struct query_table *table,
                         struct arena *arena, struct error *err)
{
  for (const char *const *option = e->option; *option != NULL; option++) {
    const char *equals = strchr(*option, '=');
    struct slice name = {*option, (size_t)(equals - *option)};
    if (!csv_read_option(&table->options, name, slice_of(equals + 1), arena, err))
      return false;
  }
  return true;
}

/* The text of an expression's value: what is behind the header; a row of one null is no line. */
static const char *value_of(struct buffer *bytes)
{
  char *line = strchr(bytes->p, '\n') + 1;
  return *line != '\0' ? line : "null\n";
}

static bool run(const struct reference_example *e, const char *out, struct arena *arena,
                struct error *err)
{
  char samples[1024], servers[1024];
  struct query_table table[TABLES];
  struct executor executor;
  struct query query = {.file = "example", .table = table, .executor = &executor};
  query.settings.today = TODAY_UNKNOWN;
  if (e->spark != NULL)
    assert_true(spark_version_parse(slice_of(e->spark), &query.settings.spark, NULL));
  executor_serial(&executor);
  snprintf(samples, sizeof samples, "%s/tests/data/reference/samples.csv", getenv("srcdir"));
  snprintf(servers, sizeof servers, "%s/tests/data/reference/servers.csv", getenv("srcdir"));
  add_table(&query, table, "samples", samples, "at TIMESTAMP, server STRING, cpu DOUBLE", arena);
  add_table(&query, table, "servers", servers, "server STRING, room STRING, cores INT", arena);
  query.text = slice_of(e->is_query ? e->text : arena_printf(arena, "SELECT %s AS value", e->text));
  const char *path = path_of("t.csv", arena);
  bool good = true;
  if (e->input != NULL) {
    assert_true(outfile_put(path, slice_of(arena_printf(arena, "%s\n", e->input)), NULL));
    add_table(&query, table, "t", path, e->schema, arena);
    good = take_options(e, &table[2], arena, err);
  }
  struct csv_write_options options;
  csv_write_defaults(&options);
  struct outfile *file = outfile_open(out, NULL);
  good = good && query_write(&query, &options, file, NULL, err);
  if (good)
    assert_true(outfile_commit(file, NULL));
  else
    outfile_discard(file);
  unlink(path);
  return good;
}

static bool is_true(const struct reference_example *e)
{
  struct arena arena = {0};
  struct buffer bytes = {0};
  struct error err;
  const char *path = path_of("out.csv", &arena);
  bool good = run(e, path, &arena, &err);
  const char *got = err.text;
  if (good) {
    assert_true(infile_read(path, &bytes, NULL));
    buffer_put(&bytes, '\0');
    unlink(path);
    got = e->is_query ? bytes.p : value_of(&bytes);
  }
  if (e->refused != NULL)
    good = !good && strncmp(got, e->refused, strlen(e->refused)) == 0;
  else
    good = good && strcmp(got, arena_printf(&arena, "%s\n", e->gives)) == 0;
  if (!good)
    print_message("%s\ngives: %s\n, not: %s\n", e->text, got,
                  e->gives != NULL ? e->gives : e->refused);
  buffer_free(&bytes);
  arena_free(&arena);
  return good;
}

static void every_example_gives_what_the_reference_says(void **state)
{
  (void)state;
  size_t count, wrong = 0;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++)
    for (const struct reference_entry *entry = chapter[i].entry; entry->name != NULL; entry++)
      for (const struct reference_example *e = entry->example; e->text != NULL; e++)
        wrong += !is_true(e);
  assert_int_equal(wrong, 0);
}

static void every_entry_has_an_example(void **state)
{
  (void)state;
  size_t count, without = 0;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++)
    for (const struct reference_entry *entry = chapter[i].entry; entry->name != NULL; entry++)
      if (entry->example->text == NULL) {
        print_message("%s: '%s' shows no example\n", chapter[i].name, entry->name[0]);
        without++;
      }
  assert_int_equal(without, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_function_has_an_entry),
      cmocka_unit_test(every_entry_of_a_function_is_one),
      cmocka_unit_test(every_entry_has_an_example),
      cmocka_unit_test(every_example_gives_what_the_reference_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
