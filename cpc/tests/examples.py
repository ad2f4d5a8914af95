"""How many examples a test draws: few and always the same ones, or many new ones with ``bin/test --thorough``."""

from hypothesis import HealthCheck, settings

MORE = 10


def load_profile(thorough: bool) -> None:
    """Sets what hypothesis draws. To be called before any test module is imported.

    How fast examples are drawn says how busy the machine is, and nothing about the rule that they try.
    """
    quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
    settings.register_profile("quick", quick)
    settings.register_profile(
        "thorough", quick, derandomize=False, max_examples=MORE * quick.max_examples, print_blob=True
    )
    settings.load_profile("thorough" if thorough else "quick")


def examples(number: int) -> int:
    """``number`` of examples, and ten times as many when the tests are thorough."""
    return number * MORE if is_thorough() else number


def is_thorough() -> bool:
    return settings.get_current_profile_name() == "thorough"
