/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_options.h"

#include "base/suggest.h"

/* What a value may be, and where it goes. */
enum option_kind {
  OPTION_BOOLEAN,   /* true or false, to a bool */
  OPTION_CHAR,      /* one ASCII character, or nothing for 0, to a char */
  OPTION_TEXT,      /* any text, to a slice */
  OPTION_EMPTY,     /* any text: the reader's emptyValue */
  OPTION_FALLBACK,  /* true or false: the reader's time_fallback */
  OPTION_SEPARATOR, /* one character or more, with escapes, to a slice */
  OPTION_LINE_END,  /* one or two characters, to a slice */
  OPTION_LINE_SEP,  /* one ASCII character, to a char */
  OPTION_MODE,
  OPTION_ENCODING, /* to a bool: whether it is ISO-8859-1 */
  OPTION_UTF_8,    /* only UTF-8, which is what there is */
  OPTION_FIXED,    /* only the value in `only`, which is what there is */
  OPTION_NOTHING,  /* does not change the result for a table with a schema */
  OPTION_REFUSED,  /* Spark has it, retrial has not */
};

struct option {
  const char *name;
  enum option_kind kind;
  size_t offset;
  const char *only;
};

#define READ(member) offsetof(struct csv_read_options, member), NULL
#define WRITE(member) offsetof(struct csv_write_options, member), NULL

static const struct option read_option[] = {
    {"header", OPTION_BOOLEAN, READ(header)},
    {"sep", OPTION_SEPARATOR, READ(separator)},
    {"delimiter", OPTION_SEPARATOR, READ(separator)},
    {"quote", OPTION_CHAR, READ(quote)},
    {"escape", OPTION_CHAR, READ(escape)},
    {"charToEscapeQuoteEscaping", OPTION_CHAR, READ(escape_escape)},
    {"comment", OPTION_CHAR, READ(comment)},
    {"mode", OPTION_MODE, READ(mode)},
    {"encoding", OPTION_ENCODING, READ(latin_1)},
    {"charset", OPTION_ENCODING, READ(latin_1)},
    {"multiLine", OPTION_BOOLEAN, READ(multi_line)},
    {"enforceSchema", OPTION_BOOLEAN, READ(enforce_schema)},
    {"ignoreLeadingWhiteSpace", OPTION_BOOLEAN, READ(ignore_leading_blanks)},
    {"ignoreTrailingWhiteSpace", OPTION_BOOLEAN, READ(ignore_trailing_blanks)},
    {"nullValue", OPTION_TEXT, READ(null_value)},
    {"emptyValue", OPTION_EMPTY, READ(empty_value)},
    {"nanValue", OPTION_TEXT, READ(nan_value)},
    {"positiveInf", OPTION_TEXT, READ(positive_inf)},
    {"negativeInf", OPTION_TEXT, READ(negative_inf)},
    {"timestampFormat", OPTION_TEXT, READ(timestamp_format)},
    {"dateFormat", OPTION_TEXT, READ(date_format)},
    {"enableDateTimeParsingFallback", OPTION_FALLBACK, READ(time_fallback)},
    {"columnNameOfCorruptRecord", OPTION_TEXT, READ(corrupt_record_column)},
    {"maxCharsPerColumn", OPTION_FIXED, 0, "-1"},
    {"maxColumns", OPTION_FIXED, 0, "20480"},
    {"unescapedQuoteHandling", OPTION_FIXED, 0, "STOP_AT_DELIMITER"},
    {"locale", OPTION_FIXED, 0, "en-US"},
    {"inferSchema", OPTION_NOTHING, 0, NULL},
    {"samplingRatio", OPTION_NOTHING, 0, NULL},
    {"preferDate", OPTION_NOTHING, 0, NULL},
    {"inputBufferSize", OPTION_NOTHING, 0, NULL},
    {"timestampNTZFormat", OPTION_NOTHING, 0, NULL},
    {"lineSep", OPTION_LINE_SEP, READ(line_end)},
    {"compression", OPTION_REFUSED, 0, NULL},
    {"timeZone", OPTION_REFUSED, 0, NULL},
};

static const struct option write_option[] = {
    {"header", OPTION_BOOLEAN, WRITE(header)},
    {"sep", OPTION_SEPARATOR, WRITE(separator)},
    {"delimiter", OPTION_SEPARATOR, WRITE(separator)},
    {"quote", OPTION_CHAR, WRITE(quote)},
    {"escape", OPTION_CHAR, WRITE(escape)},
    {"charToEscapeQuoteEscaping", OPTION_CHAR, WRITE(escape_escape)},
    {"comment", OPTION_CHAR, WRITE(comment)},
    {"quoteAll", OPTION_BOOLEAN, WRITE(quote_all)},
    {"escapeQuotes", OPTION_BOOLEAN, WRITE(escape_quotes)},
    {"ignoreLeadingWhiteSpace", OPTION_BOOLEAN, WRITE(ignore_leading_blanks)},
    {"ignoreTrailingWhiteSpace", OPTION_BOOLEAN, WRITE(ignore_trailing_blanks)},
    {"nullValue", OPTION_TEXT, WRITE(null_value)},
    {"emptyValue", OPTION_TEXT, WRITE(empty_value)},
    {"timestampFormat", OPTION_TEXT, WRITE(timestamp_format)},
    {"dateFormat", OPTION_TEXT, WRITE(date_format)},
    {"lineSep", OPTION_LINE_END, WRITE(line_separator)},
    {"encoding", OPTION_UTF_8, 0, NULL},
    {"charset", OPTION_UTF_8, 0, NULL},
    {"locale", OPTION_FIXED, 0, "en-US"},
    {"timestampNTZFormat", OPTION_NOTHING, 0, NULL},
    {"compression", OPTION_REFUSED, 0, NULL},
    {"timeZone", OPTION_REFUSED, 0, NULL},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

void csv_read_defaults(struct csv_read_options *options)
{
  *options = (struct csv_read_options){
      .header = true,
      .enforce_schema = true,
      .mode = CSV_PERMISSIVE,
      .separator = SLICE(","),
      .quote = '"',
      .escape = '\\',
      .null_value = SLICE(""),
      .empty_value = SLICE(""),
      .nan_value = SLICE("NaN"),
      .positive_inf = SLICE("Inf"),
      .negative_inf = SLICE("-Inf"),
      .timestamp_format = SLICE(""),
      .date_format = SLICE(""),
      .corrupt_record_column = SLICE("_corrupt_record"),
  };
}

void csv_write_defaults(struct csv_write_options *options)
{
  *options = (struct csv_write_options){
      .header = true,
      .escape_quotes = true,
      .ignore_leading_blanks = true,
      .ignore_trailing_blanks = true,
      .separator = SLICE(","),
      .quote = '"',
      .escape = '\\',
      .comment = '#',
      .null_value = SLICE(""),
      .empty_value = SLICE("\"\""),
      .timestamp_format = SLICE(""),
      .date_format = SLICE(""),
      .line_separator = SLICE("\n"),
  };
}

static bool refuse(struct slice name, struct slice value, const char *wanted, struct error *err)
{
  return error_set(err, ERR_RANGE, "CSV option %.*s: '%.*s' is not %s", SLICE_PRINT(name),
                   SLICE_PRINT(value), wanted);
}

static bool set_boolean(bool *out, struct slice name, struct slice value, struct error *err)
{
  *out = slice_equal_nocase(value, SLICE("true"));
  return *out || slice_equal_nocase(value, SLICE("false")) ||
         refuse(name, value, "true or false", err);
}

static bool set_char(char *out, struct slice name, struct slice value, struct error *err)
{
  if (value.n > 1 || (value.n == 1 && (unsigned char)value.p[0] >= 0x80))
    return refuse(name, value, "a single ASCII character", err);
  *out = value.n == 0 ? 0 : value.p[0];
  return true;
}

/* CSVExprUtils.toDelimiterStr: a backslash and a letter are one character. */
static bool set_separator(struct slice *out, struct slice name, struct slice value,
                          struct arena *arena, struct error *err)
{
  static const char letter[] = "trbf\"'\\", meaning[] = "\t\r\b\f\"'\\";
  char *text = arena_take(arena, value.n, 1);
  size_t n = 0;
  if (value.n == 0)
    return refuse(name, value, "a separator; give a character or more", err);
  for (size_t i = 0; i < value.n; i++) {
    if (value.p[i] != '\\') {
      text[n++] = value.p[i];
      continue;
    }
    const char *found = ++i < value.n ? strchr(letter, value.p[i]) : NULL;
    if (found == NULL || *found == '\0')
      return refuse(name, value, "a separator: a backslash starts \\t, \\r, \\b, \\f or \\\\", err);
    text[n++] = meaning[found - letter];
  }
  *out = (struct slice){text, n};
  return true;
}

static bool set_mode(enum csv_mode *out, struct slice name, struct slice value, struct error *err)
{
  static const struct slice mode[] = {SLICE("PERMISSIVE"), SLICE("DROPMALFORMED"),
                                      SLICE("FAILFAST")};
  for (size_t i = 0; i < COUNT(mode); i++)
    if (slice_equal_nocase(value, mode[i])) {
      *out = (enum csv_mode)i;
      return true;
    }
  return refuse(name, value, "PERMISSIVE, DROPMALFORMED or FAILFAST", err);
}

static bool set_encoding(bool *latin_1, struct slice name, struct slice value, struct error *err)
{
  static const struct {
    struct slice name;
    bool latin_1;
  } encoding[] = {{SLICE("UTF-8"), false},     {SLICE("UTF8"), false},
                  {SLICE("ISO-8859-1"), true}, {SLICE("ISO8859-1"), true},
                  {SLICE("ISO_8859-1"), true}, {SLICE("ISO8859_1"), true},
                  {SLICE("latin1"), true}};
  for (size_t i = 0; i < COUNT(encoding); i++)
    if (slice_equal_nocase(value, encoding[i].name)) {
      *latin_1 = encoding[i].latin_1;
      return true;
    }
  return error_set(err, ERR_UNSUPPORTED, "CSV option %.*s: '%.*s' is neither UTF-8 nor ISO-8859-1",
                   SLICE_PRINT(name), SLICE_PRINT(value));
}

static bool set_text(struct slice *out, struct slice value, struct arena *arena)
{
  *out = (struct slice){arena_copy(arena, value.p, value.n), value.n};
  return true;
}

/* `base` is the struct that the option's offset counts in. */
static bool set_option(const struct option *option, char *base, struct slice name,
                       struct slice value, struct arena *arena, struct error *err)
{
  void *target = base + option->offset;
  bool latin_1;
  switch (option->kind) {
  case OPTION_BOOLEAN:
    return set_boolean(target, name, value, err);
  case OPTION_CHAR:
    return set_char(target, name, value, err);
  case OPTION_EMPTY:
    ((struct csv_read_options *)(void *)base)->empty_value_given = true;
    return set_text(target, value, arena);
  case OPTION_FALLBACK:
    ((struct csv_read_options *)(void *)base)->time_fallback_given = true;
    return set_boolean(target, name, value, err);
  case OPTION_TEXT:
    return set_text(target, value, arena);
  case OPTION_SEPARATOR:
    return set_separator(target, name, value, arena, err);
  case OPTION_LINE_END:
    return value.n == 1 || value.n == 2 ? set_text(target, value, arena)
                                        : refuse(name, value, "one or two characters", err);
  case OPTION_LINE_SEP:
    return (value.n == 1 && value.p[0] != 0) ? set_char(target, name, value, err)
                                             : refuse(name, value, "a single ASCII character", err);
  case OPTION_MODE:
    return set_mode(target, name, value, err);
  case OPTION_ENCODING:
    return set_encoding(target, name, value, err);
  case OPTION_UTF_8:
    return set_encoding(&latin_1, name, value, err) &&
           (!latin_1 || error_set(err, ERR_UNSUPPORTED, "CSV option %.*s: only UTF-8 is written",
                                  SLICE_PRINT(name)));
  case OPTION_FIXED:
    return slice_equal_nocase(value, slice_of(option->only)) ||
           error_set(err, ERR_UNSUPPORTED, "CSV option %.*s: only %s is supported",
                     SLICE_PRINT(name), option->only);
  case OPTION_NOTHING:
    return true;
  case OPTION_REFUSED:
    break;
  }
  return error_set(err, ERR_UNSUPPORTED, "CSV option %.*s is not supported", SLICE_PRINT(name));
}

static bool find_and_set(const struct option *option, size_t count, char *base, struct slice name,
                         struct slice value, struct arena *arena, struct error *err)
{
  struct slice known[COUNT(read_option) + COUNT(write_option)];
  char hint[96];
  for (size_t i = 0; i < count; i++) {
    known[i] = slice_of(option[i].name);
    if (slice_equal_nocase(name, known[i]))
      return set_option(&option[i], base, name, value, arena, err);
  }
  return error_set(err, ERR_NAME, "unknown CSV option '%.*s'%s", SLICE_PRINT(name),
                   suggest_hint(name, known, count, hint, sizeof hint));
}

bool csv_read_option(struct csv_read_options *options, struct slice name, struct slice value,
                     struct arena *arena, struct error *err)
{
  return find_and_set(read_option, COUNT(read_option), (char *)options, name, value, arena, err);
}

bool csv_write_option(struct csv_write_options *options, struct slice name, struct slice value,
                      struct arena *arena, struct error *err)
{
  return find_and_set(write_option, COUNT(write_option), (char *)options, name, value, arena, err);
}
