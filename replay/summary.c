/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/summary.h"

#include <inttypes.h>
#include <stdio.h>

#include "replay/grid.h"
#include "replay/latency_table.h"
#include "text/number.h"

/* From here on a late producer is worth a word. */
#define LATE_NS (100 * NS_PER_MS)

static void right(struct grid *grid, uint64_t n)
{
  char digits[NUMBER_GROUPED_BYTES];
  grid_cell(grid, "%9s", number_print_grouped(n, digits));
}

/* What a topic has, and what became of it here. */
static void print_topics(const struct pipeline *pipeline, const struct replay_result *result)
{
  struct grid grid = {.columns = 5};
  const struct account *a = &result->account;
  for (size_t i = 0; i < a->topics; i++)
    for (size_t k = 0; k < a->tables; k++) {
      const struct account_reader *reader = &a->reader[a->table[k].reader];
      if (reader->topic != i || reader->not_read)
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

static void print_sent(const struct replay_result *result)
{
  struct grid grid = {.columns = 3};
  for (size_t i = 0; i < result->account.topics; i++) {
    grid_cell(&grid, "%.*s", SLICE_PRINT(result->account.topic[i].name));
    right(&grid, result->account.topic[i].acked);
    grid_cell(&grid, "messages sent and acknowledged");
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

/* Sums over all topics; the account itself was closed topic by topic. */
struct sums {
  uint64_t generated, fetched, decoded, rejected, doubled;
  bool sent, read;
};

static struct sums add_up(const struct account *a)
{
  struct sums sums = {0};
  for (size_t i = 0; i < a->topics; i++) {
    sums.generated += a->topic[i].generated;
    sums.sent = sums.sent || !a->topic[i].not_sent;
  }
  for (size_t i = 0; i < a->readers; i++) {
    sums.fetched += a->reader[i].fetched;
    sums.decoded += a->reader[i].decoded;
    sums.rejected += a->reader[i].rejected;
    sums.doubled += a->reader[i].doubled;
    sums.read = sums.read || !a->reader[i].not_read;
  }
  return sums;
}

static void print_sums(const struct sums *sums, bool is_capture)
{
  char first[NUMBER_GROUPED_BYTES], decoded[NUMBER_GROUPED_BYTES], rejected[NUMBER_GROUPED_BYTES];
  printf("\n  account closes: %s %s%s%s%s",
         number_print_grouped(sums->sent ? sums->generated : sums->fetched, first),
         sums->sent ? is_capture ? "read" : "generated" : "",
         sums->sent ? " = sent = acked = appended" : "", sums->sent && sums->read ? " = " : "",
         sums->read ? "fetched" : "");
  if (sums->read)
    printf(" = %s decoded + %s rejected", number_print_grouped(sums->decoded, decoded),
           number_print_grouped(sums->rejected, rejected));
  putchar('\n');
  if (sums->doubled != 0)
    printf("  %s of them came twice and were stored once\n",
           number_print_grouped(sums->doubled, first));
}

static void print_account(const struct replay_options *options, const struct replay_result *result)
{
  char rows[NUMBER_GROUPED_BYTES];
  struct sums sums = add_up(&result->account);
  print_sums(&sums, options->capture != NULL);
  if (result->malformed != 0)
    printf("  %s row%s of the dataset with a field that could not be read (null there) or with too "
           "many fields\n",
           number_print_grouped(result->malformed, rows), result->malformed != 1 ? "s" : "");
  if (result->rejected != 0)
    printf("  the rejected messages, each with its reason, are in rejected.jsonl\n");
}

static void print_latencies(const struct replay_result *result)
{
  char untimed[NUMBER_GROUPED_BYTES];
  uint64_t alerts = 0;
  putchar('\n');
  latency_print_table(result->latency, stdout);
  for (size_t i = 0; i < result->account.jobs; i++)
    alerts += result->job[i].untimed;
  if (alerts != 0)
    printf("\n  %s alert%s of windows in which no sample was sent: not among event to alert\n",
           number_print_grouped(alerts, untimed), alerts != 1 ? "s" : "");
  putchar('\n');
}

static const char *bound_of(const struct replay_options *options, char *out, size_t size)
{
  const struct decimal_ratio *factor = &options->load.pace.catch_up;
  if (factor->above == 0)
    return "at once";
  snprintf(out, size, "at most %g times as fast", (double)factor->above / (double)factor->below);
  return out;
}

/* How well the real clock was kept, as far as it is worth a word. */
static void print_pace(const struct replay_options *options, const struct replay_result *result)
{
  char late[LATENCY_TEXT_BYTES], last[LATENCY_TEXT_BYTES], bound[64], words[160];
  const struct clock_watch *watch = &result->watch;
  if (result->late_ns >= LATE_NS && options->load.pace.kind != PACE_MAX)
    printf("  the producer fell behind its schedule, by up to %s, and caught up %s; the last row was "
           "sent %s late\n",
           latency_text(result->late_ns, late), bound_of(options, bound, sizeof bound),
           latency_text(result->last_late_ns, last));
  if (options->precise)
    printf("  %s\n", spin_words(&result->spin, words, sizeof words));
  if (watch->jumps != 0)
    printf("  the time of day jumped %" PRIu64 " time%s, by up to %+.1f s; deadlines and latencies "
           "did not follow\n",
           watch->jumps, watch->jumps != 1 ? "s" : "", (double)watch->greatest_ns / NS_PER_SECOND);
}

static void print_title(const struct pipeline *pipeline, const struct replay_options *options,
                        const struct replay_result *result)
{
  char rows[NUMBER_GROUPED_BYTES];
  if (options->capture != NULL)
    printf("%.*s: %s record%s sent\n", SLICE_PRINT(pipeline->name),
           number_print_grouped(result->rows, rows), result->rows == 1 ? "" : "s");
  else if (result->dataset != NULL)
    printf("%.*s: %s rows of %s\n", SLICE_PRINT(pipeline->name),
           number_print_grouped(result->rows, rows), result->dataset);
  else
    printf("%.*s\n", SLICE_PRINT(pipeline->name));
}

/* A producer has no outputs, and that of a capture no record of a run. */
static void print_written(const struct replay_options *options, const struct replay_result *result)
{
  bool latencies = result->measured && result->clock.real;
  const char *what = latencies ? "outputs, latencies and run.json" : "outputs and run.json";
  if (options->capture != NULL)
    what = "latencies";
  else if (options->parts == REPLAY_PRODUCE)
    what = latencies ? "latencies and run.json" : "run.json";
  printf("; %s in %s", what, options->directory);
}

static void print_end(const struct replay_options *options, const struct replay_result *result,
                      double seconds)
{
  int64_t ran_s = result->ran_ns / NS_PER_SECOND;
  if (!result->clock.real)
    printf("  %" PRId64 ":%02d:%02d of virtual time in %.3f s", ran_s / 3600,
           (int)(ran_s / 60 % 60), (int)(ran_s % 60), seconds);
  else
    printf("  %.3f s", seconds);
  if (options->directory != NULL)
    print_written(options, result);
  putchar('\n');
}

void summary_print(const struct pipeline *pipeline, const struct replay_options *options,
                   const struct replay_result *result, double seconds)
{
  struct sums sums = add_up(&result->account);
  print_title(pipeline, options, result);
  if (sums.read)
    print_topics(pipeline, result);
  else
    print_sent(result);
  for (size_t i = 0; i < result->account.jobs; i++)
    if (result->account.job[i].name.n != 0)
      print_job(pipeline, result, i);
  print_account(options, result);
  if (result->measured)
    print_latencies(result);
  if (result->clock.real)
    print_pace(options, result);
  print_end(options, result, seconds);
}
