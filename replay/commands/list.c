/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>

#include "base/buffer.h"
#include "replay/commands/commands.h"
#include "replay/grid.h"
#include "replay/locate.h"
#include "replay/options.h"

static void print_words(const struct located *all, size_t count)
{
  struct grid grid = {.columns = 2};
  for (size_t i = 0; i < count; i++) {
    grid_cell(&grid, "%.*s", SLICE_PRINT(all[i].name));
    grid_cell(&grid, "%s", all[i].directory);
  }
  grid_print(&grid, 0, stdout);
}

static bool nothing_found(struct arena *arena, struct error *err)
{
  size_t folders;
  const char **folder = locate_folders(&folders, arena);
  struct buffer words = {0};
  for (size_t i = 0; i < folders; i++)
    buffer_printf(&words, "%s%s", i != 0 ? ", " : "", folder[i]);
  error_set(err, ERR_IO,
            "no pipeline is below %.*s; let RETRIAL_PIPELINES name the directory that holds some",
            (int)words.n, words.p);
  buffer_free(&words);
  return false;
}

static bool print_json(const struct located *all, size_t count, struct error *err)
{
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) {
    json_t *entry =
        json_pack("{ss%,ss}", "name", all[i].name.p, all[i].name.n, "directory", all[i].directory);
    if (entry == NULL) {
      json_decref(list);
      return error_set(err, ERR_DATA, "'%s' is not UTF-8, so it has no JSON", all[i].directory);
    }
    json_array_append_new(list, entry);
  }
  json_dumpf(list, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(list);
  return true;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct arena arena = {0};
  size_t count;
  const struct located *all = locate_all(&count, &arena);
  if (arguments_has(arguments, "json"))
    print_json(all, count, err);
  else if (count == 0)
    nothing_found(&arena, err);
  else
    print_words(all, count);
  arena_free(&arena);
  return STATUS_OK;
}

static const struct option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON", false, false},
    {0},
};

const struct command command_list = {
    .name = "list",
    .summary = "list the pipelines that a name is enough for",
    .operands = "",
    .about = "They lie below the directories of RETRIAL_PIPELINES (separated by colons), below\n"
             "./fixtures, below fixtures/ beside the program and where retrial is installed.\n",
    .option = OPTIONS,
    .exec = exec,
};
