/* SPDX-License-Identifier: Apache-2.0 */
/* call.h - what the functions' binders share. Private to src/sql.
 *
 * A binder looks at the types of the arguments, casts them, picks a kernel and returns the bound
 * call; NULL after call_refuse().
 */
#ifndef RETRIAL_SQL_FUNCTIONS_CALL_H
#define RETRIAL_SQL_FUNCTIONS_CALL_H

#include "sql/function.h"

struct function;

/* One call while it is bound. The binder may replace the arguments in place. */
struct call {
  const struct binding *b;
  const struct function *function;
  struct expr **arg;
  size_t args;
  struct position at;
};

typedef struct expr *function_binder(struct call *c);

enum { ANY_NUMBER = 255 };

struct function {
  struct slice name;
  uint8_t least, most; /* number of arguments; most may be ANY_NUMBER */
  int variant;         /* for a binder that serves several names */
  function_binder *bind;
};

/* The bound call, folded to a literal if all arguments are constant. */
struct expr *call_result(const struct call *c, struct type type, expr_kernel *kernel,
                         const void *state);

/* Fills the error at the call's place; returns NULL. */
struct expr *call_refuse(const struct call *c, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ERR_TYPE that names what is wanted and the arguments' types; returns NULL. */
struct expr *call_refuse_types(const struct call *c, const char *wanted);

/* Casts argument i to `type` where Spark does so unasked (ImplicitTypeCasts); else false with
 * ERR_TYPE. */
bool call_accept(struct call *c, size_t i, struct type type);

/* The same where Spark casts nothing: the argument has the type, or is a bare NULL
 * (ExpectsInputTypes). */
bool call_expect(struct call *c, size_t i, struct type type);

/* call_accept() of arguments first .. end-1 as strings. */
bool call_accept_texts(struct call *c, size_t first, size_t end);

/* Casts argument i to `type` whatever it is; false with an error. */
bool call_cast(struct call *c, size_t i, struct type type);

/* Casts arguments first, first + step, .. below `end` to their common type, as CASE does with its
 * branches (findWiderCommonType); false with ERR_TYPE. A type of TYPE_NULL is left alone. */
bool call_common(struct call *c, size_t first, size_t end, size_t step, struct type *type);

/* Whether argument i is a literal that is not null; ERR_TYPE if it is not constant. *null says
 * that it is a constant null. */
bool call_constant(const struct call *c, size_t i, const char *what, bool *null);

/* Another function over the same environment, by name. */
struct expr *call_other(const struct call *c, const char *name, struct expr **arg, size_t args);

/* A literal of the call's place. */
struct expr *call_int(const struct call *c, int32_t value);
struct expr *call_null(const struct call *c, struct type type);

static inline enum type_kind call_kind(const struct call *c, size_t i)
{
  return c->arg[i]->type.kind;
}

#endif
