/* SPDX-License-Identifier: Apache-2.0 */
/* Joins, sorts, groups and numbers of rows against the plain loops that they stand for. */
#include "exec/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/random.h"
#include "tests/support/check.h"

enum { NO_VALUE = -1, ROUNDS = 12, MOST_ROWS = 5000 };

/* A table of small numbers, some of them null. */
struct table {
  const char *name, *schema;
  size_t rows, columns;
  int32_t cell[MOST_ROWS][3];
};

static void draw(struct table *t, struct random *r, const int32_t *most)
{
  for (size_t i = 0; i < t->rows; i++)
    for (size_t k = 0; k < t->columns; k++)
      t->cell[i][k] =
          random_below(r, 12) == 0 ? NO_VALUE : (int32_t)random_below(r, (uint64_t)most[k]);
}

static void put_row(struct buffer *out, const int32_t *cell, size_t cells)
{
  for (size_t k = 0; k < cells; k++) {
    if (k != 0)
      buffer_put(out, ',');
    if (cell[k] != NO_VALUE)
      buffer_printf(out, "%d", cell[k]);
  }
  buffer_put(out, '\n');
}

static void write_table(const struct table *t)
{
  struct buffer bytes = {0};
  char path[64];
  buffer_printf(&bytes, "header\n");
  for (size_t i = 0; i < t->rows; i++)
    put_row(&bytes, t->cell[i], t->columns);
  snprintf(path, sizeof path, "query_test-%ld-%s.csv", (long)getpid(), t->name);
  assert_true(outfile_put(path, (struct slice){bytes.p, bytes.n}, NULL));
  buffer_free(&bytes);
}

/* The result of a query, from behind its header on. */
static void run_with(const char *text, const struct slice *extra, size_t extras,
                     const struct table *const *tables, size_t count, struct buffer *out)
{
  struct arena arena = {0};
  struct query_table table[2];
  struct executor executor;
  struct error err;
  char path[64];
  for (size_t i = 0; i < count; i++) {
    table[i] = (struct query_table){.name = slice_of(tables[i]->name)};
    table[i].path = arena_printf(&arena, "query_test-%ld-%s.csv", (long)getpid(), tables[i]->name);
    csv_read_defaults(&table[i].options);
    assert_true(schema_parse(slice_of(tables[i]->schema), &table[i].schema, &arena, NULL));
  }
  executor_serial(&executor);
  struct query query = {.text = slice_of(text),
                        .file = "query",
                        .tables = count,
                        .table = table,
                        .executor = &executor,
                        .extras = extras,
                        .extra = extra};
  struct csv_write_options options;
  csv_write_defaults(&options);
  snprintf(path, sizeof path, "query_test-%ld.out", (long)getpid());
  struct outfile *file = outfile_open(path, NULL);
  if (!query_write(&query, &options, file, NULL, &err))
    fail_msg("%s\n%u:%u: %s", text, err.line, err.column, err.text);
  assert_true(outfile_commit(file, NULL) && infile_read(path, out, NULL));
  unlink(path);
  const char *end = memchr(out->p, '\n', out->n);
  out->n -= (size_t)(end + 1 - out->p);
  memmove(out->p, end + 1, out->n);
  arena_free(&arena);
}

static void run(const char *text, const struct table *const *tables, size_t count,
                struct buffer *out)
{
  run_with(text, NULL, 0, tables, count, out);
}

/* Rows of what a query should give. */
struct expected {
  size_t rows, room, cells;
  int32_t *cell;
};

static int32_t *add(struct expected *e)
{
  if (e->rows == e->room) {
    e->room = e->room != 0 ? 2 * e->room : 256;
    e->cell = mem_resize(e->cell, e->room * e->cells, sizeof *e->cell);
  }
  return e->cell + e->rows++ * e->cells;
}

enum { MOST_CELLS = 6 };

static int compare_rows(const void *a, const void *b)
{
  const int32_t *x = a, *y = b;
  for (size_t k = 0; k < MOST_CELLS; k++)
    if (x[k] != y[k])
      return x[k] < y[k] ? -1 : 1; /* NO_VALUE comes first, as nulls do */
  return 0;
}

static int shown(const struct buffer *b)
{
  return (int)(b->n < 300 ? b->n : 300);
}

/* Runs the query and compares; the expected rows are released. */
static void check(const char *text, const struct table *const *tables, size_t count,
                  struct expected *e)
{
  struct buffer actual = {0}, expected = {0};
  for (size_t i = 0; i < e->rows; i++)
    put_row(&expected, e->cell + i * e->cells, e->cells);
  run(text, tables, count, &actual);
  if (!slice_equal((struct slice){actual.p, actual.n}, (struct slice){expected.p, expected.n}))
    fail_msg("%s\nexpected:\n%.*s\nactual:\n%.*s", text, shown(&expected), expected.p,
             shown(&actual), actual.p);
  buffer_free(&actual);
  buffer_free(&expected);
  free(e->cell);
}

/* ---- joins ---- */

/* One row of each key, with the greatest third cell. */
static void group(struct table *t)
{
  size_t groups = 0;
  for (size_t i = 0; i < t->rows; i++) {
    size_t g = 0;
    while (g < groups && memcmp(t->cell[g], t->cell[i], 2 * sizeof(int32_t)) != 0)
      g++;
    if (g == groups)
      memmove(t->cell[groups++], t->cell[i], sizeof t->cell[i]);
    else if (t->cell[i][2] > t->cell[g][2])
      t->cell[g][2] = t->cell[i][2];
  }
  t->rows = groups;
}

static void put_pair(struct expected *e, const int32_t *left, const int32_t *right)
{
  int32_t *out = add(e);
  for (size_t k = 0; k < 3; k++) {
    out[k] = left != NULL ? left[k] : NO_VALUE;
    out[3 + k] = right != NULL ? right[k] : NO_VALUE;
  }
}

static struct expected join_slowly(const struct table *l, const struct table *r, bool keeps_left,
                                   bool keeps_right)
{
  struct expected e = {.cells = 6};
  bool matched[MOST_ROWS] = {false};
  for (size_t i = 0; i < l->rows; i++) {
    const int32_t *x = l->cell[i];
    size_t before = e.rows;
    for (size_t j = 0; j < r->rows; j++) {
      const int32_t *y = r->cell[j];
      if (x[0] != y[0] || x[1] != y[1] || x[0] == NO_VALUE || x[1] == NO_VALUE)
        continue;
      put_pair(&e, x, y);
      matched[j] = true;
    }
    if (keeps_left && e.rows == before)
      put_pair(&e, x, NULL);
  }
  for (size_t j = 0; keeps_right && j < r->rows; j++)
    if (!matched[j])
      put_pair(&e, NULL, r->cell[j]);
  if (e.rows != 0)
    qsort(e.cell, e.rows, e.cells * sizeof *e.cell, compare_rows);
  return e;
}

/* The left side sorted and the right one in groups: a merge. Rows as they come: a hash table. */
static const char *const join_form[] = {
    "(SELECT * FROM l ORDER BY k, j) l %s JOIN (SELECT k, j, max(x) AS x FROM r GROUP BY k, j) r "
    "ON l.k = r.k AND l.j = r.j",
    "l %s JOIN (SELECT k, j, max(x) AS x FROM r GROUP BY k, j) r ON l.k = r.k AND l.j = r.j",
    "l %s JOIN (SELECT k, j, max(x) AS x FROM r GROUP BY k, j) r ON l.k = r.k AND l.j < r.j + 1 "
    "AND l.j > r.j - 1",
    "(SELECT k, j, x FROM l ORDER BY k, j) l %s JOIN (SELECT k, j, max(x) AS x FROM r "
    "GROUP BY k, j) r ON l.k + 0 = r.k AND r.j = l.j",
};

static void all_ways_to_join_give_what_two_loops_give(void **state)
{
  (void)state;
  static struct table l = {"l", "k INT, j INT, x INT", 0, 3, {{0}}};
  static struct table r = {"r", "k INT, j INT, x INT", 0, 3, {{0}}};
  static const char *const kind[] = {"INNER", "LEFT", "RIGHT", "FULL"};
  const struct table *both[] = {&l, &r};
  struct random random;
  random_seed(&random, 3);
  for (int round = 0; round < ROUNDS; round++) {
    int32_t most[] = {1 + (int32_t)random_below(&random, 40), 8, 1000};
    l.rows = round == 0 ? 0 : random_below(&random, 2 * 400);
    r.rows = round == 1 ? 0 : random_below(&random, 400);
    draw(&l, &random, most);
    draw(&r, &random, most);
    write_table(&l);
    write_table(&r);
    group(&r);
    for (size_t k = 0; k < 4; k++)
      for (size_t form = 0; form < sizeof join_form / sizeof join_form[0]; form++) {
        char from[400], text[600];
        snprintf(from, sizeof from, join_form[form], kind[k]);
        snprintf(text, sizeof text,
                 "SELECT l.k AS a, l.j AS b, l.x AS c, r.k AS d, r.j AS e, r.x AS f FROM %s "
                 "ORDER BY 1, 2, 3, 4, 5, 6",
                 from);
        struct expected e = join_slowly(&l, &r, k == 1 || k == 3, k == 2 || k == 3);
        check(text, both, 2, &e);
      }
  }
}

/* ---- order ---- */

/* Rows numbered by their last cell, which so shows whether equal ones keep their order. */
static void draw_rows(struct table *t, struct random *r, size_t rows, int32_t keys)
{
  int32_t most[] = {keys, 30, 1};
  t->rows = rows;
  draw(t, r, most);
  for (size_t i = 0; i < rows; i++)
    t->cell[i][2] = (int32_t)i;
  write_table(t);
}

static int compare_mixed(const void *a, const void *b)
{
  const int32_t *x = a, *y = b;
  if (x[0] != y[0])
    return x[0] < y[0] ? -1 : 1;
  if (x[1] != y[1])
    return x[1] < y[1] ? 1 : -1;
  return (x[2] > y[2]) - (x[2] < y[2]);
}

static void rows_sorted_in_parts_come_as_sorted_at_once(void **state)
{
  (void)state;
  static struct table t = {"t", "k INT, j INT, x INT", 0, 3, {{0}}};
  static const char *const text[] = {
      "SELECT k, j, x FROM t ORDER BY k, j DESC",
      "SELECT k, j, x FROM (SELECT * FROM t ORDER BY k) ORDER BY k, j DESC",
      "SELECT k, j, x FROM (SELECT * FROM t ORDER BY k) ORDER BY k, j + 0 DESC, x",
  };
  const struct table *one[] = {&t};
  struct random r;
  random_seed(&r, 4);
  for (int round = 0; round < ROUNDS; round++) {
    draw_rows(&t, &r, random_below(&r, MOST_ROWS + 1), 1 + (int32_t)random_below(&r, 20) * round);
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
      struct expected e = {.cells = 3};
      for (size_t k = 0; k < t.rows; k++)
        memcpy(add(&e), t.cell[k], sizeof t.cell[k]);
      if (e.rows != 0)
        qsort(e.cell, e.rows, e.cells * sizeof *e.cell, compare_mixed);
      check(text[i], one, 1, &e);
    }
  }
}

static void limit_and_offset_count_rows_across_batches(void **state)
{
  (void)state;
  static struct table t = {"t", "k INT, j INT, x INT", 0, 3, {{0}}};
  static const uint64_t count[] = {0, 1, 2047, 2048, 2049, 4096, MOST_ROWS - 1, MOST_ROWS, 9999};
  enum { COUNTS = sizeof count / sizeof count[0] };
  const struct table *one[] = {&t};
  struct random r;
  random_seed(&r, 5);
  draw_rows(&t, &r, MOST_ROWS, 9);
  for (size_t i = 0; i < COUNTS * COUNTS * 2; i++) {
    uint64_t limit = count[i % COUNTS], offset = count[i / COUNTS % COUNTS];
    char text[200];
    snprintf(text, sizeof text, "SELECT x FROM t %s LIMIT %llu OFFSET %llu",
             i % 2 != 0 ? "ORDER BY x" : "", (unsigned long long)limit, (unsigned long long)offset);
    struct expected e = {.cells = 1};
    for (size_t k = offset; k < t.rows && k - offset < limit; k++)
      *add(&e) = t.cell[k][2];
    check(text, one, 1, &e);
  }
}

/* ---- numbers of rows ---- */

static void number_slowly(const struct table *t, size_t i, int32_t *out)
{
  const int32_t *x = t->cell[i];
  bool below[32] = {false};
  out[0] = x[2], out[1] = out[2] = out[3] = 1;
  for (size_t k = 0; k < t->rows; k++) {
    const int32_t *y = t->cell[k];
    if (y[0] != x[0] || y[1] > x[1])
      continue;
    out[1] += y[1] < x[1] || y[2] < x[2];
    out[2] += y[1] < x[1];
    out[3] += y[1] < x[1] && !below[y[1] + 1];
    below[y[1] + 1] |= y[1] < x[1];
  }
}

static void numbers_of_rows_go_on_across_batches(void **state)
{
  (void)state;
  static struct table t = {"t", "k INT, j INT, x INT", 0, 3, {{0}}};
  const struct table *one[] = {&t};
  struct random r;
  random_seed(&r, 6);
  for (int32_t keys = 1; keys <= 400; keys *= 20) {
    draw_rows(&t, &r, MOST_ROWS, keys);
    struct expected e = {.cells = 4};
    for (size_t i = 0; i < t.rows; i++)
      number_slowly(&t, i, add(&e));
    check("SELECT x, row_number() OVER (PARTITION BY k ORDER BY j) AS n, "
          "rank() OVER (PARTITION BY k ORDER BY j) AS r, "
          "dense_rank() OVER (PARTITION BY k ORDER BY j) AS d FROM t ORDER BY x",
          one, 1, &e);
  }
}

/* ---- groups ---- */

/* 1,000 times 400 rows in three groups: counts above what 16 bits hold. */
static void groups_of_more_rows_than_16_bits_count(void **state)
{
  (void)state;
  static struct table l = {"l", "k INT, j INT, x INT", 1000, 3, {{0}}};
  static struct table r = {"r", "k INT, j INT, x INT", 400, 3, {{0}}};
  const struct table *both[] = {&l, &r};
  struct random random;
  random_seed(&random, 7);
  int32_t most[] = {2, 4, 9};
  draw(&l, &random, most);
  draw(&r, &random, most);
  write_table(&l);
  write_table(&r);
  struct expected e = {.cells = 6};
  for (int32_t k = NO_VALUE; k < 2; k++) {
    int32_t *out = add(&e), seen[9] = {0};
    out[0] = k;
    memset(out + 1, 0, 5 * sizeof *out);
    for (size_t i = 0; i < l.rows * r.rows; i++) {
      const int32_t *x = l.cell[i / r.rows], *y = r.cell[i % r.rows];
      if (x[0] != k)
        continue;
      out[1]++;
      if (y[2] == NO_VALUE)
        continue;
      out[2]++;
      out[3] += y[2];
      out[4] += !seen[y[2]]++;
      out[5] += x[1] > 1;
    }
    assert_true(k == NO_VALUE || out[1] > 65536);
  }
  check("SELECT l.k, count(*) AS a, count(r.x) AS b, sum(r.x) AS c, count(DISTINCT r.x) AS d, "
        "count(r.x) FILTER (WHERE l.j > 1) AS e FROM l CROSS JOIN r GROUP BY l.k ORDER BY l.k",
        both, 2, &e);
  struct expected truth = {.cells = 1};
  for (int i = 0; i < 3; i++)
    *add(&truth) = 1;
  check("SELECT CAST(avg(r.x) = sum(r.x) / count(r.x) AS INT) AS same "
        "FROM l CROSS JOIN r GROUP BY l.k",
        both, 2, &truth);
}

static void assert_with(const char *text, const char *extra, const struct table *t,
                        const char *expected)
{
  struct slice extras[] = {slice_of(extra), SLICE("-1")};
  struct buffer bytes = {0};
  run_with(text, extras, 2, &t, 1, &bytes);
  buffer_put(&bytes, '\0');
  assert_string_equal(bytes.p, expected);
  buffer_free(&bytes);
}

static void what_a_query_gives_besides_changes_nothing_of_it(void **state)
{
  (void)state;
  static struct table t = {"t", "k INT, j INT", 3, 2, {{1, 5, 0}, {2, 4, 0}, {1, 6, 0}}};
  write_table(&t);
  /* `j` of ORDER BY is the table's; one of the items beside it has its text, but not its name. */
  assert_with("SELECT -j AS i FROM t ORDER BY j", "j", &t, "-4,4,-1\n-5,5,-1\n-6,6,-1\n");
  assert_with("SELECT -j AS j FROM t ORDER BY j", "t.j", &t, "-6,6,-1\n-5,5,-1\n-4,4,-1\n");
  assert_with("WITH x AS (SELECT k, sum(j) AS j FROM t GROUP BY k) SELECT k FROM x ORDER BY 1", "j",
              &t, "1,11,-1\n2,4,-1\n");
  assert_with("SELECT sum(j) AS n FROM t GROUP BY k HAVING sum(j) > 4", "k + 1", &t, "11,2,-1\n");
  assert_with("SELECT * FROM t WHERE j = 5", "k + j", &t, "1,5,6,-1\n");
}

static int remove_tables(void **state)
{
  (void)state;
  static const char *const name[] = {"l", "r", "t"};
  for (size_t i = 0; i < 3; i++) {
    char path[64];
    snprintf(path, sizeof path, "query_test-%ld-%s.csv", (long)getpid(), name[i]);
    unlink(path);
  }
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_ways_to_join_give_what_two_loops_give),
      cmocka_unit_test(rows_sorted_in_parts_come_as_sorted_at_once),
      cmocka_unit_test(limit_and_offset_count_rows_across_batches),
      cmocka_unit_test(numbers_of_rows_go_on_across_batches),
      cmocka_unit_test(groups_of_more_rows_than_16_bits_count),
      cmocka_unit_test(what_a_query_gives_besides_changes_nothing_of_it),
  };
  return cmocka_run_group_tests(tests, NULL, remove_tables);
}
