/* SPDX-License-Identifier: Apache-2.0 */
/* UNION ALL: the rows of one input, then those of the other. */
#include "exec/operator.h"

struct union_all {
  struct operator head;
  size_t at;
};

static bool union_next(struct operator* op, struct batch *out, struct error *err)
{
  struct union_all *u = (struct union_all *)op;
  do {
    if (!operator_next(op->input[u->at], out, err))
      return false;
  } while (out->rows == 0 && ++u->at < op->inputs);
  if (u->at == op->inputs)
    u->at--; /* the last input goes on to say that it is at its end */
  return true;
}

static const struct operator_class union_class = {"union", union_next, NULL, NULL};

struct operator* union_open(const struct plan *plan, struct operator* left, struct operator* right)
{
  return operator_new(&union_class, sizeof(struct union_all), plan, left, right);
}
