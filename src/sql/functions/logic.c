/* SPDX-License-Identifier: Apache-2.0 */
/* Three-valued logic, and the tests that never give null. */
#include "sql/functions/list.h"
#include "sql/functions/result.h"

static bool has_nulls(const struct column *c)
{
  return c->null != NULL;
}

/* A boolean column read as bytes: value[i & step] and null[i & step]. */
struct boolean {
  const uint8_t *value, *null;
  size_t step; /* all ones; 0 for a constant */
};

static struct boolean read_boolean(const struct column *c)
{
  return (struct boolean){c->boolean, c->null, c->constant ? 0 : SIZE_MAX};
}

/* false AND null is false: a side decides alone if it is known to have the deciding value. */
static bool combine(struct evaluation *ev, const struct expr *e, const struct column *arg,
                    size_t rows, struct column *out, uint8_t decides)
{
  struct boolean a = read_boolean(&arg[0]), b = read_boolean(&arg[1]);
  column_make(out, e->type, rows, ev->arena);
  uint8_t *result = out->boolean;
  if (!has_nulls(&arg[0]) && !has_nulls(&arg[1])) {
    for (size_t i = 0; i < rows; i++)
      result[i] = decides ? a.value[i & a.step] | b.value[i & b.step]
                          : a.value[i & a.step] & b.value[i & b.step];
    return true;
  }
  uint8_t *null = column_flags(out, rows, ev->arena);
  for (size_t i = 0; i < rows; i++) {
    uint8_t no_a = a.null != NULL ? a.null[i & a.step] : 0;
    uint8_t no_b = b.null != NULL ? b.null[i & b.step] : 0;
    uint8_t decided =
        (!no_a && a.value[i & a.step] == decides) || (!no_b && b.value[i & b.step] == decides);
    null[i] = !decided && (no_a | no_b);
    result[i] = decided ? decides : !decides;
  }
  return true;
}

static bool and_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  return combine(ev, e, arg, rows, out, 0);
}

static bool or_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  return combine(ev, e, arg, rows, out, 1);
}

/* Whether e is the literal `value` (0 or 1). */
static bool is_known(const struct expr *e, uint8_t value)
{
  return e->kind == EXPR_LITERAL && !column_is_null(&e->value, 0) && e->value.boolean[0] == value;
}

/* variant is the value that decides: 0 for AND, 1 for OR. The other one leaves the other side. */
struct expr *bind_and_or(struct call *c)
{
  uint8_t decides = (uint8_t)c->function->variant;
  if (!call_accept(c, 0, type_of(TYPE_BOOLEAN)) || !call_accept(c, 1, type_of(TYPE_BOOLEAN)))
    return NULL;
  for (int i = 0; i < 2; i++)
    if (is_known(c->arg[i], decides))
      return c->arg[i];
  for (int i = 0; i < 2; i++)
    if (is_known(c->arg[i], !decides))
      return c->arg[1 - i];
  return call_result(c, type_of(TYPE_BOOLEAN), decides ? or_kernel : and_kernel, NULL);
}

static bool not_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] = arg[0].boolean[i] ^ 1;
  return true;
}

struct expr *bind_not(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_BOOLEAN)))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), not_kernel, NULL);
}

static bool is_null_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] = column_is_null(&arg[0], i);
  return true;
}

static bool is_not_null_kernel(struct evaluation *ev, const struct expr *e,
                               const struct column *arg, size_t rows, struct column *out)
{
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] = !column_is_null(&arg[0], i);
  return true;
}

struct expr *bind_is_null(struct call *c)
{
  expr_kernel *kernel = c->function->variant ? is_null_kernel : is_not_null_kernel;
  return call_result(c, type_of(TYPE_BOOLEAN), kernel, NULL);
}

static bool is_value(struct evaluation *ev, const struct expr *e, const struct column *arg,
                     size_t rows, struct column *out, uint8_t wanted)
{
  column_make(out, e->type, rows, ev->arena);
  struct boolean a = read_boolean(&arg[0]);
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] = (a.null == NULL || !a.null[i & a.step]) && a.value[i & a.step] == wanted;
  return true;
}

static bool is_true_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  return is_value(ev, e, arg, rows, out, 1);
}

static bool is_false_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  return is_value(ev, e, arg, rows, out, 0);
}

/* x IS TRUE, x IS FALSE */
struct expr *bind_is_true(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_BOOLEAN)))
    return NULL;
  expr_kernel *kernel = c->function->variant ? is_true_kernel : is_false_kernel;
  return call_result(c, type_of(TYPE_BOOLEAN), kernel, NULL);
}
