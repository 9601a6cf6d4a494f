/* SPDX-License-Identifier: Apache-2.0 */
/* A join of two inputs that both come sorted by the keys, the right one without equal rows: one
 * pass, nothing held. What comes out is sorted by the keys too. */
#include "exec/compare.h"
#include "exec/join_rows.h"

struct side {
  struct step *input;
  struct expr *const *key_expr;
  struct batch in;
  struct column *key;
  size_t row;
  bool at_end;
  struct arena arena; /* of the keys */
};

struct merge_join {
  struct step head;
  struct executor *executor;
  bool is_prepared;
  struct side left, right;
  bool right_matched;            /* the right side's row has met a left one */
  bool left_last;                /* the last row without a null key was one of the left side only */
  uint32_t left_row[BATCH_ROWS]; /* the pairs; not on the stack, because joins nest */
  uint32_t right_row[BATCH_ROWS];
};

/* Nulls in place of the rows that a side no longer has, or never had: the other one's go on. */
static void make_null_row(struct side *s, size_t keys)
{
  const struct schema *schema = &s->input->plan->schema;
  s->in.column = arena_take(&s->arena, schema->columns, sizeof *s->in.column);
  for (size_t i = 0; i < schema->columns; i++)
    column_make_null(&s->in.column[i], schema->column[i].type, &s->arena);
  s->key = arena_take(&s->arena, keys, sizeof *s->key);
  for (size_t i = 0; i < keys; i++)
    column_make_null(&s->key[i], s->key_expr[i]->type, &s->arena);
}

static bool read_side(struct side *s, size_t keys, struct error *err)
{
  if (!step_next(s->input, &s->in, err))
    return false;
  s->row = 0;
  s->at_end = s->in.rows == 0;
  arena_reset(&s->arena);
  if (s->at_end) {
    make_null_row(s, keys);
    return true;
  }
  struct evaluation ev = {&s->arena, err};
  s->key = join_keys(s->key_expr, keys, &s->in, &ev);
  return s->key != NULL;
}

static bool needs_batch(const struct side *s)
{
  return s->row == s->in.rows && !s->at_end;
}

static bool has_null_key(const struct side *s, size_t keys)
{
  for (size_t i = 0; i < keys; i++)
    if (column_is_null(&s->key[i], s->row))
      return true;
  return false;
}

/* Which side's row comes first; 0 if they match. A null key matches nothing, not even a null: Spark
 * gives such a row when its side comes to it, the left one's first if both do
 * (SortMergeFullOuterJoinScanner), which shows where a later sort finds them equal. */
static int compare_sides(const struct merge_join *m)
{
  const struct side *l = &m->left, *r = &m->right;
  size_t keys = m->head.plan->keys;
  if (l->at_end || r->at_end)
    return l->at_end - r->at_end;
  int order = 0;
  for (size_t i = 0; i < keys && order == 0; i++)
    order = value_compare(&l->key[i], l->row, &r->key[i], r->row);
  return order == 0 && has_null_key(l, keys) ? (m->left_last ? 1 : -1) : order;
}

/* Pairs rows until a side needs another batch, the output is full, or both are at their end. */
static size_t pair_rows(struct merge_join *m)
{
  uint32_t *left = m->left_row, *right = m->right_row;
  enum join_kind join = m->head.plan->join;
  size_t count = 0, keys = m->head.plan->keys;
  while (count < BATCH_ROWS && !needs_batch(&m->left) && !needs_batch(&m->right) &&
         !(m->left.at_end && m->right.at_end)) {
    int order = compare_sides(m);
    if (order == 0) {
      left[count] = (uint32_t)m->left.row++;
      right[count++] = (uint32_t)m->right.row;
      m->right_matched = true;
      m->left_last = false;
    } else if (order < 0) {
      m->left_last = m->left_last || !has_null_key(&m->left, keys);
      left[count] = (uint32_t)m->left.row++;
      right[count] = ROW_NONE;
      count += join_keeps(join, 0);
    } else {
      m->left_last = m->left_last && (m->right_matched || has_null_key(&m->right, keys));
      left[count] = ROW_NONE;
      right[count] = (uint32_t)m->right.row++;
      count += join_keeps(join, 1) && !m->right_matched;
      m->right_matched = false;
    }
  }
  return count;
}

struct preparation {
  struct step *input;
  bool good;
  struct error error;
};

static void prepare_input(void *argument)
{
  struct preparation *p = argument;
  p->good = step_prepare(p->input, &p->error);
}

/* The two inputs do not touch each other: they may run at the same time. */
static bool merge_join_prepare(struct step *step, struct error *err)
{
  struct merge_join *m = (struct merge_join *)step;
  struct executor *executor = m->executor;
  if (m->is_prepared)
    return true;
  m->is_prepared = true;
  struct preparation left = {.input = step->input[0]}, right = {.input = step->input[1]};
  struct task task = {.work = prepare_input, .argument = &right};
  executor->start(executor, &task);
  prepare_input(&left);
  executor->wait(executor, &task);
  if (err != NULL && !(left.good && right.good))
    *err = !left.good ? left.error : right.error;
  return left.good && right.good;
}

static bool merge_join_next(struct step *step, struct batch *out, struct error *err)
{
  struct merge_join *m = (struct merge_join *)step;
  size_t keys = step->plan->keys;
  if (!merge_join_prepare(step, err))
    return false;
  struct row_pairs pairs = {0, m->left_row, m->right_row};
  do {
    if (needs_batch(&m->left) && !read_side(&m->left, keys, err))
      return false;
    if (needs_batch(&m->right) && !read_side(&m->right, keys, err))
      return false;
    pairs.count = pair_rows(m);
  } while (pairs.count == 0 && !(m->left.at_end && m->right.at_end));
  arena_reset(&step->arena);
  *out = (struct batch){.columns = step->plan->schema.columns};
  if (pairs.count != 0)
    join_rows(step->plan, m->left.in.column, m->left.key, m->right.in.column, m->right.key, &pairs,
              out, &step->arena);
  return true;
}

static void merge_join_close(struct step *step)
{
  struct merge_join *m = (struct merge_join *)step;
  arena_free(&m->left.arena);
  arena_free(&m->right.arena);
}

static const struct step_kind merge_join_kind = {"merge join", merge_join_next, merge_join_prepare,
                                                 merge_join_close, NULL};

/* A merged key is a time of windows if it is one on both sides, and of the same windows. */
static struct order_part merged_part(size_t k, const struct step *left, const struct step *right)
{
  const struct window_spec *a = left->order[k].window, *b = right->order[k].window;
  bool same = a != NULL && b != NULL && a->duration == b->duration && a->slide == b->slide &&
              a->start == b->start;
  return (struct order_part){.column = k, .field = -1, .window = same ? a : NULL};
}

struct step *merge_join_open(const struct plan *plan, struct step *left, struct step *right,
                             const struct execution *x)
{
  struct merge_join *m = step_new(&merge_join_kind, sizeof *m, plan, left, right);
  m->executor = x->query->executor;
  m->left = (struct side){.input = left, .key_expr = plan->left_key};
  m->right = (struct side){.input = right, .key_expr = plan->right_key};
  struct step *step = &m->head;
  step->note = "both sides come in the order of the keys";
  step->order = arena_take(x->arena, plan->merged, sizeof *step->order);
  for (; step->orders < plan->merged; step->orders++)
    step->order[step->orders] = merged_part(step->orders, left, right);
  step->unique = left->unique && plan->merged == plan->keys;
  return step;
}
