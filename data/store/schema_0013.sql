-- A return may be of a part: a product of an order, pieces, or an amount, under a number of its own.
-- Both tables are made again: the columns of a canonical table stand in its order.

DROP VIEW "fact_returns";
ALTER TABLE "past_returns" RENAME TO "past_returns_before";
ALTER TABLE "returns" RENAME TO "returns_before";
CREATE TABLE "past_returns" (
    "order_id" VARCHAR,
    "return_id" VARCHAR,
    "return_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "quantity" DECIMAL(18, 4),
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "reason" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "returns" (
    "order_id" VARCHAR,
    "return_id" VARCHAR,
    "return_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "quantity" DECIMAL(18, 4),
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "reason" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    alone BOOLEAN DEFAULT false
);
INSERT INTO "past_returns" BY NAME SELECT * FROM "past_returns_before";
DROP TABLE "past_returns_before";
INSERT INTO "returns" BY NAME SELECT * FROM "returns_before";
DROP TABLE "returns_before";
CREATE VIEW "fact_returns" AS
  SELECT
    "order_id", "return_id", "return_date", "customer", "rep", "product", "quantity", "amount",
    "currency", "reason", "import_id", "row_no"
  FROM "past_returns" UNION ALL SELECT
    "order_id", "return_id", "return_date", "customer", "rep", "product", "quantity", "amount",
    "currency", "reason", "import_id", "row_no"
  FROM "returns" WHERE alone;
