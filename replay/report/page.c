/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/page.h"

#include <string.h>

#include "replay/report/texts.h"

static const struct section {
  const char *name;
  bool (*write)(struct page *page, struct error *err);
} SECTIONS[] = {
    {"{title}", page_title},       {"{summary}", page_summary}, {"{jobs}", page_jobs},
    {"{latency}", page_latency},   {"{account}", page_account}, {"{files}", page_files},
    {"{settings}", page_settings},
};

/* The section whose name is in the line, and where; NULL if the line is plain. */
static const struct section *section_in(const char *line, const char **at)
{
  for (size_t i = 0; i < sizeof SECTIONS / sizeof SECTIONS[0]; i++)
    if ((*at = strstr(line, SECTIONS[i].name)) != NULL)
      return &SECTIONS[i];
  return NULL;
}

static const char *const *template(void)
{
  const struct report_text *text = report_texts;
  while (strcmp(text->name, "page.html") != 0)
    text++;
  return text->line;
}

bool page_write(struct page *page, struct error *err)
{
  for (const char *const *line = template(); *line != NULL; line++) {
    const char *at;
    const struct section *section = section_in(*line, &at);
    if (section == NULL) {
      buffer_add(page->out, slice_of(*line));
      continue;
    }
    buffer_append(page->out, *line, (size_t)(at - *line));
    if (!section->write(page, err))
      return false;
    buffer_add(page->out, slice_of(at + strlen(section->name)));
  }
  return true;
}
