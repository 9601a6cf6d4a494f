/* SPDX-License-Identifier: Apache-2.0 */
/* Variances and higher moments of one column, updated and merged as CentralMomentAgg.scala does:
 * the last digits depend on it. */
#include <math.h>

#include "exec/aggregates/kind.h"

struct moments {
  double n, mean, m2, m3, m4;
};

static void add_value(struct moments *m, double x)
{
  double n = m->n + 1.0, delta = x - m->mean, delta_n = delta / n;
  double m2 = m->m2 + delta * (delta - delta_n);
  double delta2 = delta * delta, delta_n2 = delta_n * delta_n;
  double m3 = m->m3 - 3.0 * delta_n * m2 + delta * (delta2 - delta_n2);
  double m4 = m->m4 - 4.0 * delta_n * m3 - 6.0 * delta_n2 * m2 +
              delta * (delta * delta2 - delta_n * delta_n2);
  *m = (struct moments){n, m->mean + delta_n, m2, m3, m4};
}

static bool moments_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                        const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  EACH_STATE(struct moments, m)
  add_value(m, arg->f64[row]);
  return true;
}

static void moments_merge(struct accumulator *a, const void *part, void *into)
{
  (void)a;
  struct moments *l = into;
  const struct moments *r = part;
  double n1 = l->n, n2 = r->n, n = n1 + n2, delta = r->mean - l->mean;
  double delta_n = n == 0 ? 0 : delta / n;
  double m2 = l->m2 + r->m2 + delta * delta_n * n1 * n2;
  double m3 = l->m3 + r->m3 + delta_n * delta_n * delta * n1 * n2 * (n1 - n2) +
              3.0 * delta_n * (n1 * r->m2 - n2 * l->m2);
  double m4 = l->m4 + r->m4 +
              delta_n * delta_n * delta_n * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
              6.0 * delta_n * delta_n * (n1 * n1 * r->m2 + n2 * n2 * l->m2) +
              4.0 * delta_n * (n1 * r->m3 - n2 * l->m3);
  *l = (struct moments){n, l->mean + delta_n * n2, m2, m3, m4};
}

/* False: null. */
static bool moment_of(enum aggregate_kind kind, const struct moments *m, double *out)
{
  bool is_sample = kind == AGGREGATE_STDDEV_SAMP || kind == AGGREGATE_VAR_SAMP;
  bool is_shape = kind == AGGREGATE_SKEWNESS || kind == AGGREGATE_KURTOSIS;
  if (m->n == 0 || (is_sample && m->n == 1) || (is_shape && m->m2 == 0))
    return false;
  switch (kind) {
  case AGGREGATE_STDDEV_POP:
    *out = sqrt(m->m2 / m->n);
    break;
  case AGGREGATE_STDDEV_SAMP:
    *out = sqrt(m->m2 / (m->n - 1.0));
    break;
  case AGGREGATE_VAR_POP:
    *out = m->m2 / m->n;
    break;
  case AGGREGATE_VAR_SAMP:
    *out = m->m2 / (m->n - 1.0);
    break;
  case AGGREGATE_SKEWNESS: {
    double cube = sqrt(m->m2 * m->m2 * m->m2);
    *out = sqrt(m->n) * m->m3 / cube;
    return cube != 0; /* a division by zero is null */
  }
  case AGGREGATE_KURTOSIS:
    *out = m->n * m->m4 / (m->m2 * m->m2) - 3.0;
    return m->m2 * m->m2 != 0;
  default:
    *out = m->m2;
    break;
  }
  return true;
}

static bool moments_finish(const struct accumulator *a, unsigned char *const *state,
                           const uint8_t *slot, size_t count, struct column *out,
                           struct evaluation *ev)
{
  for (size_t i = 0; i < count; i++) {
    out->f64[i] = 0;
    if (!moment_of(a->aggregate->kind, FINISHED(struct moments), &out->f64[i]))
      column_flags(out, count, ev->arena)[i] = 1;
  }
  return true;
}

const struct accumulator_kind moments_kind = {sizeof(struct moments), moments_add, moments_merge,
                                              moments_finish};
