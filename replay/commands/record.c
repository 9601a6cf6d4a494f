/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <string.h>

#include "replay/commands/commands.h"
#include "replay/grid.h"
#include "replay/progress.h"
#include "replay/roles/interrupt.h"
#include "replay/roles/recorder.h"
#include "replay/time/clock.h"
#include "replay/transport.h"
#include "text/interval.h"
#include "text/number.h"

/* How we want librdkafka: it says where a partition ends, as there may be no record at its end, and
 * keeps little of each. A user's setting comes after it. */
static struct broker_setting SETTINGS[] = {
    {{"enable.partition.eof", 20}, {"true", 4}},
    {{"queued.max.messages.kbytes", 26}, {"4096", 4}},
};

static bool read_time(const struct arguments *arguments, const char *name, int64_t *ns,
                      struct error *err)
{
  struct error why;
  const char *text = arguments_value(arguments, name);
  if (text == NULL || (duration_parse(slice_of(text), ns, &why) && *ns > 0))
    return true;
  return error_set(err, ERR_USAGE, "--%s: '%.40s' is no time above zero, such as 90s or 2min", name,
                   text);
}

static bool read_start(const struct arguments *arguments, bool *from_end, struct error *err)
{
  const char *from = arguments_value(arguments, "from");
  *from_end = from != NULL && strcmp(from, "end") == 0;
  if (from != NULL && !*from_end && strcmp(from, "earliest") != 0)
    return error_set(err, ERR_USAGE, "--from: '%.40s' is neither earliest nor end", from);
  return !*from_end || arguments_has(arguments, "follow") ||
         error_set(err, ERR_USAGE, "--from end records nothing without --follow");
}

static bool read_options(const struct arguments *arguments, struct recorder_setup *setup,
                         struct error *err)
{
  setup->topics = arguments->operands;
  setup->topic = arguments->operand;
  setup->follows = arguments_has(arguments, "follow");
  for (size_t i = 0; i < setup->topics; i++)
    for (size_t k = 0; k < i; k++)
      if (strcmp(setup->topic[i], setup->topic[k]) == 0)
        return error_set(err, ERR_USAGE, "topic '%.200s' is named twice", setup->topic[i]);
  if (arguments_has(arguments, "idle-timeout") && !setup->follows)
    return error_set(err, ERR_USAGE, "--idle-timeout goes with --follow");
  return read_start(arguments, &setup->from_end, err) &&
         read_time(arguments, "idle-timeout", &setup->idle_ns, err) &&
         read_time(arguments, "duration", &setup->duration_ns, err) &&
         arguments_number(arguments, "limit", 1, INT64_MAX, &setup->limit, err);
}

/* A file that holds less than was asked for says so. */
static bool tell_partial(const char *path, uint64_t records, struct error *err)
{
  char why[sizeof err->text];
  if (err->code == ERR_INTERRUPTED)
    strcpy(why, "stopped by a signal");
  else
    memcpy(why, err->text, sizeof why);
  return error_set(err, err->code, "%.400s; %.200s has the %" PRIu64 " record%s until then", why,
                   path, records, records == 1 ? "" : "s");
}

/* What was recorded is kept, unless it cannot be written. Who follows ends by a signal. */
static bool finish(const char *path, struct recorder *recorder, struct capture_writer *writer,
                   bool good, bool follows, struct error *err)
{
  uint64_t records = recorder_records(recorder);
  struct error problem;
  if (!good && err->code == ERR_IO) {
    capture_discard(writer);
    return false;
  }
  if (!capture_commit(writer, &problem)) {
    *err = problem;
    return false;
  }
  if (!good && follows && err->code == ERR_INTERRUPTED) {
    *err = (struct error){0};
    return true;
  }
  return good || tell_partial(path, records, err);
}

static void print_summary(const char *path, const struct recorder *recorder, size_t topics,
                          double seconds)
{
  FILE *out = strcmp(path, "-") == 0 ? stderr : stdout;
  char number[NUMBER_GROUPED_BYTES];
  const struct recorded *t = recorder_topics(recorder);
  struct grid grid = {.columns = 3};
  uint64_t records = recorder_records(recorder);
  fprintf(out, "%s: %s record%s\n\n", path, number_print_grouped(records, number),
          records == 1 ? "" : "s");
  for (size_t i = 0; i < topics; i++) {
    grid_cell(&grid, "%.*s", SLICE_PRINT(t[i].name));
    grid_cell(&grid, "%9s", number_print_grouped(t[i].records, number));
    grid_cell(&grid, "records of %u partition%s", t[i].partitions, t[i].partitions == 1 ? "" : "s");
  }
  grid_print(&grid, 2, out);
  fprintf(out, "\n  %.3f s\n", seconds);
}

static bool record_into(const char *path, struct recorder *recorder, struct progress *progress,
                        const struct recorder_setup *setup, struct error *err)
{
  struct capture_writer *writer = capture_create(path, err);
  if (writer == NULL)
    return false;
  progress_start(progress, setup->limit != 0 ? setup->limit : recorder_expects(recorder));
  interrupt_catch();
  bool good = recorder_run(recorder, writer, err);
  interrupt_let_go();
  double seconds = progress_end(progress);
  good = finish(path, recorder, writer, good, setup->follows, err);
  if (good)
    print_summary(path, recorder, setup->topics, seconds);
  return good;
}

static bool record_over(const struct arguments *arguments, struct recorder_setup *setup,
                        const struct transport *transport, struct error *err)
{
  struct progress progress;
  if (!transport->is_cluster)
    return error_set(err, ERR_USAGE,
                     "'record' needs a broker that others reach: --broker kafka:HOST:PORT");
  setup->broker = transport->broker;
  setup->patience_ns = transport->timeout_ns;
  setup->tell = progress_tell;
  setup->argument = &progress;
  struct recorder *recorder = recorder_new(setup, err);
  if (recorder == NULL)
    return false;
  bool good = record_into(arguments_value(arguments, "output"), recorder, &progress, setup, err);
  recorder_free(recorder);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct recorder_setup setup = {0};
  struct transport transport = {0};
  struct pipeline settings = {
      .broker = {.settings = sizeof SETTINGS / sizeof *SETTINGS, .setting = SETTINGS}};
  bool good = read_options(arguments, &setup, err) &&
              transport_open(&transport, arguments, &settings, false, err) &&
              record_over(arguments, &setup, &transport, err);
  transport_close(&transport);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option OPTIONS[] = {
    {"output", 'o', "FILE", "write the capture there, by zstd if it is called *.zst", false, true},
    {"from", 0, "WHERE", "earliest (default), or end: what comes from now on", false, false},
    {"follow", 'f', NULL, "go on with what comes, until a signal", false, false},
    {"idle-timeout", 0, "TIME", "with --follow: until none came for so long", false, false},
    {"limit", 0, "N", "stop after so many records", false, false},
    {"duration", 0, "TIME", "stop after so long", false, false},
    OPTION_CLUSTER,
    OPTION_PROPERTY,
    OPTION_TIMEOUT,
    {0},
};

const struct command command_record = {
    .name = "record",
    .summary = "write the records of topics on Kafka to a capture file",
    .operands = "TOPIC...",
    .about =
        "Takes what the topics have, all partitions, up to their present ends, and writes a line\n"
        "of JSON for each record, as 'kcat -C -J' does, the earliest first. 'retrial produce\n"
        "--capture' sends them again. What was recorded until a failure is kept, and it says so.\n",
    .option = OPTIONS,
    .exec = exec,
};
