/* SPDX-License-Identifier: Apache-2.0 */
/* UNION ALL: the rows of one input, then those of the other. */
#include "exec/step.h"

struct union_all {
  struct step head;
  size_t at;
};

static bool union_next(struct step *step, struct batch *out, struct error *err)
{
  struct union_all *u = (struct union_all *)step;
  do {
    if (!step_next(step->input[u->at], out, err))
      return false;
  } while (out->rows == 0 && ++u->at < step->inputs);
  if (u->at == step->inputs)
    u->at--; /* the last input goes on to say that it is at its end */
  return true;
}

static const struct step_kind union_kind = {"union", union_next, NULL, NULL, NULL};

struct step *union_open(const struct plan *plan, struct step *left, struct step *right)
{
  return step_new(&union_kind, sizeof(struct union_all), plan, left, right);
}
