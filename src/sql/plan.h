/* SPDX-License-Identifier: Apache-2.0 */
/* plan.h - what a bound query asks for: a tree of relational steps over bound expressions.
 *
 * A plan belongs to the arena of its binding. Expressions of a step refer by index to the columns
 * of its input (of a join: the left input's, then the right one's).
 */
#ifndef RETRIAL_SQL_PLAN_H
#define RETRIAL_SQL_PLAN_H

#include "sql/expr.h"
#include "table/schema.h"

enum plan_kind {
  PLAN_SCAN,      /* the rows of a table */
  PLAN_VALUES,    /* `rows` rows of constant expressions; one row of none for a missing FROM */
  PLAN_FILTER,    /* rows for which `condition` is true */
  PLAN_PROJECT,   /* `expr` for each row */
  PLAN_WINDOW,    /* each row once for each window that holds its time; adds column `window` */
  PLAN_AGGREGATE, /* one row a group: keys `expr`, then the window if there is one, then results */
  PLAN_JOIN,      /* merged USING columns, then the left columns, then the right ones; SEMI and
                     ANTI: the left ones; EXISTENCE: these and a BOOLEAN */
  PLAN_OVER,      /* adds a column for each function; input sorted by partition, then order */
  PLAN_SORT,      /* stable */
  PLAN_LIMIT,     /* `limit` rows after `offset` */
  PLAN_REPEAT,    /* each row as often as `expr`, a BIGINT, says */
  PLAN_UNION,     /* all rows of each input, one input behind the other */
  PLAN_EXPAND, /* each row once for each of `sets`; adds the keys `expr`, null where the set leaves
                  them out, and two columns that tell the sets apart; see exec/expand.c */
  PLAN_GENERATE, /* each row once for each element of the array or map `expr`, which is added */
};

/* window(time, duration, slide, start), in microseconds; see exec/windows.h. */
struct window_spec {
  int64_t duration, slide, start;
};

enum aggregate_kind {
  AGGREGATE_COUNT, /* rows where no argument is null; all rows if there is no argument */
  AGGREGATE_SUM,
  AGGREGATE_AVG,
  AGGREGATE_TRY_SUM, /* of integers and intervals: null once it left their range */
  AGGREGATE_MIN,
  AGGREGATE_MAX,
  AGGREGATE_FIRST,
  AGGREGATE_LAST,
  AGGREGATE_MIN_BY, /* arg[0] where arg[1] is least */
  AGGREGATE_MAX_BY,
  AGGREGATE_BIT_AND,
  AGGREGATE_BIT_OR,
  AGGREGATE_BIT_XOR,
  AGGREGATE_STDDEV_POP, /* from here on central moments of one DOUBLE */
  AGGREGATE_STDDEV_SAMP,
  AGGREGATE_VAR_POP,
  AGGREGATE_VAR_SAMP,
  AGGREGATE_SKEWNESS,
  AGGREGATE_KURTOSIS,
  AGGREGATE_SQUARES,   /* regr_sxx, regr_syy: of arg[0] where arg[1] is not null either */
  AGGREGATE_COVAR_POP, /* from here on two DOUBLEs: x, y */
  AGGREGATE_COVAR_SAMP,
  AGGREGATE_PRODUCTS, /* regr_sxy */
  AGGREGATE_CORR,
  AGGREGATE_REGR_R2,
  AGGREGATE_REGR_SLOPE,
  AGGREGATE_REGR_INTERCEPT,
  AGGREGATE_COLLECT_LIST, /* from here on states of any size */
  AGGREGATE_COLLECT_SET,
  AGGREGATE_MODE,
  AGGREGATE_PERCENTILE, /* of arg[0], arg[1] times */
  AGGREGATE_PERCENTILE_DISC,
  AGGREGATE_PERCENTILE_APPROX,
  AGGREGATE_APPROX_COUNT_DISTINCT, /* a state of fixed size */
};

/* What percentile() and its like were asked for. */
struct percentile_request {
  size_t fractions;
  const double *fraction; /* 0 .. 1 */
  bool is_list;           /* the result is an ARRAY */
  bool descending;
  int64_t accuracy; /* PERCENTILE_APPROX: 1 / its relative error */
};

struct aggregate {
  enum aggregate_kind kind;
  bool distinct;
  bool ignore_nulls;   /* FIRST, LAST */
  bool interpreted;    /* of PIVOT: Spark has no table of plain values for it */
  bool adds_doubles;   /* SUM, AVG: the argument was FLOAT or DOUBLE before it was cast */
  size_t args;         /* 0, 1 or, as said above, 2; COUNT has any number */
  struct expr **arg;   /* already cast to the type that is added up or compared */
  struct expr *filter; /* or NULL */
  struct type type;    /* of the result */
  struct percentile_request percentile;
};

struct sort_key {
  struct expr *expr;
  bool descending, nulls_last;
};

enum over_kind {
  OVER_ROW_NUMBER,
  OVER_RANK,
  OVER_DENSE_RANK,
  OVER_PERCENT_RANK,
  OVER_CUME_DIST,
  OVER_NTILE, /* of `number` buckets */
  OVER_SHIFT, /* lag and lead: `arg` of the row that is `number` rows later, else `otherwise` */
  OVER_FIRST, /* of the frame, as the following ones */
  OVER_LAST,
  OVER_NTH, /* `arg` of row `number`, from 1 */
  OVER_MIN,
  OVER_MAX,
  OVER_AGGREGATE, /* any other aggregate function */
};

/* One end of a frame. */
struct over_bound {
  enum frame_bound kind; /* of those with an offset only BOUND_FOLLOWING */
  int64_t rows;          /* ROWS: how many rows later; below 0: before */
  struct expr *value;    /* RANGE: the order's key with the offset added to it */
};

struct over_frame {
  bool rows; /* ROWS; else RANGE */
  struct over_bound from, to;
};

struct over_function {
  enum over_kind kind;
  struct type type;
  struct expr *arg, *otherwise; /* or NULL */
  int64_t number;
  bool ignore_nulls;
  struct over_frame frame;
  struct aggregate aggregate; /* AGGREGATE */
};

/* What a generator adds to a row: [position,] the element (of a map: key, value). */
struct generate_spec {
  bool position; /* posexplode(): a column that counts from 0 */
  bool fields;   /* inline(): the fields of elements that are structs */
  bool outer;    /* a row without elements stays, once, with nulls */
};

/* A subquery that is one value; it runs before the query that it stands in. */
struct scalar_query {
  struct plan *plan; /* of one column */
  struct position at;
  struct column value; /* constant, once it has run */
  struct scalar_query *next;
};

struct plan {
  enum plan_kind kind;
  struct schema schema; /* of what comes out */
  bool *wanted;         /* which of these columns anybody reads; the others may be absent */
  size_t inputs;
  struct plan **input;
  size_t table;           /* SCAN: index into the catalog */
  struct expr *condition; /* FILTER; JOIN: what must hold besides the keys, or NULL */
  size_t rows;            /* VALUES: rows times schema.columns expressions, row by row */
  size_t exprs;           /* PROJECT: the columns; AGGREGATE: the keys; OVER: the partition */
  struct expr **expr;
  struct expr *time; /* WINDOW, AGGREGATE over a window: the event time, else NULL */
  struct window_spec window;
  size_t aggregates; /* AGGREGATE */
  struct aggregate *aggregate;
  size_t parts;        /* AGGREGATE: not 0 where Spark aggregates by the keys and these first, */
  struct expr **part;  /* the arguments of its DISTINCT; see exec/parts.h */
  bool in_parts;       /* other functions than those with DISTINCT are aggregated so as well */
  bool fast_map;       /* AGGREGATE: groups come as from Spark's two tables; see exec/fast_map.h */
  bool sorted;         /* AGGREGATE: groups are wanted in ascending order of their keys */
  bool unfolded;       /* AGGREGATE: its last key is the window of the WINDOW below, which is too */
  bool is_result;      /* UNION: its rows are those of the result */
  bool by_partition;   /* SORT: of SORT BY, AGGREGATE: each of Spark's partitions for itself */
  bool for_over;       /* SORT: of OVER's or an AGGREGATE's own, not an ORDER BY */
  enum join_kind join; /* JOIN: rows match if left_key[i] = right_key[i] for all i */
  size_t keys;
  struct expr **left_key, **right_key; /* each over its own input's columns */
  bool *null_safe;                     /* by key: nulls match nulls (<=>); or NULL */
  bool null_aware;  /* ANTI: NOT IN, where a null on either side may match anything */
  size_t merged;    /* the first so many keys come out merged (USING) */
  bool in_place[2]; /* by side: a filter of groups by the same keys, without a shuffle behind */
  size_t sorts;     /* SORT; OVER: the order within the partition */
  struct sort_key *sort;
  uint64_t top;     /* SORT: so many of the first rows are read, 0: all */
  size_t functions; /* OVER */
  struct over_function *function;
  size_t sets; /* EXPAND: bit k of a set: it holds key k */
  uint64_t *set;
  uint64_t limit, offset;        /* LIMIT; UINT64_MAX: no limit */
  struct generate_spec generate; /* GENERATE */
  struct scalar_query *scalars;  /* of a whole query: in the order in which they run */
};

/* LEFT SEMI, LEFT ANTI and the join of EXISTS. */
static inline bool plan_is_semi_join(const struct plan *plan)
{
  return plan->join == JOIN_LEFT_SEMI || plan->join == JOIN_LEFT_ANTI ||
         plan->join == JOIN_EXISTENCE;
}

/* The SORT of which a LIMIT reads the first rows only, or NULL. */
struct plan *plan_top(const struct plan *limit);

/* Whether the result shows the order in which its rows come: first(), last(), sums of doubles. */
bool aggregate_depends_on_order(const struct aggregate *a);

/* Whether Spark believes that, and keeps a sort below (EliminateSorts.isOrderIrrelevantAggs). */
bool aggregate_keeps_sorts(const struct aggregate *a);

/* Whether anybody reads the result of function i of an AGGREGATE. */
bool aggregate_is_wanted(const struct plan *plan, size_t i);

/* The mean of a short DECIMAL is computed as a double (Optimizer.scala, DecimalAggregates). */
bool aggregate_averages_as_double(const struct aggregate *a);

/* How Spark finds the groups of an AGGREGATE, by what the states of its functions are made of
 * (AggUtils.createAggregate). Its groups come in that order. */
enum grouping_way {
  GROUPS_HASHED,        /* of a fixed size: as they come */
  GROUPS_IN_TWO_TABLES, /* and plain values: those without nulls among their keys first */
  GROUPS_SORTED,        /* strings or structs among them: by the keys */
  GROUPS_OF_OBJECTS,    /* of any size: as they come, but by the keys once there are many */
};
enum grouping_way plan_grouping_way(const struct plan *plan);

/* Several DISTINCT, or FILTER beside one, repeat the rows: with more of them than this Spark's map
 * of objects may be full, and goes on in a way of its own. */
size_t plan_most_rows(const struct plan *plan);

/* The same for the first of Spark's aggregations where there is DISTINCT. */
enum grouping_way plan_part_way(const struct plan *plan);

#endif
