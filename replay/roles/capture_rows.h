/* SPDX-License-Identifier: Apache-2.0 */
/* capture_rows.h - the records of a capture file as a source: keys, headers and values as they are,
 * when their times say so.
 *
 * The first record is due at once, the others as long after it as their times are. One whose time
 * is earlier than that of a record before it, or that has none, goes with that record: the order in
 * the file stays. A file that is sent again goes on where it ended, without a gap.
 */
#ifndef RETRIAL_REPLAY_ROLES_CAPTURE_ROWS_H
#define RETRIAL_REPLAY_ROLES_CAPTURE_ROWS_H

#include "replay/roles/capture_topics.h"
#include "replay/roles/source.h"
#include "replay/time/pace.h"

struct capture_rows_setup {
  const struct capture_topics *topics;
  const uint32_t *partitions; /* by topic that records go to */
  bool repartitions; /* by key, those without one in turn; else each to its own partition */
  bool shifts; /* times: the first becomes start_ns, gaps stay, divided by `speed`; one that would
                  be before 1970 becomes 1, the first one that can be sent */
  int64_t start_ns;
  struct decimal_ratio speed;
  uint64_t rounds; /* through the file */
  uint64_t limit;  /* records in all; 0: no limit */
};

/* NULL with ERR_IO. All of the setup must outlive the source. */
struct source *capture_rows_new(const struct capture_rows_setup *setup, struct error *err);

#endif
