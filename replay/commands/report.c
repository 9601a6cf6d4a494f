/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/outfile.h"
#include "replay/commands/commands.h"
#include "replay/options.h"
#include "replay/report/page.h"
#include "replay/run_record.h"

/* Outputs are evidence; a page must not take the place of one. */
static bool check_place(const struct run *run, const char *path, struct error *err)
{
  const char *slash = strrchr(path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  return (run_output(run, name) == NULL && strcmp(name, RUN_RECORD) != 0 &&
          strcmp(name, MEASURED_FILE) != 0) ||
         error_at(err, ERR_USAGE, path, 0, 0,
                  "has the name of a file of the run; name another one with -o");
}

static bool write_page(const struct run *run, const struct measured *measured,
                       struct gnuplot *gnuplot, const char *path, struct error *err)
{
  struct buffer bytes = {0};
  struct page page = {run, measured, gnuplot, &bytes};
  bool good = page_write(&page, err) && gnuplot_finish(gnuplot, err) &&
              outfile_put(path, (struct slice){bytes.p, bytes.n}, err);
  buffer_free(&bytes);
  return good;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  const char *path = arguments_value(arguments, "output");
  const char *keep = arguments_value(arguments, "keep");
  struct run run;
  struct measured measured = {0};
  struct gnuplot gnuplot = {0};
  bool good = run_open(&run, arguments->operand[0], err);
  if (path == NULL)
    path = arena_printf(&run.arena, "%s/report.html", run.directory);
  good = good && check_place(&run, path, err) && measured_open(&measured, run.directory, err) &&
         gnuplot_open(&gnuplot, arguments_value(arguments, "gnuplot"), keep, err) &&
         write_page(&run, &measured, &gnuplot, path, err);
  if (good && strcmp(path, "-") != 0)
    printf("%s: the report of %s\n", path, run.directory);
  if (good && keep != NULL && strcmp(path, "-") != 0)
    printf("%s: its data and scripts; 'draw' there draws the pictures again\n", keep);
  gnuplot_close(&gnuplot);
  measured_close(&measured);
  run_close(&run);
  return good ? STATUS_OK : STATUS_FAILED;
}

static const struct option OPTIONS[] = {
    {"output", 'o', "FILE", "write the page there (default: RUN/report.html)", false, false},
    {"gnuplot", 0, "FILE", "draw with this gnuplot (default: the one on the PATH)", false, false},
    {"keep", 0, "DIR", "leave the pictures there, with their data and scripts", false, false},
    {0},
};

const struct command command_report = {
    .name = "report",
    .summary = "draw a run: one page with pictures and the tables behind them",
    .operands = "RUN",
    .about =
        "RUN is the directory that 'retrial run' wrote. The page is one HTML file that needs no\n"
        "other; the same run gives the same bytes. gnuplot draws the pictures.\n",
    .option = OPTIONS,
    .exec = exec,
};
