/* SPDX-License-Identifier: Apache-2.0 */
/* account.h - where every record and every row went.
 *
 * Each stage counts for itself, so that the sums are a proof and not a tautology. By topic:
 * generated = sent = acked = appended, and for each group that reads it
 * appended = fetched = decoded + rejected, decoded = stored in each of its tables, but for rows
 * that came again. What a process does not do itself, because another one does, is not looked at.
 * By job: read = windowed + late + filtered + null_time + unasked.
 */
#ifndef RETRIAL_MEASURE_ACCOUNT_H
#define RETRIAL_MEASURE_ACCOUNT_H

#include "base/error.h"
#include "base/slice.h"

struct account_topic {
  struct slice name;
  uint64_t generated; /* messages that the dataset asks for */
  uint64_t sent;      /* handed to the broker */
  uint64_t acked;     /* acknowledged by it */
  uint64_t appended;  /* in its log, by its end offsets */
  bool not_sent;      /* here, that is */
};

/* A consumer group on a topic. */
struct account_reader {
  struct slice name;
  size_t topic;
  uint64_t fetched, decoded, rejected;
  uint64_t doubled; /* decoded, and known already */
  uint64_t missing; /* rows that never came, though later ones did; the first of them */
  uint64_t first_missing;
  bool not_read;      /* here */
  uint64_t strangers; /* of those fetched: they do not say that we have sent them */
};

/* A stored table, written by a reader. */
struct account_table {
  struct slice name;
  size_t reader;
  uint64_t stored;
};

struct account_job {
  struct slice name;  /* empty: it did not run */
  uint64_t read;      /* rows of its tables */
  uint64_t windowed;  /* fell in a window */
  uint64_t late;      /* came behind the watermark; none in a batch job */
  uint64_t filtered;  /* kept out by WHERE below the window */
  uint64_t null_time; /* had no time */
  uint64_t unasked;   /* were read where no window was asked for */
};

/* The lists belong to whoever filled them. */
struct account {
  size_t topics, readers, tables, jobs;
  struct account_topic *topic;
  struct account_reader *reader;
  struct account_table *table;
  struct account_job *job;
};

/* Whether the sums of all topics, readers and tables close. If not, ERR_ACCOUNT names the first
 * topic, the two stages and the difference, and strangers' records where there are too many. */
bool account_close_topics(const struct account *account, struct error *err);

/* The same for one job. */
bool account_close_job(const struct account_job *job, struct error *err);

#endif
