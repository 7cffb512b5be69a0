-- The time at which an import's file was exported, where it says so: of two exports of one day, it
-- tells the newer one.
ALTER TABLE imports ADD COLUMN exported_at TIMESTAMP;
