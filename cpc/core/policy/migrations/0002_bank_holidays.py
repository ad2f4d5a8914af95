"""The bank holidays of England and Wales, as the `holidays` package knows them, stand in the table."""

from django.db import migrations

from cpc.core.policy.bank_holidays import shipped


def seed(apps, schema_editor):
    # By the same door as everybody (an event first, then cpc.act), with the trail's table as it stands at this
    # migration: the door itself may have moved on by the time that a new install runs this.
    event = apps.get_model("audit", "Event").objects.create(
        act="set up the service", by_kind="system", by_name="The system", reason="The bank holidays that ship"
    )
    with schema_editor.connection.cursor() as cursor:
        for name in ("cpc.act", "pghistory.context_id"):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(event.id)])
        bank_holiday = apps.get_model("policy", "BankHoliday")
        bank_holiday.objects.bulk_create(bank_holiday(falls_on=day, name=name) for day, name in shipped().items())
        for name in ("cpc.act", "pghistory.context_id"):
            cursor.execute("SELECT set_config(%s, '', true)", [name])


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("audit", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
