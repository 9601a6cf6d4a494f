/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/account.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A count of one stage, and what to call it. */
struct stage {
  uint64_t count;
  const char *name;
};

static bool closes(struct slice topic, struct stage before, struct stage after, struct error *err)
{
  if (before.count == after.count)
    return true;
  bool lost = after.count < before.count;
  uint64_t difference = lost ? before.count - after.count : after.count - before.count;
  return error_set(err, ERR_ACCOUNT, "%.*s: %" PRIu64 " %s, %" PRIu64 " %s: %" PRIu64 " %s %s",
                   SLICE_PRINT(topic), before.count, before.name, after.count, after.name,
                   difference, difference == 1 ? "record" : "records",
                   lost ? difference == 1 ? "was lost" : "were lost" : "too many");
}

/* More records than were acknowledged: of whom, as far as a reader can tell. */
static bool explain(const struct account *account, size_t topic, struct error *err)
{
  uint64_t strangers = 0;
  for (size_t i = 0; i < account->readers; i++)
    if (account->reader[i].topic == topic && account->reader[i].strangers > strangers)
      strangers = account->reader[i].strangers;
  if (strangers == 0 || err == NULL)
    return false;
  char text[sizeof err->text];
  memcpy(text, err->text, sizeof text);
  return error_set(err, ERR_ACCOUNT,
                   "%.400s; %" PRIu64 " %s of somebody else who writes to this topic", text,
                   strangers, strangers == 1 ? "is" : "are");
}

static bool close_topic(const struct account_topic *t, struct error *err)
{
  struct stage generated = {t->generated, "generated"}, sent = {t->sent, "sent"};
  struct stage acked = {t->acked, "acked"}, appended = {t->appended, "appended"};
  return closes(t->name, generated, sent, err) && closes(t->name, sent, acked, err) &&
         closes(t->name, acked, appended, err);
}

static bool close_rows(const struct account_topic *t, const struct account_reader *r,
                       struct error *err)
{
  return r->missing == 0 ||
         error_set(err, ERR_ACCOUNT,
                   "%.*s: %" PRIu64 " %s of the dataset never came, the first one is row %" PRIu64,
                   SLICE_PRINT(t->name), r->missing, r->missing == 1 ? "row" : "rows",
                   r->first_missing);
}

static bool close_reader(const struct account_topic *t, const struct account_reader *r,
                         struct error *err)
{
  struct stage appended = {t->appended, "appended"}, fetched = {r->fetched, "fetched"};
  struct stage split = {r->decoded + r->rejected, "decoded or rejected"};
  return closes(t->name, appended, fetched, err) && closes(t->name, fetched, split, err);
}

static bool close_table(const struct account_topic *t, const struct account_reader *r,
                        const struct account_table *table, struct error *err)
{
  char name[256];
  snprintf(name, sizeof name, "stored in table %.*s", SLICE_PRINT(table->name));
  struct stage decoded = {r->decoded - r->doubled, "decoded"}, stored = {table->stored, name};
  return closes(t->name, decoded, stored, err);
}

bool account_close_topics(const struct account *account, struct error *err)
{
  for (size_t i = 0; i < account->topics; i++)
    if (!account->topic[i].not_sent && !close_topic(&account->topic[i], err))
      return explain(account, i, err);
  for (size_t i = 0; i < account->readers; i++) {
    const struct account_reader *r = &account->reader[i];
    const struct account_topic *t = &account->topic[r->topic];
    if (!r->not_read && (!close_reader(t, r, err) || !close_rows(t, r, err)))
      return false;
  }
  for (size_t i = 0; i < account->tables; i++) {
    const struct account_table *table = &account->table[i];
    const struct account_reader *r = &account->reader[table->reader];
    if (!r->not_read && !close_table(&account->topic[r->topic], r, table, err))
      return false;
  }
  return true;
}

bool account_close_job(const struct account_job *job, struct error *err)
{
  struct stage read = {job->read, "rows read"};
  struct stage split = {job->windowed + job->late + job->filtered + job->null_time + job->unasked,
                        "windowed, late, filtered, without a time or in no window"};
  return closes(job->name, read, split, err);
}
