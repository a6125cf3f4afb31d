-- Articles of feeds that are always fetched whole, whose pages have still to be fetched. A refresh
-- that is ended takes up there the next time.
CREATE TABLE page_wanted (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE
) STRICT;
