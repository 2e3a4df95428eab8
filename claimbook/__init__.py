"""What clinics claim about a treatment, recorded and judged against the evidence.

Everything here is loaded when it is first asked for, so that `import claimbook` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimbook.loading.load import load
    from claimbook.records import Base, Flag, LoadError
    from claimbook.rules.check import Report, check
    from claimbook.site.pages import SitePage, render
    from claimbook.vetting.results import SentenceResult, VetResult
    from claimbook.vetting.vet import Vetter, vet

__all__ = [
    "Base",
    "Flag",
    "LoadError",
    "Report",
    "SentenceResult",
    "SitePage",
    "VetResult",
    "Vetter",
    "check",
    "load",
    "render",
    "vet",
]
_MODULES = {
    "claimbook.loading.load": ("load",),
    "claimbook.records": ("Base", "Flag", "LoadError"),
    "claimbook.rules.check": ("Report", "check"),
    "claimbook.site.pages": ("SitePage", "render"),
    "claimbook.vetting.results": ("SentenceResult", "VetResult"),
    "claimbook.vetting.vet": ("Vetter", "vet"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(module), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
