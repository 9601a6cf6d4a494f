/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/latency_files.h"

#include <errno.h>
#include <unistd.h>

#include "base/outfile.h"
#include "measure/latency_write.h"

static const char JSON[] = "latency.json", HLOG[] = "latency.hlog";

static bool put(const char *directory, const char *name, const struct buffer *bytes,
                struct error *err)
{
  struct arena arena = {0};
  bool good = outfile_put(arena_printf(&arena, "%s/%s", directory, name),
                          (struct slice){bytes->p, bytes->n}, err);
  arena_free(&arena);
  return good;
}

bool latency_files_write(const char *directory, struct latency *latency, bool is_virtual,
                         struct error *err)
{
  struct buffer json = {0}, hlog = {0};
  latency_write_json(latency, is_virtual, &json);
  latency_write_hlog(latency, &hlog);
  bool good = put(directory, JSON, &json, err) && put(directory, HLOG, &hlog, err);
  buffer_free(&json);
  buffer_free(&hlog);
  return good;
}

static bool remove_file(const char *directory, const char *name, struct error *err)
{
  struct arena arena = {0};
  const char *path = arena_printf(&arena, "%s/%s", directory, name);
  bool good =
      unlink(path) == 0 || errno == ENOENT || error_io(err, path, errno, "cannot be replaced");
  arena_free(&arena);
  return good;
}

bool latency_files_remove(const char *directory, struct error *err)
{
  return remove_file(directory, JSON, err) && remove_file(directory, HLOG, err);
}
