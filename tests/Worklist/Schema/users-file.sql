-- A file as users have it from other programs: the contract's tables and columns, rows of every kind, no version.
CREATE TABLE worklist_items (
    accession_number TEXT PRIMARY KEY, patient_id TEXT, patient_name TEXT, patient_birth_date TEXT, patient_sex TEXT,
    scheduled_date TEXT, scheduled_time TEXT, modality TEXT, study_description TEXT, procedure_code TEXT, status TEXT DEFAULT 'SCHEDULED',
    study_instance_uid TEXT, mpps_instance_uid TEXT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, ward TEXT);
CREATE TABLE mpps_tracking (
    id INTEGER PRIMARY KEY, sop_instance_uid TEXT UNIQUE, accession_number TEXT, study_instance_uid TEXT, modality TEXT, status TEXT,
    start_time TEXT, end_time TEXT);
CREATE TABLE patients (patient_id TEXT UNIQUE, patient_name TEXT, birth_date TEXT, sex TEXT);
CREATE INDEX idx_status ON worklist_items (status);
INSERT INTO worklist_items (accession_number, patient_name, scheduled_date, modality, status, study_instance_uid, ward) VALUES
    ('U1', 'SMITH^JANE', '20260105', 'MG', 'SCHEDULED', '1.2.3', 'North'),
    ('U2', 'JONES^MARY', '20260105', 'MG', 'in progress', NULL, NULL),
    ('U3', 'TAYLOR^ROBERT', '20260105', 'MR', 'CANCELLED', '', NULL),
    (NULL, 'NOBODY', '20260105', 'MR', NULL, NULL, NULL);
INSERT INTO patients VALUES ('P1', 'SMITH^JANE', '19650315', 'F');
