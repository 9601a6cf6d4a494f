/* SPDX-License-Identifier: Apache-2.0 */
/* parser_internal.h - what the parser's files share; see parser.h for the door.
 *
 * A parser by recursive descent with one token of lookahead. A function that parses something
 * starts at `now`, leaves `now` behind what it took, and returns NULL or false with the error
 * filled in.
 */
#ifndef RETRIAL_SQL_PARSE_PARSER_INTERNAL_H
#define RETRIAL_SQL_PARSE_PARSER_INTERNAL_H

#include "sql/parse/lexer.h"
#include "sql/parser.h"

struct parser {
  struct lexer lexer;
  struct token now, next;
  const char *end; /* of the token before now */
  struct arena *arena;
  unsigned depth;          /* of recursion */
  enum keyword clause;     /* the last one that was parsed; KW_NONE before any */
  bool in_pivot;           /* FOR is no alias here */
  const char *window_end;  /* of the last OVER name: Spark takes `- name` behind it for its part */
  struct token bare_alias; /* the last alias taken without AS; a mistyped keyword looks like one */
};

/* parser.c: tokens and errors */
void advance(struct parser *p);
bool at_keyword(const struct parser *p, enum keyword keyword);
bool at_keywords(const struct parser *p, enum keyword first, enum keyword second);
bool at_sign(const struct parser *p, enum sign sign);
bool next_is_sign(const struct parser *p, enum sign sign);
bool take_keyword(struct parser *p, enum keyword keyword);
bool take_sign(struct parser *p, enum sign sign);

/* ALL before an expression; `all` may also be a name. */
void take_all(struct parser *p);

/* take_...() or "expected `what`, found ...". */
bool need_keyword(struct parser *p, enum keyword keyword);
bool need_sign(struct parser *p, enum sign sign, const char *what);

/* A name: any word, or one between back quotes. `what` says of what, for the error. */
bool need_name(struct parser *p, const char *what, struct slice *name);

/* [AS] name; leaves *alias alone if there is none. */
bool take_alias(struct parser *p, const char *what, struct slice *alias);

/* (a, b, c) */
bool need_name_list(struct parser *p, const char *what, size_t *count, struct slice **names);

/* Always false. */
bool unexpected(struct parser *p, const char *expected);
bool fail_at(struct parser *p, enum error_code code, struct position at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool unsupported(struct parser *p, const char *what);

/* Bounds recursion; each enter() that returned true has its leave(). */
bool enter(struct parser *p);
void leave(struct parser *p);

/* Room for element `count` of an array that grows by doubling; returns the array. */
void *list_room(struct parser *p, void *list, size_t count, size_t size);

/* Raises *height above that of something below it. */
void raise_height(uint32_t *height, uint32_t below);
bool check_height(struct parser *p, uint32_t height, struct position at);

/* parser_query.c */
struct ast_query *parse_query(struct parser *p);
bool at_query(const struct parser *p);

/* Goes on with a query whose first part stood in parentheses, as `first` in
 * ((SELECT ...) UNION SELECT ...); `first` alone if nothing follows. */
struct ast_query *continue_query(struct parser *p, struct ast_query *first, struct position at);
bool at_query_continuation(const struct parser *p);
struct ast_body *star_of(struct parser *p, struct ast_relation *from); /* SELECT * FROM it */
bool parse_item_list(struct parser *p, size_t *count, struct ast_item **items);
bool parse_sort_list(struct parser *p, size_t *count, struct ast_sort **sorts);

/* parser_hint.c: all hints at now, if any */
bool parse_hints(struct parser *p);

/* parser_group.c */
bool parse_group_by(struct parser *p, struct ast_select *select);

/* parser_from.c */
struct ast_relation *parse_from(struct parser *p);
struct ast_relation *parse_values(struct parser *p);
struct ast_relation *parse_table(struct parser *p); /* its name only */
struct ast_relation *parse_lateral_views(struct parser *p, struct ast_relation *left);

/* parser_pivot.c: all PIVOT and UNPIVOT behind a relation */
bool at_pivot(const struct parser *p);
struct ast_relation *parse_pivots(struct parser *p, struct ast_relation *left);

/* parser_from.c */
struct ast_relation *relation_new(struct parser *p, enum relation_kind kind);

/* parser_expr.c */
struct ast_expr *parse_expr(struct parser *p);
struct ast_expr *parse_value_expr(struct parser *p); /* no AND, OR, NOT, IN, BETWEEN, LIKE, IS */
bool parse_expr_list(struct parser *p, size_t *count, struct ast_expr ***list);

/* Appends an argument; false if it is NULL. */
bool expr_add(struct parser *p, struct ast_expr *e, struct ast_expr *argument);
struct ast_expr *expr_new(struct parser *p, enum ast_kind kind, const struct token *start);
struct ast_expr *expr_done(struct parser *p, struct ast_expr *e); /* sets source and height */
struct ast_expr *expr_of(struct parser *p, enum ast_kind kind, const char *op,
                         const struct token *start, size_t args, struct ast_expr *first,
                         struct ast_expr *second);

/* parser_primary.c */
struct ast_expr *parse_primary(struct parser *p);

/* parser_call.c; now is "(", or behind it */
struct ast_expr *parse_call(struct parser *p, const struct token *start, struct slice *part,
                            size_t parts);
struct ast_expr *parse_arguments_of(struct parser *p, const struct token *start, struct slice *part,
                                    size_t parts);
bool parse_over_body(struct parser *p, struct ast_over *over); /* what stands in ( ) */

/* parser_literal.c */
struct ast_expr *parse_number(struct parser *p, bool negative, const struct token *start);
struct ast_expr *parse_string(struct parser *p);
struct ast_expr *parse_interval(struct parser *p);
bool at_interval(const struct parser *p);
struct ast_expr *string_expr(struct parser *p, struct slice text, const struct token *start);
struct ast_expr *constant_expr(struct parser *p, struct type type, const struct token *start);
bool at_one_string(struct parser *p); /* an error if a second one follows */
struct slice unquoted_name(struct parser *p, struct slice text);

#endif
