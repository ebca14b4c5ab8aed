-- The demo EMR in SQL Server: the table of the EMR that Gantry started from (preset pcsinf). Runs in sqlcmd as an administrator, again and
-- again if need be. The same for SQLite stands in ../sqlite.
IF DB_ID(N'emr') IS NULL
    CREATE DATABASE emr;
GO
USE emr;
GO
IF OBJECT_ID(N'dbo.PcsInf', N'U') IS NULL
    CREATE TABLE dbo.PcsInf (
        PcsOdrSeq int NOT NULL CONSTRAINT PK_PcsInf PRIMARY KEY, -- order; the accession number is this, padded with zeros to 8
        PcsOdrDtm varchar(14) NOT NULL,      -- when the exam is due, yyyyMMddHHmm
        PcsOrgDtm varchar(14) NULL,          -- when it was ordered
        PcsUntCod varchar(10) NOT NULL,      -- modality
        PcsPatNam nvarchar(64) NOT NULL,     -- name
        PcsChtNum varchar(20) NOT NULL,      -- chart number, the patient id
        PcsBirDte varchar(8) NULL,           -- yyyyMMdd
        PcsSexTyp char(1) NULL,              -- M, F
        PcsDelFlg char(1) NOT NULL CONSTRAINT DF_PcsInf_DelFlg DEFAULT 'N', -- N is live
        PcsStatus varchar(4) NULL);          -- what Gantry writes back: IP, CO
GO
IF NOT EXISTS (SELECT 1 FROM sys.indexes WHERE name = N'IX_PcsInf_OdrDtm' AND object_id = OBJECT_ID(N'dbo.PcsInf'))
    CREATE INDEX IX_PcsInf_OdrDtm ON dbo.PcsInf (PcsOdrDtm);
GO
-- By this table 'gantry emr demo' knows that it may change orders here
IF OBJECT_ID(N'dbo.GantryDemoEmr', N'U') IS NULL
    CREATE TABLE dbo.GantryDemoEmr (Note nvarchar(200) NOT NULL);
GO
IF NOT EXISTS (SELECT 1 FROM dbo.GantryDemoEmr)
    INSERT INTO dbo.GantryDemoEmr (Note) VALUES (N'Invented patients. gantry emr demo may change every order here.');
GO
