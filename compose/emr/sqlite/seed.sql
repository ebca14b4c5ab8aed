-- Today's orders, all patients invented. On a day that has orders already nothing is added; no order is ever changed.
INSERT INTO PcsInf (PcsOdrSeq, PcsOdrDtm, PcsOrgDtm, PcsUntCod, PcsPatNam, PcsChtNum, PcsBirDte, PcsSexTyp, PcsDelFlg)
WITH today (day) AS (SELECT strftime('%Y%m%d', 'now', 'localtime')),
last (seq) AS (SELECT coalesce(max(PcsOdrSeq), 20000) FROM PcsInf),
orders (n, due, modality, name, chart, birth, sex) AS (VALUES
    (1, '0830', 'MG', '김민지', '700101', '19710314', 'F'),
    (2, '0900', 'US', '박서연', '700102', '19850722', 'F'),
    (3, '0915', 'CT', '이준호', '700103', '19580105', 'M'),
    (4, '0930', 'MR', 'TAYLOR, EMMA', '700104', '19790930', 'F'),
    (5, '1000', 'CR', '최영수(崔永洙)', '700105', '19490611', 'M'),
    (6, '1030', 'US', '남궁현', '700106', '19921128', 'M'),
    (7, '1100', 'MG', 'HARRIS, OLIVIA', '700107', '19660817', 'F'),
    (8, '1330', 'CT', '선우정아', '700108', '19750402', 'F'),
    (9, '1400', 'MR', '황보관', '700109', '19630219', 'M'),
    (10, '1500', 'XA', 'WALKER, JAMES', '700110', '19520507', 'M'),
    (11, '1630', 'US', '정다은아기', '700111', strftime('%Y%m%d', 'now', 'localtime', '-2 days'), 'F'),
    (12, '1730', 'CR', 'EVANS, GRACE', '700112', '20010123', 'F'))
SELECT last.seq + n, day || due, day || '0700', modality, name, chart, birth, sex, 'N' FROM orders, today, last
WHERE NOT EXISTS (SELECT 1 FROM PcsInf WHERE substr(PcsOdrDtm, 1, 8) = day)
ORDER BY n;
