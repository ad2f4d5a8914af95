"""The bank holidays of England and Wales, as the `holidays` package knows them, stand in the table."""

from django.db import migrations

from cpc.core.policy.bank_holidays import shipped


def seed(apps, schema_editor):
    """Write the bank holidays and their history under an event of the system.

    Triggers are installed after all migrations, so on an empty database nothing else writes this history.
    """
    event = apps.get_model("audit", "Event").objects.create(
        act="set up the service", by_kind="system", by_name="The system", reason="The bank holidays that ship"
    )
    bank_holiday, history = apps.get_model("policy", "BankHoliday"), apps.get_model("policy", "BankHolidayEvent")
    rows = bank_holiday.objects.bulk_create(bank_holiday(falls_on=day, name=name) for day, name in shipped().items())
    history.objects.bulk_create(
        history(
            pgh_label="insert", pgh_context_id=event.id, pgh_obj=row, id=row.pk, falls_on=row.falls_on, name=row.name
        )
        for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("audit", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
