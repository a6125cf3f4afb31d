-- The same story from several feeds.

-- The first article of the story; NULL for an article that stands alone.
ALTER TABLE article ADD COLUMN story INTEGER;
CREATE INDEX article_by_story ON article (story) WHERE story IS NOT NULL;

-- Lists that show a story once read it along.
DROP INDEX article_by_moment;
CREATE INDEX article_by_moment ON article (moment DESC, id DESC, story);

-- What articles are compared by, see similar.rs. Those kept before this stay alone.
CREATE TABLE sketch (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    marks   BLOB NOT NULL
) STRICT;
