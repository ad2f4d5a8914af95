"""How people may be reached, where they live, what of it is protected. Read and written under a right of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cpc.core.audit.records import Versioned, recorded
from families.people.choices import AddressKind, Detail, SafeContact
from families.people.models.people import Person
from families.people.models.reviewed import ProtectionEntry
from families.people.rules.house import house_key


@recorded
class ContactDetails(Versioned):
    """How a person may safely be reached; one row a person. Read and written under a right of its own."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="contact_details")
    safe_contact = models.CharField(max_length=10, choices=SafeContact, default=SafeContact.UNKNOWN)
    hand_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="hands_letters_to"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True, help_text="What anyone who makes contact must know.")
    confirmed_on = models.DateField(null=True, blank=True, help_text="When somebody last made sure of it.")

    class Meta:
        verbose_name_plural = "contact details"


class HouseKeyField(models.CharField):
    """The key of the row's house: worked out from its lines and postcode whenever the row is written, one or many."""

    def pre_save(self, row, add):
        setattr(row, self.attname, house_key(row.lines, row.postcode))
        return getattr(row, self.attname)

    def deconstruct(self):
        """A plain column in migrations: they do not import this class."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class AddressManager(models.Manager):
    """Addresses that know whether they are protected: ``is_protected`` is read from what protects them now."""

    def get_queryset(self):
        live = Protection.objects.live().filter(address=OuterRef("pk"))
        return super().get_queryset().annotate(is_protected=Exists(live))


@recorded
class Address(Versioned):
    """Where a person lives or lived. ``is_safe_for_post`` is false where somebody else may open the letter.

    In custody, ``care_of`` says how post is addressed there. The address's Protection says whether it is protected,
    and who must not learn it.
    """

    is_protected = False  # until it is read from the database

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.HOME)
    care_of = models.CharField(max_length=120, blank=True, help_text="Such as a prison and the prisoner’s number.")
    lines = models.TextField(help_text="Everything but the postcode, one line each.")
    postcode = models.CharField(max_length=10)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    is_safe_for_post = models.BooleanField(default=True)
    house_key = HouseKeyField(max_length=32, editable=False, help_text="What all rows for one house share.")

    objects = AddressManager()

    class Meta:
        verbose_name_plural = "addresses"
        indexes = [models.Index(fields=["house_key"], name="address_house")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="address_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return ", ".join(self.envelope)

    @property
    def envelope(self) -> list[str]:
        """The lines of an envelope below the name: care of, the address, the postcode."""
        care_of = [f"Care of {self.care_of}"] if self.care_of else []
        postcode = [self.postcode] if self.postcode else []  # abroad, it is in the lines
        return [*care_of, *self.lines.splitlines(), *postcode]


@recorded
class Protection(ProtectionEntry):
    """An address, phone or e-mail address of ``person`` that is withheld from everyone outside the case, or from some.

    ``address`` is set for an address. ``withheld_from`` names the people it is withheld from, if not from everyone. One
    detail may have several protections: families that cannot see each other each record their own, and all count.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protections")
    detail = models.CharField(max_length=10, choices=Detail)
    address = models.ForeignKey(Address, null=True, blank=True, on_delete=models.PROTECT, related_name="protections")
    from_everyone = models.BooleanField(default=True, help_text="From everyone outside the case.")
    told_on = models.DateField(null=True, blank=True, help_text="When the person was told how it is kept.")
    told_how = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(detail="address", address__isnull=False) | (~Q(detail="address") & Q(address__isnull=True)),
                name="protected_address_is_named",
            ),
        ]

    @property
    def named(self) -> list[int]:
        """The ids of the people that the protection names, in order."""
        return sorted(row.person_id for row in self.withheld_from.all())


@recorded
class ProtectedFrom(models.Model):
    """One person that a detail is withheld from."""

    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="withheld_from")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "protected from"
        constraints = [models.UniqueConstraint(fields=["protection", "person"], name="one_row_a_person_kept_from")]
