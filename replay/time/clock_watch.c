/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/clock_watch.h"

#include <stdlib.h>

bool clock_watch_look(struct clock_watch *watch, int64_t real_ns, int64_t monotonic_ns)
{
  int64_t difference = real_ns - monotonic_ns, jump = difference - watch->difference_ns;
  bool jumped = watch->begun && llabs(jump) > CLOCK_WATCH_LIMIT_NS;
  watch->begun = true;
  watch->difference_ns = difference;
  watch->jumps += jumped;
  if (jumped && llabs(jump) > llabs(watch->greatest_ns))
    watch->greatest_ns = jump;
  return jumped;
}
