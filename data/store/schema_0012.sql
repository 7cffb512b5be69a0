-- Reps who have left the company have the day.
-- Both tables are made again: the columns of a canonical table stand in its order.

DROP VIEW "fact_reps";
ALTER TABLE "past_reps" RENAME TO "past_reps_before";
ALTER TABLE "reps" RENAME TO "reps_before";
CREATE TABLE "past_reps" (
    "rep" VARCHAR,
    "team" VARCHAR,
    "manager" VARCHAR,
    "region" VARCHAR,
    "level" VARCHAR,
    "role" VARCHAR,
    "hire_date" DATE,
    "from_date" DATE,
    "left_date" DATE,
    "skills" VARCHAR,
    "capacity" DECIMAL(18, 4),
    "leave" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "reps" (
    "rep" VARCHAR,
    "team" VARCHAR,
    "manager" VARCHAR,
    "region" VARCHAR,
    "level" VARCHAR,
    "role" VARCHAR,
    "hire_date" DATE,
    "from_date" DATE,
    "left_date" DATE,
    "skills" VARCHAR,
    "capacity" DECIMAL(18, 4),
    "leave" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    alone BOOLEAN DEFAULT false
);
INSERT INTO "past_reps" (
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "skills", "capacity", "leave",
    import_id, row_no
) SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "skills", "capacity", "leave",
    import_id, row_no
  FROM "past_reps_before";
DROP TABLE "past_reps_before";
INSERT INTO "reps" (
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "skills", "capacity", "leave",
    import_id, row_no, alone
) SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "skills", "capacity", "leave",
    import_id, row_no, alone
  FROM "reps_before";
DROP TABLE "reps_before";
CREATE VIEW "fact_reps" AS
  SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "left_date", "skills", "capacity", "leave", "import_id", "row_no"
  FROM "past_reps" UNION ALL SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "from_date",
    "left_date", "skills", "capacity", "leave", "import_id", "row_no"
  FROM "reps" WHERE alone;
