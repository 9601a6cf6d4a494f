/* SPDX-License-Identifier: Apache-2.0 */
#include "table/type.h"

#include <stdio.h>

bool type_equal(struct type a, struct type b)
{
  if (a.kind != b.kind || a.precision != b.precision || a.scale != b.scale || a.items != b.items)
    return false;
  for (unsigned i = 0; i < a.items; i++)
    if (!type_equal(a.item[i].type, b.item[i].type))
      return false;
  return true;
}

bool type_holds(struct type t, enum type_kind kind)
{
  bool found = t.kind == kind;
  for (unsigned i = 0; !found && i < t.items; i++)
    found = type_holds(t.item[i].type, kind);
  return found;
}

static const char *const names[] = {
    [TYPE_NULL] = "VOID",         [TYPE_BOOLEAN] = "BOOLEAN", [TYPE_TINYINT] = "TINYINT",
    [TYPE_SMALLINT] = "SMALLINT", [TYPE_INT] = "INT",         [TYPE_BIGINT] = "BIGINT",
    [TYPE_DECIMAL] = "DECIMAL",   [TYPE_FLOAT] = "FLOAT",     [TYPE_DOUBLE] = "DOUBLE",
    [TYPE_STRING] = "STRING",     [TYPE_DATE] = "DATE",       [TYPE_TIMESTAMP] = "TIMESTAMP",
    [TYPE_INTERVAL] = "INTERVAL", [TYPE_MONTHS] = "INTERVAL", [TYPE_ARRAY] = "ARRAY",
    [TYPE_MAP] = "MAP",           [TYPE_STRUCT] = "STRUCT",
};

char *type_name(struct type t, char *out, size_t size)
{
  size_t n = (size_t)snprintf(out, size, "%s", names[t.kind]);
  if (t.kind == TYPE_DECIMAL)
    snprintf(out + n, n < size ? size - n : 0, "(%d,%d)", t.precision, t.scale);
  if (type_is_interval(t) && n < size)
    n += (size_t)snprintf(out + n, size - n, " %s", interval_unit_name(interval_first(t)));
  if (type_is_interval(t) && interval_first(t) != interval_last(t) && n < size)
    snprintf(out + n, size - n, " TO %s", interval_unit_name(interval_last(t)));
  if (t.items == 0)
    return out;
  for (unsigned i = 0; i < t.items && n < size; i++) {
    n += (size_t)snprintf(out + n, size - n, "%s", i == 0 ? "<" : ", ");
    if (t.kind == TYPE_STRUCT && n < size)
      n += (size_t)snprintf(out + n, size - n, "%.*s: ", SLICE_PRINT(t.item[i].name));
    if (n < size)
      n += strlen(type_name(t.item[i].type, out + n, size - n));
  }
  if (n < size)
    snprintf(out + n, size - n, ">");
  return out;
}
