/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/locate.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/suggest.h"

#ifndef RETRIAL_DATADIR
#define RETRIAL_DATADIR "/usr/local/share/retrial"
#endif

static bool is_pipeline(const char *directory, struct arena *arena)
{
  struct stat status;
  return stat(arena_printf(arena, "%s/pipeline.yaml", directory), &status) == 0 &&
         S_ISREG(status.st_mode);
}

/* fixtures/ in the directory of the program; NULL if the system does not tell where it is. */
static const char *beside_program(struct arena *arena)
{
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path);
  while (n > 0 && n < (ssize_t)sizeof path && path[n - 1] != '/')
    n--;
  return n > 0 && n < (ssize_t)sizeof path ? arena_printf(arena, "%.*sfixtures", (int)n, path)
                                           : NULL;
}

const char **locate_folders(size_t *count, struct arena *arena)
{
  const char *listed = getenv("RETRIAL_PIPELINES");
  size_t n = 0, most = 4;
  for (const char *p = listed; p != NULL && *p != '\0'; p++)
    most += *p == ':';
  const char **folder = arena_zero(arena, most, sizeof *folder);
  while (listed != NULL && *listed != '\0') {
    size_t length = strcspn(listed, ":");
    if (length != 0)
      folder[n++] = arena_copy(arena, listed, length);
    listed += length + (listed[length] == ':');
  }
  folder[n++] = "fixtures";
  const char *beside = beside_program(arena);
  if (beside != NULL)
    folder[n++] = beside;
  folder[n++] = RETRIAL_DATADIR "/fixtures";
  *count = n;
  return folder;
}

struct list {
  struct located *item;
  size_t n;
};

static void add(struct list *list, const char *folder, const char *name, struct arena *arena)
{
  const char *directory = arena_printf(arena, "%s/%s", folder, name);
  if (name[0] == '.' || !is_pipeline(directory, arena))
    return;
  for (size_t i = 0; i < list->n; i++)
    if (slice_is(list->item[i].name, name))
      return; /* a folder searched before has it */
  list->item = mem_resize(list->item, list->n + 1, sizeof *list->item);
  list->item[list->n++] =
      (struct located){slice_of(arena_copy(arena, name, strlen(name))), directory};
}

static int by_name(const void *a, const void *b)
{
  return slice_compare(((const struct located *)a)->name, ((const struct located *)b)->name);
}

struct located *locate_all(size_t *count, struct arena *arena)
{
  struct list list = {0};
  size_t n;
  const char **folder = locate_folders(&n, arena);
  for (size_t i = 0; i < n; i++) {
    DIR *open = opendir(folder[i]);
    const struct dirent *entry;
    while (open != NULL && (entry = readdir(open)) != NULL)
      add(&list, folder[i], entry->d_name, arena);
    if (open != NULL)
      closedir(open);
  }
  struct located *found = arena_take(arena, list.n, sizeof *found);
  if (list.n != 0) {
    qsort(list.item, list.n, sizeof *list.item, by_name);
    memcpy(found, list.item, list.n * sizeof *found);
  }
  free(list.item);
  *count = list.n;
  return found;
}

static bool unknown(const char *name, struct arena *arena, struct error *err)
{
  static const char FILE_NAME[] = "/pipeline.yaml";
  size_t count, n = strlen(name), tail = strlen(FILE_NAME);
  if (n > tail && strcmp(name + n - tail, FILE_NAME) == 0 && access(name, F_OK) == 0)
    return error_set(err, ERR_USAGE, "'%.200s' is the file of a pipeline: give its directory, '%.*s'",
                     name, (int)(n - tail), name);
  struct located *all = locate_all(&count, arena);
  struct slice *names = arena_take(arena, count, sizeof *names);
  for (size_t i = 0; i < count; i++)
    names[i] = all[i].name;
  char hint[96];
  suggest_hint(slice_of(name), names, count, hint, sizeof hint);
  return error_set(err, ERR_USAGE,
                   "'%.200s' is no known pipeline%s and no directory with a pipeline.yaml; "
                   "see 'retrial list'",
                   name, hint);
}

const char *locate_pipeline(const char *name, struct arena *arena, struct error *err)
{
  if (name[0] != '\0' && is_pipeline(name, arena)) {
    size_t n = strlen(name);
    while (n > 1 && name[n - 1] == '/')
      n--;
    return arena_copy(arena, name, n);
  }
  size_t count;
  const char **folder = locate_folders(&count, arena);
  for (size_t i = 0; i < count && name[0] != '\0' && strchr(name, '/') == NULL; i++) {
    const char *directory = arena_printf(arena, "%s/%s", folder[i], name);
    if (is_pipeline(directory, arena))
      return directory;
  }
  unknown(name, arena, err);
  return NULL;
}
