/* SPDX-License-Identifier: Apache-2.0 */
/* Pipelines of tests/data/pipelines: those below valid/ are the same pipeline in other words, those
 * below invalid/ have the message that they must be refused with beside them. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/infile.h"
#include "pipeline/generator.h"
#include "pipeline/pipeline.h"
#include "tests/support/check.h"

static char *in_project(const char *path)
{
  static char whole[1024];
  const char *top = getenv("srcdir");
  snprintf(whole, sizeof whole, "%s/%s", top != NULL ? top : ".", path);
  return whole;
}

/* Calls visit with each directory below `folder`; returns how many there were. */
static size_t each_case(const char *folder, void (*visit)(const char *directory))
{
  char below[1400];
  size_t n = 0;
  DIR *open = opendir(in_project(folder));
  assert_non_null(open);
  const struct dirent *entry;
  while ((entry = readdir(open)) != NULL) {
    if (strchr(entry->d_name, '.') != NULL)
      continue;
    snprintf(below, sizeof below, "%s/%s", in_project(folder), entry->d_name);
    visit(below);
    n++;
  }
  closedir(open);
  return n;
}

/* The message beside the pipeline, DIR in it replaced. */
static struct buffer expected_message(const char *directory)
{
  struct buffer file = {0}, out = {0};
  struct error err = {0};
  char path[1500];
  snprintf(path, sizeof path, "%s/message", directory);
  assert_true(infile_read(path, &file, &err));
  for (size_t i = 0; i < file.n && file.p[i] != '\n'; i++)
    if (file.n - i > 3 && memcmp(file.p + i, "DIR", 3) == 0) {
      buffer_append(&out, directory, strlen(directory));
      i += 2;
    } else {
      buffer_put(&out, file.p[i]);
    }
  buffer_put(&out, '\0');
  buffer_free(&file);
  return out;
}

static void expect_refusal(const char *directory)
{
  struct error err = {0};
  char got[2048];
  struct pipeline *pipeline = pipeline_load(directory, NULL, 0, &err);
  if (pipeline != NULL)
    fail_msg("%s was taken", directory);
  struct buffer message = expected_message(directory);
  assert_string_equal(error_format(&err, got, sizeof got), message.p);
  buffer_free(&message);
}

static void a_wrong_pipeline_is_refused_at_its_place(void **state)
{
  (void)state;
  assert_true(each_case("tests/data/pipelines/invalid", expect_refusal) >= 50);
}

static struct pipeline *load(const char *directory, const struct setting *setting, size_t settings)
{
  struct error err = {0};
  char text[2048];
  struct pipeline *pipeline = pipeline_load(directory, setting, settings, &err);
  if (pipeline == NULL)
    fail_msg("%s", error_format(&err, text, sizeof text));
  return pipeline;
}

#define assert_slice(s, text) assert_true(slice_is((s), (text)))

static void expect_doors(const char *directory)
{
  struct pipeline *p = load(directory, NULL, 0);
  assert_slice(p->name, "doors");
  assert_slice(p->dataset.file, "doors.csv");
  assert_int_equal(p->dataset.schema.columns, 3);
  assert_int_equal(p->dataset.schema.column[2].type.kind, TYPE_INT);
  assert_int_equal(p->schedule.group_by, 0);
  assert_int_equal(p->schedule.every_ns, 1000000000);
  assert_int_equal(p->topics, 1);
  assert_int_equal(p->topic[0].partitions, 2);
  assert_int_equal(p->topic[0].key, 1);
  assert_int_equal(p->topic[0].fields, 3);
  assert_slice(p->topic[0].field[0].name, "at");
  assert_int_equal(p->topic[0].field[0].column, 0);
  assert_int_equal(p->consumer[0].idle_timeout_ns, INT64_C(30000000000));
  assert_int_equal(p->table[0].columns, 3);
  assert_slice(p->table[0].column[0].name, "ts");
  assert_int_equal(p->table[0].column[0].field, 0);
  assert_int_equal(p->table[0].column[0].type.kind, TYPE_STRING);
  assert_int_equal(p->table[0].schema.column[2].type.kind, TYPE_INT);
  assert_slice(p->job[0].output, "busy.csv");
  assert_null(p->generator);
  pipeline_free(p);
}

static void one_pipeline_may_be_written_in_several_ways(void **state)
{
  (void)state;
  assert_true(each_case("tests/data/pipelines/valid", expect_doors) >= 6);
}

static struct pipeline *server_monitoring(const struct setting *setting, size_t settings)
{
  return load(in_project("fixtures/server-monitoring"), setting, settings);
}

static void server_monitoring_is_what_its_specification_says(void **state)
{
  (void)state;
  struct pipeline *p = server_monitoring(NULL, 0);
  assert_int_equal(p->topics, 4);
  assert_slice(p->topic[0].name, "topic-cpu");
  assert_true(p->topic[0].field[0].is_sent);
  assert_slice(p->topic[0].field[0].name, "timestamp");
  assert_slice(p->topic[2].field[4].name, "net_out");
  assert_int_equal(p->topic[2].field[4].column, 5);
  assert_int_equal(p->consumers, 2);
  assert_int_equal(p->consumer[1].topic[1], 3);
  assert_int_equal(p->tables, 4);
  assert_int_equal(p->dataset.schema.column[2].type.kind, TYPE_DOUBLE);
  assert_int_equal(p->table[0].column[2].type.kind, TYPE_FLOAT);
  assert_slice(p->job[0].name, "CPU_MEM");
  assert_slice(p->job[0].output, "team_CPU_MEM.csv");
  assert_slice(p->job[0].automatic[0].parameter, "start_offset");
  pipeline_free(p);
}

static void amounts_of_a_generator_are_exact_hundredths(void **state)
{
  (void)state;
  struct pipeline *p = server_monitoring(NULL, 0);
  const struct generator *g = p->generator;
  assert_non_null(g);
  assert_int_equal(g->seed, 98);
  assert_int_equal(g->columns, 7);
  assert_slice(g->column[6], "disk_io");
  assert_int_equal(g->entity_column, 1);
  assert_slice(g->entity_prefix, "server_");
  assert_int_equal(g->entities, 20);
  assert_slice(g->start, "20:53:00");
  assert_int_equal(g->every_ns, INT64_C(5000000000));
  assert_int_equal(g->length_ns, INT64_C(7200000000000));
  assert_int_equal(g->values, 5);
  assert_int_equal(g->value[0].level_low, 2000);
  assert_int_equal(g->value[0].level_high, 5000);
  assert_int_equal(g->value[0].follows, GENERATOR_NO_VALUE);
  assert_int_equal(g->value[2].max, 2000000);
  assert_int_equal(g->value[2].burst_chance, 200);
  assert_int_equal(g->value[3].follows, 2);
  assert_int_equal(g->incident_combined, 50);
  assert_int_equal(g->kinds, 4);
  assert_slice(g->kind[2].name, "network");
  assert_int_equal(g->kind[2].effect[0].value, 2);
  assert_int_equal(g->kind[2].effect[0].low, 520000);
  pipeline_free(p);
}

/* A pipeline with `topic` behind the fields of its topic, and `broker` at its top level. */
static struct pipeline *read_with(const char *topic, const char *broker)
{
  struct error err = {0};
  struct buffer text = {0};
  buffer_printf(&text,
                "pipeline: doors\nparameters: {limit: 3}\n"
                "dataset: {file: d.csv, schema: \"ts STRING, n INT\", time: to_timestamp(ts)}\n"
                "schedule: {group_by: ts, every: 1s}\n"
                "topics: {t: {json: [ts, n]%s}}\n"
                "consumers: {c: {topics: [t], idle_timeout: 30s}}\n"
                "tables: {t: {from: t, columns: \"ts, n\", store: t.csv}}\n"
                "jobs: {BUSY: {query: busy.sql, output: busy.csv}}\n%s",
                topic, broker);
  struct pipeline *p = pipeline_read((struct slice){text.p, text.n},
                                     in_project("tests/data/pipelines/valid"), NULL, 0, &err);
  buffer_free(&text);
  if (p == NULL)
    fail_msg("%s", err.text);
  return p;
}

static void settings_for_a_cluster_are_kept_as_they_are_written(void **state)
{
  (void)state;
  struct pipeline *p = read_with(
      ", replication: 3, settings: {retention.ms: 60000, cleanup.policy: \"\", n: '${limit}'}",
      "broker: {acks: all, linger.ms: 5, compression.type: lz4}\n");
  const struct topic *t = &p->topic[0];
  assert_int_equal(t->replication, 3);
  assert_int_equal(t->settings, 3);
  assert_slice(t->setting[0].name, "retention.ms");
  assert_slice(t->setting[0].value, "60000");
  assert_slice(t->setting[1].value, "");
  assert_slice(t->setting[2].value, "3");
  assert_int_equal(p->broker.settings, 3);
  assert_slice(p->broker.setting[1].name, "linger.ms");
  assert_slice(p->broker.setting[1].value, "5");
  pipeline_free(p);
  p = read_with("", "");
  assert_int_equal(p->topic[0].replication, 0);
  assert_int_equal(p->topic[0].settings + p->broker.settings, 0);
  pipeline_free(p);
}

static void times_of_service_and_delivery_may_be_of_any_distribution(void **state)
{
  (void)state;
  struct pipeline *p = read_with("", "");
  const struct distribution none = {0};
  assert_memory_equal(&p->topic[0].service, &none, sizeof none);
  assert_memory_equal(&p->topic[0].delivery, &none, sizeof none);
  pipeline_free(p);
  p = read_with(", service: 0.5ms, delivery: {uniform: [0s, 3ms]}", "");
  assert_int_equal(p->topic[0].service.kind, DISTRIBUTION_CONSTANT);
  assert_int_equal(p->topic[0].service.constant_ns, 500000);
  assert_int_equal(p->topic[0].delivery.kind, DISTRIBUTION_UNIFORM);
  assert_int_equal(p->topic[0].delivery.uniform.low_ns, 0);
  assert_int_equal(p->topic[0].delivery.uniform.high_ns, 3000000);
  pipeline_free(p);
  p = read_with(", service: {lognormal: {median: 250us, p99: 20 ms}}, delivery: {exponential: "
                "{mean: 2ms}}",
                "");
  assert_int_equal(p->topic[0].service.kind, DISTRIBUTION_LOGNORMAL);
  assert_int_equal(p->topic[0].service.lognormal.median_ns, 250000);
  assert_int_equal(p->topic[0].service.lognormal.p99_ns, 20000000);
  assert_int_equal(p->topic[0].delivery.kind, DISTRIBUTION_EXPONENTIAL);
  assert_int_equal(p->topic[0].delivery.mean_ns, 2000000);
  pipeline_free(p);
}

/* The text of a parameter for ${name}, or an empty one. */
static struct slice variable(struct pipeline *pipeline, const char *name)
{
  size_t count;
  const struct variable *all = pipeline_variables(pipeline, &count, &pipeline->arena);
  for (size_t i = 0; i < count; i++)
    if (slice_is(all[i].name, name))
      return all[i].text;
  return (struct slice){0};
}

static void a_setting_reaches_what_depends_on_it(void **state)
{
  (void)state;
  struct setting set[] = {{SLICE("value_type"), SLICE("DOUBLE")},
                          {SLICE("no_alert"), SLICE("empty")},
                          {SLICE("cpu_threshold"), SLICE("1")},
                          {SLICE("cpu_threshold"), SLICE("75.69")}};
  struct pipeline *p = server_monitoring(set, 4);
  assert_int_equal(p->table[0].column[2].type.kind, TYPE_DOUBLE);
  assert_slice(variable(p, "no_alert"), "''");
  assert_slice(variable(p, "cpu_threshold"), "75.69"); /* the last one counts */
  assert_slice(variable(p, "mem_threshold"), "89.36");
  assert_slice(p->job[0].plot->value[0].column, "avg_cpu");
  assert_slice(p->job[0].plot->value[0].threshold, "75.69");
  pipeline_free(p);
  p = server_monitoring(NULL, 0);
  assert_slice(variable(p, "no_alert"), "NULL");
  pipeline_free(p);
}

static void refuse(struct setting set, const char *message)
{
  struct error err = {0};
  assert_null(pipeline_load(in_project("fixtures/server-monitoring"), &set, 1, &err));
  assert_int_equal(err.code, ERR_USAGE);
  assert_string_equal(err.text, message);
}

static void a_setting_that_no_parameter_takes_is_a_wrong_command_line(void **state)
{
  (void)state;
  refuse((struct setting){SLICE("cpu_treshold"), SLICE("1")},
         "--set: pipeline 'server-monitoring' has no parameter 'cpu_treshold' (did you mean "
         "'cpu_threshold'?); see 'retrial show'");
  refuse((struct setting){SLICE("exceeds"), SLICE("=>")},
         "--set: parameter 'exceeds' takes '>=', '>', not '=>'");
}

static void a_directory_without_pipeline_names_the_file(void **state)
{
  (void)state;
  struct error err = {0};
  assert_null(pipeline_load("no/such/place", NULL, 0, &err));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(err.file, "no/such/place/pipeline.yaml");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wrong_pipeline_is_refused_at_its_place),
      cmocka_unit_test(one_pipeline_may_be_written_in_several_ways),
      cmocka_unit_test(server_monitoring_is_what_its_specification_says),
      cmocka_unit_test(amounts_of_a_generator_are_exact_hundredths),
      cmocka_unit_test(settings_for_a_cluster_are_kept_as_they_are_written),
      cmocka_unit_test(times_of_service_and_delivery_may_be_of_any_distribution),
      cmocka_unit_test(a_setting_reaches_what_depends_on_it),
      cmocka_unit_test(a_setting_that_no_parameter_takes_is_a_wrong_command_line),
      cmocka_unit_test(a_directory_without_pipeline_names_the_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
