/* SPDX-License-Identifier: Apache-2.0 */
/* What a test does without memory, unless it defines mem_exhausted() itself. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

_Noreturn void mem_exhausted(size_t size)
{
  fprintf(stderr, "test: out of memory for %zu bytes\n", size);
  abort();
}
