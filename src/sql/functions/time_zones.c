/* SPDX-License-Identifier: Apache-2.0 */
/* from_utc_timestamp(time, zone) and to_utc_timestamp(time, zone), for zones that are an offset. */
#include "sql/functions/java_numbers.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/time_text.h"

static bool shift_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  const int64_t offset = *(const int64_t *)e->state;
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i64[i] = java_add(arg[0].i64[column_index(&arg[0], i)], offset);
  return true;
}

/* variant: 1 from UTC, -1 to UTC. There is no zone data here, so a region has no offset. */
struct expr *bind_utc_timestamp(struct call *c)
{
  bool null;
  int64_t *offset = arena_take(c->b->arena, 1, sizeof *offset);
  struct error ignored = {0};
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)) || !call_accept_texts(c, 1, 2) ||
      !call_constant(c, 1, "zone", &null))
    return NULL;
  if (null)
    return call_null(c, type_of(TYPE_TIMESTAMP));
  if (!zone_offset_parse(c->arg[1]->value.text[0], offset, &ignored))
    return call_refuse(c, ERR_UNSUPPORTED,
                       "zone '%.*s' of %.*s() is not supported: give UTC or an offset such as "
                       "+02:00",
                       SLICE_PRINT(c->arg[1]->value.text[0]), SLICE_PRINT(c->function->name));
  *offset *= c->function->variant;
  return call_result(c, type_of(TYPE_TIMESTAMP), shift_kernel, offset);
}
