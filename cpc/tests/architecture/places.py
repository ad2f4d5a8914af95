"""Where our own code is: what the tests of the shape look at."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("cpc", "families", "conferences", "reports", "demo")


def contracts():
    """The contracts of import-linter by name, as pyproject.toml says them."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {contract["name"]: contract for contract in linter["contracts"]}


def rungs():
    """The rungs of the ladder, lowest first; those that share a rung are one set."""
    layers = contracts()["The ladder"]["layers"]
    return [{part.strip(" ()") for part in layer.split("|")} for layer in reversed(layers)]


def rung(module):
    """How high a module is: the height of its package on the ladder, then of its nested app inside the package."""
    for height, packages in enumerate(rungs()):
        if any(module == package or module.startswith(package + ".") for package in packages):
            package, _, rest = module.partition(".")
            nested = floors(package)
            return height, nested.index(rest.split(".")[0]) if nested else 0
    raise LookupError(f"{module} stands on no rung of the ladder: add it to pyproject.toml")


def floors(package):
    """The nested apps of a package, lowest first; none where a package has no floors."""
    contract = contracts().get(f"The floors of {package}")
    return [floor.strip(" ()") for floor in reversed(contract["layers"])] if contract else []


def our_models(include_history=False):
    """Every model of ours; those that django-pghistory makes only when asked for."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if ours(model.__module__) and (include_history or not is_history(model))
    ]


def is_history(model):
    return hasattr(model, "pgh_tracked_model")


def ours(module):
    return module.split(".")[0] in PACKAGES


def our_files(pattern="*.py"):
    """Every file of ours that fits the pattern."""
    for package in (*PACKAGES, "bin", "bench"):
        for path in sorted((ROOT / package).rglob(pattern)):
            if not {"node_modules", "__pycache__"} & set(path.parts):
                yield path.relative_to(ROOT)
