/* SPDX-License-Identifier: Apache-2.0 */
/* alert_times.h - event to alert: how long after the sample that tipped its window each alert of a
 * job came.
 *
 * An alert is a row of the output with a text that is not empty, or true, in the column `when` of
 * the job's `alerts`. The sample that tipped its window is the last one, in the order of sending,
 * of the alert's series whose event time (the dataset's `time`) lies in the window: start <= time
 * < end. Until it was there the window was not whole, and what it would say was open; whether the
 * same alert would have come without it is not asked. A dataset that is sent several times has the
 * sample in the last round that got so far.
 *
 * Series, start and end are computed in the job's own SELECT, not read from its output: windows
 * that print the same times of day, as those around midnight do, are told apart.
 */
#ifndef RETRIAL_REPLAY_ALERT_TIMES_H
#define RETRIAL_REPLAY_ALERT_TIMES_H

#include "exec/query.h"
#include "measure/latency.h"
#include "pipeline/pipeline.h"
#include "replay/roles/sent_times.h"

struct alert_request {
  const struct pipeline *pipeline;
  const struct job *job;     /* with alerts */
  const struct query *query; /* the job's, as it ran */
  const struct query_table *dataset;
};

/* Whether the expressions can be computed: ERR_NAME, ERR_TYPE or ERR_UNSUPPORTED at the place of
 * the job's `alerts`. No rows are read. */
bool alert_times_check(const struct alert_request *request, struct error *err);

/* Runs the query again and records an event-to-alert latency for each alert, all of them emitted
 * at that time; *untimed: how many alerts no sample that was sent tipped. */
bool alert_times_record(const struct alert_request *request, const struct sent_times *sent,
                        int64_t emitted_ns, struct latency *latency, uint64_t *untimed,
                        struct error *err);

#endif
