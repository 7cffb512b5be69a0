-- A row that stands as it was written is kept once: in X itself, with "alone" true.
-- past_X keeps the others: rows that a later import replaced, and rows whose name or state the
-- user has said to read differently. fact_X is what it was, every accepted row as it was written.

ALTER TABLE "fact_orders" RENAME TO "past_orders";
ALTER TABLE "orders" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_orders" AS
  SELECT
    "order_id", "line_no", "order_date", "customer", "customer_class", "rep", "product",
    "category", "region", "channel", "partner", "campaign", "quantity", "unit_price",
    "discount", "amount", "cost", "currency", "status", "split_credit", "import_id", "row_no"
  FROM "past_orders" UNION ALL SELECT
    "order_id", "line_no", "order_date", "customer", "customer_class", "rep", "product",
    "category", "region", "channel", "partner", "campaign", "quantity", "unit_price",
    "discount", "amount", "cost", "currency", "status", "split_credit", "import_id", "row_no"
  FROM "orders" WHERE alone;

ALTER TABLE "fact_returns" RENAME TO "past_returns";
ALTER TABLE "returns" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_returns" AS
  SELECT
    "order_id", "return_date", "reason", "import_id", "row_no"
  FROM "past_returns" UNION ALL SELECT
    "order_id", "return_date", "reason", "import_id", "row_no"
  FROM "returns" WHERE alone;

ALTER TABLE "fact_credits" RENAME TO "past_credits";
ALTER TABLE "credits" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_credits" AS
  SELECT
    "order_id", "line_no", "rep", "share", "import_id", "row_no"
  FROM "past_credits" UNION ALL SELECT
    "order_id", "line_no", "rep", "share", "import_id", "row_no"
  FROM "credits" WHERE alone;

ALTER TABLE "fact_contracts" RENAME TO "past_contracts";
ALTER TABLE "contracts" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_contracts" AS
  SELECT
    "contract_id", "signed_date", "customer", "rep", "product", "amount", "currency",
    "start_date", "end_date", "status", "import_id", "row_no"
  FROM "past_contracts" UNION ALL SELECT
    "contract_id", "signed_date", "customer", "rep", "product", "amount", "currency",
    "start_date", "end_date", "status", "import_id", "row_no"
  FROM "contracts" WHERE alone;

ALTER TABLE "fact_receivables" RENAME TO "past_receivables";
ALTER TABLE "receivables" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_receivables" AS
  SELECT
    "order_id", "contract_id", "due_date", "customer", "rep", "amount", "currency", "import_id",
    "row_no"
  FROM "past_receivables" UNION ALL SELECT
    "order_id", "contract_id", "due_date", "customer", "rep", "amount", "currency", "import_id",
    "row_no"
  FROM "receivables" WHERE alone;

ALTER TABLE "fact_payments" RENAME TO "past_payments";
ALTER TABLE "payments" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_payments" AS
  SELECT
    "payment_id", "payment_date", "order_id", "contract_id", "customer", "rep", "amount",
    "currency", "import_id", "row_no"
  FROM "past_payments" UNION ALL SELECT
    "payment_id", "payment_date", "order_id", "contract_id", "customer", "rep", "amount",
    "currency", "import_id", "row_no"
  FROM "payments" WHERE alone;

ALTER TABLE "fact_deals" RENAME TO "past_deals";
ALTER TABLE "deals" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_deals" AS
  SELECT
    "deal_id", "as_of", "deal_name", "customer", "rep", "stage", "status", "amount", "currency",
    "probability", "forecast_category", "created_date", "expected_close_date", "closed_date",
    "stage_entered_date", "last_activity_date", "next_step", "source", "campaign", "product",
    "region", "channel", "lost_reason", "competitor", "import_id", "row_no"
  FROM "past_deals" UNION ALL SELECT
    "deal_id", "as_of", "deal_name", "customer", "rep", "stage", "status", "amount", "currency",
    "probability", "forecast_category", "created_date", "expected_close_date", "closed_date",
    "stage_entered_date", "last_activity_date", "next_step", "source", "campaign", "product",
    "region", "channel", "lost_reason", "competitor", "import_id", "row_no"
  FROM "deals" WHERE alone;

ALTER TABLE "fact_stage_history" RENAME TO "past_stage_history";
ALTER TABLE "stage_history" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_stage_history" AS
  SELECT
    "deal_id", "entered_at", "stage", "left_at", "amount", "currency", "expected_close_date",
    "import_id", "row_no"
  FROM "past_stage_history" UNION ALL SELECT
    "deal_id", "entered_at", "stage", "left_at", "amount", "currency", "expected_close_date",
    "import_id", "row_no"
  FROM "stage_history" WHERE alone;

ALTER TABLE "fact_leads" RENAME TO "past_leads";
ALTER TABLE "leads" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_leads" AS
  SELECT
    "lead_id", "created_date", "source", "campaign", "rep", "status", "qualified_date",
    "converted_date", "deal_id", "customer", "import_id", "row_no"
  FROM "past_leads" UNION ALL SELECT
    "lead_id", "created_date", "source", "campaign", "rep", "status", "qualified_date",
    "converted_date", "deal_id", "customer", "import_id", "row_no"
  FROM "leads" WHERE alone;

ALTER TABLE "fact_activities" RENAME TO "past_activities";
ALTER TABLE "activities" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_activities" AS
  SELECT
    "activity_id", "planned_date", "activity_date", "status", "rep", "kind", "customer",
    "deal_id", "place", "material", "cost", "currency", "duration", "outcome", "import_id",
    "row_no"
  FROM "past_activities" UNION ALL SELECT
    "activity_id", "planned_date", "activity_date", "status", "rep", "kind", "customer",
    "deal_id", "place", "material", "cost", "currency", "duration", "outcome", "import_id",
    "row_no"
  FROM "activities" WHERE alone;

ALTER TABLE "fact_spend" RENAME TO "past_spend";
ALTER TABLE "spend" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_spend" AS
  SELECT
    "date", "period", "channel", "campaign", "kind", "amount", "budget", "currency",
    "import_id", "row_no"
  FROM "past_spend" UNION ALL SELECT
    "date", "period", "channel", "campaign", "kind", "amount", "budget", "currency",
    "import_id", "row_no"
  FROM "spend" WHERE alone;

ALTER TABLE "fact_targets" RENAME TO "past_targets";
ALTER TABLE "targets" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_targets" AS
  SELECT
    "metric", "period", "scope_kind", "scope_value", "version", "floor", "target", "stretch",
    "currency", "import_id", "row_no"
  FROM "past_targets" UNION ALL SELECT
    "metric", "period", "scope_kind", "scope_value", "version", "floor", "target", "stretch",
    "currency", "import_id", "row_no"
  FROM "targets" WHERE alone;

ALTER TABLE "fact_products" RENAME TO "past_products";
ALTER TABLE "products" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_products" AS
  SELECT
    "product", "category", "list_price", "cost", "currency", "import_id", "row_no"
  FROM "past_products" UNION ALL SELECT
    "product", "category", "list_price", "cost", "currency", "import_id", "row_no"
  FROM "products" WHERE alone;

ALTER TABLE "fact_reps" RENAME TO "past_reps";
ALTER TABLE "reps" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_reps" AS
  SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "skills", "capacity",
    "leave", "import_id", "row_no"
  FROM "past_reps" UNION ALL SELECT
    "rep", "team", "manager", "region", "level", "role", "hire_date", "skills", "capacity",
    "leave", "import_id", "row_no"
  FROM "reps" WHERE alone;

ALTER TABLE "fact_customers" RENAME TO "past_customers";
ALTER TABLE "customers" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_customers" AS
  SELECT
    "customer", "class", "region", "industry", "owner", "created_date", "import_id", "row_no"
  FROM "past_customers" UNION ALL SELECT
    "customer", "class", "region", "industry", "owner", "created_date", "import_id", "row_no"
  FROM "customers" WHERE alone;

ALTER TABLE "fact_satisfaction" RENAME TO "past_satisfaction";
ALTER TABLE "satisfaction" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_satisfaction" AS
  SELECT
    "survey_date", "customer", "rep", "score", "scale", "import_id", "row_no"
  FROM "past_satisfaction" UNION ALL SELECT
    "survey_date", "customer", "rep", "score", "scale", "import_id", "row_no"
  FROM "satisfaction" WHERE alone;

ALTER TABLE "fact_market" RENAME TO "past_market";
ALTER TABLE "market" ADD COLUMN alone BOOLEAN DEFAULT false;
CREATE VIEW "fact_market" AS
  SELECT
    "period", "scope", "size", "currency", "import_id", "row_no"
  FROM "past_market" UNION ALL SELECT
    "period", "scope", "size", "currency", "import_id", "row_no"
  FROM "market" WHERE alone;
