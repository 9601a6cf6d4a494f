/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/open.h"

#include <string.h>

#include "replay/locate.h"

/* The values of --set, in the arena; NULL with ERR_USAGE. */
static struct setting *settings(const struct arguments *arguments, size_t *count,
                                struct arena *arena, struct error *err)
{
  struct setting *setting = arena_take(arena, arguments->givens, sizeof *setting);
  const char *text;
  size_t n = 0, cursor = 0;
  while ((text = arguments_next(arguments, "set", &cursor)) != NULL) {
    const char *equal = strchr(text, '=');
    if (equal == NULL || equal == text) {
      error_set(err, ERR_USAGE, "--set: '%.100s' is not NAME=VALUE", text);
      return NULL;
    }
    setting[n++] = (struct setting){{text, (size_t)(equal - text)}, {equal + 1, strlen(equal + 1)}};
  }
  *count = n;
  return setting;
}

struct pipeline *open_pipeline(const struct arguments *arguments, struct error *err)
{
  struct arena arena = {0};
  struct pipeline *pipeline = NULL;
  size_t count;
  const char *directory = locate_pipeline(arguments->operand[0], &arena, err);
  struct setting *setting = directory != NULL ? settings(arguments, &count, &arena, err) : NULL;
  if (setting != NULL)
    pipeline = pipeline_load(directory, setting, count, err);
  arena_free(&arena);
  return pipeline;
}
