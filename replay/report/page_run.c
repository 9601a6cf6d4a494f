/* SPDX-License-Identifier: Apache-2.0 */
/* What ran, what became of every message, and the files. */
#include "replay/report/html.h"
#include "replay/report/page.h"
#include "replay/run_record.h"

static struct slice or_dash(const char *text)
{
  return text != NULL ? slice_of(text) : SLICE("\xe2\x80\x93");
}

bool page_title(struct page *page, struct error *err)
{
  (void)err;
  html_text(page->out, slice_of(page->run->pipeline));
  return true;
}

static void tile(struct buffer *out, json_int_t number, const char *what)
{
  buffer_printf(out, "<div class=\"tile\"><b>");
  html_count(out, (uint64_t)number);
  buffer_printf(out, "</b> %s</div>\n", what);
}

static json_int_t alerts_of(const struct run_job *job)
{
  json_int_t sum = 0;
  for (size_t i = 0; i < json_array_size(job->alerts); i++)
    sum += json_integer_value(json_object_get(json_array_get(job->alerts, i), "rows"));
  return sum;
}

/* Not one part of a pipeline whose other parts ran elsewhere. */
static bool is_whole(const struct run *run)
{
  return run->sent && run->consumed;
}

static json_int_t counted(json_int_t n)
{
  return n != NOT_COUNTED ? n : 0;
}

static bool closes(const struct run_topic *t)
{
  bool sent = t->generated == t->sent && t->sent == t->acked && t->acked == t->appended;
  bool read = t->fetched == NOT_COUNTED || t->fetched == t->decoded + t->rejected;
  bool both = t->appended == NOT_COUNTED || t->fetched == NOT_COUNTED || t->appended == t->fetched;
  return sent && read && both;
}

/* The run checks this itself; the page does not take its word. */
static const char *account_words(const struct run *run)
{
  bool rejected = false;
  for (size_t i = 0; i < run->topics; i++) {
    rejected = rejected || counted(run->topic[i].rejected) != 0;
    if (!closes(&run->topic[i]))
      return "<strong>Not every message is accounted for</strong>: the sums below do not close.";
  }
  return rejected ? "Every message is accounted for; those that could not be read are counted as "
                    "rejected."
                  : "Every message is accounted for.";
}

/* NULL where the run has read none: the first input is another file then. */
static const char *dataset_of(const struct run *run)
{
  return run->sent && run->inputs != 0 ? run->input[0].name : NULL;
}

/* What was done; a part of a pipeline does less than all of it. */
static void put_deed(struct buffer *out, const struct run *run)
{
  if (run->sent) {
    html_text(out, dataset_of(run) != NULL ? slice_of(dataset_of(run)) : SLICE("A dataset"));
    buffer_printf(out, run->consumed ? " was replayed through " : " was sent to ");
  }
  html_counted(out, run->topics, "topic");
  if (!run->sent)
    buffer_printf(out, " %s read", run->topics != 1 ? "were" : "was");
  if (!run->consumed)
    return;
  buffer_printf(out, " into ");
  if (is_whole(run) || run->jobs != 0)
    html_counted(out, run->jobs, "job");
  else
    html_counted(out, run->tables, "table");
}

static void put_tiles(struct buffer *out, const struct run *run)
{
  json_int_t sent = 0, fetched = 0, rejected = 0, stored = 0, windows = 0, alerts = 0;
  for (size_t i = 0; i < run->topics; i++) {
    sent += counted(run->topic[i].generated);
    fetched += counted(run->topic[i].fetched);
    rejected += counted(run->topic[i].rejected);
  }
  for (size_t i = 0; i < run->tables; i++)
    stored += run->table[i].stored;
  for (size_t i = 0; i < run->jobs; i++) {
    windows += run->job[i].rows;
    alerts += alerts_of(&run->job[i]);
  }
  if (run->sent) {
    tile(out, run->rows, "rows of the dataset");
    tile(out, sent, "messages sent");
  } else {
    tile(out, fetched, "messages read");
  }
  if (rejected != 0)
    tile(out, rejected, "messages rejected");
  if (!run->sent)
    tile(out, stored, "rows stored");
  if (is_whole(run) || run->jobs != 0) {
    tile(out, windows, "rows written by jobs");
    tile(out, alerts, "of them with an alert");
  }
}

bool page_summary(struct page *page, struct error *err)
{
  const struct run *run = page->run;
  struct buffer *out = page->out;
  (void)err;
  buffer_printf(out, "<p class=\"lead\">");
  put_deed(out, run);
  buffer_printf(out, ", in ");
  html_clock(out, (uint64_t)run->ran_ms / 1000);
  buffer_printf(out, " of ");
  html_text(out, run->clock != NULL ? slice_of(run->clock) : SLICE("measured"));
  buffer_printf(out, " time. %s</p>\n<div class=\"tiles\">\n", account_words(run));
  put_tiles(out, run);
  buffer_printf(out, "</div>\n");
  return true;
}

static void topics_table(struct buffer *out, const struct run *run)
{
  html_table(out,
             is_whole(run) ? "Messages, from the producer to the stored tables"
             : run->sent   ? "Messages, from the producer to the topics"
                           : "Messages, from the topics to the stored tables",
             "topic|partitions#|generated#|sent#|acknowledged#|appended#|fetched#|decoded#|"
             "rejected#|by");
  for (size_t i = 0; i < run->topics; i++) {
    const struct run_topic *t = &run->topic[i];
    const json_int_t number[] = {t->partitions, t->generated, t->sent,    t->acked,
                                 t->appended,   t->fetched,   t->decoded, t->rejected};
    html_row(out, slice_of(t->name));
    for (size_t k = 0; k < sizeof number / sizeof number[0]; k++)
      if (number[k] != NOT_COUNTED)
        html_cell_count(out, (uint64_t)number[k]);
      else
        html_cell(out, SLICE(""));
    html_cell(out, t->consumer != NULL ? slice_of(t->consumer) : SLICE(""));
    html_row_end(out);
  }
  html_table_end(out);
}

static void jobs_table(struct buffer *out, const struct run *run)
{
  html_table(out, "Rows, from the stored tables to the jobs' results",
             "job|read#|windowed#|late#|filtered#|without time#|unasked#|windows#|written#");
  for (size_t i = 0; i < run->jobs; i++) {
    const struct run_job *j = &run->job[i];
    const json_int_t number[] = {j->read,      j->windowed, j->late,    j->filtered,
                                 j->null_time, j->unasked,  j->windows, j->rows};
    html_row(out, slice_of(j->name));
    for (size_t k = 0; k < sizeof number / sizeof number[0]; k++)
      html_cell_count(out, (uint64_t)number[k]);
    html_row_end(out);
  }
  html_table_end(out);
}

bool page_account(struct page *page, struct error *err)
{
  const struct run *run = page->run;
  struct buffer *out = page->out;
  (void)err;
  if (!is_whole(run))
    buffer_printf(out,
                  "<p>This run %s; the rest of the sums is in the records of the parts that "
                  "%s.</p>\n",
                  run->sent ? "only sent" : "sent nothing itself", run->sent ? "read" : "sent");
  topics_table(out, run);
  if (is_whole(run) || run->jobs != 0)
    jobs_table(out, run);
  if (run->malformed != 0) {
    buffer_printf(out, "<p>");
    html_counted(out, (uint64_t)run->malformed, "row");
    buffer_printf(out, " of the dataset had a field that could not be read, or too many: null "
                       "stands there.</p>\n");
  }
  return true;
}

static void files_table(struct buffer *out, const char *caption, const struct run_file *file,
                        size_t files)
{
  if (files == 0)
    return;
  html_table(out, caption, "file|bytes#|SHA-256");
  for (size_t i = 0; i < files; i++) {
    html_row(out, slice_of(file[i].name));
    html_cell_count(out, (uint64_t)file[i].bytes);
    html_cell_code(out, slice_of(file[i].sha256));
    html_row_end(out);
  }
  html_table_end(out);
}

bool page_files(struct page *page, struct error *err)
{
  (void)err;
  files_table(page->out, "Read", page->run->input, page->run->inputs);
  files_table(page->out, "Written", page->run->output, page->run->outputs);
  return true;
}

static void setting(struct buffer *out, const char *name, struct slice value)
{
  html_row(out, slice_of(name));
  html_cell(out, value);
  html_row_end(out);
}

bool page_settings(struct page *page, struct error *err)
{
  const struct run *run = page->run;
  struct buffer *out = page->out;
  char seed[32];
  const char *name;
  json_t *value;
  (void)err;
  snprintf(seed, sizeof seed, "%lld", (long long)run->seed);
  html_table(out, "The run", "what|value");
  setting(out, "pipeline", slice_of(run->pipeline));
  setting(out, "dataset", or_dash(dataset_of(run)));
  setting(out, "retrial", slice_of(run->version));
  setting(out, "rules of Spark", slice_of(run->spark));
  setting(out, "broker", or_dash(run->broker));
  setting(out, "clock", or_dash(run->clock));
  setting(out, "start of the clock", or_dash(run->start));
  setting(out, "seed", slice_of(seed));
  html_table_end(out);
  if (json_object_size(run->parameters) == 0)
    return true;
  html_table(out, "Parameters of the pipeline", "parameter|value");
  json_object_foreach((json_t *)run->parameters, name, value)
  {
    const char *text = json_string_value(value);
    setting(out, name, or_dash(text));
  }
  html_table_end(out);
  return true;
}
