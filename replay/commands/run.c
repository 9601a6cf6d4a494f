/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "replay/clock.h"
#include "replay/commands/commands.h"
#include "replay/driver.h"
#include "replay/grid.h"
#include "replay/latency_table.h"
#include "replay/load.h"
#include "replay/open.h"
#include "replay/progress.h"
#include "replay/tables.h"
#include "replay/transport.h"
#include "text/number.h"

/* From here on a late producer is worth a word. */
#define LATE_NS (100 * NS_PER_MS)

static void right(struct grid *grid, uint64_t n)
{
  char digits[NUMBER_GROUPED_BYTES];
  grid_cell(grid, "%9s", number_print_grouped(n, digits));
}

static void print_topics(const struct pipeline *pipeline, const struct replay_result *result)
{
  struct grid grid = {.columns = 5};
  const struct account *a = &result->account;
  for (size_t i = 0; i < a->topics; i++)
    for (size_t k = 0; k < a->tables; k++) {
      if (a->reader[a->table[k].reader].topic != i)
        continue;
      grid_cell(&grid, "%.*s", SLICE_PRINT(a->topic[i].name));
      right(&grid, a->topic[i].appended);
      grid_cell(&grid, "messages ->");
      right(&grid, a->table[k].stored);
      grid_cell(&grid, "rows in %.*s", SLICE_PRINT(pipeline->table[k].file));
    }
  putchar('\n');
  grid_print(&grid, 2, stdout);
}

static void print_job(const struct pipeline *pipeline, const struct replay_result *result,
                      size_t job)
{
  struct grid grid = {.columns = 2};
  const struct job_outcome *outcome = &result->job[job];
  char read[32], windows[32], rows[32];
  uint64_t alerts = 0;
  printf("\n  %.*s: %s rows -> %s windows -> %s rows in %.*s\n",
         SLICE_PRINT(pipeline->job[job].name), number_print_grouped(outcome->counts.read, read),
         number_print_grouped(outcome->counts.windows, windows),
         number_print_grouped(outcome->counts.rows, rows), SLICE_PRINT(pipeline->job[job].output));
  if (outcome->counts.null_time != 0)
    printf("    %s row%s without a time (null, empty or another format): in no window\n",
           number_print_grouped(outcome->counts.null_time, read),
           outcome->counts.null_time != 1 ? "s" : "");
  if (!outcome->has_alerts)
    return;
  for (size_t i = 0; i < outcome->alerts; i++) {
    right(&grid, outcome->alert[i].rows);
    grid_cell(&grid, "%.*s", SLICE_PRINT(outcome->alert[i].label));
    alerts += outcome->alert[i].rows;
  }
  right(&grid, outcome->counts.rows - alerts);
  grid_cell(&grid, "no alert");
  grid_print(&grid, 4, stdout);
}

static void print_account(const struct replay_result *result)
{
  struct account_topic sum = {0};
  struct account_reader read = {0};
  char sent[32], decoded[32], rejected[32];
  for (size_t i = 0; i < result->account.topics; i++)
    sum.generated += result->account.topic[i].generated;
  for (size_t i = 0; i < result->account.readers; i++) {
    read.decoded += result->account.reader[i].decoded;
    read.rejected += result->account.reader[i].rejected;
  }
  printf("\n  account closes: %s generated = sent = acked = appended = fetched = %s decoded + %s "
         "rejected\n",
         number_print_grouped(sum.generated, sent), number_print_grouped(read.decoded, decoded),
         number_print_grouped(read.rejected, rejected));
  if (result->malformed != 0)
    printf("  %s row%s of the dataset with a field that could not be read (null there) or with too "
           "many\n",
           number_print_grouped(result->malformed, sent), result->malformed != 1 ? "s" : "");
  if (result->rejected != 0)
    printf("  the rejected messages, each with its reason, are in rejected.jsonl\n");
}

static void print_latencies(const struct replay_result *result)
{
  putchar('\n');
  latency_print_table(result->latency, stdout);
  putchar('\n');
}

/* How well the real clock was kept, as far as it is worth a word. */
static void print_pace(const struct replay_options *options, const struct replay_result *result)
{
  char late[LATENCY_TEXT_BYTES], last[LATENCY_TEXT_BYTES], words[160];
  const struct clock_watch *watch = &result->watch;
  if (result->late_ns >= LATE_NS && options->load.pace.kind != PACE_MAX)
    printf("  the producer fell behind its schedule, by up to %s; the last row was sent %s late\n",
           latency_text(result->late_ns, late), latency_text(result->last_late_ns, last));
  if (options->precise)
    printf("  %s\n", spin_words(&result->spin, words, sizeof words));
  if (watch->jumps != 0)
    printf("  the time of day jumped %" PRIu64 " time%s, by up to %+.1f s; deadlines and latencies "
           "did not follow\n",
           watch->jumps, watch->jumps != 1 ? "s" : "", (double)watch->greatest_ns / NS_PER_SECOND);
}

static void print_summary(const struct pipeline *pipeline, const struct replay_options *options,
                          const struct replay_result *result, double seconds)
{
  char rows[32];
  int64_t ran_s = result->ran_ns / NS_PER_SECOND;
  printf("%.*s: %s rows of %s\n", SLICE_PRINT(pipeline->name),
         number_print_grouped(result->rows, rows), result->dataset);
  print_topics(pipeline, result);
  for (size_t i = 0; i < pipeline->jobs; i++)
    print_job(pipeline, result, i);
  print_account(result);
  if (result->measured)
    print_latencies(result);
  if (result->clock.real)
    print_pace(options, result);
  if (!result->clock.real)
    printf("  %" PRId64 ":%02d:%02d of virtual time in %.3f s; outputs and run.json in %s\n",
           ran_s / 3600, (int)(ran_s / 60 % 60), (int)(ran_s % 60), seconds, options->directory);
  else
    printf("  %.3f s; outputs, latencies and run.json in %s\n", seconds, options->directory);
}

static bool read_options(const struct arguments *arguments, struct replay_options *options,
                         struct error *err)
{
  uint64_t partitions = 0;
  options->dataset = arguments_value(arguments, "dataset");
  options->directory = arguments_value(arguments, "output");
  if (!arguments_number(arguments, "partitions", 1, PIPELINE_MOST_PARTITIONS, &partitions, err) ||
      !arguments_number(arguments, "seed", 0, INT64_MAX, &options->seed, err))
    return false;
  options->partitions = (uint32_t)partitions;
  return load_parse(arguments, options, err);
}

static bool run(struct pipeline *pipeline, struct replay_options *options, struct error *err)
{
  struct progress progress;
  struct replay_result result;
  struct arena arena = {0};
  progress_start(&progress, progress_estimate_rows(replay_dataset(pipeline, options, &arena)));
  arena_free(&arena);
  options->progress = progress_tell;
  options->progress_argument = &progress;
  bool good = replay_run(pipeline, options, &result, err);
  double seconds = progress_end(&progress);
  if (good)
    print_summary(pipeline, options, &result, seconds);
  replay_result_free(&result);
  return good;
}

/* Over the broker that the command line names. */
static bool run_over(const struct arguments *arguments, struct pipeline *pipeline,
                     struct replay_options *options, struct error *err)
{
  struct transport transport;
  bool good = transport_open(&transport, arguments, pipeline, false, err);
  options->broker = transport.broker;
  options->broker_name = transport.name;
  options->patience_ns = transport.timeout_ns;
  good = good && run(pipeline, options, err);
  transport_close(&transport);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct replay_options options = {0};
  struct threads *threads = NULL;
  if (!read_options(arguments, &options, err) || (threads = tables_threads(arguments, err)) == NULL)
    return STATUS_USAGE;
  options.executor = threads_executor(threads);
  options.apart = options.executor->threads > 1 && options.load.in_flight == 0;
  struct pipeline *pipeline = open_pipeline(arguments, err);
  if (pipeline == NULL) {
    threads_free(threads);
    return STATUS_FAILED;
  }
  char directory[4096];
  if (options.directory == NULL) {
    snprintf(directory, sizeof directory, "%.*s-run", SLICE_PRINT(pipeline->name));
    options.directory = directory;
  }
  bool good = run_over(arguments, pipeline, &options, err);
  pipeline_free(pipeline);
  threads_free(threads);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option OPTIONS[] = {
    {"dataset", 'd', "FILE", "replay this dataset instead of the pipeline's", false, false},
    {"output", 'o', "DIR", "write the outputs there (default: PIPELINE-run)", false, false},
    {"partitions", 'p', "N", "give every topic N partitions", false, false},
    {"seed", 0, "N", "what is left to chance; no output depends on it (default 0)", false, false},
    OPTION_SET,
    OPTION_THREADS,
    OPTION_BROKER,
    OPTION_PROPERTY,
    OPTION_TIMEOUT,
    OPTION_CLOCK,
    OPTIONS_LOAD,
    {0},
};

const struct command command_run = {
    .name = "run",
    .summary = "replay a dataset through a pipeline",
    .operands = "PIPELINE",
    .about = "Sends the dataset through the pipeline's topics, consumers, tables and jobs under a\n"
             "virtual clock and writes the outputs and run.json into a directory. The run fails\n"
             "if a single message or row is unaccounted for.\n",
    .option = OPTIONS,
    .exec = exec,
};
