-- The demo EMR in SQLite: the table of the EMR that Gantry started from (preset pcsinf-sqlite), made by compose/up.
-- It may run again and again. The same for SQL Server stands in ../sqlserver.
PRAGMA journal_mode = WAL;

CREATE TABLE IF NOT EXISTS PcsInf (
    PcsOdrSeq INTEGER NOT NULL PRIMARY KEY, -- order; the accession number is this, padded with zeros to 8
    PcsOdrDtm VARCHAR(14) NOT NULL,         -- when the exam is due, yyyyMMddHHmm
    PcsOrgDtm VARCHAR(14),                  -- when it was ordered
    PcsUntCod VARCHAR(10) NOT NULL,         -- modality
    PcsPatNam VARCHAR(64) NOT NULL,         -- name
    PcsChtNum VARCHAR(20) NOT NULL,         -- chart number, the patient id
    PcsBirDte VARCHAR(8),                   -- yyyyMMdd
    PcsSexTyp CHAR(1),                      -- M, F
    PcsDelFlg CHAR(1) NOT NULL DEFAULT 'N', -- N is live
    PcsStatus VARCHAR(4));                  -- what Gantry writes back: IP, CO

-- By this table 'gantry emr demo' knows that it may change orders here
CREATE TABLE IF NOT EXISTS GantryDemoEmr (Note VARCHAR(200) NOT NULL);
INSERT INTO GantryDemoEmr (Note) SELECT 'Invented patients. gantry emr demo may change every order here.' WHERE NOT EXISTS (SELECT 1 FROM GantryDemoEmr);
