/* SPDX-License-Identifier: Apache-2.0 */
/* run_record.h - run.json: what ran, on what, with what result; enough to run it again and to see
 * whether the outputs are still those.
 *
 * Nothing in it depends on when or where the replay ran, no paths above a file's name, and under
 * the virtual clock no times taken. Of the real clock it tells how well that was kept.
 */
#ifndef RETRIAL_REPLAY_RUN_RECORD_H
#define RETRIAL_REPLAY_RUN_RECORD_H

#include "replay/driver/driver.h"

#define RUN_RECORD "run.json"

/* Hashes the inputs and outputs and writes the record of a run that went well. */
bool run_record_write(struct pipeline *pipeline, const struct replay_options *options,
                      const struct replay_result *result, struct error *err);

#endif
