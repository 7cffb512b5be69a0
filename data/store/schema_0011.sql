-- What advertising brought, by the platforms' own account: how often it was shown, clicked and
-- converted. The columns of an import stay the last ones.
DROP VIEW "fact_spend";
ALTER TABLE "spend" RENAME TO "spend_before";
CREATE TABLE "spend" (
    "date" DATE,
    "period" VARCHAR,
    "channel" VARCHAR,
    "campaign" VARCHAR,
    "kind" VARCHAR,
    "amount" DECIMAL(18, 4),
    "budget" DECIMAL(18, 4),
    "currency" VARCHAR,
    "impressions" DECIMAL(18, 4),
    "clicks" DECIMAL(18, 4),
    "conversions" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    alone BOOLEAN DEFAULT false
);
INSERT INTO "spend" BY NAME SELECT * FROM "spend_before";
DROP TABLE "spend_before";
ALTER TABLE "past_spend" RENAME TO "past_spend_before";
CREATE TABLE "past_spend" (
    "date" DATE,
    "period" VARCHAR,
    "channel" VARCHAR,
    "campaign" VARCHAR,
    "kind" VARCHAR,
    "amount" DECIMAL(18, 4),
    "budget" DECIMAL(18, 4),
    "currency" VARCHAR,
    "impressions" DECIMAL(18, 4),
    "clicks" DECIMAL(18, 4),
    "conversions" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
INSERT INTO "past_spend" BY NAME SELECT * FROM "past_spend_before";
DROP TABLE "past_spend_before";
CREATE VIEW "fact_spend" AS
  SELECT
    "date", "period", "channel", "campaign", "kind", "amount", "budget", "currency",
    "impressions", "clicks", "conversions", "import_id", "row_no"
  FROM "past_spend" UNION ALL SELECT
    "date", "period", "channel", "campaign", "kind", "amount", "budget", "currency",
    "impressions", "clicks", "conversions", "import_id", "row_no"
  FROM "spend" WHERE alone;
