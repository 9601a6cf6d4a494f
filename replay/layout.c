/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/layout.h"

#include "replay/dataset.h"

enum message_kind *layout_kinds(const struct pipeline *pipeline, const struct topic *topic,
                                struct arena *arena)
{
  enum message_kind *kind = arena_take(arena, topic->fields, sizeof *kind);
  for (size_t i = 0; i < topic->fields; i++) {
    const struct message_field *field = &topic->field[i];
    kind[i] = MESSAGE_TEXT;
    if (!field->is_sent)
      kind[i] = dataset_kind(pipeline->dataset.schema.column[field->column].type);
  }
  return kind;
}

struct message_layout *layout_new(const struct topic *topic, const enum message_kind *kind)
{
  struct arena arena = {0};
  struct slice *name = arena_take(&arena, topic->fields, sizeof *name);
  for (size_t i = 0; i < topic->fields; i++)
    name[i] = topic->field[i].name;
  struct message_layout *layout = message_layout_new(topic->fields, name, kind);
  arena_free(&arena);
  return layout;
}
