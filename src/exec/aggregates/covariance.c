/* SPDX-License-Identifier: Apache-2.0 */
/* Covariances, correlation and regression of two columns, updated and merged as Covariance.scala,
 * Corr.scala and linearRegression.scala do: the last digits depend on it. */
#include <math.h>

#include "exec/aggregates/kind.h"

struct covariance {
  double n, x_mean, y_mean, products, x_squares, y_squares;
};

/* Spark's regr_slope() keeps the squares of x as CentralMomentAgg does, corr() in another way. */
static bool has_slope(const struct accumulator *a)
{
  return a->aggregate->kind == AGGREGATE_REGR_SLOPE ||
         a->aggregate->kind == AGGREGATE_REGR_INTERCEPT;
}

static void add_pair(struct covariance *c, double x, double y, bool slope)
{
  double n = c->n + 1.0, dx = x - c->x_mean, dy = y - c->y_mean;
  double dx_n = dx / n;
  c->n = n;
  c->x_mean += dx_n;
  c->y_mean += dy / n;
  c->products += dx * (y - c->y_mean);
  c->x_squares += dx * (slope ? dx - dx_n : x - c->x_mean);
  c->y_squares += dy * (y - c->y_mean);
}

static bool covariance_add(struct accumulator *a, const struct pairs *pairs,
                           const struct column *arg, const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  bool slope = has_slope(a);
  EACH_STATE(struct covariance, c)
  add_pair(c, arg[0].f64[row], arg[1].f64[row], slope);
  return true;
}

static void covariance_merge(struct accumulator *a, const void *part, void *into)
{
  (void)a;
  struct covariance *l = into;
  const struct covariance *r = part;
  double n1 = l->n, n2 = r->n, n = n1 + n2;
  double dx = r->x_mean - l->x_mean, dy = r->y_mean - l->y_mean;
  double dx_n = n == 0 ? 0 : dx / n, dy_n = n == 0 ? 0 : dy / n;
  *l = (struct covariance){
      .n = n,
      .x_mean = l->x_mean + dx_n * n2,
      .y_mean = l->y_mean + dy_n * n2,
      .products = l->products + r->products + dx * dy_n * n1 * n2,
      .x_squares = l->x_squares + r->x_squares + dx * dx_n * n1 * n2,
      .y_squares = l->y_squares + r->y_squares + dy * dy_n * n1 * n2,
  };
}

/* x / y, or null (false): a division by zero. */
static bool divide(double x, double y, double *out)
{
  *out = y != 0 ? x / y : 0;
  return y != 0;
}

static bool r2_of(const struct covariance *c, double *out)
{
  *out = 1.0;
  if (c->x_squares == 0 || c->y_squares == 0)
    return c->x_squares != 0;
  bool good = divide(c->products, sqrt(c->x_squares * c->y_squares), out);
  *out *= *out;
  return good;
}

static bool result_of(enum aggregate_kind kind, const struct covariance *c, double *out)
{
  if (c->n == 0)
    return false;
  switch (kind) {
  case AGGREGATE_COVAR_POP:
    return divide(c->products, c->n, out);
  case AGGREGATE_COVAR_SAMP:
    return divide(c->products, c->n - 1.0, out);
  case AGGREGATE_CORR:
    return c->n != 1 && divide(c->products, sqrt(c->x_squares * c->y_squares), out);
  case AGGREGATE_REGR_R2:
    return r2_of(c, out);
  case AGGREGATE_REGR_SLOPE:
    return divide(c->products, c->x_squares, out);
  case AGGREGATE_REGR_INTERCEPT:
    if (!divide(c->products, c->x_squares, out))
      return false;
    *out = c->y_mean - *out * c->x_mean;
    return true;
  default:
    *out = c->products;
    return true;
  }
}

static bool covariance_finish(const struct accumulator *a, unsigned char *const *state,
                              const uint8_t *slot, size_t count, struct column *out,
                              struct evaluation *ev)
{
  for (size_t i = 0; i < count; i++) {
    out->f64[i] = 0;
    if (!result_of(a->aggregate->kind, FINISHED(struct covariance), &out->f64[i]))
      column_flags(out, count, ev->arena)[i] = 1;
  }
  return true;
}

const struct accumulator_kind covariance_kind = {sizeof(struct covariance), covariance_add,
                                                 covariance_merge, covariance_finish};
