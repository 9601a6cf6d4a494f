/* SPDX-License-Identifier: Apache-2.0 */
/* message.h - a message as JSON with declared fields: values to bytes and back.
 *
 * The bytes are those of Python's json.dumps with its defaults: fields in their order, ", " and
 * ": " between them, floats as repr() prints them, everything outside of ASCII escaped. Reading
 * takes a message of that very layout apart without a parser; every other spelling of a JSON
 * object (order, blanks, escapes, further fields) goes to a complete one.
 */
#ifndef RETRIAL_TEXT_MESSAGE_H
#define RETRIAL_TEXT_MESSAGE_H

#include "base/buffer.h"
#include "base/error.h"

enum message_kind {
  MESSAGE_TEXT,
  MESSAGE_NUMBER,  /* binary64 */
  MESSAGE_INTEGER, /* 64 bits */
  MESSAGE_BOOLEAN,
};

struct message_value {
  bool null;
  union {
    struct slice text;
    double number;
    int64_t integer;
    bool boolean;
  };
};

struct message_layout;

/* A layout of `fields` fields, at least one. The names are copied; the caller releases it with
 * message_layout_free(). */
struct message_layout *message_layout_new(size_t fields, const struct slice *name,
                                          const enum message_kind *kind);
void message_layout_free(struct message_layout *layout);

/* Appends the message to out; one value for each field. A byte of a text that is not UTF-8 is
 * written as U+FFFD. */
void message_encode(const struct message_layout *layout, const struct message_value *value,
                    struct buffer *out);

/* Reads a message into value[], one for each field. Texts point into `bytes` or into the arena.
 * Whatever message_encode() wrote is read, NaN and infinities too, as Python's json.loads does.
 * False with ERR_DATA and the reason if it is no JSON object, lacks a field, or has a value of
 * another kind; null is of every kind. Of fields that are there twice the last one counts. */
bool message_decode(const struct message_layout *layout, struct slice bytes,
                    struct message_value *value, struct arena *arena, struct error *err);

#endif
