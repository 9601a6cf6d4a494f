/* SPDX-License-Identifier: Apache-2.0 */
/* service.c - times by chance: 2ms, {uniform: [1ms, 3ms]}, {lognormal: {median: 2ms, p99: 20ms}},
 * {exponential: {mean: 2ms}}. */
#include "pipeline/reader.h"

static bool read_uniform(struct reader *r, const struct yaml *map, const char *what,
                         struct distribution *out)
{
  const struct yaml *list = read_list(r, map, "uniform", what);
  what = read_name_key(r, "uniform", what);
  if (list == NULL)
    return false;
  if (list->count != 2)
    return read_fail(r, list, ERR_TYPE, "%s must be two times: [shortest, longest]", what);
  out->kind = DISTRIBUTION_UNIFORM;
  if (!read_length(r, &list->item[0], what, &out->uniform.low_ns) ||
      !read_length(r, &list->item[1], what, &out->uniform.high_ns))
    return false;
  return out->uniform.low_ns <= out->uniform.high_ns ||
         read_fail(r, list, ERR_RANGE, "%s must be in order: [shortest, longest]", what);
}

/* A time above zero that must be there. */
static bool read_needed_length(struct reader *r, const struct yaml *map, const char *key,
                               const char *what, int64_t *ns)
{
  const struct yaml *node = read_needed(r, map, key, what);
  what = read_name_key(r, key, what);
  return node != NULL && read_length(r, node, what, ns) &&
         (*ns > 0 || read_fail(r, node, ERR_RANGE, "%s must be above zero", what));
}

static bool read_lognormal(struct reader *r, const struct yaml *map, const char *what,
                           struct distribution *out)
{
  const struct yaml *node = yaml_get(map, "lognormal");
  what = read_name_key(r, "lognormal", what);
  out->kind = DISTRIBUTION_LOGNORMAL;
  if (!read_map(r, node, what, "median p99") ||
      !read_needed_length(r, node, "median", what, &out->lognormal.median_ns) ||
      !read_needed_length(r, node, "p99", what, &out->lognormal.p99_ns))
    return false;
  return out->lognormal.median_ns <= out->lognormal.p99_ns ||
         read_fail(r, yaml_get(node, "p99"), ERR_RANGE, "'p99' of %s must not be below the median",
                   what);
}

static bool read_exponential(struct reader *r, const struct yaml *map, const char *what,
                             struct distribution *out)
{
  const struct yaml *node = yaml_get(map, "exponential");
  what = read_name_key(r, "exponential", what);
  out->kind = DISTRIBUTION_EXPONENTIAL;
  return read_map(r, node, what, "mean") &&
         read_needed_length(r, node, "mean", what, &out->mean_ns);
}

bool read_distribution_if(struct reader *r, const struct yaml *map, const char *key,
                          const char *what, struct distribution *out)
{
  const struct yaml *node = yaml_get(map, key);
  if (node == NULL)
    return true;
  what = read_name_key(r, key, what);
  if (node->kind == YAML_TEXT)
    return read_length(r, node, what, &out->constant_ns);
  if (node->kind == YAML_LIST || node->count != 1)
    return read_fail(r, node, ERR_TYPE,
                     "%s must be a time or one of uniform, lognormal and exponential", what);
  if (!read_map(r, node, what, "uniform lognormal exponential"))
    return false;
  return yaml_get(node, "uniform") != NULL     ? read_uniform(r, node, what, out)
         : yaml_get(node, "lognormal") != NULL ? read_lognormal(r, node, what, out)
                                               : read_exponential(r, node, what, out);
}
