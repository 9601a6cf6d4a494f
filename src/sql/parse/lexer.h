/* SPDX-License-Identifier: Apache-2.0 */
/* lexer.h - a query's text cut into tokens (SqlBaseLexer.g4 of Spark 3.5).
 *
 * Blanks and comments vanish; hints are comments. Tokens point into the text.
 */
#ifndef RETRIAL_SQL_PARSE_LEXER_H
#define RETRIAL_SQL_PARSE_LEXER_H

#include "base/error.h"
#include "sql/ast.h"
#include "sql/parse/keyword.h"

enum token_kind {
  TOKEN_END,    /* of the text */
  TOKEN_BAD,    /* the error is filled in; every token from here on is this one */
  TOKEN_WORD,   /* a keyword or a name */
  TOKEN_QUOTED, /* `a name` */
  TOKEN_STRING, /* 'text', "text" or r'text' */
  TOKEN_NUMBER,
  TOKEN_SIGN,
};

enum sign {
  SIGN_NONE,
  SIGN_LEFT_PAREN,
  SIGN_RIGHT_PAREN,
  SIGN_LEFT_BRACKET,
  SIGN_RIGHT_BRACKET,
  SIGN_COMMA,
  SIGN_DOT,
  SIGN_SEMICOLON,
  SIGN_PLUS,
  SIGN_MINUS,
  SIGN_STAR,
  SIGN_SLASH,
  SIGN_PERCENT,
  SIGN_TILDE,
  SIGN_AND, /* & */
  SIGN_OR,  /* | */
  SIGN_XOR, /* ^ */
  SIGN_CONCAT,
  SIGN_EQUAL,
  SIGN_NOT_EQUAL,
  SIGN_LESS,
  SIGN_LESS_EQUAL,
  SIGN_GREATER,
  SIGN_GREATER_EQUAL,
  SIGN_NULL_SAFE_EQUAL,
  SIGN_ARROW,     /* -> */
  SIGN_FAT_ARROW, /* => */
  SIGN_COLON,
  SIGN_HINT_START, /* slash, star, plus */
  SIGN_HINT_END,   /* star, slash */
  SIGN_DOUBLE_COLON,
};

struct token {
  enum token_kind kind;
  enum keyword keyword; /* TOKEN_WORD; also KW_NOT for the sign ! */
  enum sign sign;       /* TOKEN_SIGN */
  struct slice text;    /* as written, quotes included */
  struct position at;
};

struct lexer {
  const char *p, *end;
  const char *line_start; /* of the line that p is in */
  uint32_t line;
  bool failed;
  const char *file;
  struct error *err;
};

void lexer_init(struct lexer *lexer, struct slice text, const char *file, struct error *err);

/* ERR_SYNTAX: a character that no token has, a string, name or comment without an end. */
struct token lexer_next(struct lexer *lexer);

#endif
