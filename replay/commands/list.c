/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/commands/commands.h"
#include "replay/locate.h"
#include "replay/options.h"

static enum status exec(const struct arguments *arguments, struct error *err)
{
  (void)arguments, (void)err;
  struct arena arena = {0};
  size_t count;
  const struct located *all = locate_all(&count, &arena);
  for (size_t i = 0; i < count; i++)
    printf("%.*s\n", SLICE_PRINT(all[i].name));
  arena_free(&arena);
  return STATUS_OK;
}

const struct command command_list = {
    .name = "list",
    .summary = "list the pipelines",
    .operands = "",
    .exec = exec,
};
