/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/explain.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/nanoseconds.h"
#include "exec/lanes.h"
#include "sql/names/plan_text.h"
#include "text/number.h"
#include "text/utf8.h"

enum { NAME_WIDTH = 12, TEXT_WIDTH = 72, BRANCH_BYTES = 256 };

struct explaining {
  const struct execution *x;
  struct binding binding;
  struct buffer *out;
};

/* What stands to the left of a step's lines: the branches that it hangs from. */
struct branch {
  const char *first, *others;
};

/* ---- numbers ---- */

static void put_numbers(const struct execution *x, uint64_t rows, int64_t ns, struct buffer *out)
{
  char text[NUMBER_GROUPED_BYTES];
  int64_t us = (ns > 0 ? ns : 0) / NS_PER_US;
  if (x->watch == NULL)
    return;
  buffer_printf(out, "%13s", number_print_grouped(rows, text));
  if (x->watch->now_ns != NULL)
    buffer_printf(out, "%9" PRId64 ".%" PRId64, us / 1000, us / 100 % 10);
  buffer_printf(out, "  ");
}

static void put_no_numbers(const struct execution *x, struct buffer *out)
{
  if (x->watch != NULL)
    buffer_printf(out, "%*s", x->watch->now_ns != NULL ? 26 : 15, "");
}

void explain_heading(const struct execution *x, struct buffer *out)
{
  if (x->watch != NULL)
    buffer_printf(out, x->watch->now_ns != NULL ? "%13s%11s\n" : "%13s\n", "rows", "ms");
}

void explain_line(const struct execution *x, uint64_t rows, int64_t ns, const char *name,
                  const char *text, struct buffer *out)
{
  put_numbers(x, rows, ns, out);
  buffer_printf(out, "%-*s%s\n", NAME_WIDTH, name, text);
}

void explain_total(const struct execution *x, int64_t ns, struct buffer *out)
{
  unsigned threads = x->query->executor->threads;
  if (x->watch == NULL || x->watch->now_ns == NULL)
    return;
  buffer_printf(out, "%13s%9" PRId64 ".%" PRId64 "  from start to end, ", "", ns / NS_PER_US / 1000,
                ns / NS_PER_US / 100 % 10);
  buffer_printf(out, threads == 1 ? "on one thread\n" : "on %u threads\n", threads);
}

/* ---- lines ---- */

struct lines {
  struct explaining *e;
  const char *branch;
  size_t width; /* of the line that is being written; 0: it is not begun */
};

static void new_line(struct lines *l)
{
  struct buffer *out = l->e->out;
  while (out->n != 0 && out->p[out->n - 1] == ' ')
    out->n--;
  buffer_put(out, '\n');
  put_no_numbers(l->e->x, out);
  buffer_printf(out, "%s%*s", l->branch, NAME_WIDTH, "");
  l->width = 0;
}

/* How much of a part that is too wide for a line goes on this one: up to its last blank that is
 * not within quotes. All of it if there is none. */
static size_t break_at(struct slice part)
{
  size_t width = 0, at = 0;
  bool quoted = false;
  for (size_t i = 0; i < part.n && (width < TEXT_WIDTH || at == 0); i++) {
    width += ((unsigned char)part.p[i] & 0xc0) != 0x80;
    quoted ^= part.p[i] == '\'';
    if (part.p[i] == ' ' && !quoted)
      at = i + 1;
  }
  return at == 0 ? part.n : at;
}

/* Parts fill the line; one that no longer fits starts the next, and goes on further in. */
static void put_part(struct lines *l, struct slice part)
{
  bool breaks = part.n != 0 && part.p[0] == '\n';
  if (breaks)
    part.p++, part.n--;
  if (part.n == 0)
    return;
  if (l->width != 0 && (breaks || l->width + utf8_width(part) > TEXT_WIDTH + 1)) {
    new_line(l);
    while (part.n != 0 && part.p[0] == ' ')
      part.p++, part.n--;
  }
  while (utf8_width(part) > TEXT_WIDTH + 1) {
    size_t n = break_at(part);
    buffer_append(l->e->out, part.p, n);
    part.p += n;
    part.n -= n;
    if (part.n == 0)
      return;
    new_line(l);
    buffer_add(l->e->out, SLICE("  "));
  }
  buffer_add(l->e->out, part);
  l->width += utf8_width(part);
}

static void put_settings(struct lines *l, const struct step *step)
{
  struct plan_text text = {.binding = &l->e->binding};
  if (step->plan->kind == PLAN_SCAN)
    text.table = l->e->x->query->table[step->plan->table].name;
  plan_settings(step->plan, &text);
  for (size_t i = 0; i < text.text.n;) {
    struct slice part = slice_of(text.text.p + i);
    put_part(l, part);
    i += part.n + 1;
  }
  buffer_free(&text.text);
}

static const char *name_of(const struct step *step)
{
  return step->plan->kind == PLAN_AGGREGATE && step->plan->aggregates == 0 ? "distinct"
                                                                           : step->kind->name;
}

static void put_step(struct explaining *e, const struct step *step, uint64_t rows, int64_t ns,
                     const struct branch *branch)
{
  struct lines lines = {.e = e, .branch = branch->others};
  put_numbers(e->x, rows, ns, e->out);
  buffer_printf(e->out, "%s%-*s", branch->first, NAME_WIDTH, name_of(step));
  put_settings(&lines, step);
  if (step->note != NULL) {
    new_line(&lines);
    buffer_add(e->out, slice_of(step->note));
  }
  while (e->out->p[e->out->n - 1] == ' ')
    e->out->n--;
  buffer_put(e->out, '\n');
}

/* ---- the tree ---- */

static void put_tree(struct explaining *e, const struct step *step, const struct branch *branch);

/* The steps of lanes, each with the sum of what its copies took; then what they take from. */
static void put_lanes(struct explaining *e, const struct step *lanes, const struct branch *branch)
{
  struct branch below = *branch;
  for (size_t level = 0;; level++) {
    struct watched sum = {0};
    const struct step *step = lanes_sum(lanes, level, &sum);
    if (step == NULL)
      break;
    put_step(e, step, sum.rows, sum.ns, &below);
    below.first = below.others;
  }
  if (lanes->inputs != 0)
    put_tree(e, lanes->input[0], &below);
}

static void put_sides(struct explaining *e, const struct step *step, const char *branch)
{
  for (size_t i = 0; i < 2; i++) {
    char first[BRANCH_BYTES], others[BRANCH_BYTES];
    snprintf(first, sizeof first, "%s%s", branch, i == 0 ? "├─ " : "└─ ");
    snprintf(others, sizeof others, "%s%s", branch, i == 0 ? "│  " : "   ");
    put_tree(e, step->input[i], &(struct branch){first, others});
  }
}

static void put_tree(struct explaining *e, const struct step *step, const struct branch *branch)
{
  if (step_is_lanes(step)) {
    put_lanes(e, step, branch);
    return;
  }
  int64_t ns = step->watched.ns;
  for (size_t i = 0; i < step->inputs; i++)
    ns -= step->input[i]->watched.ns;
  put_step(e, step, step->watched.rows, ns, branch);
  if (step->inputs == 1)
    put_tree(e, step->input[0], &(struct branch){branch->others, branch->others});
  else if (step->inputs == 2)
    put_sides(e, step, branch->others);
}

void explain_steps(const struct step *root, const struct execution *x, struct buffer *out)
{
  struct explaining e = {.x = x, .out = out};
  e.binding = (struct binding){x->arena, &x->query->settings, x->query->file, NULL};
  put_tree(&e, root, &(struct branch){"", ""});
}
