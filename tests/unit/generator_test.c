/* SPDX-License-Identifier: Apache-2.0 */
/* tests/data/generated.csv is what tests/data/generated.py makes of the same declaration. */
#include "pipeline/generator.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "tests/support/check.h"

#define SECONDS INT64_C(1000000000)

enum { A, B, C };

static struct generator_value values[3] = {
    [A] = {.column = 2,
           .follows = GENERATOR_NO_VALUE,
           .level_low = -500,
           .level_high = 1000,
           .drift = 300,
           .cycle = 250,
           .noise = 100,
           .min = -700,
           .max = 5000},
    [B] = {.column = 3, .follows = A, .noise = 50, .min = -1000, .max = 100000},
    [C] = {.column = 4,
           .follows = GENERATOR_NO_VALUE,
           .level_low = 10,
           .level_high = 10,
           .max = 900,
           .burst_chance = 3000,
           .burst_low = 7,
           .burst_high = 1000},
};

static struct generator_effect up[1] = {{A, 2000, 3000}};
static struct generator_effect far[2] = {{A, 2500, 2500}, {C, 400, 800}};
static struct generator_kind kinds[2] = {{{"up", 2}, 1, up}, {{"far", 3}, 2, far}};

static const struct slice columns[5] = {{"at", 2}, {"id", 2}, {"a", 1}, {"b", 1}, {"c", 1}};

static struct generator small(void)
{
  return (struct generator){.seed = 7,
                            .columns = 5,
                            .column = columns,
                            .entity_column = 1,
                            .entity_prefix = SLICE("s"),
                            .entities = 3,
                            .time_column = 0,
                            .time_format = SLICE("HH:mm:ss"),
                            .start = SLICE("23:59:40"),
                            .every_ns = 10 * SECONDS,
                            .length_ns = 595 * SECONDS,
                            .values = 3,
                            .value = values,
                            .incident_every_ns = 60 * SECONDS,
                            .incident_shortest_ns = 10 * SECONDS,
                            .incident_longest_ns = 95 * SECONDS,
                            .incident_combined = 40,
                            .kinds = 2,
                            .kind = kinds};
}

/* What a generator writes. */
struct made {
  struct buffer data, labels;
};

static struct outfile *open_in(const char *directory, const char *name, char *path, size_t size)
{
  struct error err;
  snprintf(path, size, "%s/%s", directory, name);
  struct outfile *file = outfile_open(path, &err);
  assert_non_null(file);
  return file;
}

static struct made make(const struct generator *g)
{
  char directory[] = "/tmp/retrial-generator-XXXXXX", data_path[64], labels_path[64];
  struct error err;
  struct made made = {0};
  if (!generator_check(g, &err))
    fail_msg("%s", err.text);
  assert_non_null(mkdtemp(directory));
  struct outfile *data = open_in(directory, "data.csv", data_path, sizeof data_path);
  struct outfile *labels = open_in(directory, "labels.csv", labels_path, sizeof labels_path);
  assert_true(generator_write(g, data, labels, &err));
  assert_true(outfile_commit(data, &err) && outfile_commit(labels, &err));
  assert_true(infile_read(data_path, &made.data, &err));
  assert_true(infile_read(labels_path, &made.labels, &err));
  unlink(data_path);
  unlink(labels_path);
  rmdir(directory);
  return made;
}

static void made_free(struct made *made)
{
  buffer_free(&made->data);
  buffer_free(&made->labels);
}

static struct slice whole(const struct buffer *b)
{
  return (struct slice){b->p, b->n};
}

static struct buffer load(const char *name)
{
  const char *top = getenv("srcdir");
  char path[4096];
  struct buffer out = {0};
  struct error err;
  snprintf(path, sizeof path, "%s/%s", top != NULL ? top : ".", name);
  if (!infile_read(path, &out, &err))
    fail_msg("%s: %s", path, err.text);
  return out;
}

static void expect_file(const struct buffer *got, const char *name)
{
  struct buffer expected = load(name);
  assert_true(slice_equal(whole(got), whole(&expected)));
  buffer_free(&expected);
}

static void another_program_makes_the_same_bytes(void **state)
{
  (void)state;
  struct generator g = small();
  struct made made = make(&g);
  expect_file(&made.data, "tests/data/generated.csv");
  expect_file(&made.labels, "tests/data/generated.labels.csv");
  made_free(&made);
}

static void another_seed_makes_other_bytes(void **state)
{
  (void)state;
  struct generator g = small();
  struct made seven = make(&g), again = make(&g);
  g.seed = 8;
  struct made eight = make(&g);
  assert_true(slice_equal(whole(&seven.data), whole(&again.data)));
  assert_true(slice_equal(whole(&seven.labels), whole(&again.labels)));
  assert_false(slice_equal(whole(&seven.data), whole(&eight.data)));
  assert_false(slice_equal(whole(&seven.labels), whole(&eight.labels)));
  made_free(&seven);
  made_free(&again);
  made_free(&eight);
}

/* The lines of `text` that have `cell` as their second cell, in order. */
static struct buffer lines_of(struct slice text, struct slice cell)
{
  struct buffer out = {0};
  while (text.n != 0) {
    const char *end = memchr(text.p, '\n', text.n);
    size_t n = (size_t)(end - text.p) + 1;
    const char *second = memchr(text.p, ',', n);
    if (second != NULL && memcmp(second + 1, cell.p, cell.n) == 0)
      buffer_append(&out, text.p, n);
    text = (struct slice){text.p + n, text.n - n};
  }
  return out;
}

static void one_more_entity_does_not_change_the_others(void **state)
{
  (void)state;
  struct generator g = small();
  struct made three = make(&g);
  g.entities = 4;
  struct made four = make(&g);
  static const struct slice names[3] = {{"s1,", 3}, {"s2,", 3}, {"s3,", 3}};
  for (size_t i = 0; i < 3; i++) {
    struct buffer a = lines_of(whole(&three.data), names[i]);
    struct buffer b = lines_of(whole(&four.data), names[i]);
    assert_true(a.n > 0 && slice_equal(whole(&a), whole(&b)));
    buffer_free(&a);
    buffer_free(&b);
  }
  made_free(&three);
  made_free(&four);
}

/* The fixture's sums as Python's csv module and integers gave them, in hundredths. */
static void the_dataset_of_server_monitoring_has_the_sums_that_python_counted(void **state)
{
  (void)state;
  static const int64_t sums[5] = {106140911, 133772267, 3873921431, 3873603486, 1036978631};
  struct buffer file = load("fixtures/server-monitoring/dataset.csv");
  int64_t sum[5] = {0};
  size_t rows = 0;
  char *line = file.p + strlen("ts,server_id,cpu_pct,mem_pct,net_in,net_out,disk_io\n");
  buffer_put(&file, '\0');
  for (; *line != '\0'; line = strchr(line, '\n') + 1, rows++) {
    char *cell = strchr(strchr(line, ',') + 1, ',') + 1;
    for (int i = 0; i < 5; i++) {
      sum[i] += strtol(cell, &cell, 10) * 100;
      char *fraction = cell + 1; /* one or two digits */
      long digits = strtol(fraction, &cell, 10);
      sum[i] += cell - fraction == 1 ? digits * 10 : digits;
      cell++;
    }
  }
  assert_int_equal(rows, 28800);
  for (int i = 0; i < 5; i++)
    assert_int_equal(sum[i], sums[i]);
  buffer_free(&file);
}

/* Both kinds lift a to 25.00 and c to 4.00 or more here, where neither comes by itself. */
static void a_label_covers_the_samples_that_were_lifted_and_no_more(void **state)
{
  (void)state;
  struct generator g = small();
  struct generator_value calm[3] = {values[A], values[B], values[C]};
  struct generator_kind alike[2] = {{{"up", 2}, 2, far}, {{"far", 3}, 2, far}};
  calm[A].noise = calm[A].drift = calm[A].cycle = calm[C].burst_chance = 0;
  g.value = calm, g.kind = alike;
  struct made made = make(&g);
  size_t lifted = 0, labelled = 0;
  char line[128], id[8], from[16], to[16], at[16], who[8];
  double a, b, c;
  FILE *data = fmemopen(made.data.p, made.data.n, "r");
  assert_non_null(fgets(line, sizeof line, data));
  while (fgets(line, sizeof line, data) != NULL) {
    assert_int_equal(sscanf(line, "%8[^,],%7[^,],%lf,%lf,%lf", at, who, &a, &b, &c), 5);
    lifted += c >= 4;
    FILE *labels = fmemopen(made.labels.p, made.labels.n, "r");
    assert_non_null(fgets(line, sizeof line, labels));
    while (fgets(line, sizeof line, labels) != NULL) {
      assert_int_equal(sscanf(line, "%7[^,],%8[^,],%8[^,]", id, from, to), 3);
      /* "23:.." comes before midnight */
      bool after = at[0] == from[0] ? strcmp(at, from) >= 0 : from[0] == '2';
      bool before = at[0] == to[0] ? strcmp(at, to) < 0 : at[0] == '2';
      if (strcmp(id, who) == 0 && after && before) {
        labelled++;
        assert_true(c >= 4 && a == 25);
      }
    }
    fclose(labels);
  }
  fclose(data);
  assert_true(labelled > 30);
  assert_int_equal(lifted, labelled);
  made_free(&made);
}

static void expect_refused(const struct generator *g, enum error_code code, const char *text)
{
  struct error err = {0};
  assert_false(generator_check(g, &err));
  assert_int_equal(err.code, code);
  assert_string_equal(err.text, text);
}

static void what_does_not_fit_together_is_refused(void **state)
{
  (void)state;
  struct generator g = small();
  g.entities = 0;
  expect_refused(&g, ERR_RANGE, "there can be 1 to 1000000 entities");
  g = small(), g.start = SLICE("25:00:00");
  expect_refused(&g, ERR_SYNTAX, "start '25:00:00' is no time in the format 'HH:mm:ss'");
  g = small(), g.values = 2;
  expect_refused(&g, ERR_NAME, "column 'c' of the dataset is neither entity nor time nor a value");
  g = small(), g.entity_column = 4;
  expect_refused(&g, ERR_NAME, "column 'id' of the dataset is neither entity nor time nor a value");
  g = small(), g.entity_prefix = SLICE("a,b");
  expect_refused(&g, ERR_RANGE, "the entities' prefix has a comma or a quote in it");
  g = small(), g.every_ns = 0;
  expect_refused(&g, ERR_RANGE, "'every' has to be some whole microseconds");
  g = small(), g.incident_longest_ns = 1;
  expect_refused(&g, ERR_RANGE, "incidents need lengths in order, from above 0 on");
  struct generator_value other[3] = {values[A], values[B], values[C]};
  g = small(), g.value = other, other[B].follows = C;
  expect_refused(&g, ERR_RANGE, "'b' can only follow a value before it");
  other[B] = values[B], other[A].max = -701;
  expect_refused(&g, ERR_RANGE, "'a' has a range whose ends are not in order");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(another_program_makes_the_same_bytes),
      cmocka_unit_test(another_seed_makes_other_bytes),
      cmocka_unit_test(one_more_entity_does_not_change_the_others),
      cmocka_unit_test(the_dataset_of_server_monitoring_has_the_sums_that_python_counted),
      cmocka_unit_test(what_does_not_fit_together_is_refused),
      cmocka_unit_test(a_label_covers_the_samples_that_were_lifted_and_no_more),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
