/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/join_side.h"

#include <math.h>
#include <sys/stat.h>

/* spark.sql.autoBroadcastJoinThreshold */
static const double broadcast_limit = 10.0 * 1024 * 1024;

/* What Spark takes a value of the type to be (DataType.defaultSize). */
static double value_bytes(struct type t)
{
  double bytes = 0;
  switch (t.kind) {
  case TYPE_NULL:
  case TYPE_BOOLEAN:
  case TYPE_TINYINT:
    return 1;
  case TYPE_SMALLINT:
    return 2;
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
  case TYPE_FLOAT:
    return 4;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_DOUBLE:
  case TYPE_INTERVAL:
    return 8;
  case TYPE_DECIMAL:
    return t.precision <= DECIMAL_DIGITS_OF_INT64 ? 8 : 16;
  case TYPE_STRING:
    return 20;
  case TYPE_ARRAY:
  case TYPE_MAP:
  case TYPE_STRUCT:
    for (unsigned i = 0; i < t.items; i++)
      bytes += value_bytes(t.item[i].type);
    return bytes;
  }
  return 0;
}

/* Of a row with the wanted columns (wanted NULL: all). */
static double row_bytes(const struct schema *schema, const bool *wanted)
{
  double bytes = 8;
  for (size_t i = 0; i < schema->columns; i++)
    if (wanted == NULL || wanted[i])
      bytes += value_bytes(schema->column[i].type);
  return bytes;
}

static double file_bytes(const struct plan *scan, const struct execution *x)
{
  struct stat file;
  const char *path = x->query->table[scan->table].path;
  return path != NULL && stat(path, &file) == 0 ? (double)file.st_size : 0;
}

static double plan_bytes(const struct plan *plan, const struct execution *x);

/* `bytes` of rows that are so wide, made into rows of the plan's wanted columns. */
static double resized(const struct plan *plan, double bytes, double from)
{
  double to = row_bytes(&plan->schema, plan->wanted);
  double size = to == from ? bytes : floor(bytes * to / from);
  return size < 1 ? 1 : size;
}

static double through(const struct plan *plan, const struct execution *x)
{
  const struct plan *input = plan->input[0];
  return resized(plan, plan_bytes(input, x), row_bytes(&input->schema, input->wanted));
}

static double joined_bytes(const struct plan *plan, const struct execution *x)
{
  const struct plan *left = plan->input[0], *right = plan->input[1];
  if (plan->join == JOIN_LEFT_SEMI || plan->join == JOIN_LEFT_ANTI)
    return through(plan, x);
  double wide = row_bytes(&left->schema, left->wanted) + row_bytes(&right->schema, right->wanted);
  return resized(plan, plan_bytes(left, x) * plan_bytes(right, x), wide - 8);
}

static double limited_bytes(const struct plan *plan, const struct execution *x)
{
  if (plan->limit == UINT64_MAX)
    return through(plan, x);
  return (double)plan->limit * row_bytes(&plan->schema, plan->wanted);
}

static double plan_bytes(const struct plan *plan, const struct execution *x)
{
  switch (plan->kind) {
  case PLAN_SCAN:
    return resized(plan, file_bytes(plan, x), row_bytes(&plan->schema, NULL));
  case PLAN_VALUES:
    return (double)plan->rows * row_bytes(&plan->schema, NULL);
  case PLAN_AGGREGATE:
    if (plan->exprs == 0 && plan->time == NULL)
      return row_bytes(&plan->schema, plan->wanted);
    return through(plan, x);
  case PLAN_JOIN:
    return joined_bytes(plan, x);
  case PLAN_EXPAND:
    return through(plan, x) * (double)plan->sets;
  case PLAN_LIMIT:
    return limited_bytes(plan, x);
  case PLAN_UNION:
    return plan_bytes(plan->input[0], x) + plan_bytes(plan->input[1], x);
  default:
    return through(plan, x);
  }
}

/* JoinSelection.scala, for a join with keys and for one without (a nested loop over the side that
 * is held). */
enum join_side join_side(const struct plan *join, const struct execution *x)
{
  double left = plan_bytes(join->input[0], x), right = plan_bytes(join->input[1], x);
  bool inner = join->join == JOIN_INNER || join->join == JOIN_CROSS;
  bool may_left = left <= broadcast_limit, may_right = right <= broadcast_limit;
  enum join_side smaller = right <= left ? HOLD_RIGHT : HOLD_LEFT;
  enum join_side usual = inner || join->join == JOIN_FULL ? smaller
                         : join->join == JOIN_RIGHT       ? HOLD_LEFT
                                                          : HOLD_RIGHT;
  if (join->null_aware)
    return HOLD_RIGHT;
  if (join->keys == 0)
    return may_left && !may_right ? HOLD_LEFT : may_right && !may_left ? HOLD_RIGHT : usual;
  if (join->join == JOIN_FULL)
    return SORT_BOTH;
  may_left = may_left && (inner || join->join == JOIN_RIGHT);
  may_right = may_right && join->join != JOIN_RIGHT;
  return may_left && may_right ? smaller
         : may_left            ? HOLD_LEFT
         : may_right           ? HOLD_RIGHT
                               : SORT_BOTH;
}
