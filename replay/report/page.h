/* SPDX-License-Identifier: Apache-2.0 */
/* page.h - the report of a run as one page of HTML: the template reports/page.html with its
 * sections put in.
 */
#ifndef RETRIAL_REPLAY_REPORT_PAGE_H
#define RETRIAL_REPLAY_REPORT_PAGE_H

#include "replay/report/gnuplot.h"
#include "replay/report/measured.h"
#include "replay/report/run.h"

struct page {
  const struct run *run;
  const struct measured *measured;
  struct gnuplot *gnuplot;
  struct buffer *out;
};

/* Appends the whole page to page->out. */
bool page_write(struct page *page, struct error *err);

/* The sections, each where the template has its name in braces. */
bool page_title(struct page *page, struct error *err);
bool page_summary(struct page *page, struct error *err);
bool page_jobs(struct page *page, struct error *err);
bool page_latency(struct page *page, struct error *err);
bool page_account(struct page *page, struct error *err);
bool page_files(struct page *page, struct error *err);
bool page_settings(struct page *page, struct error *err);

#endif
