"""Claims on triggers by the calls of one apply."""

import threading

from provider.claims import Claims
from provider.client.responses import Trigger


def test_a_trigger_is_claimed_once_and_stays_its_owners() -> None:
    """Until the claims are cleared."""
    claims, first, second = Claims(), object(), object()
    trigger = Trigger(trigger_id="t")
    assert [trigger] == claims.unclaimed([trigger])
    assert [True, True, False] == [claims.claim("t", owner) for owner in (first, first, second)]
    assert [] == claims.unclaimed([trigger])
    claims.clear()
    assert claims.claim("t", second)


def test_one_of_many_claims_at_once_wins() -> None:
    """Calls come in threads."""
    claims, won = Claims(), []
    together = threading.Barrier(20)

    def claim() -> None:
        owner = object()
        together.wait(10)
        if claims.claim("t", owner):
            won.append(owner)

    threads = [threading.Thread(target=claim) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    assert 1 == len(won)
