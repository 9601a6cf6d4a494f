/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/play.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/choose.h"
#include "replay/progress.h"
#include "replay/roles/capture_topics.h"
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
  if (options->capture != NULL)
    rows = options->capture->topics->records;
  else if (options->parts == REPLAY_ALL || (options->parts & REPLAY_PRODUCE) != 0)
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

/* What every --topic says. */
static bool read_renames(const struct arguments *arguments, struct capture_rename *rename,
                         size_t *count, struct error *err)
{
  const char *text;
  size_t cursor = 0;
  for (*count = 0; (text = arguments_next(arguments, "topic", &cursor)) != NULL; ++*count) {
    const char *equal = strchr(text, '=');
    struct slice from = {text, equal != NULL ? (size_t)(equal - text) : 0};
    struct slice to = slice_of(equal != NULL ? equal + 1 : text);
    if (to.n == 0 || equal == text)
      return error_set(err, ERR_USAGE, "--topic: '%.100s' is neither NEW nor OLD=NEW", text);
    if (*count != 0 && (from.n == 0 || rename[0].from.n == 0))
      return error_set(err, ERR_USAGE,
                       "--topic NEW takes the records of all topics; it is given alone");
    for (size_t i = 0; i < *count; i++)
      if (slice_equal(rename[i].from, from))
        return error_set(err, ERR_USAGE, "--topic: '%.*s' is renamed twice", SLICE_PRINT(from));
    rename[*count] = (struct capture_rename){from, to};
  }
  return true;
}

static bool check_capture(const struct arguments *arguments, const struct capture_topics *topics,
                          struct error *err)
{
  if (topics->cut && topics->records == 0)
    return error_at(err, ERR_DATA, topics->path, 0, 0,
                    "the capture was cut short within its first record");
  if (topics->cut && !arguments_has(arguments, "until-cut"))
    return error_at(err, ERR_DATA, topics->path, 0, 0,
                    "the capture was cut short behind %" PRIu64
                    " whole record%s; --until-cut sends these",
                    topics->records, topics->records == 1 ? "" : "s");
  if (topics->zero_line != 0 && !arguments_has(arguments, "shift-timestamps"))
    return error_at(err, ERR_DATA, topics->path, topics->zero_line, 0,
                    "a time of 0 cannot be sent, since librdkafka takes it for the present; "
                    "--shift-timestamps gives all records times from now on");
  for (uint32_t i = 0; i < topics->topics; i++)
    if (topics->to[i].partitions > PIPELINE_MOST_PARTITIONS &&
        !(arguments_has(arguments, "repartition") && arguments_has(arguments, "partitions")))
      return error_at(err, ERR_DATA, topics->path, 0, 0,
                      "there is a record of partition %u of topic '%.*s', of %d at most; "
                      "--repartition with --partitions sends by key",
                      topics->to[i].partitions - 1, SLICE_PRINT(topics->to[i].name),
                      PIPELINE_MOST_PARTITIONS);
  return true;
}

/* A pipeline of topics alone. */
static bool send_capture(const struct arguments *arguments, struct replay_options *options,
                         struct capture_topics *topics, struct error *err)
{
  struct replay_capture capture = {
      .topics = topics,
      .repartitions = arguments_has(arguments, "repartition"),
      .shifts = arguments_has(arguments, "shift-timestamps"),
  };
  struct pipeline pipeline = {
      .directory = "",
      .name = slice_of(topics->path),
      .topics = topics->topics,
      .topic = arena_zero(&topics->arena, topics->topics, sizeof *pipeline.topic),
  };
  for (uint32_t i = 0; i < topics->topics; i++) {
    pipeline.topic[i].name = topics->to[i].name;
    pipeline.topic[i].partitions = topics->to[i].partitions;
  }
  options->capture = &capture;
  if (!play_over(arguments, &pipeline, options, err))
    return false;
  if (topics->cut)
    fprintf(stderr, "retrial: %s: the capture was cut short; its %" PRIu64 " whole record%s sent\n",
            topics->path, topics->records, topics->records == 1 ? " was" : "s were");
  return true;
}

static bool play_capture(const struct arguments *arguments, struct replay_options *options,
                         const char *path, struct error *err)
{
  struct capture_topics topics = {0};
  struct capture_rename *rename = mem_new(arguments->givens, sizeof *rename);
  size_t renames;
  bool good = read_renames(arguments, rename, &renames, err) &&
              capture_topics_read(path, rename, renames, &topics, err) &&
              check_capture(arguments, &topics, err) &&
              send_capture(arguments, options, &topics, err);
  capture_topics_free(&topics);
  free(rename);
  return good;
}

static bool play_something(const struct arguments *arguments, struct replay_options *options,
                           struct error *err)
{
  const char *capture = arguments_value(arguments, "capture");
  return capture != NULL ? play_capture(arguments, options, capture, err)
                         : play_pipeline(arguments, options, err);
}

enum status play(const struct arguments *arguments, struct replay_options *options,
                 struct error *err)
{
  struct threads *threads = NULL;
  if (!read_options(arguments, options, err) || (threads = tables_threads(arguments, err)) == NULL)
    return STATUS_USAGE;
  options->executor = threads_executor(threads);
  options->apart = options->executor->threads > 1 && options->load.in_flight == 0;
  bool good = play_something(arguments, options, err);
  threads_free(threads);
  return good ? STATUS_OK : STATUS_FAILED;
}
