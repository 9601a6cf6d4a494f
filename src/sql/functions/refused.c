/* SPDX-License-Identifier: Apache-2.0 */
/* Functions whose values come from a clock or from chance: a result could not be had again. */
#include "sql/functions/list.h"

struct expr *bind_unrepeatable(struct call *c)
{
  return call_refuse(c, ERR_UNSUPPORTED,
                     "%.*s() gives another value on every run, and results here are repeatable "
                     "(pass the value as a ${variable})",
                     SLICE_PRINT(c->function->name));
}
