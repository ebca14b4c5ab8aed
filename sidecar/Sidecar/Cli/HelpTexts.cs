namespace Gantry.Sidecar.Cli;

/// <summary>Examples and JSON fields of each command, for its <c>--help</c>.</summary>
internal static class HelpTexts
{
    private const string Exams = "exams[]: accession_number, modality, study_instance_uid, mpps_instance_uid, status, images";
    private const string Studies = "studies[]: modality, patient_id, accession_number, study_instance_uid, images, bytes";
    private const string Orders = "orders[]: the columns of worklist_items that hold something";

    /// <summary>What can be typed, by the command's own name.</summary>
    public static IReadOnlyDictionary<string, string[]> Examples { get; } =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] = ["gantry worklist-test", "gantry modality -m MG", "gantry worklist list --date today"],
        ["echo"] =
            ["gantry echo localhost 4243 -a ORTHANC_MWL", "gantry echo -H pacs.example.org -p 11112 -a PACS --tls-ca ca.pem"],
        ["worklist-test"] =
        [
            "gantry worklist-test",
            "gantry worklist-test -H 10.0.0.5 -p 4243 -a ORTHANC_MWL -m MG -d today",
            "gantry worklist-test --mpps --accession ACC001",
        ],
        ["pacs-test"] =
            ["gantry pacs-test", "gantry pacs-test -H 10.0.0.5 -p 4242 -a ORTHANC --echo-only", "gantry pacs-test -m CT --json"],
        ["dicom-send"] =
        [
            "gantry dicom-send", "ORTHANC_HOST=pacs ORTHANC_PORT=4242 gantry dicom-send", "gantry dicom-send -m CT MR --images 5",
        ],
        ["modality"] =
        [
            "gantry modality -m MG",
            "gantry modality --accession ACC001 --pacs-host pacs --pacs-port 4242",
            "gantry modality -m CT --all --delay 5",
            "gantry modality -m US --wait --wait-limit 60",
            "gantry modality -m MG --discontinue",
        ],
        ["worklist"] = ["gantry worklist list --date today", "gantry worklist stats"],
        ["list"] =
        [
            "gantry worklist list --date today -m MG", "gantry worklist list --status COMPLETED --json",
            "gantry worklist list --set-aside", "gantry worklist list --unscheduled",
        ],
        ["show"] = ["gantry worklist show ACC001"],
        ["add"] =
        [
            "gantry worklist add --accession ACC123 --patient-id BS123456 --patient-name SMITH^JOHN -m MG",
            "gantry worklist add --accession ACC124 --patient-id BS123456 --patient-name SMITH^JOHN -m MG \\",
            "    --birth-date 19800101 --sex M --date 20260105 --time 1430 --description 'Screening Mammography'",
        ],
        ["remove"] = ["gantry worklist remove ACC123"],
        ["emr"] = ["gantry emr check", "gantry emr sync", "gantry emr demo"],
        ["check"] = ["gantry emr check", "EMR_DSN='Driver={...};Database=emr.db' EmrSync__Preset=pcsinf-sqlite gantry emr check --rows 20"],
        ["sync"] = ["gantry emr sync", "gantry emr sync --json"],
        ["demo"] = ["gantry emr demo", "gantry emr demo --add 5 --change 0 --cancel 0", "gantry emr demo --every 20"],
        ["backup"] = ["gantry backup /backups/ --keep 14", "gantry backup before-the-upgrade.tar.gz"],
        ["restore"] = ["gantry restore before-the-upgrade.tar.gz --force", "gantry restore backup.tar.gz --configuration /srv/gantry"],
        ["stats"] = ["gantry worklist stats", "WORKLIST_DB_PATH=/data/worklist.db gantry worklist stats --json"],
    };

    /// <summary>What JSON holds besides the steps, by the command's own name.</summary>
    public static IReadOnlyDictionary<string, string[]> Fields { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["worklist-test"] =
        [
            "items[]: accession_number, patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date,",
            "    scheduled_time, modality, scheduled_station_aet, study_description, step_description,",
            "    requested_procedure_id, scheduled_step_id, study_instance_uid, referring_physician",
            Exams,
        ],
        ["pacs-test"] = [Studies],
        ["dicom-send"] = [Studies],
        ["modality"] = ["items[]: as in worklist-test", Exams],
        ["list"] =
        [
            Orders, "more: true if there are more orders after these",
            "with --set-aside: set_aside[]: reference, reason, first_seen, last_seen",
            "with --unscheduled: unscheduled[]: sop_instance_uid, status, accession_number, study_instance_uid, modality,",
            "    patient_id, patient_name, start_time, end_time, calling_ae_title",
        ],
        ["show"] = [Orders],
        ["add"] = [Orders, "errors: sentences, by field"],
        ["remove"] = [Orders],
        ["check"] = [Orders, "problems[]: row, order_key, problem (column and why), outcome (unusable, mended)", "total: rows read"],
        ["demo"] = ["changes[]: action (added, changed, cancelled), accession_number, order_key, what (time, name, modality), due, modality, name"],
        ["sync"] = ["counts: read, new, changed, cancelled, reinstated, set_aside"],
        ["backup"] = ["backup: the file that was made"],
        ["stats"] = ["counts: by status", "total"],
    };
}
