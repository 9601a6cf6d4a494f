/* SPDX-License-Identifier: Apache-2.0 */
/* suggest.h - "did you mean": the known name nearest to a mistyped one. */
#ifndef RETRIAL_BASE_SUGGEST_H
#define RETRIAL_BASE_SUGGEST_H

#include "base/slice.h"

/* Of `count` names, the one with the least edit distance to `name` (letters' case ignored;
 * insert, delete and swap of neighbours count a little less than replace), the first one if several
 * are as near; an empty slice if more than a third of the letters, rounded up, would be replaced. */
struct slice suggest(struct slice name, const struct slice *names, size_t count);

/* " (did you mean 'x'?)" into out, or an empty string if nothing is near; returns out. */
char *suggest_hint(struct slice name, const struct slice *names, size_t count, char *out,
                   size_t size);

#endif
