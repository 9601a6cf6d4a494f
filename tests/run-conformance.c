/* SPDX-License-Identifier: Apache-2.0 */
/* run-conformance - runs cases whose bytes real Spark wrote, and compares.
 *
 *     run-conformance [--list] DIR...
 *
 * A case is a folder with a case.yaml; a DIR is a case or a folder of cases at any depth. Writes
 * TAP, closes with `N passed, N failed`; exit status 1 if a case failed, 2 if one cannot be read.
 * Cases with `streams` are left out. --list prints the paths of the others.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/infile.h"
#include "exec/query.h"
#include "tests/support/conformance_case.h"
#include "text/civil.h"
#include "text/time_text.h"

enum { EXIT_UNREADABLE = 2, SHOWN_BYTES = 160, MESSAGE_BYTES = 1100 };

/* ---- finding ---- */

struct folders {
  size_t count;
  char **path;
};

static int compare_paths(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool exists(const char *path)
{
  struct stat status;
  return stat(path, &status) == 0;
}

static bool is_folder(const char *path)
{
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static char *join(const char *folder, const char *name)
{
  size_t n = strlen(folder) + strlen(name) + 2;
  char *path = mem_new(n, 1);
  snprintf(path, n, "%s/%s", folder, name);
  return path;
}

static void add_folder(struct folders *folders, const char *path)
{
  folders->path = mem_resize(folders->path, folders->count + 1, sizeof *folders->path);
  folders->path[folders->count++] = join(path, "");
  folders->path[folders->count - 1][strlen(path)] = '\0';
}

static bool find_cases(const char *path, struct folders *found)
{
  DIR *folder = opendir(path);
  if (folder == NULL)
    return false;
  char *file = join(path, "case.yaml");
  if (exists(file))
    add_folder(found, path);
  free(file);
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.')
      continue;
    char *below = join(path, entry->d_name);
    if (is_folder(below))
      find_cases(below, found);
    free(below);
  }
  closedir(folder);
  return true;
}

static void sort_folders(struct folders *found)
{
  size_t kept = 0;
  if (found->count != 0)
    qsort(found->path, found->count, sizeof *found->path, compare_paths);
  for (size_t i = 0; i < found->count; i++) {
    if (kept > 0 && strcmp(found->path[kept - 1], found->path[i]) == 0)
      free(found->path[i]);
    else
      found->path[kept++] = found->path[i];
  }
  found->count = kept;
}

/* ---- running ---- */

/* A case at work; what is wrong with it goes to `wrong`. */
struct trial {
  struct conformance_case given;
  const char *folder, *output; /* output: where the engine's bytes go */
  struct arena arena;
  char wrong[MESSAGE_BYTES];
};

static bool is_wrong(struct trial *t, const char *what, const struct error *err)
{
  char text[1050] = "";
  if (err != NULL)
    error_format(err, text, sizeof text);
  snprintf(t->wrong, sizeof t->wrong, "%s%s", what, text);
  return false;
}

static bool take_setting(struct trial *t, const struct variable *setting, struct sql_settings *out)
{
  struct error err;
  if (setting->name.n < 6 || memcmp(setting->name.p, "spark.", 6) != 0)
    return true;
  if (slice_is(setting->name, "spark.sql.session.timeZone"))
    return zone_offset_parse(setting->text, &out->zone_offset_us, &err) ||
           is_wrong(t, "time zone: ", &err);
  if (slice_is(setting->name, "spark.sql.legacy.timeParserPolicy")) {
    out->time_parser_exception = slice_equal_nocase(setting->text, SLICE("EXCEPTION"));
    return out->time_parser_exception || slice_equal_nocase(setting->text, SLICE("CORRECTED")) ||
           is_wrong(t, "timeParserPolicy is neither CORRECTED nor EXCEPTION", NULL);
  }
  if (slice_is(setting->name, "spark.version"))
    return spark_version_parse(setting->text, &out->spark, &err) || is_wrong(t, "", &err);
  if (slice_is(setting->name, "spark.sql.ansi.enabled") && slice_is(setting->text, "false"))
    return true;
  snprintf(t->wrong, sizeof t->wrong, "setting %.*s is not known here", SLICE_PRINT(setting->name));
  return false;
}

static bool set_table(struct trial *t, const struct case_table *given, struct query_table *table,
                      struct error *err)
{
  table->name = given->name;
  table->path = arena_printf(&t->arena, "%s/%.*s", t->folder, SLICE_PRINT(given->file));
  csv_read_defaults(&table->options);
  for (size_t i = 0; i < given->options.count; i++) {
    const struct variable *option = &given->options.pair[i];
    if (!csv_read_option(&table->options, option->name, option->text, &t->arena, err))
      return false;
  }
  return schema_parse(given->schema, &table->schema, &t->arena, err);
}

/* The day, as Spark saw one when it made the cases: a bare time of day is on it. */
static int32_t today(int64_t zone_offset_us)
{
  int64_t now_us = (int64_t)time(NULL) * MICROS_PER_SECOND;
  return (int32_t)civil_day_of(now_us + zone_offset_us);
}

/* The query of the case with its tables and settings; false with t->wrong filled in. */
static bool prepare(struct trial *t, struct query *query, struct csv_write_options *writer)
{
  const struct conformance_case *given = &t->given;
  struct query_table *table = arena_zero(&t->arena, given->tables, sizeof *table);
  struct error err;
  query->file = given->query;
  query->tables = given->tables;
  query->table = table;
  query->settings.today = 0; /* no expected file shows the day of a bare time of day */
  for (size_t i = 0; i < given->tables; i++)
    if (!set_table(t, &given->table[i], &table[i], &err))
      return is_wrong(t, "table: ", &err);
  for (size_t i = 0; i < given->settings.count; i++)
    if (!take_setting(t, &given->settings.pair[i], &query->settings))
      return false;
  query->settings.today = today(query->settings.zone_offset_us);
  csv_write_defaults(writer);
  for (size_t i = 0; i < given->writer.count; i++) {
    const struct variable *option = &given->writer.pair[i];
    if (!csv_write_option(writer, option->name, option->text, &t->arena, &err))
      return is_wrong(t, "writer: ", &err);
  }
  return true;
}

static bool run_query(struct trial *t, struct query *query, const struct csv_write_options *writer,
                      struct slice text, struct error *err)
{
  const struct pairs *settings = &t->given.settings;
  if (!variables_replace(text, settings->pair, settings->count, query->file, &t->arena,
                         &query->text, err))
    return false;
  struct outfile *out = outfile_open(t->output, err);
  if (out == NULL)
    return false;
  if (query_write(query, writer, out, NULL, err))
    return outfile_commit(out, err);
  outfile_discard(out);
  return false;
}

/* ---- comparing ---- */

static struct slice next_line(struct slice *rest)
{
  const char *newline = rest->n != 0 ? memchr(rest->p, '\n', rest->n) : NULL;
  size_t n = newline != NULL ? (size_t)(newline - rest->p) : rest->n;
  struct slice line = {rest->p, n};
  size_t taken = n + (newline != NULL);
  *rest = (struct slice){rest->p + taken, rest->n - taken};
  return line;
}

static int compare_lines(const void *a, const void *b)
{
  return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* The text with the lines behind the header sorted. */
static struct slice sorted(struct slice text, struct arena *arena)
{
  size_t count = 0, capacity = 1;
  for (size_t i = 0; i < text.n; i++)
    capacity += text.p[i] == '\n';
  struct slice *line = arena_take(arena, capacity, sizeof *line);
  for (struct slice rest = text; rest.n != 0;)
    line[count++] = next_line(&rest);
  if (count > 2)
    qsort(line + 1, count - 1, sizeof *line, compare_lines);
  char *out = arena_take(arena, text.n + 1, 1), *p = out;
  for (size_t i = 0; i < count; i++) {
    if (line[i].n != 0)
      memcpy(p, line[i].p, line[i].n);
    p += line[i].n;
    *p++ = '\n';
  }
  return (struct slice){out, text.n}; /* the last line end only where there was one */
}

/* Printable, and cut. */
static const char *shown(struct slice line, char out[SHOWN_BYTES + 4])
{
  size_t n = line.n < SHOWN_BYTES ? line.n : SHOWN_BYTES;
  for (size_t i = 0; i < n; i++)
    out[i] = (char)((unsigned char)line.p[i] < ' ' ? '?' : line.p[i]);
  snprintf(out + n, 4, "%s", n < line.n ? "..." : "");
  return out;
}

static bool differs(struct trial *t, struct slice got, struct slice want)
{
  char left[SHOWN_BYTES + 4], right[SHOWN_BYTES + 4];
  for (unsigned number = 1; got.n != 0 || want.n != 0; number++) {
    bool got_ended = got.n == 0, want_ended = want.n == 0;
    struct slice ours = next_line(&got), theirs = next_line(&want);
    if (got_ended || want_ended || !slice_equal(ours, theirs)) {
      snprintf(t->wrong, sizeof t->wrong, "line %u: got %s, expected %s", number,
               got_ended ? "no such line" : shown(ours, left),
               want_ended ? "no such line" : shown(theirs, right));
      return false;
    }
  }
  return is_wrong(t, "the last line end differs", NULL);
}

static bool compare(struct trial *t, struct slice got, struct slice want)
{
  if (t->given.any_order) {
    got = sorted(got, &t->arena);
    want = sorted(want, &t->arena);
  }
  return slice_equal(got, want) || differs(t, got, want);
}

static bool check_output(struct trial *t)
{
  struct buffer got = {0}, want = {0};
  struct error err;
  bool same;
  if (!infile_read(t->given.expected, &want, &err) || !infile_read(t->output, &got, &err))
    same = is_wrong(t, "", &err);
  else
    same = compare(t, (struct slice){got.p, got.n}, (struct slice){want.p, want.n});
  buffer_free(&got);
  buffer_free(&want);
  return same;
}

/* Spark refused this query: so does the engine, says where, and leaves nothing behind. */
static bool check_refusal(struct trial *t, bool done, const struct error *err)
{
  if (done)
    return is_wrong(t, "Spark refuses this query, the engine did not", NULL);
  if (exists(t->output))
    return is_wrong(t, "an output was left behind by the refusal: ", err);
  if (err->file[0] == '\0' && err->line == 0)
    return is_wrong(t, "the refusal names no file: ", err);
  return true;
}

static bool run_case(struct trial *t)
{
  struct executor executor;
  struct query query = {.executor = &executor};
  struct csv_write_options writer;
  struct buffer text = {0};
  struct error err = {0};
  executor_serial(&executor);
  if (!prepare(t, &query, &writer))
    return false;
  bool read = infile_read(t->given.query, &text, &err);
  bool done = read && run_query(t, &query, &writer, (struct slice){text.p, text.n}, &err);
  buffer_free(&text);
  if (!read)
    return is_wrong(t, "", &err);
  if (t->given.refused)
    return check_refusal(t, done, &err);
  return done ? check_output(t) : is_wrong(t, "refused: ", &err);
}

/* ---- the whole ---- */

struct tally {
  unsigned passed, failed;
};

static void report(struct tally *tally, const struct trial *t, bool passed)
{
  unsigned number = tally->passed + tally->failed + 1;
  printf("%s %u - %s\n", passed ? "ok" : "not ok", number, t->folder);
  if (!passed)
    printf("# %s\n", t->wrong);
  tally->passed += passed;
  tally->failed += !passed;
  fflush(stdout);
}

static void run_cases(struct trial *trials, size_t count, const char *scratch, struct tally *tally)
{
  char *output = join(scratch, "output.csv");
  printf("1..%zu\n", count);
  for (size_t i = 0; i < count; i++) {
    trials[i].output = output;
    report(tally, &trials[i], run_case(&trials[i]));
    unlink(output);
    arena_free(&trials[i].arena);
  }
  free(output);
}

/* Loads the batch cases of all folders; their number, or -1 with a message on stderr. */
static long load_cases(const struct folders *found, struct trial *trials)
{
  long count = 0;
  for (size_t i = 0; i < found->count; i++) {
    struct trial *t = &trials[count];
    struct error err;
    char text[MESSAGE_BYTES];
    t->folder = found->path[i];
    if (!conformance_case_load(t->folder, &t->arena, &t->given, &err)) {
      fprintf(stderr, "run-conformance: %s\n", error_format(&err, text, sizeof text));
      return -1;
    }
    if (t->given.streaming)
      arena_free(&t->arena);
    else
      count++;
  }
  return count;
}

static int run(struct trial *trials, size_t count, size_t streaming)
{
  const char *temporary = getenv("TMPDIR");
  char *scratch = join(temporary != NULL ? temporary : "/tmp", "run-conformance-XXXXXX");
  struct tally tally = {0};
  if (mkdtemp(scratch) == NULL) {
    perror(scratch);
    free(scratch);
    return EXIT_UNREADABLE;
  }
  run_cases(trials, count, scratch, &tally);
  rmdir(scratch);
  free(scratch);
  if (streaming > 0)
    printf("# %zu streaming cases left out\n", streaming);
  printf("%u passed, %u failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int list(const struct trial *trials, size_t count)
{
  for (size_t i = 0; i < count; i++)
    puts(trials[i].folder);
  return EXIT_SUCCESS;
}

static bool find_all(char **argument, int count, struct folders *found)
{
  for (int i = 0; i < count; i++) {
    size_t n = strlen(argument[i]);
    while (n > 1 && argument[i][n - 1] == '/')
      argument[i][--n] = '\0';
    if (!find_cases(argument[i], found)) {
      fprintf(stderr, "run-conformance: %s: not a folder\n", argument[i]);
      return false;
    }
  }
  sort_folders(found);
  if (found->count == 0)
    fprintf(stderr, "run-conformance: no case.yaml found\n");
  return found->count != 0;
}

int main(int argc, char **argv)
{
  bool listing = argc > 1 && strcmp(argv[1], "--list") == 0;
  int first = listing ? 2 : 1, status = EXIT_UNREADABLE;
  struct folders found = {0};
  if (argc <= first || argv[first][0] == '-') {
    fprintf(stderr, "usage: run-conformance [--list] DIR...\n");
    return EXIT_UNREADABLE;
  }
  if (find_all(argv + first, argc - first, &found)) {
    struct trial *trials = mem_new(found.count, sizeof *trials);
    long count = load_cases(&found, trials);
    if (count >= 0)
      status = listing ? list(trials, (size_t)count)
                       : run(trials, (size_t)count, found.count - (size_t)count);
    for (size_t i = 0; i < found.count; i++)
      arena_free(&trials[i].arena);
    free(trials);
  }
  for (size_t i = 0; i < found.count; i++)
    free(found.path[i]);
  free(found.path);
  return status;
}
