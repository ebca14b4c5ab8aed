-- A store as schema version 2 left it, with orders of a program that pads its values. Kept as it is: stores like it are in use.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at TEXT NOT NULL);
INSERT INTO schema_version VALUES(1,'2026-11-21T03:41:59.934Z');
INSERT INTO schema_version VALUES(2,'2026-11-21T03:41:59.947Z');
CREATE TABLE worklist_items (accession_number TEXT NOT NULL PRIMARY KEY, patient_id TEXT, patient_name TEXT, patient_birth_date TEXT, patient_sex TEXT, scheduled_date TEXT, scheduled_time TEXT, modality TEXT, study_description TEXT, procedure_code TEXT, status TEXT DEFAULT 'SCHEDULED' CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')), study_instance_uid TEXT, mpps_instance_uid TEXT, created_at TEXT, updated_at TEXT, source_message_id TEXT, requested_procedure_id TEXT, scheduled_step_id TEXT, scheduled_station_aet TEXT, scheduled_station_name TEXT, scheduled_location TEXT, scheduled_physician TEXT, step_description TEXT, procedure_coding_scheme TEXT, procedure_code_meaning TEXT, patient_name_ideographic TEXT, patient_name_phonetic TEXT, patient_name_romanized TEXT, referring_physician TEXT, requesting_physician TEXT, priority TEXT, patient_weight TEXT, patient_size TEXT, medical_alerts TEXT, allergies TEXT, pregnancy_status TEXT, patient_comments TEXT, admission_id TEXT, institution_name TEXT, other_patient_ids TEXT);
INSERT INTO worklist_items VALUES('A1  ','P1  ','SMITH^JANE',NULL,'FEMALE','20251101  ','090000','Mg ',NULL,NULL,'IN_PROGRESS','1.2.3  ','9.1','2025-11-01T08:00:00.000Z','2026-11-21T03:42:00.008Z',NULL,'A1  ','A1  ',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO worklist_items VALUES('A2','P2','JONES^MARY',NULL,'F','20251101','100000','MR',NULL,NULL,'SCHEDULED','1.2.4',NULL,'2025-11-01T08:00:00.000Z','2025-11-01T08:00:00.000Z',NULL,'A2','A2',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO worklist_items VALUES('A2  ','P3','TAYLOR^ANN',NULL,'f','20251101','110000','mr  ',NULL,NULL,'SCHEDULED','1.2.5',NULL,'2025-11-01T08:00:00.000Z','2025-11-01T08:00:00.000Z',NULL,'A2  ','A2  ',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE mpps_tracking (sop_instance_uid TEXT NOT NULL, accession_number TEXT, study_instance_uid TEXT, modality TEXT, status TEXT, start_time TEXT, end_time TEXT, patient_id TEXT, patient_name TEXT, calling_ae_title TEXT, object_bytes BLOB, transfer_syntax TEXT, character_set TEXT, warnings TEXT, unscheduled INTEGER NOT NULL DEFAULT 0, created_at TEXT, updated_at TEXT);
INSERT INTO mpps_tracking VALUES('9.1','A1  ',NULL,NULL,'IN PROGRESS',NULL,NULL,NULL,NULL,NULL,X'01','1.2.840.10008.1.2',NULL,NULL,0,NULL,NULL);
CREATE TABLE mpps_references (
    sop_instance_uid TEXT NOT NULL,
    position INTEGER NOT NULL,
    study_instance_uid TEXT,
    accession_number TEXT,
    requested_procedure_id TEXT,
    scheduled_step_id TEXT,
    PRIMARY KEY (sop_instance_uid, position));
INSERT INTO mpps_references VALUES('9.1',0,NULL,'A1  ',NULL,NULL);
CREATE TABLE mpps_orders (
    sop_instance_uid TEXT NOT NULL,
    accession_number TEXT NOT NULL,
    PRIMARY KEY (sop_instance_uid, accession_number));
INSERT INTO mpps_orders VALUES('9.1','A1  ');
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target TEXT NOT NULL CHECK (target IN ('cloud', 'emr')),
    event_key TEXT NOT NULL,
    order_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    next_attempt_at TEXT NOT NULL,
    delivered_at TEXT,
    parked_reason TEXT,
    last_error TEXT);
INSERT INTO outbox VALUES(1,'cloud','9.1|A1|IN PROGRESS','A1  ','k',X'7b7d',0,'2025-11-01T08:00:00.000Z','2025-11-01T08:00:00.000Z',NULL,NULL,NULL);
CREATE TABLE set_aside (
    reference TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',1);
CREATE UNIQUE INDEX ux_steps_sop_instance_uid ON mpps_tracking (sop_instance_uid);
CREATE INDEX ix_items_study ON worklist_items (study_instance_uid);
CREATE INDEX ix_items_patient ON worklist_items (patient_id);
CREATE VIEW patients AS
SELECT patient_id, patient_name, patient_birth_date AS birth_date, patient_sex AS sex
FROM worklist_items AS item
WHERE patient_id <> '' AND accession_number = (
    SELECT newest.accession_number FROM worklist_items AS newest WHERE newest.patient_id = item.patient_id
    ORDER BY coalesce(newest.updated_at, '') DESC, newest.accession_number DESC LIMIT 1);
CREATE TRIGGER tr_items_check_insert BEFORE INSERT ON worklist_items
WHEN NEW.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
BEGIN
    SELECT RAISE(ABORT, 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED');
END;
CREATE TRIGGER tr_items_check_update BEFORE UPDATE OF status ON worklist_items
WHEN NEW.status IS NULL OR NEW.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
BEGIN
    SELECT RAISE(ABORT, 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED');
END;
CREATE TRIGGER tr_items_fill AFTER INSERT ON worklist_items
WHEN coalesce(NEW.study_instance_uid, '') = '' OR coalesce(NEW.requested_procedure_id, '') = ''
    OR coalesce(NEW.scheduled_step_id, '') = '' OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL
BEGIN
    UPDATE worklist_items SET
        study_instance_uid = coalesce(nullif(study_instance_uid, ''), '2.25.' || (1 + abs(random() % 9)) || printf('%018d', abs(random() % 1000000000000000000)) || printf('%018d', abs(random() % 1000000000000000000))),
        requested_procedure_id = coalesce(nullif(requested_procedure_id, ''), substr(accession_number, 1, 16)),
        scheduled_step_id = coalesce(nullif(scheduled_step_id, ''), substr(accession_number, 1, 16)),
        status = coalesce(status, 'SCHEDULED'),
        created_at = coalesce(created_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        updated_at = coalesce(updated_at, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    WHERE rowid = NEW.rowid;
END;
CREATE TRIGGER tr_items_stamp AFTER UPDATE ON worklist_items
WHEN NEW.updated_at IS OLD.updated_at
    AND OLD.study_instance_uid <> '' AND OLD.requested_procedure_id <> '' AND OLD.scheduled_step_id <> ''
BEGIN
    UPDATE worklist_items SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE rowid = NEW.rowid;
END;
CREATE TRIGGER tr_items_keep AFTER UPDATE OF study_instance_uid, requested_procedure_id, scheduled_step_id
    ON worklist_items
WHEN coalesce(NEW.study_instance_uid, '') = '' OR coalesce(NEW.requested_procedure_id, '') = ''
    OR coalesce(NEW.scheduled_step_id, '') = ''
BEGIN
    UPDATE worklist_items SET
        study_instance_uid = coalesce(nullif(study_instance_uid, ''), nullif(OLD.study_instance_uid, ''), '2.25.' || (1 + abs(random() % 9)) || printf('%018d', abs(random() % 1000000000000000000)) || printf('%018d', abs(random() % 1000000000000000000))),
        requested_procedure_id = coalesce(nullif(requested_procedure_id, ''), nullif(OLD.requested_procedure_id, ''),
            substr(accession_number, 1, 16)),
        scheduled_step_id = coalesce(nullif(scheduled_step_id, ''), nullif(OLD.scheduled_step_id, ''),
            substr(accession_number, 1, 16))
    WHERE rowid = NEW.rowid;
END;
CREATE INDEX ix_items_status_modality_date
    ON worklist_items (status, modality, scheduled_date, scheduled_time, accession_number);
CREATE INDEX ix_items_status_date ON worklist_items (status, scheduled_date, scheduled_time,
    accession_number);
CREATE INDEX ix_items_date_modality ON worklist_items (scheduled_date, scheduled_time, accession_number,
    modality);
CREATE INDEX ix_items_requested_procedure ON worklist_items (requested_procedure_id);
CREATE INDEX ix_items_scheduled_step ON worklist_items (scheduled_step_id);
CREATE INDEX ix_items_source_message ON worklist_items (source_message_id) WHERE source_message_id IS NOT NULL;
CREATE INDEX ix_steps_unscheduled ON mpps_tracking (created_at) WHERE unscheduled = 1;
CREATE INDEX ix_orders_steps ON mpps_orders (accession_number);
CREATE UNIQUE INDEX ux_outbox_event ON outbox (event_key, target);
CREATE INDEX ix_outbox_pending ON outbox (target, id) WHERE delivered_at IS NULL AND parked_reason IS NULL;
CREATE INDEX ix_outbox_order ON outbox (target, order_key, id) WHERE delivered_at IS NULL AND parked_reason IS NULL;
CREATE INDEX ix_outbox_parked ON outbox (target, id) WHERE delivered_at IS NULL AND parked_reason IS NOT NULL;
COMMIT;
