/* SPDX-License-Identifier: Apache-2.0 */
/* ast.h - a parsed query, before any name is looked up.
 *
 * Everything belongs to the arena that was given to the parser; texts may point into the query's
 * own text, which has to live as long. Names are as written, without back quotes.
 */
#ifndef RETRIAL_SQL_AST_H
#define RETRIAL_SQL_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "table/column.h"

/* In the query's text, from 1; columns count bytes. */
struct position {
  uint32_t line, column;
};

enum ast_kind {
  AST_LITERAL,  /* value: a constant column of one row (a bare NULL has TYPE_NULL) */
  AST_NAME,     /* name.part: a, t.a, t.a.field: what each part means is the binder's to find out */
  AST_STAR,     /* * or t.*: name.part holds the qualifier, if any */
  AST_CALL,     /* call.name(arg...), with DISTINCT, FILTER and OVER */
  AST_UNARY,    /* op arg[0]; op is "-", "+", "~", "not" or "interval_months" */
  AST_BINARY,   /* arg[0] op arg[1]; op is "+" "-" "*" "/" "%" "div" "||" "&" "|" "^"
                   "=" "<>" "<" "<=" ">" ">=" "<=>" "and" "or" ("==" and "!=" are "=" and "<>") */
  AST_CASE,     /* CASE [operand] WHEN a THEN b ... [ELSE c] END: has_operand, has_else;
                   arg is [operand] a b a b ... [c] */
  AST_CAST,     /* CAST(arg[0] AS type); op is "cast", "try_cast" or "literal": DATE 'text' and
                   TIMESTAMP 'text', where a text that gives null is an error */
  AST_BETWEEN,  /* arg[0] BETWEEN arg[1] AND arg[2]; negated */
  AST_IN_LIST,  /* arg[0] IN (arg[1], ...); negated */
  AST_IN_QUERY, /* arg[0] IN (query); negated */
  AST_EXISTS,   /* EXISTS (query); negated is left to AST_UNARY "not" */
  AST_SUBQUERY, /* (query) as a value */
  AST_LIKE,     /* arg[0] op arg[1] [ESCAPE arg[2]]; op is "like", "ilike" or "rlike"; negated */
  AST_LIKE_ANY, /* arg[0] op ANY (arg[1], ...); op is "like" or "ilike"; negated: NOT op, of each */
  AST_LIKE_ALL, /* the same with ALL */
  AST_IS,       /* arg[0] IS [NOT] op; op is "null", "true", "false", "unknown"; negated */
  AST_DISTINCT, /* arg[0] IS [NOT] DISTINCT FROM arg[1]; negated */
  AST_FIELD,    /* arg[0].name.part[0], where arg[0] is no name: window(...).start */
  AST_INDEX,    /* arg[0][arg[1]] */
  AST_LAMBDA,   /* name.part... -> arg[0] */
};

/* How forms with a syntax of their own appear:
 *   EXTRACT(f FROM x)             extract('f', x)
 *   POSITION(a IN b)              locate(a, b)
 *   SUBSTRING(x FROM a FOR b)     substring(x, a, b)
 *   TRIM([BOTH] c FROM x)         trim(c, x); LEADING ltrim(c, x), TRAILING rtrim(c, x); without
 *                                 c: trim(x) and so on
 *   CURRENT_DATE and the like     a call without arguments
 *   (a, b)                        struct(a, b)
 *   a AND b AND c AND d           (a AND b) AND (c AND d): Spark halves a chain of AND or OR
 *   INTERVAL 90 MINUTES           an AST_LITERAL of TYPE_INTERVAL
 *   INTERVAL 1 MONTH              an AST_UNARY of the number of months: they have no fixed length,
 *                                 and no column holds them; for the binder beside + and -
 */

/* Of an INTERVAL literal: the greatest and the least unit that were written; weeks are days, parts
 * of a second seconds. */
enum span_unit { SPAN_YEAR, SPAN_MONTH, SPAN_DAY, SPAN_HOUR, SPAN_MINUTE, SPAN_SECOND };
struct span_units {
  enum span_unit from, to;
};

/* Levels of a tree that the parser lets through, so that walking it may recurse. */
enum { AST_MAX_HEIGHT = 1000 };

struct ast_query;

enum sort_direction { SORT_ASCENDING, SORT_DESCENDING };
enum sort_nulls { NULLS_DEFAULT, NULLS_FIRST, NULLS_LAST };

struct ast_sort {
  struct ast_expr *expr;
  enum sort_direction direction;
  enum sort_nulls nulls;
};

enum frame_bound {
  BOUND_UNBOUNDED_PRECEDING,
  BOUND_PRECEDING, /* by `offset` */
  BOUND_CURRENT,
  BOUND_FOLLOWING, /* by `offset` */
  BOUND_UNBOUNDED_FOLLOWING,
};

struct ast_frame {
  bool given;
  bool rows; /* ROWS; else RANGE */
  enum frame_bound from, to;
  struct ast_expr *from_offset, *to_offset; /* where the bound has one, else NULL */
};

struct ast_over {
  struct slice name; /* OVER w: the name of a WINDOW clause; else empty */
  size_t partitions, sorts;
  struct ast_expr **partition;
  struct ast_sort *sort;
  struct ast_frame frame;
};

struct ast_expr {
  enum ast_kind kind;
  struct position at;
  struct slice source; /* the expression's own text in the query */
  uint32_t height;     /* levels below it, subqueries included */
  size_t args;
  struct ast_expr **arg;
  const char *op;
  struct slice alias; /* of an argument of struct(): struct(x + 1 AS y); else empty */
  bool negated;
  struct column value; /* AST_LITERAL */
  struct {
    size_t parts;
    struct slice *part;
  } name;                  /* AST_NAME, AST_STAR, AST_FIELD, AST_CALL (its name, usually 1 part) */
  struct span_units units; /* AST_LITERAL of TYPE_INTERVAL, and interval_months */
  bool distinct;           /* AST_CALL: f(DISTINCT a) */
  bool ignore_nulls;       /* AST_CALL: f(a) IGNORE NULLS */
  bool within_group;       /* AST_CALL: f(a) WITHIN GROUP (ORDER BY b): the call is f(b, a) */
  bool within_descending;  /* the same, ORDER BY b DESC */
  struct ast_expr *filter; /* AST_CALL: FILTER (WHERE ...), or NULL */
  struct ast_over *over;   /* AST_CALL: OVER (...), or NULL */
  bool has_operand, has_else;
  struct type type; /* AST_CAST */
  struct ast_query *query;
};

/* The name without its qualifiers: the function's, the column's. */
static inline struct slice ast_name(const struct ast_expr *e)
{
  return e->name.part[e->name.parts - 1];
}

static inline bool ast_is_named(const struct ast_expr *e, const char *name)
{
  return slice_equal_nocase(ast_name(e), slice_of(name));
}

/* Whether it is a call of that function, by its bare name. */
static inline bool ast_calls(const struct ast_expr *e, const char *name)
{
  return e->kind == AST_CALL && e->name.parts == 1 && ast_is_named(e, name);
}

/* One item of SELECT. */
struct ast_item {
  struct ast_expr *expr;
  struct slice alias; /* empty if there is none */
  size_t aliases;     /* AS (a, b): of a generator */
  struct slice *column_alias;
};

enum relation_kind {
  RELATION_TABLE,
  RELATION_QUERY,
  RELATION_VALUES,
  RELATION_FUNCTION, /* range(...), or a generator's rows: the call is `generator` */
  RELATION_JOIN,
  RELATION_PIVOT,        /* left PIVOT (...) */
  RELATION_UNPIVOT,      /* left UNPIVOT (...) */
  RELATION_LATERAL_VIEW, /* left LATERAL VIEW [OUTER] generator alias AS column_alias, ... */
};
enum join_kind {
  JOIN_INNER,
  JOIN_CROSS, /* also the comma */
  JOIN_LEFT,
  JOIN_RIGHT,
  JOIN_FULL,
  JOIN_LEFT_SEMI,
  JOIN_LEFT_ANTI,
  JOIN_EXISTENCE, /* of a plan only: all left rows, and whether they match (EXISTS in SELECT) */
};

/* PIVOT (item, ... FOR column IN (value, ...)); of several columns (a, b) a value is (1, 2) */
struct ast_pivot {
  size_t items, columns, values;
  struct ast_item *item;
  struct ast_expr **column;
  struct ast_item *value;
};

/* What UNPIVOT makes one row of: a, or (a, b). */
struct ast_unpivot_set {
  struct position at;
  struct slice alias; /* empty if there is none */
  size_t columns;
  struct ast_expr **column;
};

/* UNPIVOT [INCLUDE NULLS] (value FOR name IN (set, ...)); of several values: (v, w) */
struct ast_unpivot {
  bool include_nulls;
  struct slice name;
  size_t values, sets;
  struct slice *value;
  struct ast_unpivot_set *set;
};

struct ast_relation {
  enum relation_kind kind;
  struct position at;
  uint32_t height;
  struct slice name;  /* RELATION_TABLE */
  struct slice alias; /* empty if there is none */
  size_t aliases;     /* t(a, b): names for the columns */
  struct slice *column_alias;
  struct ast_query *query; /* RELATION_QUERY */
  size_t rows;             /* RELATION_VALUES: `rows` times `width` expressions */
  size_t width;
  struct ast_expr **value; /* row by row */
  enum join_kind join;     /* RELATION_JOIN */
  bool natural;
  struct ast_relation *left, *right;
  struct ast_expr *on;        /* or NULL */
  struct ast_expr *generator; /* RELATION_LATERAL_VIEW, RELATION_FUNCTION: a call */
  bool outer;                 /* RELATION_LATERAL_VIEW */
  struct ast_pivot *pivot;
  struct ast_unpivot *unpivot;
  size_t usings; /* USING (a, b) */
  struct slice *using_column;
};

struct ast_named_over {
  struct slice name;
  struct ast_over over;
};

struct ast_select {
  struct position at;
  bool distinct;
  size_t items;
  struct ast_item *item;
  struct ast_relation *from; /* NULL: one row without columns */
  struct ast_expr *where;    /* or NULL */
  bool group_by_all;         /* GROUP BY ALL, and nothing else; groups is 0 */
  bool grouped;              /* there is a GROUP BY */
  size_t groups;
  struct ast_expr **group;
  size_t sets; /* ROLLUP, CUBE, GROUPING SETS: bit i of a set: it holds group[i] */
  uint64_t *set;
  struct ast_expr *having; /* or NULL */
  size_t overs;            /* WINDOW w AS (...) */
  struct ast_named_over *over;
};

enum set_kind { SET_UNION, SET_EXCEPT, SET_INTERSECT };
enum body_kind { BODY_SELECT, BODY_VALUES, BODY_SET, BODY_QUERY };

/* What stands before ORDER BY. */
struct ast_body {
  enum body_kind kind;
  struct position at;
  uint32_t height;
  struct ast_select *select;   /* BODY_SELECT */
  struct ast_relation *values; /* BODY_VALUES */
  struct ast_query *query;     /* BODY_QUERY: in parentheses, with its own ORDER BY and LIMIT */
  enum set_kind set;           /* BODY_SET */
  bool all;
  struct ast_body *left, *right;
};

struct ast_cte {
  struct slice name;
  struct position at;
  size_t aliases;
  struct slice *column_alias;
  struct ast_query *query;
};

struct ast_query {
  uint32_t height;
  size_t ctes;
  struct ast_cte *cte;
  struct ast_body *body;
  size_t sorts;
  struct ast_sort *sort;
  bool is_by_partition; /* SORT BY, DISTRIBUTE BY or CLUSTER BY, not ORDER BY */
  size_t spreads;       /* the first so many sorts are of DISTRIBUTE BY: they sort nothing */
  struct ast_expr *limit, *offset; /* or NULL; LIMIT ALL is NULL */
};

/* A file of statements: CREATE [OR REPLACE] TEMPORARY VIEW ... AS, then one query. */
struct ast_script {
  size_t views;
  struct ast_cte *view;
  struct ast_query *query;
};

#endif
