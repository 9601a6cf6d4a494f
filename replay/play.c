/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/play.h"

#include <stdio.h>

#include "replay/choose.h"
#include "replay/progress.h"
#include "replay/summary.h"
#include "replay/threads.h"

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

/* The dataset's rows, as far as they can be guessed; 0: nothing is sent. */
static uint64_t estimate_rows(const struct pipeline *pipeline, const struct replay_options *options)
{
  struct arena arena = {0};
  uint64_t rows = 0;
  if (options->parts == REPLAY_ALL || (options->parts & REPLAY_PRODUCE) != 0)
    rows = progress_estimate_rows(replay_dataset(pipeline, options, &arena));
  arena_free(&arena);
  return rows;
}

static bool replay(struct pipeline *pipeline, struct replay_options *options, struct error *err)
{
  struct progress progress;
  struct replay_result result;
  progress_start(&progress, estimate_rows(pipeline, options));
  options->progress = progress_tell;
  options->progress_argument = &progress;
  bool good = replay_run(pipeline, options, &result, err);
  double seconds = progress_end(&progress);
  if (good)
    summary_print(pipeline, options, &result, seconds);
  replay_result_free(&result);
  return good;
}

/* A part on its own meets the others at a broker that is there without it. */
static bool check_broker(const struct arguments *arguments, const struct replay_options *options,
                         const struct transport *transport, struct error *err)
{
  return options->parts == REPLAY_ALL || transport->is_cluster ||
         error_set(err, ERR_USAGE,
                   "'%s' needs a broker that others reach: --broker kafka:HOST:PORT",
                   arguments->command->name);
}

static bool play_over(const struct arguments *arguments, struct pipeline *pipeline,
                      struct replay_options *options, struct error *err)
{
  struct transport transport;
  bool good = transport_open(&transport, arguments, pipeline, options->grouped, err) &&
              check_broker(arguments, options, &transport, err);
  options->broker = transport.broker;
  options->broker_name = transport.name;
  options->patience_ns = transport.timeout_ns;
  good = good && replay(pipeline, options, err);
  transport_close(&transport);
  return good;
}

static bool play_pipeline(const struct arguments *arguments, struct replay_options *options,
                          struct error *err)
{
  struct arena arena = {0};
  struct pipeline *pipeline = open_pipeline(arguments, err);
  if (pipeline == NULL)
    return false;
  if (options->directory == NULL && options->parts != REPLAY_PRODUCE)
    options->directory = arena_printf(&arena, "%.*s-run", SLICE_PRINT(pipeline->name));
  bool good = choose_parts(arguments, pipeline, options, &arena, err) &&
              play_over(arguments, pipeline, options, err);
  pipeline_free(pipeline);
  arena_free(&arena);
  return good;
}

enum status play(const struct arguments *arguments, struct replay_options *options,
                 struct error *err)
{
  struct threads *threads = NULL;
  if (!read_options(arguments, options, err) || (threads = tables_threads(arguments, err)) == NULL)
    return STATUS_USAGE;
  options->executor = threads_executor(threads);
  options->apart = options->executor->threads > 1 && options->load.in_flight == 0;
  bool good = play_pipeline(arguments, options, err);
  threads_free(threads);
  return good ? STATUS_OK : STATUS_FAILED;
}
