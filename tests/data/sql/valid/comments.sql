-- a comment; with a semicolon
SELECT /*+ NOTE(t) */ /* a /* nested */ comment */ a, -- another
  b--x
  -- goes on \
FROM nowhere
FROM t /**/ WHERE a>1 aNd/**/b<4 -- no line end