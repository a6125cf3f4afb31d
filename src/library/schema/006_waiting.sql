-- Articles kept as their feed gave them: they are still to be cleaned, read for names and indexed.
CREATE TABLE waiting (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE
) STRICT;
