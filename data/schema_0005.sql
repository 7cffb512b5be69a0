-- Which columns of a table an import had: one that it lacks keeps what it held before.
CREATE TABLE import_columns (
    import_id BIGINT NOT NULL,
    table_name VARCHAR NOT NULL,
    columns VARCHAR[] NOT NULL
);
-- Where rows without a key come from and which days they replace; what an export of deals covers.
CREATE TABLE import_ranges (
    import_id BIGINT PRIMARY KEY,
    table_name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    shape VARCHAR NOT NULL,
    first_day DATE,
    last_day DATE
);
-- An export of deals without a row here covers every open deal; else those of these reps,
-- regions or products, or those expected to close within these days.
CREATE TABLE snapshot_parts (
    import_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR,
    first_day DATE,
    last_day DATE
);
