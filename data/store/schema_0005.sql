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

-- Exports of deals from before do not say what they covered: nobody's deal vanishes by their word.
INSERT INTO snapshot_parts
SELECT import_id, 'none', NULL, NULL, NULL FROM imports WHERE table_name = 'deals';

-- Lists without keys from before are of a source nobody knows, and replace no day: a newer file
-- of them is asked about instead of being counted beside them.
INSERT INTO import_ranges
SELECT import_id, table_name, 'before', '', DATE '9999-12-31', DATE '0001-01-01' FROM imports
WHERE (table_name = 'orders' AND NOT contains(mapping, '"order_id"'))
   OR (table_name = 'contracts' AND NOT contains(mapping, '"contract_id"'))
   OR (table_name = 'payments' AND NOT contains(mapping, '"payment_id"'))
   OR (table_name = 'leads' AND NOT contains(mapping, '"lead_id"'))
   OR (table_name = 'activities' AND NOT contains(mapping, '"activity_id"'));
