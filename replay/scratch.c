/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700 /* nftw */
#include "replay/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPEN_DIRECTORIES = 8 };

bool scratch_make(struct scratch *scratch, struct error *err)
{
  const char *below = getenv("TMPDIR");
  if (below == NULL || below[0] == '\0')
    below = "/tmp";
  int n = snprintf(scratch->path, sizeof scratch->path, "%s/retrial-XXXXXX", below);
  if (n < (int)sizeof scratch->path && mkdtemp(scratch->path) != NULL)
    return true;
  int problem = n < (int)sizeof scratch->path ? errno : ENAMETOOLONG;
  scratch->path[0] = '\0';
  return error_io(err, below, problem, "no temporary directory can be made there (TMPDIR)");
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
  (void)status, (void)type, (void)walk;
  (void)remove(path);
  return 0;
}

void scratch_remove(struct scratch *scratch)
{
  if (scratch->path[0] != '\0')
    nftw(scratch->path, remove_one, OPEN_DIRECTORIES, FTW_DEPTH | FTW_PHYS);
  scratch->path[0] = '\0';
}
