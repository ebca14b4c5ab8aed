-- Clinics, exams and their images, gateways, what is shown live, and accounts.

CREATE TABLE gateways (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  hybrid_connection text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE providers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  gateway_id uuid REFERENCES gateways ON DELETE SET NULL
);

CREATE TABLE clinics (
  id uuid PRIMARY KEY,
  provider_id uuid NOT NULL REFERENCES providers,
  name text NOT NULL,
  date date NOT NULL
);
CREATE INDEX clinics_date ON clinics (date);

CREATE TABLE clinic_slots (
  id uuid PRIMARY KEY,
  clinic_id uuid NOT NULL REFERENCES clinics,
  starts_at time NOT NULL,
  duration_minutes integer NOT NULL CHECK (duration_minutes > 0),
  UNIQUE (clinic_id, starts_at)
);

CREATE TABLE participants (
  id uuid PRIMARY KEY,
  nhs_number text NOT NULL UNIQUE,
  first_name text NOT NULL,
  last_name text NOT NULL,
  birth_date date NOT NULL,
  sex text NOT NULL DEFAULT 'F' CHECK (sex IN ('M', 'F', 'O'))
);

CREATE TABLE appointments (
  id uuid PRIMARY KEY,
  slot_id uuid NOT NULL UNIQUE REFERENCES clinic_slots,
  participant_id uuid NOT NULL REFERENCES participants,
  state text NOT NULL DEFAULT 'checked_in'
    CHECK (state IN ('checked_in', 'sent_to_modality', 'in_progress', 'complete', 'cancelled')),
  -- SH, PS3.5 6.2: at most 16 characters
  accession_number varchar(16) UNIQUE,
  requested_procedure_id varchar(16),
  state_changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX appointments_participant ON appointments (participant_id);

CREATE TABLE gateway_actions (
  id uuid PRIMARY KEY,
  gateway_id uuid NOT NULL REFERENCES gateways,
  appointment_id uuid REFERENCES appointments,
  type text NOT NULL,
  payload text NOT NULL,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  delivered_at timestamptz,
  confirmed_at timestamptz,
  failed_at timestamptz,
  failure_phase text,
  failure_reason text,
  attempts integer NOT NULL DEFAULT 0,
  -- When it is due; empty when there is nothing more to do. Whoever delivers it moves this on first, so that others leave it alone
  due_at timestamptz
);
CREATE INDEX gateway_actions_due ON gateway_actions (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX gateway_actions_appointment ON gateway_actions (appointment_id);
CREATE INDEX gateway_actions_created ON gateway_actions (created_at DESC);

-- Every status that a gateway told, also those that changed nothing
CREATE TABLE status_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id text UNIQUE,
  action_id text,
  accession_number text,
  study_instance_uid text,
  mpps_instance_uid text,
  status text NOT NULL,
  occurred_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  appointment_id uuid REFERENCES appointments,
  old_state text,
  new_state text,
  outcome text NOT NULL,
  reply text NOT NULL
);
CREATE INDEX status_events_study ON status_events (study_instance_uid);
CREATE INDEX status_events_appointment ON status_events (appointment_id);
CREATE INDEX status_events_refused ON status_events (id DESC) WHERE outcome = 'refused';

CREATE TABLE studies (
  id uuid PRIMARY KEY,
  study_instance_uid text NOT NULL UNIQUE,
  appointment_id uuid REFERENCES appointments,
  -- Why it was not attached by itself; empty when it was, or when no appointment fits
  flag text,
  suspected_appointment_id uuid REFERENCES appointments,
  accession_number text,
  nhs_number text,
  patient_name text,
  modality text,
  study_date text,
  study_time text,
  study_description text,
  source_action_id text,
  received_at timestamptz NOT NULL DEFAULT now(),
  matched_by text,
  matched_at timestamptz
);
CREATE INDEX studies_appointment ON studies (appointment_id);
CREATE INDEX studies_unmatched ON studies (received_at DESC) WHERE appointment_id IS NULL;

CREATE TABLE series (
  id uuid PRIMARY KEY,
  study_id uuid NOT NULL REFERENCES studies,
  series_instance_uid text NOT NULL,
  series_number text,
  series_description text,
  UNIQUE (study_id, series_instance_uid)
);

CREATE TABLE images (
  id uuid PRIMARY KEY,
  series_id uuid NOT NULL REFERENCES series,
  sop_instance_uid text NOT NULL UNIQUE,
  message_id text NOT NULL,
  -- Why it is not shown with its study; empty for nearly all
  set_aside text,
  instance_number text,
  rows integer,
  columns integer,
  view_position text,
  laterality text,
  organ_dose text,
  entrance_dose_in_mgy text,
  kvp text,
  exposure_in_uas text,
  anode_target_material text,
  filter_material text,
  filter_thickness text,
  thumbnail bytea,
  thumbnail_width integer,
  thumbnail_height integer,
  received_at timestamptz NOT NULL
);
CREATE INDEX images_series ON images (series_id);

-- Messages that could not be taken as they came, for the admin to look at; the newest thousand are kept
CREATE TABLE refused_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now(),
  message_id text,
  problem text NOT NULL,
  length integer NOT NULL,
  body bytea NOT NULL
);

-- What is shown live. Numbers follow the order of insertion, not of commits, so a place in the order is given afterwards,
-- by one reader at a time: whoever has seen a position has seen all before it.
CREATE TABLE live_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  position bigint UNIQUE,
  clinic_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  type text NOT NULL,
  payload text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX live_events_pending ON live_events (id) WHERE position IS NULL;
CREATE INDEX live_events_clinic ON live_events (clinic_id, position);
CREATE INDEX live_events_created ON live_events (created_at);
CREATE TABLE live_position (last bigint NOT NULL);
INSERT INTO live_position VALUES (0);

CREATE TABLE users (
  id uuid PRIMARY KEY,
  user_name varchar(256),
  normalized_user_name varchar(256) UNIQUE,
  email varchar(256),
  normalized_email varchar(256),
  email_confirmed boolean NOT NULL,
  password_hash text,
  security_stamp text,
  concurrency_stamp text,
  phone_number text,
  phone_number_confirmed boolean NOT NULL,
  two_factor_enabled boolean NOT NULL,
  lockout_end timestamptz,
  lockout_enabled boolean NOT NULL,
  access_failed_count integer NOT NULL,
  is_demo boolean NOT NULL DEFAULT false
);
CREATE INDEX users_email ON users (normalized_email);
CREATE TABLE roles (id uuid PRIMARY KEY, name varchar(256), normalized_name varchar(256) UNIQUE, concurrency_stamp text);
CREATE TABLE user_roles (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  PRIMARY KEY (user_id, role_id)
);
CREATE TABLE user_claims (
  id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  claim_type text, claim_value text
);
CREATE TABLE role_claims (
  id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, role_id uuid NOT NULL REFERENCES roles ON DELETE CASCADE,
  claim_type text, claim_value text
);
CREATE TABLE user_logins (
  login_provider text NOT NULL, provider_key text NOT NULL, provider_display_name text,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, PRIMARY KEY (login_provider, provider_key)
);
CREATE TABLE user_tokens (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE, login_provider text NOT NULL, name text NOT NULL, value text,
  PRIMARY KEY (user_id, login_provider, name)
);

-- Keys that protect cookies and forms, shared by all instances
CREATE TABLE protection_keys (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, xml text NOT NULL);
