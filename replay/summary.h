/* SPDX-License-Identifier: Apache-2.0 */
/* summary.h - what a replay has to tell on standard output. */
#ifndef RETRIAL_REPLAY_SUMMARY_H
#define RETRIAL_REPLAY_SUMMARY_H

#include "replay/driver/driver.h"

/* `seconds`: what it took. */
void summary_print(const struct pipeline *pipeline, const struct replay_options *options,
                   const struct replay_result *result, double seconds);

#endif
