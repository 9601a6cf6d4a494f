/* SPDX-License-Identifier: Apache-2.0 */
/* driver.h - a replay: from a dataset to the pipeline's outputs in a directory, with its account,
 * its latencies and its record (run.json).
 */
#ifndef RETRIAL_REPLAY_DRIVER_DRIVER_H
#define RETRIAL_REPLAY_DRIVER_DRIVER_H

#include "measure/latency.h"
#include "replay/job.h"
#include "replay/time/clock.h"
#include "replay/time/clock_watch.h"
#include "replay/time/pace.h"
#include "replay/time/spin.h"

struct broker;
struct capture_topics;

#define REPLAY_FOREVER UINT64_MAX

/* What is sent, and when; zeroed: the dataset, once, as the schedule says. */
struct replay_load {
  struct pace_options pace;
  uint64_t rounds;     /* through the dataset; 0: one; REPLAY_FOREVER */
  uint64_t limit;      /* rows; 0: no limit */
  int64_t duration_ns; /* 0: no limit */
  uint64_t in_flight;  /* messages at once that wait for their acknowledgement; 0: no limit */
};

/* The parts of a pipeline, which a run plays all, or each on a machine of its own. */
enum replay_part {
  REPLAY_ALL = 0,
  REPLAY_PRODUCE = 1,
  REPLAY_CONSUME = 2,
  REPLAY_PROCESS = 4, /* the jobs over what was consumed */
};

/* What a producer on its own does about records that are in its topics already. */
enum replay_before {
  REPLAY_REFUSES, /* there may be none */
  REPLAY_RESUMES, /* an earlier producer was interrupted: sends what it did not */
  REPLAY_APPENDS, /* sends everything, behind them */
};

/* A capture in the place of a dataset: its topics are the pipeline's. */
struct replay_capture {
  const struct capture_topics *topics;
  bool repartitions, shifts; /* as for replay/capture_rows.h */
};

struct replay_options {
  unsigned parts; /* enum replay_part, added up */
  enum replay_before before;
  const bool *consumer;                 /* by consumer of the pipeline: which ones; NULL: all */
  const bool *job;                      /* by job; NULL: all */
  bool grouped;                         /* the broker's groups share partitions out */
  const char *dataset;                  /* NULL: the pipeline's */
  const struct replay_capture *capture; /* NULL: a dataset is sent */
  const char *directory; /* for the outputs, made if it is not there; NULL: a producer has none */
  uint32_t partitions;   /* of each topic; 0: as declared */
  /* Decides what the pipeline leaves to chance: the order in which roles act within an instant,
   * which partition a consumer reads first and how much at once. No output depends on it. */
  uint64_t seed;
  struct executor *executor; /* for the jobs */
  bool real;                 /* the clock; else the virtual one */
  bool precise;              /* under the real clock: spin before deadlines where that pays */
  bool apart;                /* under the real clock: the producer in a thread of its own */
  struct replay_load load;
  struct broker *broker;   /* NULL: the memory broker; else the caller closes it */
  const char *broker_name; /* for the record; NULL: "memory" */
  int64_t patience_ns;     /* how long an external broker may be silent; 0: a minute */
  /* Called now and then with what is going on; NULL: never. */
  void (*progress)(void *argument, const char *doing, uint64_t rows);
  void *progress_argument;
};

struct replay_result {
  uint64_t rows, malformed;   /* of the dataset; malformed: a field that did not parse is null */
  uint64_t first_row;         /* the number that the first row got */
  uint64_t rejected;          /* messages that no consumer could read, see rejected.jsonl */
  struct clock clock;         /* as the last role ended */
  int64_t ran_ns;             /* from the clock's start until the last role ended */
  int64_t late_ns;            /* how far the producer fell behind, at most */
  int64_t last_late_ns;       /* and at the last row */
  struct clock_watch watch;   /* of the time of day, under the real clock */
  struct spin spin;           /* how spinning went, if it was asked for */
  const char *dataset;        /* its path */
  const uint32_t *partitions; /* by topic */
  struct account account;     /* topics, readers, tables and jobs in the pipeline's order */
  size_t jobs;
  struct job_outcome *job; /* by job; of one that was not asked for: nothing */
  struct latency *latency;
  bool measured;      /* the latencies mean something, and were written */
  struct arena arena; /* what else is behind pointers */
};

/* The path of the dataset that would be replayed, in the arena. */
const char *replay_dataset(const struct pipeline *pipeline, const struct replay_options *options,
                           struct arena *arena);

/* Runs the pipeline. Of a capture there is no run.json. Once there is a dataset to read, run.json
 * is removed, and written again when all went well: a directory without it is no run, and the
 * outputs that are in it are whole but prove nothing. The caller releases the result with
 * replay_result_free() either way. */
bool replay_run(struct pipeline *pipeline, const struct replay_options *options,
                struct replay_result *result, struct error *err);

void replay_result_free(struct replay_result *result);

#endif
