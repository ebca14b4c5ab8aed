-- Today's orders, all patients invented. On a day that has orders already nothing is added; no order is ever changed.
-- In UTF-8: sqlcmd -f 65001 -i seed.sql
USE emr;
GO
SET NOCOUNT ON;
DECLARE @day char(8) = CONVERT(char(8), GETDATE(), 112);
DECLARE @newborn char(8) = CONVERT(char(8), DATEADD(day, -2, GETDATE()), 112);

-- Were this file read in another character set, every name would be wrong without a word
IF UNICODE(N'김') <> 44608
    THROW 50001, N'This file was not read as UTF-8; nothing was added. Run: sqlcmd -f 65001 -i seed.sql', 1;

IF NOT EXISTS (SELECT 1 FROM dbo.PcsInf WHERE LEFT(PcsOdrDtm, 8) = @day)
    INSERT INTO dbo.PcsInf (PcsOdrSeq, PcsOdrDtm, PcsOrgDtm, PcsUntCod, PcsPatNam, PcsChtNum, PcsBirDte, PcsSexTyp, PcsDelFlg)
    SELECT COALESCE((SELECT MAX(PcsOdrSeq) FROM dbo.PcsInf), 20000) + n, @day + due, @day + '0700', modality, name, chart, birth, sex, 'N'
    FROM (VALUES
        (1, '0830', 'MG', N'김민지', '700101', '19710314', 'F'),
        (2, '0900', 'US', N'박서연', '700102', '19850722', 'F'),
        (3, '0915', 'CT', N'이준호', '700103', '19580105', 'M'),
        (4, '0930', 'MR', N'TAYLOR, EMMA', '700104', '19790930', 'F'),
        (5, '1000', 'CR', N'최영수(崔永洙)', '700105', '19490611', 'M'),
        (6, '1030', 'US', N'남궁현', '700106', '19921128', 'M'),
        (7, '1100', 'MG', N'HARRIS, OLIVIA', '700107', '19660817', 'F'),
        (8, '1330', 'CT', N'선우정아', '700108', '19750402', 'F'),
        (9, '1400', 'MR', N'황보관', '700109', '19630219', 'M'),
        (10, '1500', 'XA', N'WALKER, JAMES', '700110', '19520507', 'M'),
        (11, '1630', 'US', N'정다은아기', '700111', @newborn, 'F'),
        (12, '1730', 'CR', N'EVANS, GRACE', '700112', '20010123', 'F')
    ) AS orders (n, due, modality, name, chart, birth, sex);
GO
