/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/spark_version.h"

static const struct {
  enum spark_version version;
  const char *name;
} known[] = {{SPARK_3_3, "3.3"}, {SPARK_3_5, "3.5"}, {SPARK_4_0, "4.0"}};

bool spark_version_parse(struct slice text, enum spark_version *out, struct error *err)
{
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (slice_is(text, known[i].name)) {
      *out = known[i].version;
      return true;
    }
  return error_set(err, ERR_RANGE, "Spark '%.*s' is not known; 3.3, 3.5 and 4.0 are",
                   (int)(text.n < 40 ? text.n : 40), text.p);
}

const char *spark_version_name(enum spark_version version)
{
  return known[version - SPARK_3_3].name;
}
