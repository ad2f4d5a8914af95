"""Check that this machine can make letters: WeasyPrint needs three of Debian’s libraries, which pip cannot install."""

from django.core.checks import Error, register

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


@register("documents")
def letters_can_be_made(app_configs, **kwargs):
    """No error if WeasyPrint loads; otherwise an error that names what to install."""
    try:
        import weasyprint  # noqa: F401
    except OSError as missing:
        return [
            Error(
                f"Letters cannot be made: a library is missing ({missing}).",
                hint=f"Install Debian’s packages: apt-get install {' '.join(PACKAGES)}",
                id="documents.E001",
            )
        ]
    return []
