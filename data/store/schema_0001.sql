-- The first schema. Frozen: a later change is a migration of its own, never an edit here.
-- fact_X keeps every accepted row with its import; X holds the current state, one row a key.

CREATE TABLE "fact_orders" (
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
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
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
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_returns" (
    "order_id" VARCHAR,
    "return_date" DATE,
    "reason" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "returns" (
    "order_id" VARCHAR,
    "return_date" DATE,
    "reason" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_credits" (
    "order_id" VARCHAR,
    "line_no" VARCHAR,
    "rep" VARCHAR,
    "share" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "credits" (
    "order_id" VARCHAR,
    "line_no" VARCHAR,
    "rep" VARCHAR,
    "share" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_contracts" (
    "contract_id" VARCHAR,
    "signed_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "start_date" DATE,
    "end_date" DATE,
    "status" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "contracts" (
    "contract_id" VARCHAR,
    "signed_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "product" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "start_date" DATE,
    "end_date" DATE,
    "status" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_receivables" (
    "order_id" VARCHAR,
    "contract_id" VARCHAR,
    "due_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "receivables" (
    "order_id" VARCHAR,
    "contract_id" VARCHAR,
    "due_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_payments" (
    "payment_id" VARCHAR,
    "payment_date" DATE,
    "order_id" VARCHAR,
    "contract_id" VARCHAR,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "payments" (
    "payment_id" VARCHAR,
    "payment_date" DATE,
    "order_id" VARCHAR,
    "contract_id" VARCHAR,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_deals" (
    "deal_id" VARCHAR,
    "as_of" DATE,
    "deal_name" VARCHAR,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "stage" VARCHAR,
    "status" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "probability" DECIMAL(18, 4),
    "forecast_category" VARCHAR,
    "created_date" DATE,
    "expected_close_date" DATE,
    "closed_date" DATE,
    "stage_entered_date" DATE,
    "last_activity_date" DATE,
    "next_step" VARCHAR,
    "source" VARCHAR,
    "campaign" VARCHAR,
    "product" VARCHAR,
    "region" VARCHAR,
    "channel" VARCHAR,
    "lost_reason" VARCHAR,
    "competitor" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "deals" (
    "deal_id" VARCHAR,
    "as_of" DATE,
    "deal_name" VARCHAR,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "stage" VARCHAR,
    "status" VARCHAR,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "probability" DECIMAL(18, 4),
    "forecast_category" VARCHAR,
    "created_date" DATE,
    "expected_close_date" DATE,
    "closed_date" DATE,
    "stage_entered_date" DATE,
    "last_activity_date" DATE,
    "next_step" VARCHAR,
    "source" VARCHAR,
    "campaign" VARCHAR,
    "product" VARCHAR,
    "region" VARCHAR,
    "channel" VARCHAR,
    "lost_reason" VARCHAR,
    "competitor" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_stage_history" (
    "deal_id" VARCHAR,
    "entered_at" TIMESTAMP,
    "stage" VARCHAR,
    "left_at" TIMESTAMP,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "expected_close_date" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "stage_history" (
    "deal_id" VARCHAR,
    "entered_at" TIMESTAMP,
    "stage" VARCHAR,
    "left_at" TIMESTAMP,
    "amount" DECIMAL(18, 4),
    "currency" VARCHAR,
    "expected_close_date" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_leads" (
    "lead_id" VARCHAR,
    "created_date" DATE,
    "source" VARCHAR,
    "campaign" VARCHAR,
    "rep" VARCHAR,
    "status" VARCHAR,
    "qualified_date" DATE,
    "converted_date" DATE,
    "deal_id" VARCHAR,
    "customer" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "leads" (
    "lead_id" VARCHAR,
    "created_date" DATE,
    "source" VARCHAR,
    "campaign" VARCHAR,
    "rep" VARCHAR,
    "status" VARCHAR,
    "qualified_date" DATE,
    "converted_date" DATE,
    "deal_id" VARCHAR,
    "customer" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_activities" (
    "activity_id" VARCHAR,
    "planned_date" DATE,
    "activity_date" DATE,
    "status" VARCHAR,
    "rep" VARCHAR,
    "kind" VARCHAR,
    "customer" VARCHAR,
    "deal_id" VARCHAR,
    "place" VARCHAR,
    "material" VARCHAR,
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    "duration" DECIMAL(18, 4),
    "outcome" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "activities" (
    "activity_id" VARCHAR,
    "planned_date" DATE,
    "activity_date" DATE,
    "status" VARCHAR,
    "rep" VARCHAR,
    "kind" VARCHAR,
    "customer" VARCHAR,
    "deal_id" VARCHAR,
    "place" VARCHAR,
    "material" VARCHAR,
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    "duration" DECIMAL(18, 4),
    "outcome" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_spend" (
    "date" DATE,
    "period" VARCHAR,
    "channel" VARCHAR,
    "campaign" VARCHAR,
    "kind" VARCHAR,
    "amount" DECIMAL(18, 4),
    "budget" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "spend" (
    "date" DATE,
    "period" VARCHAR,
    "channel" VARCHAR,
    "campaign" VARCHAR,
    "kind" VARCHAR,
    "amount" DECIMAL(18, 4),
    "budget" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_targets" (
    "metric" VARCHAR,
    "period" VARCHAR,
    "scope_kind" VARCHAR,
    "scope_value" VARCHAR,
    "version" VARCHAR,
    "floor" DECIMAL(18, 4),
    "target" DECIMAL(18, 4),
    "stretch" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "targets" (
    "metric" VARCHAR,
    "period" VARCHAR,
    "scope_kind" VARCHAR,
    "scope_value" VARCHAR,
    "version" VARCHAR,
    "floor" DECIMAL(18, 4),
    "target" DECIMAL(18, 4),
    "stretch" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_products" (
    "product" VARCHAR,
    "category" VARCHAR,
    "list_price" DECIMAL(18, 4),
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "products" (
    "product" VARCHAR,
    "category" VARCHAR,
    "list_price" DECIMAL(18, 4),
    "cost" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_reps" (
    "rep" VARCHAR,
    "team" VARCHAR,
    "manager" VARCHAR,
    "region" VARCHAR,
    "level" VARCHAR,
    "role" VARCHAR,
    "hire_date" DATE,
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
    "skills" VARCHAR,
    "capacity" DECIMAL(18, 4),
    "leave" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_customers" (
    "customer" VARCHAR,
    "class" VARCHAR,
    "region" VARCHAR,
    "industry" VARCHAR,
    "owner" VARCHAR,
    "created_date" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "customers" (
    "customer" VARCHAR,
    "class" VARCHAR,
    "region" VARCHAR,
    "industry" VARCHAR,
    "owner" VARCHAR,
    "created_date" DATE,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_satisfaction" (
    "survey_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "score" DECIMAL(18, 4),
    "scale" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "satisfaction" (
    "survey_date" DATE,
    "customer" VARCHAR,
    "rep" VARCHAR,
    "score" DECIMAL(18, 4),
    "scale" DECIMAL(18, 4),
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE "fact_market" (
    "period" VARCHAR,
    "scope" VARCHAR,
    "size" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);
CREATE TABLE "market" (
    "period" VARCHAR,
    "scope" VARCHAR,
    "size" DECIMAL(18, 4),
    "currency" VARCHAR,
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL
);

CREATE TABLE versions (name VARCHAR PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO versions VALUES ('facts', 0), ('plan', 0);

CREATE TABLE settings (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL, changed_at TIMESTAMP NOT NULL);

CREATE SEQUENCE import_ids;
CREATE TABLE imports (
    import_id BIGINT PRIMARY KEY,
    job_id VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    system VARCHAR NOT NULL,
    as_of DATE,
    coverage VARCHAR,
    mapping VARCHAR NOT NULL,
    answers VARCHAR NOT NULL,
    rows_in BIGINT NOT NULL,
    rows_kept BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_same BIGINT NOT NULL,
    left_out VARCHAR NOT NULL,
    money VARCHAR NOT NULL,
    problem_count BIGINT NOT NULL,
    status VARCHAR NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP
);

CREATE TABLE problems (
    import_id BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    column_name VARCHAR,
    header VARCHAR,
    value VARCHAR,
    why VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL
);

CREATE TABLE mappings (
    shape VARCHAR PRIMARY KEY,
    table_name VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    answers VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE aliases (
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    canonical VARCHAR NOT NULL,
    accepted BOOLEAN NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    PRIMARY KEY (kind, name, canonical)
);

CREATE TABLE jobs (
    job_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    rows_done BIGINT NOT NULL,
    rows_total BIGINT NOT NULL,
    error VARCHAR,
    started_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

CREATE SEQUENCE plan_target_ids;
CREATE TABLE plan_targets (
    plan_target_id BIGINT PRIMARY KEY,
    metric VARCHAR NOT NULL,
    month DATE NOT NULL,
    scope_kind VARCHAR NOT NULL,
    scope_value VARCHAR NOT NULL,
    floor DECIMAL(18, 4),
    target DECIMAL(18, 4),
    stretch DECIMAL(18, 4),
    saved_at TIMESTAMP NOT NULL,
    saved_by VARCHAR NOT NULL
);

CREATE TABLE calendar_days (day DATE PRIMARY KEY, selling BOOLEAN NOT NULL, name VARCHAR);
