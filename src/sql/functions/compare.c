/* SPDX-License-Identifier: Apache-2.0 */
/* = <> < <= > >= <=> and IN. */
#include "sql/functions/compare.h"

#include "sql/coercion.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

/* One loop for each place where a constant may stand, so that the compiler sees which side stays
 * the same. Rows that are null are computed too: their numbers are any value, never a trap. */
#define COMPARE_KERNEL(name, T, member, TEST)                                                      \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    const T *a = arg[0].member, *b = arg[1].member;                                                \
    uint8_t *result = out->boolean;                                                                \
    if (arg[1].constant) {                                                                         \
      const T y = b[0];                                                                            \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = a[i];                                                                          \
        result[i] = (TEST);                                                                        \
      }                                                                                            \
    } else if (arg[0].constant) {                                                                  \
      const T x = a[0];                                                                            \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T y = b[i];                                                                          \
        result[i] = (TEST);                                                                        \
      }                                                                                            \
    } else {                                                                                       \
      for (size_t i = 0; i < rows; i++) {                                                          \
        const T x = a[i], y = b[i];                                                                \
        result[i] = (TEST);                                                                        \
      }                                                                                            \
    }                                                                                              \
    return true;                                                                                   \
  }

#define COMPARE_KERNELS(suffix, T, member)                                                         \
  COMPARE_KERNEL(equal_##suffix, T, member, x == y)                                                \
  COMPARE_KERNEL(unequal_##suffix, T, member, x != y)                                              \
  COMPARE_KERNEL(less_##suffix, T, member, x < y)                                                  \
  COMPARE_KERNEL(less_equal_##suffix, T, member, x <= y)                                           \
  COMPARE_KERNEL(greater_##suffix, T, member, x > y)                                               \
  COMPARE_KERNEL(greater_equal_##suffix, T, member, x >= y)

/* NaN equals itself and is above everything else. */
#define COMPARE_KERNELS_NAN(suffix, T, member)                                                     \
  COMPARE_KERNEL(equal_##suffix, T, member, (x == y) | ((x != x) & (y != y)))                      \
  COMPARE_KERNEL(unequal_##suffix, T, member, (x != y) & ((x == x) | (y == y)))                    \
  COMPARE_KERNEL(less_##suffix, T, member, (x < y) | ((y != y) & (x == x)))                        \
  COMPARE_KERNEL(less_equal_##suffix, T, member, (x <= y) | (y != y))                              \
  COMPARE_KERNEL(greater_##suffix, T, member, (x > y) | ((x != x) & (y == y)))                     \
  COMPARE_KERNEL(greater_equal_##suffix, T, member, (x >= y) | (x != x))

COMPARE_KERNELS(u8, uint8_t, boolean)
COMPARE_KERNELS(i32, int32_t, i32)
COMPARE_KERNELS(i64, int64_t, i64)
COMPARE_KERNELS(decimal, int128, decimal)
COMPARE_KERNELS_NAN(f32, float, f32)
COMPARE_KERNELS_NAN(f64, double, f64)

static bool equal_text(struct evaluation *ev, const struct expr *e, const struct column *arg,
                       size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  size_t a = arg[0].constant ? 0 : 1, b = arg[1].constant ? 0 : 1;
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] =
        !result_is_null(out, i) && slice_equal(arg[0].text[i * a], arg[1].text[i * b]);
  return true;
}

static bool unequal_text(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  equal_text(ev, e, arg, rows, out);
  for (size_t i = 0; i < (out->constant ? 1 : rows); i++)
    out->boolean[i] ^= 1;
  return true;
}

/* Strings in order, structs and arrays. */
#define COMPARE_KERNEL_ANY(name, TEST)                                                             \
  static bool name(struct evaluation *ev, const struct expr *e, const struct column *arg,          \
                   size_t rows, struct column *out)                                                \
  {                                                                                                \
    if (!result_begin(ev, e, arg, rows, out))                                                      \
      return true;                                                                                 \
    for (size_t i = 0; i < rows; i++)                                                              \
      out->boolean[i] = !result_is_null(out, i) && compare_values(&arg[0], i, &arg[1], i) TEST;    \
    return true;                                                                                   \
  }

COMPARE_KERNEL_ANY(equal_any, == 0)
COMPARE_KERNEL_ANY(unequal_any, != 0)
COMPARE_KERNEL_ANY(less_any, < 0)
COMPARE_KERNEL_ANY(less_equal_any, <= 0)
COMPARE_KERNEL_ANY(greater_any, > 0)
COMPARE_KERNEL_ANY(greater_equal_any, >= 0)

/* By enum comparison. */
#define ROW(suffix)                                                                                \
  {                                                                                                \
    equal_##suffix, unequal_##suffix, less_##suffix, less_equal_##suffix, greater_##suffix,        \
        greater_equal_##suffix                                                                     \
  }
static expr_kernel *const boolean_kernels[] = ROW(u8);
static expr_kernel *const i32_kernels[] = ROW(i32);
static expr_kernel *const i64_kernels[] = ROW(i64);
static expr_kernel *const decimal_kernels[] = ROW(decimal);
static expr_kernel *const f32_kernels[] = ROW(f32);
static expr_kernel *const f64_kernels[] = ROW(f64);
static expr_kernel *const any_kernels[] = ROW(any);
static expr_kernel *const text_kernels[] = {equal_text,     unequal_text, less_any,
                                            less_equal_any, greater_any,  greater_equal_any};

static expr_kernel *kernel_for(struct type t, enum comparison comparison)
{
  switch (t.kind) {
  case TYPE_BOOLEAN:
    return boolean_kernels[comparison];
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    return i32_kernels[comparison];
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return i64_kernels[comparison];
  case TYPE_DECIMAL:
    return decimal_kernels[comparison];
  case TYPE_FLOAT:
    return f32_kernels[comparison];
  case TYPE_DOUBLE:
    return f64_kernels[comparison];
  case TYPE_STRING:
    return text_kernels[comparison];
  default:
    return any_kernels[comparison];
  }
}

static struct expr *refuse_comparison(const struct call *c)
{
  char left[200], right[200];
  return call_refuse(c, ERR_TYPE, "%s cannot be compared with %s by '%.*s' (use CAST)",
                     type_name(c->arg[0]->type, left, sizeof left),
                     type_name(c->arg[1]->type, right, sizeof right),
                     SLICE_PRINT(c->function->name));
}

static bool bind_operands(struct call *c, bool equality)
{
  struct type type;
  if (!type_for_comparison(c->arg[0], c->arg[1], equality, &type)) {
    refuse_comparison(c);
    return false;
  }
  return call_cast(c, 0, type) && call_cast(c, 1, type);
}

struct expr *bind_comparison(struct call *c)
{
  enum comparison comparison = (enum comparison)c->function->variant;
  if (!bind_operands(c, comparison == COMPARE_EQUAL || comparison == COMPARE_UNEQUAL))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), kernel_for(c->arg[0]->type, comparison), NULL);
}

/* <=>: two nulls are the same, and the result is never null. */
static bool same(struct evaluation *ev, const struct expr *e, const struct column *arg, size_t rows,
                 struct column *out)
{
  expr_kernel *equal = kernel_for(arg[0].type, COMPARE_EQUAL);
  if (!equal(ev, e, arg, rows, out))
    return false;
  if (!out->constant && out->null == NULL)
    return true;
  const uint8_t *null = out->constant ? NULL : out->null;
  uint8_t *equals = out->boolean;
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] = null == NULL || null[i]
                          ? column_is_null(&arg[0], i) && column_is_null(&arg[1], i)
                          : equals[i];
  return true;
}

struct expr *bind_same(struct call *c)
{
  if (!bind_operands(c, true))
    return NULL;
  return call_result(c, type_of(TYPE_BOOLEAN), same, NULL);
}

/* x IN (a, b): true if any is equal; else null if x or any element is. */
static bool in_list(struct evaluation *ev, const struct expr *e, const struct column *arg,
                    size_t rows, struct column *out)
{
  expr_kernel *equal = kernel_for(arg[0].type, COMPARE_EQUAL);
  struct expr pair = *e;
  pair.args = 2;
  column_make(out, e->type, rows, ev->arena);
  memset(out->boolean, 0, rows);
  uint8_t *null = NULL;
  for (size_t k = 1; k < e->args; k++) {
    struct column two[2] = {arg[0], arg[k]}, one;
    if (!equal(ev, &pair, two, rows, &one))
      return false;
    if (null == NULL && (one.constant || one.null != NULL))
      null = column_flags(out, rows, ev->arena);
    for (size_t i = 0; i < rows; i++) {
      bool missing = one.constant || (one.null != NULL && one.null[i]);
      if (missing)
        null[i] = 1;
      else
        out->boolean[i] |= one.boolean[i];
    }
  }
  for (size_t i = 0; null != NULL && i < rows; i++)
    null[i] &= out->boolean[i] ^ 1;
  return true;
}

struct expr *bind_in(struct call *c)
{
  struct type type;
  if (!call_common(c, 0, c->args, 1, &type))
    return NULL;
  if (type.kind == TYPE_NULL)
    return call_null(c, type_of(TYPE_BOOLEAN));
  if (type.kind == TYPE_MAP)
    return call_refuse_types(c, "values that can be compared");
  return call_result(c, type_of(TYPE_BOOLEAN), in_list, NULL);
}
