/* SPDX-License-Identifier: Apache-2.0 */
/* The table of functions and the way into it. */
#include "sql/function.h"

#include <stdio.h>

#include "base/ascii.h"
#include "sql/functions/list.h"

#define FUNCTION(name, least, most, binder, variant)                                               \
  {{name, sizeof name - 1}, least, most, variant, binder},
static const struct function functions[] = {FUNCTION_LIST(FUNCTION)};

#define NAME(name, least, most, binder, variant) {name, sizeof name - 1},
static const struct slice names[] = {FUNCTION_LIST(NAME)};

enum { FUNCTIONS = sizeof functions / sizeof functions[0], NAME_BYTES = 32 };

static struct slice lower(struct slice name, char *out)
{
  size_t n = name.n < NAME_BYTES ? name.n : 0;
  for (size_t i = 0; i < n; i++)
    out[i] = ascii_lower(name.p[i]);
  return (struct slice){out, n};
}

static const struct function *find(struct slice name)
{
  char bytes[NAME_BYTES];
  name = lower(name, bytes);
  size_t low = 0, high = FUNCTIONS;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = slice_compare(name, names[middle]);
    if (order == 0)
      return &functions[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

bool function_exists(struct slice name)
{
  return find(name) != NULL;
}

const struct slice *function_names(size_t *count)
{
  *count = FUNCTIONS;
  return names;
}

static struct expr *refuse_count(const struct call *c)
{
  const struct function *f = c->function;
  char wanted[40];
  if (c->args == 0 && slice_is(f->name, "unix_timestamp"))
    return call_refuse(c, ERR_UNSUPPORTED,
                       "unix_timestamp() without an argument gives another value on every run; "
                       "pass the time as a ${variable}");
  if (f->most == ANY_NUMBER)
    snprintf(wanted, sizeof wanted, "%d or more", f->least);
  else if (f->most == f->least)
    snprintf(wanted, sizeof wanted, "%d", f->least);
  else
    snprintf(wanted, sizeof wanted, "%d to %d", f->least, f->most);
  return call_refuse(c, ERR_TYPE, "%.*s() takes %s argument%s, not %zu", SLICE_PRINT(f->name),
                     wanted, f->least == 1 && f->most == 1 ? "" : "s", c->args);
}

struct expr *function_bind(const struct binding *b, struct slice name, struct expr **arg,
                           size_t args, struct position at)
{
  struct call c = {b, find(name), arg, args, at};
  if (c.function == NULL)
    return function_unknown(b, name, at);
  if (args < c.function->least || (c.function->most != ANY_NUMBER && args > c.function->most))
    return refuse_count(&c);
  return c.function->bind(&c);
}
