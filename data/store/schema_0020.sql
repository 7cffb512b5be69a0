-- What a list of orders says was collected of each, and when last. Both tables are made again: the
-- columns of an import stay the last ones.
DROP VIEW "fact_orders";
ALTER TABLE "orders" RENAME TO "orders_before";
CREATE TABLE "orders" (
    "order_id" VARCHAR,
    "line_no" VARCHAR,
    "order_date" DATE,
    "customer" VARCHAR,
    "customer_class" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "category" VARCHAR,
    "region" VARCHAR,
    "channel" VARCHAR,
    "partner" VARCHAR,
    "campaign" VARCHAR,
    "quantity" DECIMAL(18, 4),
    "unit_price" DECIMAL(18, 4),
    "discount" DECIMAL(18, 4),
    "amount" DECIMAL(18, 4),
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    "status" VARCHAR,
    "split_credit" VARCHAR,
    "collected_so_far" DECIMAL(18, 4),
    "last_collected" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    alone BOOLEAN DEFAULT false
);
INSERT INTO "orders" BY NAME SELECT * FROM "orders_before";
DROP TABLE "orders_before";
ALTER TABLE "past_orders" RENAME TO "past_orders_before";
CREATE TABLE "past_orders" (
    "order_id" VARCHAR,
    "line_no" VARCHAR,
    "order_date" DATE,
    "customer" VARCHAR,
    "customer_class" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "category" VARCHAR,
    "region" VARCHAR,
    "channel" VARCHAR,
    "partner" VARCHAR,
    "campaign" VARCHAR,
    "quantity" DECIMAL(18, 4),
    "unit_price" DECIMAL(18, 4),
    "discount" DECIMAL(18, 4),
    "amount" DECIMAL(18, 4),
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    "status" VARCHAR,
    "split_credit" VARCHAR,
    "collected_so_far" DECIMAL(18, 4),
    "last_collected" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
INSERT INTO "past_orders" BY NAME SELECT * FROM "past_orders_before";
DROP TABLE "past_orders_before";
CREATE VIEW "fact_orders" AS
  SELECT
    "order_id", "line_no", "order_date", "customer", "customer_class", "rep", "product",
    "category", "region", "channel", "partner", "campaign", "quantity", "unit_price",
    "discount", "amount", "cost", "currency", "status", "split_credit", "collected_so_far",
    "last_collected", "import_id", "row_no"
  FROM "past_orders" UNION ALL SELECT
    "order_id", "line_no", "order_date", "customer", "customer_class", "rep", "product",
    "category", "region", "channel", "partner", "campaign", "quantity", "unit_price",
    "discount", "amount", "cost", "currency", "status", "split_credit", "collected_so_far",
    "last_collected", "import_id", "row_no"
  FROM "orders" WHERE alone;
