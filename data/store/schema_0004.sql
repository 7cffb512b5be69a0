-- The original rows of an import in which something could not be taken as it stood.
-- row_no 0 holds the header. cells is a JSON list of texts, in the order of the header.
CREATE TABLE problem_rows (
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    cells VARCHAR NOT NULL
);
