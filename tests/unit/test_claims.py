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


def test_one_call_at_a_time_has_the_turn_of_a_workflow() -> None:
    """The turn of another workflow does not wait."""
    claims, done = Claims(), threading.Event()

    def wait() -> None:
        with claims.turn("a"):
            done.set()

    waiting = threading.Thread(target=wait)
    with claims.turn("a"):
        waiting.start()
        with claims.turn("b"):
            assert not done.wait(0.05)
    waiting.join(10)
    assert done.is_set()
