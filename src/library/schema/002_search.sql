-- The search index. It holds folded words (fold.rs) and not the text itself, which stands in
-- article and body; the tokenizer has only to divide them at the blanks.

CREATE VIRTUAL TABLE search USING fts5 (
    title, body,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- A word in the title counts as much as eight in the body.
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(8.0, 1.0)');
-- Bytes of new words gathered before they are written out as a sorted segment. Larger ones mean
-- fewer merges; a refresh of some thousand articles fits in two.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);

CREATE TABLE saved_search (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL
) STRICT;
