-- Feeds, the articles kept from them, and the names in those articles.
-- Times are Unix seconds.

CREATE TABLE feed (
    id            INTEGER PRIMARY KEY,
    address       TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    site          TEXT,                        -- the page the feed belongs to
    subject       TEXT,                        -- the folder it is listed under
    added         INTEGER NOT NULL,
    full_text     INTEGER NOT NULL DEFAULT 0,  -- 1: always fetch the whole article
    keep_days     INTEGER,                     -- NULL: as the settings say
    keep_articles INTEGER,                     -- NULL: as the settings say
    etag          TEXT,                        -- of the last answer, for the next request
    last_modified TEXT,
    fetched       INTEGER,                     -- when it last answered well
    due           INTEGER,                     -- not to be asked before
    failures      INTEGER NOT NULL DEFAULT 0,  -- in a row
    error         TEXT                         -- of the last request, NULL where that went well
) STRICT;

-- What lists need of an article. The text stands apart, so that walking a list reads little.
CREATE TABLE article (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: marks name articles by it
    feed        INTEGER REFERENCES feed (id),       -- NULL: from no feed, or one that is gone
    identity    INTEGER NOT NULL,                   -- see identity.rs
    digest      INTEGER NOT NULL,                   -- of what the feed said; equal: nothing is new
    source      TEXT NOT NULL,                      -- shown where there is no feed
    title       TEXT,
    link        TEXT,
    guid        TEXT,
    published   TEXT,                               -- a day, or a minute with its offset
    moment      INTEGER NOT NULL,                   -- lists are ordered by this
    fetched     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    unread      INTEGER NOT NULL DEFAULT 1,
    saved       INTEGER NOT NULL DEFAULT 0,
    place_field INTEGER,                            -- the reading place: a field (0 title,
    place_byte  INTEGER,                            -- 1 standfirst, 2 text) and a byte of it
    countries   TEXT NOT NULL                       -- named outright, by weight: "RUKPUA"
) STRICT;

CREATE UNIQUE INDEX article_by_identity ON article (identity, feed);
CREATE INDEX article_by_moment ON article (moment DESC, id DESC);
CREATE INDEX article_by_feed ON article (feed, moment DESC, id DESC);
CREATE INDEX article_unread ON article (moment DESC, id DESC, feed) WHERE unread = 1;
CREATE INDEX article_saved ON article (moment DESC, id DESC) WHERE saved = 1;

CREATE TABLE body (
    article    INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    standfirst TEXT,
    text       TEXT NOT NULL,                       -- paragraphs apart by a blank line
    full_text  INTEGER NOT NULL DEFAULT 0,          -- 0 the feed's, 1 the page's, 2 the page failed
    names      BLOB NOT NULL                        -- see names.rs
) STRICT;

-- Everyone ever named. One row for each spelling that differs after folding.
CREATE TABLE person (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,                      -- folded: "choe son hui"
    name TEXT NOT NULL                              -- as first seen: "Choe Son Hui"
) STRICT;

CREATE TABLE person_word (
    word   TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (word, person)
) STRICT, WITHOUT ROWID;

-- Who is named in which article.
CREATE TABLE person_named (
    article  INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    person   INTEGER NOT NULL REFERENCES person (id),
    place    INTEGER NOT NULL,                      -- 0: the one named with most weight
    mentions INTEGER NOT NULL,
    role     TEXT,
    country  TEXT,
    PRIMARY KEY (article, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_named_where ON person_named (person, article);

CREATE TABLE country_named (
    article  INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    country  TEXT NOT NULL,                         -- ISO 3166-1 alpha-2
    place    INTEGER NOT NULL,
    mentions INTEGER NOT NULL,                      -- 0: there only by a seat of government
    seats    INTEGER NOT NULL,
    PRIMARY KEY (article, country)
) STRICT, WITHOUT ROWID;

CREATE INDEX country_named_where ON country_named (country, article);
