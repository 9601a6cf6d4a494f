/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/suggest.h"
#include "sql/reference.h"
#include "text/utf8.h"

enum { WIDTH = 78 };

/* --- words on a line --- */

/* Words filled into lines that start with `indent` blanks. */
struct filler {
  FILE *out;
  size_t indent, column;
};

static void fill_word(struct filler *f, const char *word, size_t n)
{
  size_t columns = utf8_width((struct slice){word, n});
  if (f->column > f->indent && f->column + 1 + columns > WIDTH) {
    fputc('\n', f->out);
    f->column = 0;
  }
  if (f->column == 0)
    fprintf(f->out, "%*s", (int)f->indent, "");
  else
    fputc(' ', f->out);
  f->column = (f->column == 0 ? f->indent : f->column + 1) + columns;
  fwrite(word, 1, n, f->out);
}

static void fill_text(struct filler *f, const char *text)
{
  while (*text != '\0') {
    size_t n = strcspn(text, " \n");
    if (n != 0)
      fill_word(f, text, n);
    text += n + strspn(text + n, " \n");
  }
}

static void paragraph(FILE *out, size_t indent, const char *text)
{
  struct filler f = {out, indent, 0};
  fill_text(&f, text);
  fputc('\n', out);
}

/* The lines of a text as they are, indented. */
static void verbatim(FILE *out, size_t indent, const char *text)
{
  for (;;) {
    size_t n = strcspn(text, "\n");
    fprintf(out, "%*s%.*s\n", n != 0 ? (int)indent : 0, "", (int)n, text);
    if (text[n] == '\0')
      return;
    text += n + 1;
  }
}

/* --- entries --- */

static void print_example(const struct reference_example *e, FILE *out)
{
  fputc('\n', out);
  if (e->input != NULL) {
    fprintf(out, "  t.csv (%s)%s\n", e->schema, *e->option != NULL ? ", read with" : "");
    for (const char *const *option = e->option; *option != NULL; option++)
      fprintf(out, "      %s\n", *option);
    verbatim(out, 6, e->input);
    fputc('\n', out);
  }
  verbatim(out, 2, e->text);
  if (e->spark != NULL)
    fprintf(out, "    in Spark %s:\n", e->spark);
  if (e->gives != NULL)
    verbatim(out, 6, e->gives);
  else
    fprintf(out, "      refused: %s\n", e->refused);
}

static void print_names(const struct reference_entry *entry, FILE *out)
{
  for (size_t i = 0; entry->name[i] != NULL; i++)
    fprintf(out, "%s%s", i != 0 ? ", " : "", entry->name[i]);
}

static void print_entry(const struct reference_entry *entry, const char *title, FILE *out)
{
  print_names(entry, out);
  fprintf(out, "  (%s)\n\n", title);
  for (const char *const *usage = entry->usage; *usage != NULL; usage++)
    verbatim(out, 2, *usage);
  if (*entry->usage != NULL)
    fputc('\n', out);
  paragraph(out, 2, entry->text);
  for (const char *const *note = entry->note; *note != NULL; note++) {
    fputc('\n', out);
    paragraph(out, 2, *note);
  }
  for (const struct reference_example *e = entry->example; e->text != NULL; e++)
    print_example(e, out);
}

/* --- chapters --- */

static void print_title(const struct reference_chapter *chapter, FILE *out)
{
  fprintf(out, "%s\n", chapter->title);
  for (const char *const *about = chapter->about; *about != NULL; about++) {
    fputc('\n', out);
    paragraph(out, 2, *about);
  }
}

/* All of a chapter but its examples. */
static void print_chapter(const struct reference_chapter *chapter, FILE *out)
{
  print_title(chapter, out);
  for (const struct reference_entry *entry = chapter->entry; entry->name != NULL; entry++) {
    fputs("\n  ", out);
    print_names(entry, out);
    fputc('\n', out);
    for (const char *const *usage = entry->usage; *usage != NULL; usage++)
      verbatim(out, 6, *usage);
    paragraph(out, 4, entry->text);
  }
  fputs("\nExamples and notes: retrial help sql NAME\n", out);
}

static void fill_names(const struct reference_chapter *chapter, struct filler *f)
{
  for (const struct reference_entry *entry = chapter->entry; entry->name != NULL; entry++)
    for (const char *const *name = entry->name; *name != NULL; name++) {
      bool is_last = name[1] == NULL && entry[1].name == NULL;
      char word[80];
      int n = snprintf(word, sizeof word, "%s%s", *name, is_last ? "" : ",");
      fill_word(f, word, (size_t)n);
    }
  fputc('\n', f->out);
}

static void list_chapters(bool functions, FILE *out)
{
  size_t count;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++) {
    if ((chapter[i].kind != REFERENCE_CLAUSES) != functions || chapter[i].entry->name == NULL)
      continue;
    fprintf(out, "\n%s (%s)\n", chapter[i].title, chapter[i].name);
    struct filler f = {out, 2, 0};
    fill_names(&chapter[i], &f);
  }
}

void reference_overview(FILE *out)
{
  size_t count;
  const struct reference_chapter *chapter = reference_chapters(&count);
  print_title(&chapter[0], out);
  list_chapters(false, out);
  fputs("\nretrial help sql functions       all functions by family\n"
        "retrial help sql NAME            a name or a chapter, explained with examples\n"
        "man retrial-sql                  all of it\n",
        out);
}

static bool same_name(const char *a, const char *b)
{
  return slice_equal_nocase(slice_of(a), slice_of(b));
}

static bool entry_is_called(const struct reference_entry *entry, const char *name)
{
  for (const char *const *own = entry->name; *own != NULL; own++)
    if (same_name(*own, name))
      return true;
  return false;
}

/* How many entries of that name were printed. */
static size_t print_entries(const char *name, FILE *out)
{
  size_t count, printed = 0;
  const struct reference_chapter *chapter = reference_chapters(&count);
  for (size_t i = 0; i < count; i++)
    for (const struct reference_entry *entry = chapter[i].entry; entry->name != NULL; entry++)
      if (entry_is_called(entry, name)) {
        if (printed++ != 0)
          fputc('\n', out);
        print_entry(entry, chapter[i].title, out);
      }
  return printed;
}

static size_t take_names(const struct reference_chapter *chapter, size_t chapters,
                         struct slice *names)
{
  size_t n = 0;
  for (size_t i = 0; i < chapters; i++) {
    if (names != NULL)
      names[n] = slice_of(chapter[i].name);
    n++;
    for (const struct reference_entry *entry = chapter[i].entry; entry->name != NULL; entry++)
      for (const char *const *name = entry->name; *name != NULL; name++, n++)
        if (names != NULL)
          names[n] = slice_of(*name);
  }
  return n;
}

static bool refuse(const char *name, struct error *err)
{
  size_t chapters;
  const struct reference_chapter *chapter = reference_chapters(&chapters);
  size_t count = take_names(chapter, chapters, NULL);
  struct slice *names = mem_new(count + 1, sizeof *names);
  take_names(chapter, chapters, names);
  names[count++] = SLICE("functions");
  char hint[100];
  suggest_hint(slice_of(name), names, count, hint, sizeof hint);
  free(names);
  return error_set(err, ERR_USAGE,
                   "the SQL reference has no '%.100s'%s; 'retrial help sql functions' lists the "
                   "functions",
                   name, hint);
}

bool reference_print(const char *name, FILE *out, struct error *err)
{
  if (same_name(name, "functions")) {
    fputs("The functions by family; 'retrial help sql NAME' explains one, or a family.\n", out);
    list_chapters(true, out);
    return true;
  }
  size_t count;
  const struct reference_chapter *chapter = reference_chapters(&count);
  if (print_entries(name, out) != 0)
    return true;
  for (size_t i = 0; i < count; i++)
    if (same_name(chapter[i].name, name)) {
      print_chapter(&chapter[i], out);
      return true;
    }
  return refuse(name, err);
}
