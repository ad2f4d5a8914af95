from django.db import migrations

# Who held them stands in the history already; that nobody has drafted their record is no act of anybody's.
MARKED = """
ALTER TABLE conferences_conference DISABLE TRIGGER USER;
UPDATE conferences_conference c SET to_write_up = true WHERE state = 'held'
  AND NOT EXISTS (SELECT FROM reports_conferencerecord r WHERE r.conference_id = c.id);
ALTER TABLE conferences_conference ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0004_live_work_alone"),
        ("reports", "0001_initial"),
    ]

    operations = [migrations.RunSQL(MARKED, "")]
