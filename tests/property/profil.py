"""One profile for all property tests: the same examples on every run, and no clock on a busy machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def quick(examples: int) -> settings:
    """Settings of a property test with so many examples."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
