/* SPDX-License-Identifier: Apache-2.0 */
/* texts.h - the files of reports/, compiled in. */
#ifndef RETRIAL_REPLAY_REPORT_TEXTS_H
#define RETRIAL_REPLAY_REPORT_TEXTS_H

struct report_text {
  const char *name;        /* "latency.gp" */
  const char *const *line; /* each with its line end; NULL behind the last */
};

/* Ended by one without a name. */
extern const struct report_text report_texts[];

#endif
