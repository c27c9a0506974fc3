"""Names of deeds that are stored."""

from chat_server.domain.audit import Action


def test_a_deed_is_stored_under_its_own_name_in_small_letters() -> None:
    assert all(action.value == action.name.lower() for action in Action)
