/* SPDX-License-Identifier: Apache-2.0 */
/* message_layout.h - what message.c prepares of a layout for itself and for message_decode.c.
 *
 * Private to src/text.
 */
#ifndef RETRIAL_TEXT_MESSAGE_LAYOUT_H
#define RETRIAL_TEXT_MESSAGE_LAYOUT_H

#include "text/message.h"

/* What stands between two values: `", "name": "`. The quotation mark at either end belongs to a
 * text there and is left out beside any other value. */
enum { LITERAL_ROOM = 32 };

struct literal {
  const char *p; /* LITERAL_ROOM bytes can be read here */
  size_t n;
};

struct message_layout {
  size_t fields;
  enum message_kind *kind;
  struct slice *name;
  struct literal *before; /* before each field */
  size_t literal_bytes;   /* of all of them, and what closes the message */
  struct arena arena;
};

#endif
