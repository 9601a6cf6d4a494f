/* SPDX-License-Identifier: Apache-2.0 */
/* binder_internal.h - what the binder's files share; see binder.h for the door. */
#ifndef RETRIAL_SQL_BIND_BINDER_INTERNAL_H
#define RETRIAL_SQL_BIND_BINDER_INTERNAL_H

#include "sql/binder.h"

/* A named query that FROM may use: of WITH, or a view. The innermost comes first. */
struct named_query {
  const struct named_query *outer;
  struct slice name;
  const struct ast_cte *cte;
  const struct named_query *visible; /* what the query itself sees */
  bool is_view;
  bool *is_used; /* FROM named it */
};

/* A named query is bound again wherever it is used, so a short text can ask for much: limits. */
struct binding_size {
  unsigned depth;               /* of queries inside of queries, by name or not */
  unsigned sources;             /* that FROM was given in all */
  struct scalar_query *scalars; /* met so far, those inside of others first */
};

struct context;

/* The query around a subquery. */
struct outer_query {
  const struct context *context; /* of the expression that the subquery stands in */
  bool is_used;                  /* a column of it was named */
  bool is_refused;               /* where it may not; the error is filled in */
};

struct binder {
  struct binding b;
  const struct catalog *catalog;
  struct binding_size *size;
  const struct named_query *names; /* that FROM of a subquery may use */
  struct outer_query *outer;       /* or NULL */
};

/* A column that expressions can name. */
struct scope_column {
  struct slice table; /* the qualifier; empty if there is none */
  struct slice name;
  struct type type;
  size_t index;
  bool merged_away; /* a side of a USING column: reached by its qualifier only */
};

struct scope {
  size_t columns;
  struct scope_column *column;
};

/* What FROM, a subquery or a whole query gives. */
struct relation {
  struct plan *plan;
  struct scope scope;
};

/* Window() as met while binding. At most one to a query level (ResolveTimeWindows.scala). */
struct window_use {
  bool found;
  struct expr *time;
  struct window_spec spec;
  struct type type;
};

/* A call with OVER. */
struct over_use {
  struct over_function function;
  size_t partitions, sorts;
  struct expr **partition;
  struct sort_key *sort;
};

/* The calls with OVER of a query level, as they are met. */
struct over_list {
  const struct ast_select *level; /* whose WINDOW clause names definitions */
  bool beside_alias;              /* an item refers to the alias of an earlier one */
  size_t uses, room;
  struct over_use *use;
};

/* The output of the level's aggregate: keys, then results as they are met. */
struct grouping {
  size_t keys;
  struct expr **key; /* bound to the input's scope; the window is a placeholder column */
  const struct ast_expr **written; /* the keys, as they were written */
  size_t sets;                     /* grouping sets; bit k of one: it holds key k */
  uint64_t *set;
  size_t set_keys; /* with sets: the keys that were written; the bits that are left out come next */
  size_t aggregates;
  struct aggregate *aggregate;
};

/* Indexes of columns that are not placed yet; replaced when a level is complete. */
enum {
  GROUPING_PLACEHOLDER = 1 << 24, /* the columns that say which grouping set a row is of */
  OUTER_COLUMN = 1 << 25,         /* + column of the query around a subquery */
  SUBQUERY_PLACEHOLDER = 1 << 26, /* + column of a subquery's join; see bind_subquery.h */
  GENERATE_PLACEHOLDER = 1 << 27, /* + number of the generator's column */
  WINDOW_PLACEHOLDER = 1 << 28,   /* the struct that window() gives */
  OVER_PLACEHOLDER = 1 << 29,     /* + number of the call with OVER */
  LAMBDA_PLACEHOLDER = 1 << 30,   /* + number of the parameter, counted from the outermost lambda */
};

/* The items of SELECT that names may refer to (lateral aliases, ORDER BY, HAVING). */
struct alias {
  struct slice name, table; /* the table only of a column under its own name */
  struct expr *expr;
};

/* The parameters of a lambda function, while its body is bound. */
struct lambda_scope {
  const struct lambda_scope *outer;
  size_t first; /* index of the first parameter as a column */
  size_t parameters;
  const struct slice *name;
  const struct type *type;
};

/* The columns of the outer query that a subquery named, in that order. */
struct outer_names {
  size_t count;
  struct slice *name;
};

/* Where an expression stands and what it may refer to. */
struct context {
  const struct binder *binder;
  const struct scope *scope;
  const char *clause;                /* for messages: "WHERE" */
  struct grouping *grouping;         /* NULL: rows, not groups */
  bool aggregates_refused;           /* no aggregate function here (WHERE, inside another) */
  struct window_use *window;         /* NULL: window() is refused here */
  bool peeking;                      /* a trial: nothing is recorded */
  struct subquery_joins *subqueries; /* NULL: only such as run once, before the query */
  struct subquery_joins *below;      /* the same for what stands inside an aggregate function */
  bool may_name_outer;               /* WHERE and HAVING of a subquery */
  bool above_having;                 /* ORDER BY behind HAVING: no keys but plain columns */
  struct outer_names *outer_names;   /* where subqueries note what they name; or NULL */
  struct over_list *over;            /* NULL: OVER is refused here */
  size_t aliases;
  const struct alias *alias;
  bool alias_first;                  /* ORDER BY: an alias wins over a column */
  const struct lambda_scope *lambda; /* the innermost one, or NULL */
};

/* bind_expr.c */
struct expr *bind_expr(struct context *c, const struct ast_expr *ast);
bool bind_fails(const struct context *c, enum error_code code, struct position at,
                const char *format, ...) __attribute__((format(printf, 4, 5)));
bool expr_equal(const struct expr *a, const struct expr *b);
struct expr *expr_copy(struct arena *arena, const struct expr *e);

/* Which key of GROUP BY the bound expression is, as a column of the aggregate's output, or NULL. */
struct expr *key_of(const struct context *c, const struct expr *e);
/* check_call.c: DISTINCT, IGNORE NULLS and stars; false with an error */
bool check_call(const struct context *c, const struct ast_expr *ast);

/* bind_generate.c: explode() and its like, which make rows */
struct generator {
  struct generate_spec spec;
  struct expr *list; /* the array or map whose elements are handed on */
  size_t columns;
  struct field *column; /* what is added to a row */
};

bool is_generator_call(const struct ast_expr *ast);
/* A function in the place of a table: a generator's rows, or range(). */
bool bind_table_function(const struct binder *binder, const struct ast_expr *ast,
                         struct plan **out);
bool bind_generator(struct context *c, const struct ast_expr *ast, const struct slice *name,
                    size_t names, struct generator *out);

/* bind_lambda.c */

/* Argument i of the call, a lambda; arg[0 .. i-1] are bound already. */
struct expr *bind_lambda(struct context *c, const struct ast_expr *call, struct expr *const *arg,
                         size_t i);

/* The parameter of that name, or NULL. */
struct expr *lambda_parameter(const struct context *c, struct slice name, struct position at);

/* bind_aggregate.c */
bool is_aggregate_call(const struct ast_expr *ast);
bool is_aggregate_name(const struct ast_expr *ast); /* with or without OVER */
bool has_aggregate(const struct ast_expr *ast);
struct expr *bind_aggregate(struct context *c, const struct ast_expr *ast);

/* The call without its place in a query: of GROUP BY, or OVER a window of rows. The arguments may
 * refer to what c->scope has. */
bool bind_aggregate_call(struct context *c, const struct ast_expr *ast, struct aggregate *out);

/* bind_group.c */
bool is_grouping_call(const struct ast_expr *ast);
struct expr *bind_grouping_call(struct context *c, const struct ast_expr *ast);

/* grouping__id, which is grouping_id() where no column is called so; NULL if it is something else.
 */
struct expr *bind_grouping_column(const struct context *c, const struct ast_expr *ast);

/* bind_window.c */
bool is_window_call(const struct ast_expr *ast);
struct expr *bind_window(struct context *c, const struct ast_expr *ast);

/* bind_over.c */
struct expr *bind_over(struct context *c, const struct ast_expr *ast);
bool has_over(const struct ast_expr *ast);
bool is_over_name(const struct ast_expr *ast); /* of a function that exists only with OVER */

/* Names are defined once, and a definition that is a name is that of one that is none. */
bool check_named_overs(const struct context *c, const struct ast_select *ast);

/* All that the calls compute with into out, unless that is NULL; returns how many these are. */
size_t over_exprs(const struct over_list *list, struct expr **out);

/* bind_frame.c: ROWS or RANGE, or what stands for it where none is given. */
bool bind_frame(struct context *c, const struct ast_over *ast, const struct over_use *use,
                struct position at, struct over_frame *out);

/* plan_over.c: the steps for the calls that were met, each behind a sort; `output` finds them in
 * its columns. */
struct plan *plan_over(const struct binder *binder, const struct over_list *list,
                       struct plan *input, struct expr **output, size_t outputs);

/* A LIMIT above ranks reaches the sort below them; the plan's columns are marked already. */
void plan_push_limits(const struct plan *plan);

/* bind_subquery.c */
bool has_subquery(const struct ast_expr *ast);
struct expr *bind_outer(struct context *c, const struct ast_expr *ast);
struct expr *bind_scalar(struct context *c, const struct ast_expr *ast);
struct expr *bind_existence(struct context *c, const struct ast_expr *ast);
struct expr *expr_and(const struct binding *b, struct expr *first, struct expr *second);
void expr_shift(struct expr *e, size_t by, size_t below); /* columns up to `below` */

/* bind_relation.c */
bool bind_from(const struct binder *binder, const struct ast_relation *ast,
               const struct named_query *names, struct relation *out);

/* bind_pivot.c */
bool bind_pivot(const struct binder *binder, const struct ast_relation *ast,
                const struct named_query *names, struct relation *out);
bool bind_unpivot(const struct binder *binder, const struct ast_relation *ast,
                  const struct named_query *names, struct relation *out);

/* plan_join.c: conditions over the left columns, then the right ones; and such over the right ones
 * and, + OUTER_COLUMN, the left ones. */
bool plan_join_condition(const struct binder *binder, struct plan *plan, struct expr *condition);
bool plan_join_conditions(const struct binder *binder, struct plan *plan,
                          struct expr *const *condition, size_t conditions);

/* plan_push.c: WHERE above FROM; what of *condition is left to be filtered by, or NULL. NULL with
 * an error. */
struct plan *plan_push_filter(const struct binder *binder, struct plan *plan,
                              struct expr **condition);

/* The columns of a join whose inputs and keys are set. */
void join_schema(const struct binder *binder, struct plan *plan);

/* bind_select.c */
bool bind_select(const struct binder *binder, const struct ast_select *ast,
                 const struct named_query *names, const struct ast_sort *sort, size_t sorts,
                 struct relation *out);
struct sort_key *bind_sorts(struct context *c, const struct ast_sort *sort, size_t sorts);

/* The same, and ORDER BY ALL, which makes *sorts of one. */
struct sort_key *bind_order_by(struct context *c, const struct ast_sort *sort, size_t *sorts);
void place_column(struct expr *e, size_t placeholder, size_t index);

/* bind_version.c: what another Spark than 3.5 does otherwise. The first three refuse. */
bool bind_needs_3_4(const struct context *c, struct position at, const char *what);
bool bind_function_version(const struct context *c, const struct ast_expr *ast);
bool bind_order_version(const struct context *c, const struct sort_key *sort, size_t sorts,
                        struct expr *const *item, size_t items);
struct expr *bind_window_version(const struct context *c, struct expr *time,
                                 const struct window_spec *spec);

/* bind_set.c */
bool bind_set(const struct binder *binder, const struct ast_body *ast,
              const struct named_query *names, struct relation *out);

/* bind_query.c */
bool bind_body(const struct binder *binder, const struct ast_body *ast,
               const struct named_query *names, struct relation *out);
/* Whether the query's WITH gives no name again that it sees: Spark refuses that in a subquery of an
 * expression and in a query of WITH, not in FROM (CTESubstitution). */
bool check_with(const struct binder *binder, const struct ast_query *ast,
                const struct named_query *names);
bool bind_query(const struct binder *binder, const struct ast_query *ast,
                const struct named_query *names, struct relation *out);

/* plan.c */
struct plan *plan_new(const struct binder *binder, enum plan_kind kind, size_t inputs,
                      struct plan *first, struct plan *second);
void plan_columns(const struct binder *binder, struct plan *plan, size_t columns);
struct plan *plan_filter(const struct binder *binder, struct plan *input, struct expr *condition);
struct plan *plan_window(const struct binder *binder, struct plan *input, struct expr *time,
                         struct window_spec spec, struct type type);
struct plan *plan_generate(const struct binder *binder, struct plan *input,
                           const struct generator *g);
struct plan *plan_distinct(const struct binder *binder, struct plan *input);
struct plan *plan_sort(const struct binder *binder, struct plan *input, struct sort_key *sort,
                       size_t sorts);

/* Whether its rows are in one partition of Spark's; a UNION has one for each input. */
bool plan_is_one_partition(const struct plan *plan);

/* From the top down: in which order each step has to give its rows, so that all that can be seen of
 * it is as Spark gives it; drops the sorts that Spark drops and marks
 * the columns that are wanted. */
struct plan *plan_settle_order(const struct binder *binder, struct plan *plan);

/* Whether the expressions over the plan's output look at every key of the groups that it gives, so
 * that no two groups tie in them for which the order in which they come would show; false if it
 * gives something else than groups. */
bool plan_names_all_keys(const struct plan *plan, struct expr *const *expr, size_t exprs,
                         struct arena *arena);

/* Of an AGGREGATE: what of its functions together is not supported, or NULL. */
/* Whether Spark aggregates each input of a UNION below, and then what came out of all. */
bool plan_aggregates_partitions(const struct plan *plan);

const char *plan_refused_groups(const struct plan *plan);

/* Of an AGGREGATE: what Spark does first because of DISTINCT, or of states that it cannot hash. */
void plan_set_parts(struct plan *plan);
void plan_sort_rows_of_groups(const struct binder *binder, struct plan *plan);

/* Marks which columns each step of the plan has to give, from the top down, and drops the functions
 * OVER a window whose column is not among them. */
void plan_mark_wanted(struct plan *plan, struct arena *arena);

#endif
