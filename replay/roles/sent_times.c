/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/sent_times.h"

#include <stdlib.h>

#include "base/memory.h"

enum { FIRST_ROOM = 1024 };

void sent_times_add(struct sent_times *times, int64_t intended_ns, int64_t sent_ns)
{
  if (times->next == times->room) {
    times->room = times->room != 0 ? 2 * times->room : FIRST_ROOM;
    times->row = mem_resize(times->row, times->room, sizeof *times->row);
  }
  times->row[times->next++] = (struct sent_time){intended_ns, sent_ns};
  if (times->next > times->rows)
    times->rows = times->next;
}

void sent_times_restart(struct sent_times *times)
{
  times->next = 0;
}

void sent_times_free(struct sent_times *times)
{
  free(times->row);
}
