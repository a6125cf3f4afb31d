-- Who is who across articles, who is followed, and what a card is read from.

-- The form of the name that stands for the person; NULL: this one. Forms whose key holds a " = "
-- are lone words of which the article said who is meant ("kim = kim jong un"), see person.rs.
ALTER TABLE person ADD COLUMN who INTEGER REFERENCES person (id);
-- 1: the user said so, and nothing found in an article changes it.
ALTER TABLE person ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;
CREATE INDEX person_by_who ON person (who) WHERE who IS NOT NULL;

-- Lone words of which the user said who is meant, so that they stay when the article changes.
CREATE TABLE placed (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    key     TEXT NOT NULL,                       -- the word, folded
    person  INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (article, key)
) STRICT, WITHOUT ROWID;

-- The moment of the article stands with its names, so that one index holds everything a card says
-- of a person, in the order of time.
ALTER TABLE person_named ADD COLUMN moment INTEGER NOT NULL DEFAULT 0;
UPDATE person_named SET moment = (SELECT named.moment FROM article AS named
    WHERE named.id = person_named.article);
DROP INDEX person_named_where;
CREATE INDEX person_named_where
    ON person_named (person, moment DESC, article DESC, mentions, country, role);

ALTER TABLE country_named ADD COLUMN moment INTEGER NOT NULL DEFAULT 0;
UPDATE country_named SET moment = (SELECT named.moment FROM article AS named
    WHERE named.id = country_named.article);
DROP INDEX country_named_where;
CREATE INDEX country_named_where
    ON country_named (country, moment DESC, article DESC, mentions, seats);

-- How often a country was named on each day. A country may be named in nearly every article; a
-- person is not, and needs no such table. Days are those of Jakarta, counted from 1970.
CREATE TABLE country_day (
    country  TEXT NOT NULL,
    day      INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    seats    INTEGER NOT NULL,
    PRIMARY KEY (country, day)
) STRICT, WITHOUT ROWID;

INSERT INTO country_day
    SELECT country, (moment + 25200) / 86400, count(*), sum(mentions), sum(seats)
    FROM country_named GROUP BY 1, 2;

CREATE TRIGGER country_named_comes AFTER INSERT ON country_named BEGIN
    INSERT INTO country_day VALUES (new.country, (new.moment + 25200) / 86400, 1, new.mentions, new.seats)
    ON CONFLICT DO UPDATE SET articles = articles + 1, mentions = mentions + excluded.mentions,
        seats = seats + excluded.seats;
END;

CREATE TRIGGER country_named_goes AFTER DELETE ON country_named BEGIN
    UPDATE country_day SET articles = articles - 1, mentions = mentions - old.mentions,
        seats = seats - old.seats
    WHERE country = old.country AND day = (old.moment + 25200) / 86400;
END;

CREATE TRIGGER country_named_moves AFTER UPDATE OF moment ON country_named
WHEN new.moment <> old.moment BEGIN
    UPDATE country_day SET articles = articles - 1, mentions = mentions - old.mentions,
        seats = seats - old.seats
    WHERE country = old.country AND day = (old.moment + 25200) / 86400;
    INSERT INTO country_day VALUES (new.country, (new.moment + 25200) / 86400, 1, new.mentions, new.seats)
    ON CONFLICT DO UPDATE SET articles = articles + 1, mentions = mentions + excluded.mentions,
        seats = seats + excluded.seats;
END;

-- The names of an article move in time with it.
CREATE TRIGGER article_moves AFTER UPDATE OF moment ON article WHEN new.moment <> old.moment BEGIN
    UPDATE person_named SET moment = new.moment WHERE article = new.id;
    UPDATE country_named SET moment = new.moment WHERE article = new.id;
END;

-- Who is followed: a person by any form of the name, or a country.
CREATE TABLE followed (
    person  INTEGER UNIQUE REFERENCES person (id),
    country TEXT UNIQUE,
    since   INTEGER NOT NULL,
    CHECK ((person IS NULL) <> (country IS NULL))
) STRICT;

-- What an encyclopedia says of a name, so that it is asked seldom.
CREATE TABLE reference (
    key     TEXT PRIMARY KEY,  -- the name, folded
    asked   INTEGER NOT NULL,  -- when, in Unix seconds
    title   TEXT,              -- NULL: it has no article of this name
    summary TEXT,
    address TEXT               -- of the article, for a browser
) STRICT, WITHOUT ROWID;
