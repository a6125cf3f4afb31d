-- What can be undone, and what must not come back.

CREATE TABLE undo (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    mark     INTEGER NOT NULL,   -- the mark that was set, see mark.rs
    articles BLOB NOT NULL       -- those it changed
) STRICT;

-- Articles that were dropped by retention. A feed that still lists one must not bring it back as
-- unread.
CREATE TABLE dropped (
    feed     INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    identity INTEGER NOT NULL,
    day      INTEGER NOT NULL,   -- when, in days since 1970
    PRIMARY KEY (feed, identity)
) STRICT, WITHOUT ROWID;
