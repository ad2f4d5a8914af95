"""The words of accounts: roles, kinds of team and agency."""

from django.db.models import TextChoices


class Role(TextChoices):
    SOCIAL_WORKER = "social_worker", "Social worker"
    TEAM_MANAGER = "team_manager", "Team manager"
    CHAIR = "chair", "Conference chair"
    ADMINISTRATOR = "administrator", "Conference administrator"
    SERVICE_MANAGER = "service_manager", "Conference service manager"
    PROFESSIONAL = "professional", "Practitioner of another agency"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"
    OUT_OF_HOURS = "out_of_hours", "Out-of-hours worker"


# Who may be given a team for a time.
CAN_COVER = frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER})


class AccountCheckKind(TextChoices):
    """Why somebody else looks at an account."""

    SECOND = "second", "A second account"
    WIDE = "wide", "Wide rights"


class TeamKind(TextChoices):
    SOCIAL_WORK = "social_work", "Social work team"
    CONFERENCE_SERVICE = "conference_service", "Conference service"


class CoverKind(TextChoices):
    """Why somebody works for a team that is not theirs."""

    DUTY = "duty", "On duty for the team"
    COVER = "cover", "Covering for somebody who is away"


class AgencyKind(TextChoices):
    SOCIAL_CARE = "social_care", "Another authority’s children’s social care"
    POLICE = "police", "Police"
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery"
    HEALTH_VISITING = "health_visiting", "Health visiting"
    SCHOOL_NURSING = "school_nursing", "School nursing"
    GP = "gp", "GP practice"
    MIDWIFERY = "midwifery", "Midwifery"
    PAEDIATRICS = "paediatrics", "Paediatrics"
    EDUCATION = "education", "The council’s education service"
    ADULT_CARE = "adult_care", "Adult social care"
    MENTAL_HEALTH = "mental_health", "Adult mental health"
    SUBSTANCE_MISUSE = "substance_misuse", "Drug and alcohol service"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    ADVOCACY = "advocacy", "Advocacy"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    OTHER = "other", "Another agency"


class ContactRole(TextChoices):
    """What somebody at an agency is phoned about."""

    CONFERENCES = "conferences", "Invitations and attendance"
    REPORTS = "reports", "Reports"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    MANAGER = "manager", "Manager or head"
    OFFICE = "office", "Office"
