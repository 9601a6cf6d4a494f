/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a pipeline.yaml: it is taken, or refused with a place, and nothing else. Built with
 * tests/fuzz/mutate.c, or with clang's -fsanitize=fuzzer.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "pipeline/pipeline.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Where the queries are that the seeds name. */
static const char *directory(void)
{
  static char path[1024];
  const char *top = getenv("srcdir");
  snprintf(path, sizeof path, "%s/tests/data/pipelines/valid/flow-style", top != NULL ? top : ".");
  return path;
}

static void check_error(const struct error *err, size_t size)
{
  assert(err->code != ERR_NONE);
  assert(err->file[0] != '\0');
  assert(err->line <= size + 1 && err->column <= size + 1);
  assert(err->text[0] != '\0' && strchr(err->text, '\n') == NULL);
}

static void check_pipeline(const struct pipeline *p)
{
  for (size_t i = 0; i < p->topics; i++)
    assert(p->topic[i].partitions >= 1 && p->topic[i].fields >= 1 &&
           p->topic[i].key < (int)p->dataset.schema.columns);
  for (size_t i = 0; i < p->tables; i++) {
    assert(p->table[i].topic < p->topics);
    for (size_t k = 0; k < p->table[i].columns; k++)
      assert(p->table[i].column[k].field < p->topic[p->table[i].topic].fields);
  }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct error err = {0};
  struct pipeline *pipeline =
      pipeline_read((struct slice){(const char *)data, size}, directory(), NULL, 0, &err);
  assert((pipeline == NULL) == (err.code != ERR_NONE));
  if (pipeline == NULL)
    check_error(&err, size);
  else
    check_pipeline(pipeline);
  pipeline_free(pipeline);
  return 0;
}
