/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/capture_topics.h"

#include <stdlib.h>

#include "base/suggest.h"
#include "capture/capture.h"

static struct slice keep(struct capture_topics *t, struct slice name)
{
  return (struct slice){arena_copy(&t->arena, name.p, name.n), name.n};
}

static struct slice renamed(struct slice name, const struct capture_rename *rename, size_t renames)
{
  for (size_t i = 0; i < renames; i++)
    if (rename[i].from.n == 0 || slice_equal(rename[i].from, name))
      return rename[i].to;
  return name;
}

/* The number of the topic of that name, a new one if need be. */
static uint32_t target(struct capture_topics *t, struct slice name)
{
  for (uint32_t i = 0; i < t->topics; i++)
    if (slice_equal(t->to[i].name, name))
      return i;
  t->to = mem_resize(t->to, t->topics + 1, sizeof *t->to);
  t->to[t->topics] = (struct capture_topic){.name = keep(t, name), .partitions = 1};
  return t->topics++;
}

static uint32_t add_name(struct capture_topics *t, struct slice name, struct slice to)
{
  t->from = mem_resize(t->from, t->names + 1, sizeof *t->from);
  t->from[t->names] = (struct captured_topic){keep(t, name), target(t, to)};
  return t->from[t->names++].to;
}

static bool read_all(struct capture_topics *t, struct capture_reader *reader,
                     const struct capture_rename *rename, size_t renames, struct error *err)
{
  struct capture_record record;
  struct error problem;
  bool end;
  for (; capture_next(reader, &record, &end, &problem); t->records++) {
    uint32_t to;
    if (end)
      return true;
    if (!capture_topics_find(t, record.topic, &to))
      to = add_name(t, record.topic, renamed(record.topic, rename, renames));
    if (t->to[to].partitions <= record.record.partition)
      t->to[to].partitions = record.record.partition + 1;
    if (t->zero_line == 0 && record.time != CAPTURE_NO_TIME && record.record.timestamp_ms == 0)
      t->zero_line = capture_line(reader);
  }
  t->cut = capture_is_cut(reader);
  if (!t->cut && err != NULL)
    *err = problem;
  return t->cut;
}

static bool check_renames(const struct capture_topics *t, const struct capture_rename *rename,
                          size_t renames, struct error *err)
{
  uint32_t to;
  char hint[96];
  for (size_t i = 0; i < renames; i++) {
    if (rename[i].from.n == 0 || capture_topics_find(t, rename[i].from, &to))
      continue;
    struct slice *name = mem_new(t->names, sizeof *name);
    for (size_t k = 0; k < t->names; k++)
      name[k] = t->from[k].name;
    suggest_hint(rename[i].from, name, t->names, hint, sizeof hint);
    free(name);
    return error_set(err, ERR_USAGE, "--topic: %s has no topic '%.*s'%s", t->path,
                     SLICE_PRINT(rename[i].from), hint);
  }
  return true;
}

bool capture_topics_read(const char *path, const struct capture_rename *rename, size_t renames,
                         struct capture_topics *out, struct error *err)
{
  *out = (struct capture_topics){.path = path};
  struct capture_reader *reader = capture_open(path, err);
  if (reader == NULL)
    return false;
  bool good = read_all(out, reader, rename, renames, err);
  capture_close(reader);
  return good && check_renames(out, rename, renames, err);
}

bool capture_topics_find(const struct capture_topics *t, struct slice name, uint32_t *to)
{
  for (uint32_t i = 0; i < t->names; i++)
    if (slice_equal(t->from[i].name, name)) {
      *to = t->from[i].to;
      return true;
    }
  return false;
}

void capture_topics_free(struct capture_topics *t)
{
  free(t->from);
  free(t->to);
  arena_free(&t->arena);
}
