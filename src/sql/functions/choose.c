/* SPDX-License-Identifier: Apache-2.0 */
/* CASE, coalesce(), greatest() and their like: for each row, one of the arguments.
 *
 * All work the same way: first the index of the argument that each row takes, then the values.
 */
#include "sql/functions/compare.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

typedef uint16_t choice;

/* No argument: null. */
#define CHOICE_NONE ((choice)0xffff)
enum { CHOICES = 0xffff };

/* out[i] = arg[chosen[i]][i]; `candidate` lists the arguments that may be chosen. */
struct selection {
  const struct column *const *candidate;
  size_t candidates;
  const choice *chosen; /* index into candidate */
};

#define TAKE(T, member)                                                                            \
  do {                                                                                             \
    T zero[1];                                                                                     \
    memset(zero, 0, sizeof zero);                                                                  \
    const T **value = arena_take(ev->arena, n + 1, sizeof *value);                                 \
    size_t *step = arena_take(ev->arena, n + 1, sizeof *step);                                     \
    for (size_t k = 0; k < n; k++) {                                                               \
      value[k] = s->candidate[k]->member;                                                          \
      step[k] = s->candidate[k]->constant ? 0 : SIZE_MAX;                                          \
    }                                                                                              \
    value[n] = zero;                                                                               \
    step[n] = 0;                                                                                   \
    for (size_t i = 0; i < rows; i++) {                                                            \
      size_t k = s->chosen[i] == CHOICE_NONE ? n : s->chosen[i];                                   \
      out->member[i] = value[k][i & step[k]];                                                      \
    }                                                                                              \
  } while (0)

static void take_flags(struct evaluation *ev, const struct selection *s, size_t rows,
                       struct column *out)
{
  bool any = false;
  for (size_t k = 0; k < s->candidates; k++)
    any |= s->candidate[k]->null != NULL;
  for (size_t i = 0; i < rows && !any; i++)
    any |= s->chosen[i] == CHOICE_NONE;
  if (!any)
    return;
  uint8_t *null = column_flags(out, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    null[i] = s->chosen[i] == CHOICE_NONE || column_is_null(s->candidate[s->chosen[i]], i);
}

static void take(struct evaluation *ev, const struct selection *s, struct type type, size_t rows,
                 struct column *out);

static void take_fields(struct evaluation *ev, const struct selection *s, size_t rows,
                        struct column *out)
{
  for (unsigned f = 0; f < out->type.items; f++) {
    const struct column **field = arena_take(ev->arena, s->candidates, sizeof *field);
    for (size_t k = 0; k < s->candidates; k++)
      field[k] = &s->candidate[k]->item[f];
    struct selection inner = {field, s->candidates, s->chosen};
    take(ev, &inner, out->type.item[f].type, rows, &out->item[f]);
  }
}

/* Arrays and maps: the candidates one below the other, of which each row takes one. */
static void take_runs(struct evaluation *ev, const struct selection *s, size_t rows,
                      struct column *out)
{
  size_t n = s->candidates, *count = arena_take(ev->arena, n, sizeof *count);
  uint32_t *at = arena_take(ev->arena, rows, sizeof *at);
  struct column all;
  for (size_t k = 0; k < n; k++)
    count[k] = rows;
  for (size_t i = 0; i < rows; i++)
    at[i] = s->chosen[i] == CHOICE_NONE ? ROW_NONE : (uint32_t)(s->chosen[i] * rows + i);
  column_stack(s->candidate, count, n, &all, ev->arena);
  column_gather(&all, at, rows, out, ev->arena);
}

static void take(struct evaluation *ev, const struct selection *s, struct type type, size_t rows,
                 struct column *out)
{
  size_t n = s->candidates;
  column_make(out, type, rows, ev->arena);
  take_flags(ev, s, rows, out);
  switch (type.kind) {
  case TYPE_BOOLEAN:
    TAKE(uint8_t, boolean);
    break;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    TAKE(int32_t, i32);
    break;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    TAKE(int64_t, i64);
    break;
  case TYPE_FLOAT:
    TAKE(float, f32);
    break;
  case TYPE_DOUBLE:
    TAKE(double, f64);
    break;
  case TYPE_DECIMAL:
    TAKE(int128, decimal);
    break;
  case TYPE_STRING:
    TAKE(struct slice, text);
    break;
  case TYPE_STRUCT:
    take_fields(ev, s, rows, out);
    break;
  case TYPE_ARRAY:
  case TYPE_MAP:
    take_runs(ev, s, rows, out);
    break;
  case TYPE_NULL:
    break;
  }
}

static bool bindable(const struct call *c)
{
  if (c->args < CHOICES)
    return true;
  call_refuse(c, ERR_UNSUPPORTED, "'%.*s' takes fewer than %d arguments",
              SLICE_PRINT(c->function->name), CHOICES);
  return false;
}

/* chosen[i] = k where the condition is true. */
static void choose_where(const struct column *condition, choice k, size_t rows, choice *chosen)
{
  const uint8_t *value = condition->boolean, *null = condition->null;
  size_t step = condition->constant ? 0 : SIZE_MAX;
  if (null == NULL)
    for (size_t i = 0; i < rows; i++)
      chosen[i] = value[i & step] ? k : chosen[i];
  else
    for (size_t i = 0; i < rows; i++)
      chosen[i] = value[i & step] & (null[i & step] ^ 1) ? k : chosen[i];
}

/* The first condition that holds wins: they are laid over each other from the last one back. */
static bool case_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  size_t branches = e->args / 2, candidates = branches + e->args % 2;
  choice *chosen = arena_take(ev->arena, rows, sizeof *chosen);
  const struct column **candidate = arena_take(ev->arena, candidates, sizeof *candidate);
  choice otherwise = CHOICE_NONE;
  if (candidates > branches) {
    otherwise = (choice)branches;
    candidate[branches] = &arg[e->args - 1];
  }
  for (size_t i = 0; i < rows; i++)
    chosen[i] = otherwise;
  for (size_t k = branches; k-- > 0;) {
    candidate[k] = &arg[2 * k + 1];
    choose_where(&arg[2 * k], (choice)k, rows, chosen);
  }
  struct selection s = {candidate, candidates, chosen};
  take(ev, &s, e->type, rows, out);
  return true;
}

/* Leaves out branches whose condition can never hold, and all behind one that always does. */
static size_t drop_dead_branches(struct expr **arg, size_t args)
{
  size_t n = 0;
  for (size_t i = 0; i + 1 < args; i += 2) {
    const struct expr *condition = arg[i];
    bool known = condition->kind == EXPR_LITERAL;
    bool holds = known && !column_is_null(&condition->value, 0) && condition->value.boolean[0];
    if (known && !holds)
      continue;
    if (holds) {
      arg[n++] = arg[i + 1];
      return n;
    }
    arg[n] = arg[i];
    arg[n + 1] = arg[i + 1];
    n += 2;
  }
  if (args % 2 != 0)
    arg[n++] = arg[args - 1];
  return n;
}

static bool accept_conditions(struct call *c)
{
  char type[200];
  bool null = !slice_is(c->function->name, "case"); /* a bare NULL will do for if() */
  for (size_t i = 0; i + 1 < c->args; i += 2) {
    if (call_kind(c, i) != TYPE_BOOLEAN && !(null && call_kind(c, i) == TYPE_NULL)) {
      call_refuse(c, ERR_TYPE, "the condition of '%.*s' must be BOOLEAN, not %s",
                  SLICE_PRINT(c->function->name), type_name(c->arg[i]->type, type, sizeof type));
      return false;
    }
    if (!call_cast(c, i, type_of(TYPE_BOOLEAN)))
      return false;
  }
  return true;
}

/* The results stand at 1, 3, .. and, if there is an ELSE, at the end. */
static bool common_results(struct call *c, struct type *type)
{
  struct expr **result = arena_take(c->b->arena, c->args / 2 + 1, sizeof *result);
  struct call results = *c;
  results.arg = result;
  results.args = 0;
  for (size_t i = 1; i < c->args; i += 2)
    result[results.args++] = c->arg[i];
  if (c->args % 2 != 0)
    result[results.args++] = c->arg[c->args - 1];
  if (!call_common(&results, 0, results.args, 1, type))
    return false;
  for (size_t i = 1; i < c->args; i += 2)
    c->arg[i] = result[i / 2];
  if (c->args % 2 != 0)
    c->arg[c->args - 1] = result[results.args - 1];
  return true;
}

/* condition, value, condition, value, .., [else]; if(a, b, c) is the same with one condition. */
struct expr *bind_case(struct call *c)
{
  struct type type;
  if (!accept_conditions(c) || !common_results(c, &type))
    return NULL;
  c->args = drop_dead_branches(c->arg, c->args);
  if (c->args == 0)
    return call_null(c, type);
  if (c->args == 1)
    return c->arg[0];
  if (type.kind == TYPE_NULL)
    return call_null(c, type);
  return bindable(c) ? call_result(c, type, case_kernel, NULL) : NULL;
}

static bool coalesce_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  choice *chosen = arena_take(ev->arena, rows, sizeof *chosen);
  const struct column **candidate = arena_take(ev->arena, e->args, sizeof *candidate);
  for (size_t i = 0; i < rows; i++)
    chosen[i] = CHOICE_NONE;
  for (size_t k = e->args; k-- > 0;) {
    candidate[k] = &arg[k];
    for (size_t i = 0; i < rows; i++)
      chosen[i] = column_is_null(&arg[k], i) ? chosen[i] : (choice)k;
  }
  struct selection s = {candidate, e->args, chosen};
  take(ev, &s, e->type, rows, out);
  return true;
}

static bool is_constant(const struct expr *e, bool null)
{
  return e->kind == EXPR_LITERAL && column_is_null(&e->value, 0) == null;
}

struct expr *bind_coalesce(struct call *c)
{
  struct type type;
  if (!call_common(c, 0, c->args, 1, &type))
    return NULL;
  size_t n = 0;
  for (size_t i = 0; i < c->args; i++) {
    if (is_constant(c->arg[i], true))
      continue;
    c->arg[n++] = c->arg[i];
    if (is_constant(c->arg[i], false))
      break; /* nothing behind it is ever reached */
  }
  c->args = n;
  if (n == 0)
    return call_null(c, type);
  if (n == 1)
    return c->arg[0];
  return bindable(c) ? call_result(c, type, coalesce_kernel, NULL) : NULL;
}

/* nvl2(a, b, c): b unless a is null. */
struct expr *bind_nvl2(struct call *c)
{
  struct expr *arg[3] = {call_other(c, "isnotnull", c->arg, 1), c->arg[1], c->arg[2]};
  return arg[0] != NULL ? call_other(c, "case", arg, 3) : NULL;
}

/* nullif(a, b): null where a = b. */
struct expr *bind_nullif(struct call *c)
{
  struct expr *arg[3] = {call_other(c, "=", c->arg, 2), call_null(c, c->arg[0]->type), c->arg[0]};
  return arg[0] != NULL ? call_other(c, "case", arg, 3) : NULL;
}

/* nanvl(a, b): b where a is NaN. */
static bool nanvl_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  const struct column *candidate[] = {&arg[0], &arg[1]};
  choice *chosen = arena_take(ev->arena, rows, sizeof *chosen);
  for (size_t i = 0; i < rows; i++) {
    size_t k = column_index(&arg[0], i);
    double x = e->type.kind == TYPE_FLOAT ? (double)arg[0].f32[k] : arg[0].f64[k];
    chosen[i] = x != x && !column_is_null(&arg[0], i);
  }
  struct selection s = {candidate, 2, chosen};
  take(ev, &s, e->type, rows, out);
  return true;
}

struct expr *bind_nanvl(struct call *c)
{
  bool narrow = call_kind(c, 0) == TYPE_FLOAT && call_kind(c, 1) == TYPE_FLOAT;
  struct type type = type_of(narrow ? TYPE_FLOAT : TYPE_DOUBLE);
  if (!call_accept(c, 0, type) || !call_accept(c, 1, type))
    return NULL;
  return call_result(c, type, nanvl_kernel, NULL);
}

/* Nulls are skipped; of equal values (0.0 and -0.0) the first one stays. */
static bool extreme(struct evaluation *ev, const struct expr *e, const struct column *arg,
                    size_t rows, struct column *out, int sign)
{
  choice *chosen = arena_take(ev->arena, rows, sizeof *chosen);
  const struct column **candidate = arena_take(ev->arena, e->args, sizeof *candidate);
  for (size_t k = 0; k < e->args; k++)
    candidate[k] = &arg[k];
  for (size_t i = 0; i < rows; i++) {
    chosen[i] = CHOICE_NONE;
    for (size_t k = 0; k < e->args; k++)
      if (!column_is_null(&arg[k], i) &&
          (chosen[i] == CHOICE_NONE || compare_values(&arg[k], i, &arg[chosen[i]], i) * sign > 0))
        chosen[i] = (choice)k;
  }
  struct selection s = {candidate, e->args, chosen};
  take(ev, &s, e->type, rows, out);
  return true;
}

static bool greatest_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                            size_t rows, struct column *out)
{
  return extreme(ev, e, arg, rows, out, 1);
}

static bool least_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  return extreme(ev, e, arg, rows, out, -1);
}

/* Here, unlike in CASE, nothing becomes a text (findWiderTypeWithoutStringPromotion). */
static bool mixes_texts(const struct call *c)
{
  size_t texts = 0, nulls = 0;
  for (size_t i = 0; i < c->args; i++) {
    texts += call_kind(c, i) == TYPE_STRING;
    nulls += call_kind(c, i) == TYPE_NULL;
  }
  return texts != 0 && texts + nulls != c->args;
}

struct expr *bind_extreme(struct call *c)
{
  struct type type;
  if (mixes_texts(c))
    return call_refuse_types(c, "values of one type");
  if (!call_common(c, 0, c->args, 1, &type))
    return NULL;
  if (type_holds(type, TYPE_MAP))
    return call_refuse_types(c, "values that have an order");
  if (type.kind == TYPE_NULL)
    return call_null(c, type);
  expr_kernel *kernel = c->function->variant > 0 ? greatest_kernel : least_kernel;
  return bindable(c) ? call_result(c, type, kernel, NULL) : NULL;
}
