-- A store as schema version 1 left it, with an exam under way. Kept as it is: stores like it are in use.
CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL);
INSERT INTO schema_version VALUES (1, '2025-11-01T08:00:00.000Z');
CREATE TABLE worklist_items (
    accession_number TEXT NOT NULL PRIMARY KEY, patient_id TEXT, patient_name TEXT, patient_birth_date TEXT, patient_sex TEXT,
    scheduled_date TEXT, scheduled_time TEXT, modality TEXT, study_description TEXT, procedure_code TEXT,
    status TEXT DEFAULT 'SCHEDULED' CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')),
    study_instance_uid TEXT, mpps_instance_uid TEXT, created_at TEXT, updated_at TEXT, source_message_id TEXT);
CREATE TABLE mpps_tracking (
    sop_instance_uid TEXT NOT NULL, accession_number TEXT, study_instance_uid TEXT, modality TEXT, status TEXT, start_time TEXT, end_time TEXT);
CREATE UNIQUE INDEX ux_steps_sop_instance_uid ON mpps_tracking (sop_instance_uid);
CREATE INDEX ix_items_study ON worklist_items (study_instance_uid);
CREATE INDEX ix_items_patient ON worklist_items (patient_id);
CREATE VIEW patients AS
SELECT patient_id, patient_name, patient_birth_date AS birth_date, patient_sex AS sex
FROM worklist_items AS item
WHERE patient_id <> '' AND accession_number = (
    SELECT newest.accession_number FROM worklist_items AS newest WHERE newest.patient_id = item.patient_id
    ORDER BY coalesce(newest.updated_at, '') DESC, newest.accession_number DESC LIMIT 1);
INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality, status,
    study_instance_uid, mpps_instance_uid, created_at, updated_at, source_message_id) VALUES
    ('V1A', 'P1', 'SMITH^JANE', '20251101', '090000', 'MG', 'IN_PROGRESS', '1.2.3', '9.1', '2025-11-01T08:00:00.000Z',
        '2025-11-01T09:00:00.000Z', 'm-1'),
    ('V1B', 'P2', 'JONES^MARY', '20251101', '100000', 'MR', 'SCHEDULED', NULL, NULL, '2025-11-01T08:00:00.000Z', '2025-11-01T08:00:00.000Z', NULL);
INSERT INTO mpps_tracking VALUES ('9.1', 'V1A', '1.2.3', 'MG', 'IN PROGRESS', '20251101090000', NULL);
