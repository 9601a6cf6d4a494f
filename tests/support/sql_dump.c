/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/sql_dump.h"

#include "text/decimal.h"

/* ---- literals and names ---- */

static void put_text(struct buffer *out, struct slice s)
{
  buffer_put(out, '\'');
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c < ' ' || c == 0x7f || c == '\'' || c == '\\')
      buffer_printf(out, "\\x%02x", c);
    else
      buffer_put(out, (char)c);
  }
  buffer_put(out, '\'');
}

static void put_name(struct buffer *out, struct slice name)
{
  bool plain = name.n != 0;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                      (c >= '0' && c <= '9'));
  }
  buffer_printf(out, plain ? "%.*s" : "`%.*s`", SLICE_PRINT(name));
}

static void put_parts(struct buffer *out, const struct ast_expr *e)
{
  for (size_t i = 0; i < e->name.parts; i++) {
    if (i > 0)
      buffer_put(out, '.');
    put_name(out, e->name.part[i]);
  }
}

static void put_literal(struct buffer *out, const struct column *value)
{
  char type[80], digits[DECIMAL_BYTES];
  if (value->type.kind == TYPE_STRING) {
    put_text(out, value->text[0]);
    return;
  }
  type_name(value->type, type, sizeof type);
  switch (value->type.kind) {
  case TYPE_NULL:
    buffer_printf(out, "NULL");
    return;
  case TYPE_BOOLEAN:
    buffer_printf(out, "%s", value->boolean[0] ? "TRUE" : "FALSE");
    return;
  case TYPE_BIGINT:
  case TYPE_INTERVAL:
    buffer_printf(out, "%lld:%s", (long long)value->i64[0], type);
    return;
  case TYPE_FLOAT:
    buffer_printf(out, "%.9g:%s", (double)value->f32[0], type);
    return;
  case TYPE_DOUBLE:
    buffer_printf(out, "%.17g:%s", value->f64[0], type);
    return;
  case TYPE_DECIMAL:
    buffer_append(
        out, digits,
        decimal_print_plain((struct decimal){value->decimal[0], value->type.scale}, digits));
    buffer_printf(out, ":%s", type);
    return;
  default:
    buffer_printf(out, "%d:%s", value->i32[0], type);
  }
}

/* ---- expressions ---- */

static void put_sorts(struct buffer *out, const struct ast_sort *sort, size_t sorts)
{
  static const char *const nulls[] = {"", " nulls first", " nulls last"};
  for (size_t i = 0; i < sorts; i++) {
    buffer_printf(out, i > 0 ? ", " : " ");
    dump_expr(out, sort[i].expr);
    buffer_printf(out, "%s%s", sort[i].direction == SORT_DESCENDING ? " desc" : "",
                  nulls[sort[i].nulls]);
  }
}

static void put_bound(struct buffer *out, enum frame_bound bound, const struct ast_expr *offset)
{
  static const char *const names[] = {"unbounded preceding", "preceding", "current row",
                                      "following", "unbounded following"};
  buffer_put(out, ' ');
  if (offset != NULL) {
    dump_expr(out, offset);
    buffer_put(out, ' ');
  }
  buffer_printf(out, "%s", names[bound]);
}

static void put_over(struct buffer *out, const struct ast_over *over)
{
  buffer_printf(out, "(over");
  if (over->name.n != 0) {
    buffer_put(out, ' ');
    put_name(out, over->name);
  }
  for (size_t i = 0; i < over->partitions; i++) {
    buffer_printf(out, i > 0 ? ", " : " partition ");
    dump_expr(out, over->partition[i]);
  }
  if (over->sorts > 0) {
    buffer_printf(out, " order");
    put_sorts(out, over->sort, over->sorts);
  }
  if (over->frame.given) {
    buffer_printf(out, over->frame.rows ? " rows" : " range");
    put_bound(out, over->frame.from, over->frame.from_offset);
    buffer_put(out, ',');
    put_bound(out, over->frame.to, over->frame.to_offset);
  }
  buffer_put(out, ')');
}

static const char *head(const struct ast_expr *e)
{
  static const char *const names[] = {[AST_CASE] = "case",
                                      [AST_BETWEEN] = "between",
                                      [AST_IN_LIST] = "in",
                                      [AST_IN_QUERY] = "in",
                                      [AST_EXISTS] = "exists",
                                      [AST_SUBQUERY] = "subquery",
                                      [AST_DISTINCT] = "is distinct from",
                                      [AST_FIELD] = "field",
                                      [AST_INDEX] = "index",
                                      [AST_LAMBDA] = "lambda"};
  return e->op != NULL ? e->op : names[e->kind];
}

static void put_query_inside(struct buffer *out, const struct ast_query *query);

static void put_call(struct buffer *out, const struct ast_expr *e)
{
  put_parts(out, e);
  buffer_printf(out, "%s", e->distinct ? " distinct" : "");
  for (size_t i = 0; i < e->args; i++) {
    buffer_put(out, ' ');
    dump_expr(out, e->arg[i]);
  }
  if (e->filter != NULL) {
    buffer_printf(out, " (filter ");
    dump_expr(out, e->filter);
    buffer_put(out, ')');
  }
  buffer_printf(out, "%s", e->ignore_nulls ? " ignore nulls" : "");
  if (e->over != NULL) {
    buffer_put(out, ' ');
    put_over(out, e->over);
  }
}

static void put_compound(struct buffer *out, const struct ast_expr *e)
{
  char type[200];
  buffer_printf(out, "%s%s%s%s", e->kind == AST_IS ? "is " : "", e->negated ? "not " : "", head(e),
                e->has_operand ? " of" : "");
  for (size_t i = 0; i < e->args; i++) {
    bool is_else = e->has_else && i + 1 == e->args;
    buffer_printf(out, is_else ? " else " : " ");
    dump_expr(out, e->arg[i]);
  }
  if (e->kind == AST_FIELD) {
    buffer_put(out, ' ');
    put_parts(out, e);
  }
  if (e->kind == AST_CAST)
    buffer_printf(out, " %s", type_name(e->type, type, sizeof type));
  if (e->query != NULL)
    put_query_inside(out, e->query);
}

void dump_expr(struct buffer *out, const struct ast_expr *e)
{
  switch (e->kind) {
  case AST_LITERAL:
    put_literal(out, &e->value);
    return;
  case AST_NAME:
    put_parts(out, e);
    return;
  case AST_STAR:
    put_parts(out, e);
    buffer_printf(out, e->name.parts > 0 ? ".*" : "*");
    return;
  default:
    buffer_put(out, '(');
    if (e->kind == AST_CALL)
      put_call(out, e);
    else
      put_compound(out, e);
    buffer_put(out, ')');
  }
}

/* ---- queries ---- */

static void put_line(struct buffer *out, unsigned indent)
{
  buffer_put(out, '\n');
  for (unsigned i = 0; i < indent; i++)
    buffer_printf(out, "  ");
}

static void put_names(struct buffer *out, const struct slice *name, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    buffer_printf(out, i > 0 ? ", " : "(");
    put_name(out, name[i]);
  }
  if (count > 0)
    buffer_put(out, ')');
}

static void put_clause(struct buffer *out, unsigned indent, const char *name,
                       const struct ast_expr *e)
{
  if (e == NULL)
    return;
  put_line(out, indent);
  buffer_printf(out, "%s ", name);
  dump_expr(out, e);
}

static void put_query(struct buffer *out, unsigned indent, const struct ast_query *query);

static void put_values(struct buffer *out, unsigned indent, const struct ast_relation *r)
{
  for (size_t i = 0; i < r->rows; i++) {
    put_line(out, indent);
    buffer_printf(out, "row");
    for (size_t k = 0; k < r->width; k++) {
      buffer_put(out, ' ');
      dump_expr(out, r->value[i * r->width + k]);
    }
  }
}

static void put_relation(struct buffer *out, unsigned indent, const struct ast_relation *r)
{
  static const char *const kinds[] = {[RELATION_TABLE] = "table ",
                                      [RELATION_QUERY] = "query",
                                      [RELATION_VALUES] = "values",
                                      [RELATION_FUNCTION] = "function ",
                                      [RELATION_JOIN] = "join "};
  static const char *const joins[] = {"inner", "cross", "left", "right", "full", "semi", "anti"};
  put_line(out, indent);
  buffer_printf(out, "%s%s", r->natural ? "natural " : "", kinds[r->kind]);
  if (r->kind == RELATION_TABLE)
    put_name(out, r->name);
  if (r->kind == RELATION_FUNCTION)
    dump_expr(out, r->generator);
  if (r->kind == RELATION_JOIN)
    buffer_printf(out, "%s", joins[r->join]);
  if (r->usings > 0)
    buffer_printf(out, " using ");
  put_names(out, r->using_column, r->usings);
  if (r->alias.n != 0) {
    buffer_printf(out, " as ");
    put_name(out, r->alias);
    put_names(out, r->column_alias, r->aliases);
  }
  if (r->kind == RELATION_QUERY)
    put_query(out, indent + 1, r->query);
  if (r->kind == RELATION_VALUES)
    put_values(out, indent + 1, r);
  if (r->kind == RELATION_JOIN) {
    put_relation(out, indent + 1, r->left);
    put_relation(out, indent + 1, r->right);
    put_clause(out, indent + 1, "on", r->on);
  }
}

static void put_select(struct buffer *out, unsigned indent, const struct ast_select *s)
{
  buffer_printf(out, "select%s", s->distinct ? " distinct" : "");
  for (size_t i = 0; i < s->items; i++) {
    put_clause(out, indent + 1, "item", s->item[i].expr);
    if (s->item[i].alias.n != 0) {
      buffer_printf(out, " as ");
      put_name(out, s->item[i].alias);
    }
  }
  if (s->from != NULL) {
    put_line(out, indent + 1);
    buffer_printf(out, "from");
    put_relation(out, indent + 2, s->from);
  }
  put_clause(out, indent + 1, "where", s->where);
  if (s->group_by_all) {
    put_line(out, indent + 1);
    buffer_printf(out, "group all");
  }
  for (size_t i = 0; i < s->groups; i++)
    put_clause(out, indent + 1, "group", s->group[i]);
  put_clause(out, indent + 1, "having", s->having);
  for (size_t i = 0; i < s->overs; i++) {
    put_line(out, indent + 1);
    buffer_printf(out, "window ");
    put_name(out, s->over[i].name);
    buffer_put(out, ' ');
    put_over(out, &s->over[i].over);
  }
}

static void put_body(struct buffer *out, unsigned indent, const struct ast_body *body)
{
  static const char *const sets[] = {"union", "except", "intersect"};
  put_line(out, indent);
  switch (body->kind) {
  case BODY_SELECT:
    put_select(out, indent, body->select);
    return;
  case BODY_VALUES:
    buffer_printf(out, "values");
    put_relation(out, indent + 1, body->values);
    return;
  case BODY_QUERY:
    buffer_printf(out, "parentheses");
    put_query(out, indent + 1, body->query);
    return;
  case BODY_SET:
    buffer_printf(out, "%s%s", sets[body->set], body->all ? " all" : "");
    put_body(out, indent + 1, body->left);
    put_body(out, indent + 1, body->right);
    return;
  }
}

static void put_cte(struct buffer *out, unsigned indent, const char *what,
                    const struct ast_cte *cte)
{
  put_line(out, indent);
  buffer_printf(out, "%s ", what);
  put_name(out, cte->name);
  put_names(out, cte->column_alias, cte->aliases);
  put_query(out, indent + 1, cte->query);
}

static void put_query(struct buffer *out, unsigned indent, const struct ast_query *query)
{
  for (size_t i = 0; i < query->ctes; i++)
    put_cte(out, indent, "with", &query->cte[i]);
  put_body(out, indent, query->body);
  if (query->sorts > 0) {
    put_line(out, indent);
    buffer_printf(out, "order");
    put_sorts(out, query->sort, query->sorts);
  }
  put_clause(out, indent, "limit", query->limit);
  put_clause(out, indent, "offset", query->offset);
}

/* A subquery of an expression, on one line with it. */
static void put_query_inside(struct buffer *out, const struct ast_query *query)
{
  size_t from = out->n;
  put_query(out, 0, query);
  for (size_t i = from; i < out->n; i++)
    if (out->p[i] == '\n')
      out->p[i] = ' ';
}

void dump_script(struct buffer *out, const struct ast_script *script)
{
  size_t from = out->n;
  for (size_t i = 0; i < script->views; i++)
    put_cte(out, 0, "view", &script->view[i]);
  put_query(out, 0, script->query);
  buffer_put(out, '\n');
  memmove(out->p + from, out->p + from + 1, --out->n - from); /* the line end in front */
}

/* ---- Spark's own text ---- */

static void put_pair(struct buffer *out, const struct ast_expr *left, const char *op,
                     const struct ast_expr *right)
{
  buffer_put(out, '(');
  dump_as_spark(out, left);
  buffer_printf(out, " %s ", op);
  dump_as_spark(out, right);
  buffer_put(out, ')');
}

static void put_binary(struct buffer *out, const struct ast_expr *e)
{
  bool unequal = strcmp(e->op, "<>") == 0;
  if (strcmp(e->op, "||") == 0) {
    buffer_printf(out, "concat(");
    dump_as_spark(out, e->arg[0]);
    buffer_printf(out, ", ");
    dump_as_spark(out, e->arg[1]);
    buffer_put(out, ')');
    return;
  }
  buffer_printf(out, unequal ? "(NOT " : "");
  put_pair(out, e->arg[0],
           unequal                     ? "="
           : strcmp(e->op, "and") == 0 ? "AND"
           : strcmp(e->op, "or") == 0  ? "OR"
                                       : e->op,
           e->arg[1]);
  buffer_printf(out, unequal ? ")" : "");
}

static void put_unary(struct buffer *out, const struct ast_expr *e)
{
  if (strcmp(e->op, "~") == 0) {
    buffer_put(out, '~');
    dump_as_spark(out, e->arg[0]);
    return;
  }
  buffer_printf(out, "(%s ", strcmp(e->op, "not") == 0 ? "NOT" : e->op);
  dump_as_spark(out, e->arg[0]);
  buffer_put(out, ')');
}

static void put_list(struct buffer *out, const struct ast_expr *e)
{
  buffer_put(out, '(');
  dump_as_spark(out, e->arg[0]);
  for (size_t i = 1; i < e->args; i++) {
    buffer_printf(out, i == 1 ? " IN (" : ", ");
    dump_as_spark(out, e->arg[i]);
  }
  buffer_printf(out, "))");
}

static void put_between(struct buffer *out, const struct ast_expr *e)
{
  buffer_put(out, '(');
  put_pair(out, e->arg[0], ">=", e->arg[1]);
  buffer_printf(out, " AND ");
  put_pair(out, e->arg[0], "<=", e->arg[2]);
  buffer_put(out, ')');
}

static void put_like(struct buffer *out, const struct ast_expr *e)
{
  bool is_function = strcmp(e->op, "rlike") == 0;
  buffer_printf(out, is_function ? "RLIKE(" : "");
  dump_as_spark(out, e->arg[0]);
  buffer_printf(out, is_function ? ", " : " LIKE ");
  dump_as_spark(out, e->arg[1]);
  buffer_printf(out, is_function ? ")" : "");
}

static void put_is(struct buffer *out, const struct ast_expr *e)
{
  buffer_put(out, '(');
  dump_as_spark(out, e->arg[0]);
  if (strcmp(e->op, "null") == 0)
    buffer_printf(out, " IS %sNULL)", e->negated ? "NOT " : "");
  else
    buffer_printf(out, " <=> %s)", e->op);
}

void dump_as_spark(struct buffer *out, const struct ast_expr *e)
{
  bool is_null = e->kind == AST_IS && strcmp(e->op, "null") == 0;
  bool negated = e->kind == AST_DISTINCT ? !e->negated : e->negated && !is_null;
  buffer_printf(out, negated ? "(NOT " : "");
  switch (e->kind) {
  case AST_LITERAL:
    buffer_printf(out, "%d", e->value.i32[0]);
    break;
  case AST_NAME:
    put_parts(out, e);
    break;
  case AST_UNARY:
    put_unary(out, e);
    break;
  case AST_BINARY:
    put_binary(out, e);
    break;
  case AST_BETWEEN:
    put_between(out, e);
    break;
  case AST_IN_LIST:
    put_list(out, e);
    break;
  case AST_LIKE:
    put_like(out, e);
    break;
  case AST_IS:
    put_is(out, e);
    break;
  case AST_DISTINCT:
    put_pair(out, e->arg[0], "<=>", e->arg[1]);
    break;
  case AST_INDEX:
    dump_as_spark(out, e->arg[0]);
    buffer_put(out, '[');
    dump_as_spark(out, e->arg[1]);
    buffer_put(out, ']');
    break;
  default:
    buffer_printf(out, "?");
  }
  buffer_printf(out, negated ? ")" : "");
}
