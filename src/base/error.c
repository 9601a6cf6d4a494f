/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(struct error *err, enum error_code code, const char *file, uint32_t line,
                 uint32_t column, const char *format, va_list arguments)
{
  /* Through a copy: an argument may be the text of this very error. */
  struct error filled = {.code = code, .line = line, .column = column};
  if (file != NULL)
    snprintf(filled.file, sizeof filled.file, "%s", file);
  vsnprintf(filled.text, sizeof filled.text, format, arguments);
  for (char *c = filled.text; *c != '\0'; c++) /* one line, whatever a quoted name holds */
    if ((unsigned char)*c < ' ' || *c == 0x7f)
      *c = '?';
  *err = filled;
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
  if (err != NULL) {
    va_list arguments;
    va_start(arguments, format);
    fill(err, code, NULL, 0, 0, format, arguments);
    va_end(arguments);
  }
  return false;
}

bool error_at(struct error *err, enum error_code code, const char *file, uint32_t line,
              uint32_t column, const char *format, ...)
{
  if (err != NULL) {
    va_list arguments;
    va_start(arguments, format);
    fill(err, code, file, line, column, format, arguments);
    va_end(arguments);
  }
  return false;
}

bool error_io(struct error *err, const char *file, int errnum, const char *what)
{
  return error_at(err, ERR_IO, file, 0, 0, "%s: %s", what, strerror(errnum));
}

char *error_format(const struct error *err, char *out, size_t size)
{
  if (err->file[0] == '\0')
    snprintf(out, size, "%s", err->text);
  else if (err->line == 0)
    snprintf(out, size, "%s: %s", err->file, err->text);
  else if (err->column == 0)
    snprintf(out, size, "%s:%u: %s", err->file, err->line, err->text);
  else
    snprintf(out, size, "%s:%u:%u: %s", err->file, err->line, err->column, err->text);
  return out;
}
