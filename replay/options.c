/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/suggest.h"

enum { MOST_COLUMNS = 80 };

static const struct option HELP = {"help", 'h', NULL, "print this", false, false};

/* Options of a command, then --help; NULL behind the last. */
static const struct option *option_at(const struct command *command, size_t i)
{
  size_t n = 0;
  while (command->option != NULL && command->option[n].name != NULL)
    n++;
  return i < n ? &command->option[i] : i == n ? &HELP : NULL;
}

static const struct option *by_name(const struct command *command, struct slice name)
{
  const struct option *option;
  for (size_t i = 0; (option = option_at(command, i)) != NULL; i++)
    if (slice_is(name, option->name))
      return option;
  return NULL;
}

static const struct option *by_letter(const struct command *command, char letter)
{
  const struct option *option;
  for (size_t i = 0; (option = option_at(command, i)) != NULL; i++)
    if (option->letter == letter)
      return option;
  return NULL;
}

static bool wrong(const struct command *command, struct error *err, const char *what,
                  const char *hint)
{
  return error_set(err, ERR_USAGE, "%s%s; see 'retrial %s --help'", what, hint, command->name);
}

static bool unknown_option(const struct command *command, struct slice name, struct error *err)
{
  struct slice names[64];
  size_t count = 0;
  const struct option *option;
  while (count < 64 && (option = option_at(command, count)) != NULL)
    names[count++] = slice_of(option->name);
  struct slice nearest = suggest(name, names, count);
  char what[160], hint[96] = "";
  snprintf(what, sizeof what, "unknown option '--%.*s'", (int)(name.n < 100 ? name.n : 100),
           name.p);
  if (nearest.n != 0)
    snprintf(hint, sizeof hint, " (did you mean '--%.*s'?)", SLICE_PRINT(nearest));
  return wrong(command, err, what, hint);
}

static bool keep(struct arguments *a, const struct option *option, const char *value,
                 struct error *err)
{
  char what[160];
  if (option == &HELP) {
    a->help = true;
    return true;
  }
  if (!option->repeatable && arguments_has(a, option->name)) {
    snprintf(what, sizeof what, "option '--%s' is given twice", option->name);
    return wrong(a->command, err, what, "");
  }
  a->given[a->givens++] = (struct given){option, value};
  return true;
}

/* The words of the command line, one behind the other. */
struct words {
  char **next, **end;
};

static bool take_value(const struct arguments *a, const struct option *option, struct words *words,
                       const char **value, struct error *err)
{
  if (words->next < words->end) {
    *value = *words->next++;
    return true;
  }
  char what[160];
  snprintf(what, sizeof what, "option '--%s' needs a value (--%s %s)", option->name, option->name,
           option->word);
  return wrong(a->command, err, what, "");
}

static bool long_option(struct arguments *a, const char *word, struct words *words,
                        struct error *err)
{
  const char *equal = strchr(word, '=');
  struct slice name = {word, equal != NULL ? (size_t)(equal - word) : strlen(word)};
  const struct option *option = by_name(a->command, name);
  if (option == NULL)
    return unknown_option(a->command, name, err);
  const char *value = equal != NULL ? equal + 1 : NULL;
  if (option->word == NULL && value != NULL) {
    char what[160];
    snprintf(what, sizeof what, "option '--%s' takes no value", option->name);
    return wrong(a->command, err, what, "");
  }
  if (option->word != NULL && value == NULL && !take_value(a, option, words, &value, err))
    return false;
  return keep(a, option, value, err);
}

static bool letters(struct arguments *a, const char *word, struct words *words, struct error *err)
{
  for (const char *letter = word; *letter != '\0'; letter++) {
    const struct option *option = by_letter(a->command, *letter);
    if (option == NULL) {
      char what[32];
      snprintf(what, sizeof what, "unknown option '-%c'", *letter);
      return wrong(a->command, err, what, "");
    }
    if (option->word == NULL) {
      if (!keep(a, option, NULL, err))
        return false;
      continue;
    }
    const char *value = letter + 1;
    if (*value == '\0' && !take_value(a, option, words, &value, err))
      return false;
    return keep(a, option, value, err);
  }
  return true;
}

/* How many operands "PIPELINE [JOB]" or "FILE..." asks for. */
static void operand_limits(const char *operands, size_t *least, size_t *most)
{
  *least = *most = 0;
  while (*operands != '\0') {
    size_t n = strcspn(operands, " ");
    struct slice word = {operands, n};
    bool repeated =
        n > 3 && strstr(operands, "...") != NULL && strstr(operands, "...") < operands + n;
    *least += word.p[0] != '[';
    *most = repeated ? SIZE_MAX : *most + 1;
    operands += n + (operands[n] == ' ');
  }
}

static bool check(const struct arguments *a, struct error *err)
{
  char what[200];
  size_t least, most;
  operand_limits(a->command->operands, &least, &most);
  if (a->operands < least) {
    snprintf(what, sizeof what, "too few operands (usage: retrial %s %s)", a->command->name,
             a->command->operands);
    return wrong(a->command, err, what, "");
  }
  if (a->operands > most) {
    snprintf(what, sizeof what, "unexpected operand '%.100s'", a->operand[most]);
    return wrong(a->command, err, what, "");
  }
  for (size_t i = 0; option_at(a->command, i) != NULL; i++) {
    const struct option *option = option_at(a->command, i);
    if (option->required && !arguments_has(a, option->name)) {
      snprintf(what, sizeof what, "option '--%s %s' is missing", option->name, option->word);
      return wrong(a->command, err, what, "");
    }
  }
  return true;
}

bool arguments_parse(const struct command *command, int argc, char **argv, struct arguments *out,
                     struct error *err)
{
  size_t letters_in_all = 0; /* an upper bound of the options given, as letters may share a word */
  for (int i = 0; i < argc; i++)
    letters_in_all += strlen(argv[i]) + 1;
  *out = (struct arguments){.command = command};
  out->operand = mem_new((size_t)argc, sizeof *out->operand);
  out->given = mem_new(letters_in_all, sizeof *out->given);
  struct words words = {argv, argv + argc};
  bool good = true, only_operands = false;
  while (good && !out->help && words.next < words.end) {
    const char *word = *words.next++;
    if (only_operands || word[0] != '-' || word[1] == '\0')
      out->operand[out->operands++] = word;
    else if (strcmp(word, "--") == 0)
      only_operands = true;
    else if (word[1] == '-')
      good = long_option(out, word + 2, &words, err);
    else
      good = letters(out, word + 1, &words, err);
  }
  if (good && !out->help)
    good = check(out, err);
  if (!good)
    arguments_free(out);
  return good;
}

void arguments_free(struct arguments *arguments)
{
  free(arguments->operand);
  free(arguments->given);
  *arguments = (struct arguments){0};
}

const char *arguments_next(const struct arguments *arguments, const char *name, size_t *cursor)
{
  while (*cursor < arguments->givens) {
    const struct given *given = &arguments->given[(*cursor)++];
    if (strcmp(given->option->name, name) == 0)
      return given->value;
  }
  return NULL;
}

const char *arguments_value(const struct arguments *arguments, const char *name)
{
  size_t cursor = 0;
  return arguments_next(arguments, name, &cursor);
}

bool arguments_has(const struct arguments *arguments, const char *name)
{
  for (size_t i = 0; i < arguments->givens; i++)
    if (strcmp(arguments->given[i].option->name, name) == 0)
      return true;
  return false;
}

static bool whole_number(const char *text, uint64_t *out)
{
  uint64_t value = 0;
  for (const char *p = text; *p != '\0'; p++)
    if (*p < '0' || *p > '9' || __builtin_mul_overflow(value, (uint64_t)10, &value) ||
        __builtin_add_overflow(value, (uint64_t)(*p - '0'), &value))
      return false;
  *out = value;
  return *text != '\0';
}

bool arguments_number(const struct arguments *arguments, const char *name, uint64_t low,
                      uint64_t high, uint64_t *out, struct error *err)
{
  const char *text = arguments_value(arguments, name);
  if (text == NULL)
    return true;
  uint64_t value;
  if (whole_number(text, &value) && value >= low && value <= high) {
    *out = value;
    return true;
  }
  if (high == UINT64_MAX)
    return error_set(err, ERR_USAGE, "--%s: '%.100s' is not a whole number from %llu on", name,
                     text, (unsigned long long)low);
  return error_set(err, ERR_USAGE, "--%s: '%.100s' is not a whole number from %llu to %llu", name,
                   text, (unsigned long long)low, (unsigned long long)high);
}

static void usage_line(const struct command *command, FILE *out)
{
  fprintf(out, "usage: retrial %s", command->name);
  if (command->operands[0] != '\0')
    fprintf(out, " %s", command->operands);
  for (size_t i = 0; option_at(command, i) != &HELP; i++)
    if (option_at(command, i)->required)
      fprintf(out, " --%s %s", option_at(command, i)->name, option_at(command, i)->word);
  fputs(" [options]\n", out);
}

/* "-o, --output FILE", without end. */
static void option_words(const struct option *option, struct buffer *out)
{
  out->n = 0;
  if (option->letter != 0)
    buffer_printf(out, "-%c, --%s", option->letter, option->name);
  else
    buffer_printf(out, "    --%s", option->name);
  if (option->word != NULL)
    buffer_printf(out, " %s", option->word);
}

/* Words filled into lines of the terminal's usual width; the first line starts at `indent`. */
static void filled(size_t indent, struct slice text, FILE *out)
{
  size_t column = indent;
  for (size_t i = 0; i < text.n; i++) {
    size_t shown = 0;
    while (i + shown < text.n && text.p[i + shown] != ' ' && text.p[i + shown] != '\n')
      shown++;
    if (column > indent && column + 1 + shown > MOST_COLUMNS) {
      fprintf(out, "\n%*s", (int)indent, "");
      column = indent;
    } else if (column > indent) {
      fputc(' ', out);
      column++;
    }
    fwrite(text.p + i, 1, shown, out);
    column += shown;
    i += shown;
  }
  fputc('\n', out);
}

void command_help(const struct command *command, FILE *out)
{
  usage_line(command, out);
  char first = command->summary[0];
  fprintf(out, "\n%c%s.\n", first >= 'a' && first <= 'z' ? first - 'a' + 'A' : first,
          command->summary + 1);
  if (command->about != NULL) {
    fputc('\n', out);
    filled(0, slice_of(command->about), out);
  }
  fputs("\noptions:\n", out);
  struct buffer words = {0};
  const struct option *option;
  size_t width = 0;
  for (size_t i = 0; (option = option_at(command, i)) != NULL; i++) {
    option_words(option, &words);
    width = words.n > width ? words.n : width;
  }
  for (size_t i = 0; (option = option_at(command, i)) != NULL; i++) {
    option_words(option, &words);
    fprintf(out, "  %-*.*s  ", (int)width, (int)words.n, words.p);
    words.n = 0;
    buffer_printf(&words, "%s%s", option->help, option->repeatable ? " (may be repeated)" : "");
    filled(width + 4, (struct slice){words.p, words.n}, out);
  }
  buffer_free(&words);
}
