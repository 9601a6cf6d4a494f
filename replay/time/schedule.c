/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/schedule.h"

void schedule_start(struct schedule *schedule, int64_t start_ns, int64_t every_ns)
{
  *schedule = (struct schedule){.due_ns = start_ns, .every_ns = every_ns};
}

static bool is_same_group(const struct schedule *schedule, struct slice text, bool null)
{
  if (null || schedule->null)
    return null && schedule->null;
  return slice_equal(text, (struct slice){schedule->text.p, schedule->text.n});
}

int64_t schedule_next(struct schedule *schedule, struct slice text, bool null)
{
  if (schedule->begun && !schedule->broken && is_same_group(schedule, text, null))
    return schedule->due_ns;
  if (schedule->begun)
    schedule->due_ns += schedule->every_ns;
  schedule->begun = true;
  schedule->broken = false;
  schedule->null = null;
  schedule->text.n = 0;
  if (!null)
    buffer_add(&schedule->text, text);
  return schedule->due_ns;
}

void schedule_break(struct schedule *schedule)
{
  schedule->broken = true;
}

void schedule_free(struct schedule *schedule)
{
  buffer_free(&schedule->text);
}
